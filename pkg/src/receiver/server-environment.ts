/** A receiver's options from the environment of a server: the same variables, and those of files. */

import type { ReplayStore } from "../receiver.js";
import {
  type Bindings,
  type Environment,
  type EnvironmentOptions,
  FILE_VARIABLES,
  either,
  filled,
  optionsOf,
  refuseMisspelled,
} from "./environment.js";
import { type SecretFile, secretsOfFiles } from "./secret-files.js";

/** The variables of a receiver on a server, which has files. */
export interface ServerEnvironment extends Environment {
  /** The file with the secret of the subscription, in place of `MIA_WEBHOOK_SECRET`. */
  readonly MIA_WEBHOOK_SECRET_FILE?: string;
  /** The file with the previous secret. While it is not there, only the current one is accepted. */
  readonly MIA_WEBHOOK_SECRET_PREVIOUS_FILE?: string;
  /** Whether a line break at the end of these files belongs to the secret: `keep` or `drop`; kept by default, with a warning. */
  readonly SECRET_FINAL_NEWLINE?: string;
}

/** What a server has besides its variables. */
export interface ServerBindings<Store extends ReplayStore> extends Bindings<Store> {
  readonly fileAt: (path: string) => SecretFile;
}

/** Where each secret stands: in a variable, or in the file that another variable names. */
const SECRETS = {
  current: { variable: "MIA_WEBHOOK_SECRET", fileVariable: FILE_VARIABLES.current },
  previous: { variable: "MIA_WEBHOOK_SECRET_PREVIOUS", fileVariable: FILE_VARIABLES.previous },
} as const;

/**
 * The options of a receiver on a server.
 *
 * @throws TypeError, RangeError as {@link optionsOf} and {@link refuseMisspelled}.
 */
export function serverOptions<Store extends ReplayStore>(
  env: ServerEnvironment | Readonly<Record<string, string | undefined>>,
  { fileAt, ...bindings }: ServerBindings<Store>,
): EnvironmentOptions<Store> {
  refuseMisspelled(env, Object.values(FILE_VARIABLES));
  const options = optionsOf(env as Environment, bindings);
  const { [FILE_VARIABLES.finalNewline]: finalNewline } = env;
  const secrets: Record<string, SecretFile | string> = {};
  for (const [name, { variable, fileVariable }] of Object.entries(SECRETS)) {
    const { [variable]: text, [fileVariable]: path } = env;
    if (text !== undefined && path !== undefined) {
      throw new TypeError(`${variable} and ${fileVariable} are both set: remove one of them`);
    }
    const secret = path === undefined ? text : fileAt(filled(path, fileVariable));
    if (secret !== undefined) {
      secrets[name] = secret;
    }
  }
  if (!Object.values(secrets).some((secret) => typeof secret === "object")) {
    if (finalNewline !== undefined) {
      throw new TypeError(`${FILE_VARIABLES.finalNewline} is for a secret in a file, and no variable names one`);
    }
    return options;
  }
  if (secrets["current"] === undefined) {
    const { variable, fileVariable } = SECRETS.current;
    throw new TypeError(
      `${FILE_VARIABLES.previous} needs the current secret beside it: set ${variable} or ${fileVariable}`,
    );
  }
  const isDropped =
    finalNewline === undefined ? undefined : either("drop", "keep")(finalNewline, FILE_VARIABLES.finalNewline);
  const files = secretsOfFiles(secrets, {
    finalNewline: isDropped === undefined ? undefined : isDropped ? "drop" : "keep",
  });
  return { ...options, secrets: files } as EnvironmentOptions<Store>;
}
