/** Secrets that stand in files: how their bytes are read, and what the operator is told of a file. */

import { MAX_SECRET_BYTES } from "../generated/tables.js";
import type { Secret } from "../index.js";
import { type Kinds, checkOptions } from "../verify/options.js";
import type { SecretsFunction } from "./asked-secrets.js";
import { failure } from "./codes.js";

/** How a file with a secret is read. */
export interface SecretFileOptions {
  /**
   * Whether a line break at the end of the file is a part of the secret. Many editors and
   * commands write one that nobody means: `"drop"` takes one away. By default it is kept,
   * with a warning in the console.
   */
  readonly finalNewline?: "keep" | "drop" | undefined;
}

const OPTIONS = {
  finalNewline: ['"keep" or "drop"', (value) => value === "keep" || value === "drop"],
} satisfies Kinds<SecretFileOptions>;

/** A file with a secret, as a host reads it. */
export interface SecretFile {
  readonly path: string;
  /** Its first bytes, at most so many. Rejects with an error that has a `code`, as `ENOENT`. */
  readonly firstBytes: (most: number) => Promise<Uint8Array>;
}

/** One byte more than a secret may have, and a line break of two. */
const MOST_BYTES = MAX_SECRET_BYTES + 3;

/** How old what was read may be, in milliseconds. */
const REFRESH_MS = 1_000;

/**
 * How long a file counts as unchanged while too many files are open, in milliseconds.
 * That says nothing about the file, and whoever opens connections can bring it about.
 */
const UNREAD_MS = 300_000;

/** What the codes of an operating system mean, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "it is not there",
  ENOTDIR: "it is not there",
  EISDIR: "it is a directory",
  EACCES: "this process may not read it",
  EPERM: "this process may not read it",
  EMFILE: "this process has too many open files",
  ENFILE: "the system has too many open files",
};

/**
 * Reads secrets when they are needed, and again when they may have changed. A file is
 * read whole each time, because its times and its size can stay the same when it changes.
 *
 * @param secrets - Files, and secrets that are known already, by name. The first one is
 * the current one. Another file may be missing: the previous secret is taken away by
 * deleting its file.
 * @throws TypeError for an option that cannot be used, and for no file or no path.
 */
export function secretsOfFiles(
  secrets: Readonly<Record<string, SecretFile | string>>,
  options: SecretFileOptions,
): SecretsFunction {
  checkOptions(options, OPTIONS, "secretFile");
  const files = Object.values(secrets).filter((secret) => typeof secret === "object");
  if (files.length === 0 || !files.every(({ path }: { readonly path: unknown }) => typeof path === "string" && path)) {
    throw new TypeError('secretFile needs the path of a file, or several by name, such as { current: "/run/secret" }');
  }
  const { finalNewline } = options;
  const warnings = new Set<string>();
  const warnOnce = (warning: string) => {
    if (!warnings.has(warning)) {
      warnings.add(warning);
      console.warn(`mia-webhooks: ${warning}`);
    }
  };

  /** What was read last, by path; without bytes where there was no file. */
  const last = new Map<string, { readonly bytes: Uint8Array | undefined; readonly at: number }>();

  async function read({ path, firstBytes }: SecretFile, isNeeded: boolean): Promise<Uint8Array | undefined> {
    const at = Date.now();
    let bytes: Uint8Array | undefined;
    try {
      bytes = await firstBytes(MOST_BYTES);
    } catch (cause) {
      const { code = "" } = cause as { readonly code?: string };
      const before = last.get(path);
      if ((code === "EMFILE" || code === "ENFILE") && before !== undefined && Math.abs(at - before.at) < UNREAD_MS) {
        warnOnce(
          `the file ${shownPath(path)} cannot be read now: ${REASONS[code]} (${code}). What was read before stays in use, for ${UNREAD_MS / 60_000} minutes at most.`,
        );
        return before.bytes;
      }
      if (code !== "ENOENT" || isNeeded) {
        last.delete(path);
        const reason = REASONS[code] ?? "the system refuses it";
        throw failure("secrets_unavailable", cause, `The file ${shownPath(path)} cannot be read: ${reason} (${code}).`);
      }
      warnOnce(`the file ${shownPath(path)} is not there, so its secret is not accepted.`);
    }
    last.set(path, { bytes, at });
    return bytes;
  }

  function secretOf(bytes: Uint8Array, { path }: SecretFile): Uint8Array {
    const end = lineBreakBytes(bytes);
    if (end > 0 && finalNewline === undefined) {
      warnOnce(
        `the file ${shownPath(path)} ends with a line break, which is taken as a part of the secret. If the Console's secret has none, set finalNewline to "drop" (SECRET_FINAL_NEWLINE=drop); if it has one, to "keep".`,
      );
    }
    return finalNewline === "drop" ? bytes.subarray(0, bytes.length - end) : bytes;
  }

  async function readAll(): Promise<Readonly<Record<string, Secret>>> {
    const found: [string, Secret][] = [];
    // One after the other: where the file system hangs, each holds a thread of the host's.
    for (const [index, [name, secret]] of Object.entries(secrets).entries()) {
      if (typeof secret === "string") {
        found.push([name, secret]);
        continue;
      }
      const bytes = await read(secret, index === 0);
      if (bytes !== undefined) {
        found.push([name, secretOf(bytes, secret)]);
      }
    }
    return Object.fromEntries(found);
  }

  let reading: Promise<Readonly<Record<string, Secret>>> | undefined;
  /** Never begins to read before the last time has ended, however long that takes. */
  const readOnce = () => (reading ??= readAll().finally(() => (reading = undefined)));

  return Object.assign(readOnce, { refreshMs: REFRESH_MS });
}

/** How many bytes the line break at the end has. */
const lineBreakBytes = (bytes: Uint8Array): number => (bytes.at(-1) !== 0x0a ? 0 : bytes.at(-2) === 0x0d ? 2 : 1);

/** A path is no secret, but a secret may stand where its path should. */
const shownPath = (path: string): string =>
  /^(\.{0,2}[\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `(a relative path of ${path.length} characters)`;
