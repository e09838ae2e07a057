import { accepted, isMatch } from "./answer.js";
import { type Bytes, payloadBytes } from "./bytes.js";
import { type PayloadState, absorb, findSecret, findSecretOfState, identify, readDigits } from "./engine.js";
import { type SecretSet, type Secrets, keptSecrets, secretSet } from "./secrets.js";
import type { Token } from "./verify.js";

/** What is known about a payload that verified. */
export interface Match {
  /** The name of the secret that matched, or its position (`"0"`). */
  readonly secretId: string;
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
 * verifier.match("payload", token)?.secretId; // "previous"
 * ```
 */
export class Verifier {
  readonly #secrets: SecretSet;

  /**
   * @throws TypeError for anything that is not a secret.
   * @throws WebhookError `secret_missing`, `secret_empty`, `secret_placeholder`,
   * `secret_too_long` (over 4096 bytes), `secret_too_many` (over 8),
   * `secret_suffix` (one ends with another).
   */
  constructor(secrets: Secrets) {
    this.#secrets = keptSecrets(secretSet(secrets));
  }

  /** Whether the token belongs to the payload; see {@link verify}. */
  verify(payload: Bytes, token: Token): boolean {
    const bytes = payloadBytes(payload);
    return typeof token === "string" && isMatch(findSecret(bytes, token, this.#secrets));
  }

  /** Which secret matched, and the payload's id; `undefined` when none did. */
  match(payload: Bytes, token: Token): Match | undefined {
    const bytes = payloadBytes(payload);
    if (typeof token !== "string") {
      return undefined;
    }
    const answer = identify(bytes, [token], this.#secrets);
    return isMatch(answer) ? this.#match(answer) : undefined;
  }

  /**
   * As `match`, with the values of all token headers of a request.
   *
   * @internal
   * @throws WebhookError `token_missing`, `token_malformed`, `token_mismatch`.
   */
  matchAll(payload: Uint8Array, tokens: readonly string[]): Match {
    return this.#match(accepted(identify(payload, tokens, this.#secrets)));
  }

  /** Starts to verify a payload that arrives in pieces. Any number of streams can be open at once. */
  stream(): VerifyStream {
    return new VerifyStream(this.#secrets);
  }

  #match(index: number): Match {
    return { secretId: this.#secrets.names[index] as string, id: readDigits() };
  }
}

/**
 * A verification whose payload arrives in pieces; see {@link Verifier.stream}.
 * It holds the state of a hash, at most some 1,000 bytes, however long the payload.
 *
 * @example
 * ```ts
 * import { Verifier, type VerifyStream, sign } from "mia-webhooks";
 *
 * const stream: VerifyStream = new Verifier("secret").stream();
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

  /** Whether the token belongs to everything that was appended so far. */
  verify(token: Token): boolean {
    return typeof token === "string" && isMatch(findSecretOfState(this.#state, token, this.#secrets));
  }
}
