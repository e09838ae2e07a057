/**
 * The `subscription` wasm module. No other TypeScript touches it. Unlike the
 * `verify` module it has wasm-bindgen's glue and an allocator: nothing here has to
 * be fast.
 */

import { load } from "#subscription-module";
import * as glue from "../generated/subscription-glue.js";
import { gluedModule } from "../wasm/glued-module.js";

const engine = /* @__PURE__ */ gluedModule(load, "./subscription_bg.js", glue);

/** Validates a subscription's JSON; `now` in milliseconds since the Unix epoch. */
export const validate = (json: string, now: number, isStrict: boolean): unknown =>
  engine.call(() => glue.validate(json, now, isStrict));
