/**
 * The `tools` module. Unlike the `verify` module it has wasm-bindgen's glue and
 * an allocator; it explains, and is on no hot path.
 */

import { toolsModule } from "#tools-module";
import * as glue from "./generated/tools-glue.js";
import { gluedModule } from "./glued-module.js";

const tools = /* @__PURE__ */ gluedModule(toolsModule, "./tools_bg.js", glue);

/** Validates a subscription's JSON; `now` in milliseconds since the Unix epoch. */
export const validate = (json: string, now: number, isStrict: boolean): unknown =>
  tools.call(() => glue.validate(json, now, isStrict));
