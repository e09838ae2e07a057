// @ts-check
/**
 * The `verify` module without the package's checks: its areas and its exports.
 * src/bindings/verify.rs documents them.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../harness/checkout.js";

export const bytes = readFileSync(join(root, "pkg/wasm/verify.wasm"));
export const module = new WebAssembly.Module(bytes);

export const INPUT_BYTES = 65_536;
export const TOKEN_SLOT_BYTES = 72;
export const MAX_TOKENS = 4;
export const SECRETS_BYTES = 8 * 4097;

/** A new instance, with its areas. */
export function instantiate() {
  const wasm = /** @type {Record<string, (...args: number[]) => number>} */ (
    /** @type {unknown} */ (new WebAssembly.Instance(module).exports)
  );
  const { buffer } = /** @type {WebAssembly.Memory} */ (/** @type {unknown} */ (wasm["memory"]));
  const area = (/** @type {number} */ part, /** @type {number} */ length) =>
    new Uint8Array(buffer, call("address", part), length);
  const input = area(0, INPUT_BYTES);
  const tokens = area(1, MAX_TOKENS * TOKEN_SLOT_BYTES);
  const secrets = area(2, SECRETS_BYTES);
  const secretLengths = new Uint32Array(buffer, call("address", 3), 8);
  const state = area(4, call("state_length"));
  const tokenLengths = new Uint32Array(buffer, call("address", 5), MAX_TOKENS);

  /** @param {string} name @param {...number} args */
  function call(name, ...args) {
    return /** @type {(...args: number[]) => number} */ (wasm[name])(...args);
  }

  /** @param {...Uint8Array} values */
  function putSecrets(...values) {
    let offset = 0;
    values.forEach((secret, i) => {
      secrets.set(secret, offset);
      secretLengths[i] = secret.length;
      offset += secret.length;
    });
  }

  /** One slot for each. @param {...string} texts */
  function putTokens(...texts) {
    texts.forEach((text, i) => {
      tokens.set(Buffer.from(text), i * TOKEN_SLOT_BYTES);
      tokenLengths[i] = text.length;
    });
  }

  return { wasm, call, buffer, input, tokens, tokenLengths, secrets, secretLengths, state, putSecrets, putTokens };
}

/**
 * The token, by node:crypto.
 *
 * @param {Uint8Array} payload
 * @param {Uint8Array} secret
 */
export const tokenOf = (payload, secret) => createHash("sha256").update(payload).update(secret).digest("hex");
