/**
 * The engine of Node, Deno, Bun and workerd, whose own SHA-256 uses the processor's
 * instructions for it, which wasm may not. It makes the tokens of larger payloads, and
 * sees whether the request's is one of them; the `verify` module decides all other cases,
 * and every refusal. The build puts this file between verify/engine.ts and all that
 * import it.
 */

import * as wasm from "../../verify/engine.js";
import type { SecretSet } from "../../verify/secrets.js";
import { fed, hashes, newHash } from "./hash.js";
import type { NativeHash } from "./node-crypto.js";

export { broken, checkSecrets, checkTokens, findMade } from "../../verify/engine.js";

type State = wasm.PayloadState | NativeHash;
export type { State as PayloadState };

const NOTHING = new Uint8Array();
const DIGITS = 64;

/** What {@link readDigits} returns, where the host has hashed. */
let digits: string | undefined;

export function signPayload(payload: Uint8Array, secrets: SecretSet): number {
  [digits] = hashes(payload, secrets.bytes) ?? [];
  return digits === undefined ? wasm.signPayload(payload, secrets) : 0;
}

export function findSecret(payload: Uint8Array, token: string, secrets: SecretSet): number {
  const made = hashes(payload, secrets.bytes);
  return made === undefined ? wasm.findSecret(payload, token, secrets) : find(made, [token]);
}

export function identify(payload: Uint8Array, tokens: readonly string[], secrets: SecretSet): number {
  const made = hashes(payload, [...secrets.bytes, NOTHING], secrets.bytes.length);
  digits = made?.pop();
  return made === undefined ? wasm.identify(payload, tokens, secrets) : find(made, tokens);
}

export const readDigits = (): string => digits ?? wasm.readDigits();

export function absorb(state: State, piece: Uint8Array): State {
  const begun = state ?? newHash(piece.length);
  return isHash(begun) ? sure(() => fed(begun, piece)) : wasm.absorb(begun, piece);
}

export const findSecretOfState = (state: State, token: string, secrets: SecretSet): number =>
  isHash(state)
    ? find(
        sure(() => secrets.bytes.map((secret) => state.copy().update(secret).digest("hex"))),
        [token],
      )
    : wasm.findSecretOfState(state, token, secrets);

/** What has no other way, because the host's hash has begun the stream. */
function sure<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw wasm.broken(cause);
  }
}

/**
 * As `findMade`, which it leaves everything to but the usual case: one token, in the
 * digits that the hash has. To ask the module takes as long as half the hash of 300 bytes.
 */
function find(made: readonly string[], tokens: readonly string[]): number {
  const [token = ""] = tokens;
  let found = -1;
  // TIMING: as in the core, every character is compared with every token that was made.
  for (let i = 0; i < made.length && token.length === DIGITS; i++) {
    const other = made[i] as string;
    let difference = 0;
    for (let j = 0; j < DIGITS; j++) {
      difference |= token.charCodeAt(j) ^ other.charCodeAt(j);
    }
    found = difference === 0 ? i : found;
  }
  return found >= 0 && (tokens.length === 1 || tokens.every((other) => other === token))
    ? found
    : wasm.findMade(made, tokens);
}

const isHash = (state: State): state is NativeHash => state !== undefined && !(state instanceof Uint8Array);
