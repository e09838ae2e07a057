// @ts-check
/** Every state of the page, and how a person reaches it. */

import { createHash } from "node:crypto";
import { inPage } from "../harness/in-page.js";

export const SECRET = "it's a secret to everybody";
export const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"tenantId":"acme"}}';
export const sign = (/** @type {string} */ payload, secret = SECRET) =>
  createHash("sha256")
    .update(payload + secret)
    .digest("hex");
const pretty = JSON.stringify(JSON.parse(EVENT), null, 2);

/** Enters a delivery and waits for its verdict. */
export const enter = (/** @type {string} */ payload, /** @type {string} */ secret, /** @type {string} */ token) =>
  inPage(`
    clear();
    paste(payload(), ${JSON.stringify(payload)});
    paste(secret(), ${JSON.stringify(secret)});
    paste(token(), ${JSON.stringify(token)});
    return settled();
  `);

/** @typedef {{ path?: string, query?: string, act?: string, code?: string }} State */

/**
 * Every state, how to reach it, and the code that it shows.
 *
 * @type {Record<string, State>}
 */
export const STATES = {
  empty: { code: "empty" },
  incomplete: { act: inPage(`type(payload(), "{}"); return strip().dataset.code;`), code: "incomplete" },
  valid: { act: enter(EVENT, SECRET, sign(EVENT)), code: "valid" },
  proved: { act: enter(pretty, SECRET, sign(EVENT, `${SECRET}\n`)), code: "payload_minified" },
  hints: { act: enter(pretty, SECRET, "0".repeat(64)), code: "payload_formatted" },
  nothing: { act: enter(EVENT, SECRET, "0".repeat(64)), code: "no_cause_found" },
  weak: { act: enter(EVENT, SECRET, sign(EVENT, "")), code: "payload_only" },
  refused: { act: enter(EVENT, "undefined", sign(EVENT)), code: "secret_placeholder" },
  malformed: { act: inPage(`choose("hex"); type(payload(), "0g"); return "incomplete";`), code: "incomplete" },
  repaired: {
    query: "case=pretty-printed",
    act: inPage(`
      await settled();
      shown(".strip .primary").click();
      return until(() => strip().dataset.code === "valid" && "valid");
    `),
    code: "valid",
  },
  secret: { query: "case=secret-with-line-break", act: inPage("return settled();"), code: "secret_trimmed" },
  hmac: { query: "case=hmac", act: inPage("return settled();"), code: "hmac" },
  own: {
    query: "case=pretty-printed",
    act: inPage(`
      await settled();
      shown(".verify [aria-expanded]").click();
      paste(digest(), "76bc4549f1c71fc25c1d79856766656a1caf5b1d8f22a72bff21cf4263a559c2");
      return until(() => document.querySelector("[data-own] p") && strip().dataset.code);
    `),
    code: "payload_minified",
  },
  several: { act: inPage(`shown(".verify .quiet").click(); return strip().dataset.code;`), code: "empty" },
  pasted: {
    act: inPage(`
      paste(shown("textarea[id*=request]"), "POST / HTTP/1.1\\r\\nHost: a\\r\\nX-Mia-Token: ${sign(EVENT)}\\r\\n\\r\\n" + ${JSON.stringify(EVENT)});
      paste(secret(), ${JSON.stringify(SECRET)});
      return settled();
    `),
    code: "valid",
  },
  sign: { query: "view=sign&sample=project_created", act: inPage(`paste(secret(), ${JSON.stringify(SECRET)});`) },
  subscription: {
    query: "view=subscription",
    act: inPage(`
      for (const [name, value] of [["eventName", "project_creatd"], ["target", "ftp://10.0.0.7/hook"], ["secret", "short"]]) {
        type(shown("[name=" + name + "]"), value);
      }
      shown(".subscription .primary").click();
    `),
  },
  forbidden: { path: "forbidden", act: enter(EVENT, SECRET, sign(EVENT)), code: "engine_unavailable" },
  code: { query: "view=code" },
  send: {
    query: "view=code&sample=tag_created",
    act: inPage(`shown("input[value=send]").click(); paste(secret(), ${JSON.stringify(SECRET)});`),
  },
};

/** Three that have nearly all that the page draws. */
export const FEW_STATES = ["proved", "subscription", "code"];
