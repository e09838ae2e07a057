/**
 * The `subscription` wasm module. No other TypeScript touches it. Unlike the
 * `verify` module it has wasm-bindgen's glue and an allocator: nothing here has to
 * be fast.
 */

import { load } from "#subscription-module";
import * as glue from "../generated/subscription-glue.js";
import { ISSUES, type Issue, type SubscriptionReport } from "../generated/subscription.js";
import { gluedModule } from "../wasm/glued-module.js";

const engine = /* @__PURE__ */ gluedModule(load, "./subscription_bg.js", glue);

/** An issue as the module gives it: the sentences of its code are in the table. */
interface Found {
  readonly path: string;
  /** The place in the table. */
  readonly code: number;
  /** A sentence of this finding alone. */
  readonly detail?: string;
  readonly suggestion?: string;
}

/** Validates a subscription's JSON; `now` in milliseconds since the Unix epoch. */
export function validate(json: string, now: number, isStrict: boolean): SubscriptionReport {
  const report = engine.call(() => glue.validate(json, now, isStrict));
  return { ...report, issues: report.issues.map(issue) };
}

/** As src/subscription/report.rs writes it; a test compares the two. */
function issue({ path, code: place, detail, suggestion }: Found): Issue {
  const [code, severity, message, fix] = ISSUES[place] as (typeof ISSUES)[number];
  return {
    path,
    code,
    severity,
    message: detail === undefined ? message : `${message} ${detail}`,
    fix: suggestion === undefined ? fix : `Did you mean ${suggestion}? ${fix}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}
