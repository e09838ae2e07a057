/** The secrets of a receiver's subscriptions: each of them, and beside each other. */

import { SECRET_PLACEHOLDERS, SECRET_TEMPLATES } from "../generated/tables.js";
import { type Secret, type Secrets, Verifier, WebhookError, sign } from "../index.js";
import { namedSecrets } from "../verify/named-secrets.js";
import { platform } from "../verify/platform.js";
import { shown } from "../verify/spelling.js";
import { AskedSecrets, type SecretsFunction } from "./asked-secrets.js";
import { nameOf } from "./host-request.js";
import { refuseFieldsAsSecrets } from "./secret-names.js";

/** Where a secret stands; undefined without `subscriptions`. */
type Path = string | undefined;

/** What is known of a subscription's secrets. */
interface Known {
  readonly verifier: Verifier;
  /** Their names, each with the token of an empty payload. */
  readonly list: string;
  /** Each secret once, by that token. */
  readonly secrets: ReadonlyMap<string, Secret>;
}

/**
 * Makes the verifiers of a receiver. They share one set of rules: a token that was
 * made for one subscription must not verify another payload at another one. Secrets
 * that are asked for take part in it when they are known.
 */
export class SubscriptionSecrets {
  readonly #known = new Map<Path, Known>();

  /**
   * The verifier of a subscription, or what asks for its secrets.
   *
   * @throws TypeError for anything that is not a secret.
   * @throws WebhookError `secret_…` for secrets that must not be used.
   */
  of(secrets: Secrets | SecretsFunction, path: Path): Verifier | AskedSecrets {
    return typeof secrets === "function"
      ? at(path, () => new AskedSecrets(secrets, (given) => this.#verifierOf(given, path), path))
      : this.#verifierOf(secrets, path);
  }

  #verifierOf(secrets: Secrets, path: Path): Verifier {
    const verifier = at(path, () => {
      const named = namedSecrets(secrets ?? []);
      if (typeof secrets === "object" && secrets !== null && named === undefined) {
        throw new TypeError(`secrets must be a secret, a list or a record of secrets, not ${nameOf(secrets)}`);
      }
      const made = verifierOf(secrets, named ?? []);
      refuseFieldsAsSecrets(secrets);
      return made;
    });
    const named = (namedSecrets(secrets) ?? []).map(([name, secret]) => [name, sign("", secret), secret] as const);
    const list = JSON.stringify(named.map(([name, token]) => [name, token]));
    const before = this.#known.get(path);
    if (before?.list === list) {
      return before.verifier;
    }
    const others = [...this.#known].filter(([other]) => other !== path);
    for (const [, token, secret] of named) {
      at(path, () => refusePlaceholder(secret));
      // In one subscription, the verifier has refused it.
      const same = others.find(([, { secrets }]) => secrets.has(token));
      if (same === undefined) {
        others.forEach(([other, known]) => refuseSuffix(known, other, secret, path));
      } else if (!before?.secrets.has(token)) {
        console.warn(
          `mia-webhooks: the subscriptions ${same[0]} and ${path} have the same secret, so an event of one is genuine for the other too. Give each its own.`,
        );
      }
    }
    this.#known.set(path, {
      verifier,
      list,
      secrets: new Map(named.map(([, token, secret]) => [token, secret])),
    });
    return verifier;
  }
}

/** The core decides, for each pair. */
function refuseSuffix(known: Known, other: Path, secret: Secret, path: Path): void {
  for (const theirs of known.secrets.values()) {
    try {
      new Verifier([theirs, secret]);
    } catch (error) {
      const { code } = error as WebhookError;
      throw new WebhookError(code, { detail: `They are secrets of ${other} and ${path}.`, cause: error });
    }
  }
}

/** One secret that is given twice ends with itself, which the core calls by that name. */
function verifierOf(secrets: Secrets, named: readonly (readonly [string, Secret])[]): Verifier {
  try {
    return new Verifier(secrets);
  } catch (error) {
    const tokens = (error as WebhookError).code === "secret_suffix" ? named.map(([, secret]) => sign("", secret)) : [];
    const second = tokens.findIndex((token, index) => tokens.indexOf(token) < index);
    if (second < 0) {
      throw error;
    }
    const [one, other] = [tokens.indexOf(tokens[second] as string), second].map((index) =>
      shown(named[index]?.[0] ?? ""),
    );
    throw new WebhookError("secret_suffix", {
      detail: `It is the same secret, given twice (${one} and ${other}): give it once.`,
      cause: error,
    });
  }
}

/** Does work whose error says which of several subscriptions it is about. */
function at<T>(path: Path, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw path === undefined ? error : about(path, error);
  }
}

/** Another error, because one that is not of this package is not changed. */
function about(path: string, error: unknown): unknown {
  const where = `It is about the subscription ${path}.`;
  if (error instanceof WebhookError) {
    const { code, status, message, hint } = error;
    return new WebhookError(code, { row: [code, status, `${message} ${where}`, hint], cause: error });
  }
  const Kind = [TypeError, RangeError].find((kind) => error instanceof kind);
  return Kind === undefined ? error : new Kind(`${(error as Error).message} ${where}`, { cause: error });
}

/** As `validateSubscription` does: nobody means such a secret, and anybody can guess it. */
function refusePlaceholder(secret: Secret): void {
  const whole =
    typeof secret === "string" ? secret : new (platform("TextDecoder"))("utf-8", { ignoreBOM: true }).decode(secret);
  const text = whole.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  if (text === "") {
    throw new WebhookError("secret_empty", { detail: "It holds white space only." });
  }
  const isTemplate = SECRET_TEMPLATES.some(([open, close, isNamed]) => {
    const inner = text.slice(open.length, -close.length);
    const isEnclosed = text === open + inner + close && inner !== "";
    return isEnclosed && (!isNamed || /^\w+$/.test(inner));
  });
  if (SECRET_PLACEHOLDERS.includes(whole) || isTemplate) {
    throw new WebhookError("secret_placeholder");
  }
}
