// @ts-check
/**
 * The wasm module as it is, without the package's checks in front of it: its
 * areas and its exports. What they mean is told in src/bindings/verify.rs.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "./installed.js";

export const bytes = readFileSync(join(root, "pkg/wasm/verify.wasm"));
export const module = new WebAssembly.Module(bytes);

export const INPUT_BYTES = 65_536;
export const TOKEN_BYTES = 71;
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
  const token = area(1, TOKEN_BYTES);
  const secrets = area(2, SECRETS_BYTES);
  const secretLengths = new Uint32Array(buffer, call("address", 3), 8);
  const state = area(4, call("state_length"));

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

  /** @param {string} text */
  const putToken = (text) => token.set(Buffer.from(text));

  return { wasm, call, buffer, input, token, secrets, secretLengths, state, putSecrets, putToken };
}

/**
 * The token, by node:crypto.
 *
 * @param {Uint8Array} payload
 * @param {Uint8Array} secret
 */
export const tokenOf = (payload, secret) => createHash("sha256").update(payload).update(secret).digest("hex");
