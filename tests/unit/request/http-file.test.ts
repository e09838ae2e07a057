/** Files of requests for editors: VS Code's REST Client and JetBrains. */

import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, reads } from "./reading.js";

const one = (token: string | undefined, body: string, url = "https://a.b/hook") =>
  `POST ${url}\nContent-Type: application/json\n${token === undefined ? "" : `X-Mia-Token: ${token}\n`}\n${body}\n`;
const GET = "GET https://a.b/health\nAccept: */*\n";

describe("a file with one request", () => {
  const expected = { form: "http", payload: PAYLOAD, token: TOKEN };
  for (const [text, others = {}] of [
    [`### Send an event\n${one(TOKEN, PAYLOAD)}`],
    [`###\n\n${one(TOKEN, PAYLOAD)}\n\n###\n`],
    [`# a comment\n# @name send\n${one(TOKEN, PAYLOAD)}`],
    [`// a comment\n\n${one(TOKEN, PAYLOAD)}`],
    [`@host = https://a.b\n@token=${TOKEN}\n\n${one("{{token}}", PAYLOAD, "{{host}}/hook")}`],
    [`@a = ${TOKEN}\n@b = {{a}}\n### x\n${one("{{ b }}", PAYLOAD)}`],
    [`### x\r\n${one(TOKEN, PAYLOAD).replaceAll("\n", "\r\n")}\r\n###\r\n`],
    [
      `### x\nPOST https://a.b/hook HTTP/1.1\n    ?a=b\n    &c=d\n# no\nX-Mia-Token: ${TOKEN}\n// X-Mia-Token: no\n\n${PAYLOAD}`,
    ],
    [`### x\n${one(TOKEN, PAYLOAD)}\n> {%\n  client.log("x");\n%}\n`],
    [`### x\n${one(TOKEN, PAYLOAD)}\n<> 2026-01-02.200.json\n`],
    [`### a\n${GET}\n### b\n${one(TOKEN, PAYLOAD)}\n### c\n${one(undefined, "{}")}`],
    [`${GET}\n###\n${one(TOKEN, PAYLOAD)}`],
    [`### x\n${one(TOKEN, "< ./event.json")}`, { payload: "", doubts: ["body_in_file"] }],
    [`### x\n${one("{{token}}", PAYLOAD)}`, { token: "{{token}}", doubts: ["variable"] }],
    [one(TOKEN, PAYLOAD)],
    [`${one(TOKEN, PAYLOAD)}\n\n`],
    [`POST {{host}}/hook\nX-Mia-Token: ${TOKEN}\n\n${PAYLOAD}`],
    [`### x\n${one(TOKEN, '{"a":"{{$guid}}"}')}`, { payload: '{"a":"{{$guid}}"}', doubts: ["variable"] }],
    [`### x\n${one(TOKEN, '{"a":1} // x')}`, { payload: '{"a":1} // x', doubts: ["not_json"] }],
    [`### x\nPOST https://a.b/hook\nX-Mia-Token: ${TOKEN}\n`, { payload: "", doubts: ["body_missing"] }],
  ] as const) {
    test(JSON.stringify(text), () => reads(text, { ...expected, ...others }));
  }
});

describe("a file with several", () => {
  const refused = { form: "refused", payload: "", token: undefined, doubts: ["several_requests"] };
  for (const text of [
    `### a\n${one(TOKEN, "{}")}\n### b\n${one("f".repeat(64), "{}")}`,
    `${one(TOKEN, "[1]")}\n###\n${one(TOKEN, "[2]")}\n###\n${GET}`,
    `### a\nPOST https://a.b HTTP/1.1\n\n{}\n### b\nPOST https://a.b HTTP/1.1\n\n[]`,
  ]) {
    test(JSON.stringify(text), () => reads(text, refused));
  }
});
