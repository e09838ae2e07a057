import { type Bytes, payloadBytes } from "./bytes.js";
import { type PayloadState, absorb, findSecret, findSecretOfState, identify } from "./engine.js";
import { type SecretSet, type Secrets, secretSet } from "./secrets.js";
import type { Token } from "./verify.js";

/** What is known of a payload that verified. */
export interface Match {
  /** The name of the secret that matched, or its position (`"0"`). */
  readonly keyId: string;
  /** The SHA-256 of the payload, in 64 hexadecimal digits. */
  readonly id: string;
}

/**
 * Checks tokens against a fixed set of secrets.
 *
 * @example
 * ```ts
 * import { Verifier, sign } from "mia-webhooks";
 *
 * const verifier = new Verifier({ current: "new secret", previous: "old one" });
 * const token = sign("payload", "old one");
 * verifier.verify("payload", token); // true
 * verifier.match("payload", token)?.keyId; // "previous"
 * ```
 */
export class Verifier {
  readonly #secrets: SecretSet;

  /**
   * @throws TypeError for what is not a secret.
   * @throws WebhookError `secret_missing`, `secret_empty`, `secret_placeholder`,
   * `secret_too_long` (over 4096 bytes), `secret_too_many` (over 8),
   * `secret_suffix` (one ends with another).
   */
  constructor(secrets: Secrets) {
    const { bytes, names } = secretSet(secrets);
    // Copies: what the caller does to its own bytes later changes nothing here.
    this.#secrets = { bytes: bytes.map((secret) => secret.slice()), names };
  }

  /** Whether the token belongs to the payload; see {@link verify}. */
  verify(payload: Bytes, token: Token): boolean {
    const bytes = payloadBytes(payload);
    return typeof token === "string" && findSecret(bytes, token, this.#secrets.bytes) >= 0;
  }

  /** Which secret matched, and the payload's id; `undefined` when none did. */
  match(payload: Bytes, token: Token): Match | undefined {
    const bytes = payloadBytes(payload);
    const found = typeof token === "string" ? identify(bytes, token, this.#secrets.bytes) : undefined;
    return found && { keyId: this.#secrets.names[found.index] as string, id: found.id };
  }

  /** Starts on a payload that arrives in pieces. Any number can be under way. */
  stream(): VerifyStream {
    return new VerifyStream(this.#secrets);
  }
}

/**
 * A verification whose payload arrives in pieces; see {@link Verifier.stream}.
 * It holds 105 bytes, however long the payload.
 *
 * @example
 * ```ts
 * import { Verifier, sign } from "mia-webhooks";
 *
 * const stream = new Verifier("secret").stream();
 * stream.update("pay").update("load");
 * stream.verify(sign("payload", "secret")); // true
 * ```
 */
export class VerifyStream {
  readonly #secrets: SecretSet;
  #state: PayloadState;

  /** @internal */
  constructor(secrets: SecretSet) {
    this.#secrets = secrets;
  }

  /** Appends a piece of the payload. */
  update(piece: Bytes): this {
    this.#state = absorb(this.#state, payloadBytes(piece));
    return this;
  }

  /** Whether the token belongs to all that was appended so far. */
  verify(token: Token): boolean {
    return typeof token === "string" && findSecretOfState(this.#state, token, this.#secrets.bytes) >= 0;
  }
}
