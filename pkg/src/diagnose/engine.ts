/**
 * The `diagnose` wasm module. No other TypeScript touches it. Like the
 * `subscription` module it has wasm-bindgen's glue and an allocator.
 */

import { load } from "#diagnose-module";
import * as glue from "../generated/diagnose-glue.js";
import { gluedModule } from "../wasm/glued-module.js";

export const engine = /* @__PURE__ */ gluedModule(load, "./diagnose_bg.js", glue);

/** A search in the module. */
export interface Diagnosing {
  go_on(candidates: number, bytes: number): boolean;
  found(): Uint8Array | undefined;
  hints(): Uint8Array;
  is_weak(): boolean;
  tried(): number;
  /** How many forms of the payload, of the secrets, constructions and readings of the token there are. */
  searched(): Uint32Array;
  signed_payload(): Uint8Array | undefined;
  signed_secret(): Uint8Array | undefined;
  signed_between(): Uint8Array | undefined;
  /** The places of the parts; then whether it is an HMAC, the hash and the notation. */
  signed_order(): Uint8Array | undefined;
  free(): void;
}

/** Starts a search; the first secret is the one that should be right. */
export function openSearch(payload: Uint8Array, token: string, secrets: readonly Uint8Array[]): Diagnosing {
  const joined = new Uint8Array(secrets.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const secret of secrets) {
    joined.set(secret, end);
    end += secret.length;
  }
  const lengths = Uint32Array.from(secrets, ({ length }) => length);
  try {
    return engine.call(() => new glue.Diagnosing(payload, token, joined, lengths) as Diagnosing);
  } finally {
    joined.fill(0);
  }
}
