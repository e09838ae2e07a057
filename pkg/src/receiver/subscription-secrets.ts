/** The secrets of a receiver's subscriptions: each of them, and beside each other. */

import { SECRET_PLACEHOLDERS, SECRET_TEMPLATES } from "../generated/tables.js";
import { type Secret, type Secrets, Verifier, WebhookError, sign } from "../index.js";
import { namedSecrets } from "../verify/named-secrets.js";
import { shown } from "../verify/spelling.js";
import { nameOf } from "./host-request.js";
import { refuseFieldsAsSecrets } from "./secret-names.js";

/** Where a secret stands; undefined without `subscriptions`. */
type Path = string | undefined;

/**
 * Makes the verifiers of a receiver. They share one set of rules: a token that was
 * made for one subscription must not verify another payload at another one.
 *
 * @throws TypeError for anything that is not a secret.
 * @throws WebhookError `secret_…` for secrets that must not be used.
 */
export class SubscriptionSecrets {
  /** Each secret once, with the first path where it stands, by the token of an empty payload. */
  readonly #known = new Map<string, { readonly secret: Secret; readonly path: Path }>();

  verifierOf(secrets: Secrets, path: Path): Verifier {
    const verifier = at(path, () => {
      const named = namedSecrets(secrets ?? []);
      if (typeof secrets === "object" && secrets !== null && named === undefined) {
        throw new TypeError(`secrets must be a secret, a list or a record of secrets, not ${nameOf(secrets)}`);
      }
      const made = verifierOf(secrets, named ?? []);
      refuseFieldsAsSecrets(secrets);
      return made;
    });
    for (const [, secret] of namedSecrets(secrets) ?? []) {
      at(path, () => refusePlaceholder(secret));
      const token = sign("", secret);
      const same = this.#known.get(token);
      if (same === undefined) {
        this.#refuseSuffix(secret, path);
        this.#known.set(token, { secret, path });
      } else {
        // In one subscription, the verifier has refused it.
        console.warn(
          `mia-webhooks: the subscriptions ${same.path} and ${path} have the same secret, so an event of one is genuine for the other too. Give each its own.`,
        );
      }
    }
    return verifier;
  }

  /** The core decides, for each pair. */
  #refuseSuffix(secret: Secret, path: Path): void {
    for (const other of this.#known.values()) {
      try {
        new Verifier([other.secret, secret]);
      } catch (error) {
        const { code } = error as WebhookError;
        throw new WebhookError(code, { detail: `They are secrets of ${other.path} and ${path}.`, cause: error });
      }
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
    if (path !== undefined) {
      (error as Error).message += ` It is about the subscription ${path}.`;
    }
    throw error;
  }
}

/** As `validateSubscription` does: nobody means such a secret, and anybody can guess it. */
function refusePlaceholder(secret: Secret): void {
  const whole = typeof secret === "string" ? secret : new TextDecoder("utf-8", { ignoreBOM: true }).decode(secret);
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
