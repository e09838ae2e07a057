/**
 * Whole deliveries to try the tester with. Their secret is known to everybody, and an
 * address or an attribute holds only a case's name. The tokens come from Python.
 */

import type { TextKey } from "../texts/texts.js";

export interface Case {
  readonly name: string;
  readonly label: TextKey;
  readonly payload: string;
  readonly secret: string;
  readonly token: string;
}

const SECRET = "demo-secret-that-everybody-knows";
const PAYLOAD =
  '{"eventName":"project_created","eventTimestamp":1795600000000,"payload":{"tenantId":"acme","tenantName":"Acme S.p.A.","projectId":"65f1c0ffee0123456789abcd","projectName":"Città"}}';
const TOKEN = "80d55554535f95b659868b516d8e2d2072066d519a65e4bbab17b7514bcbe505";

const GENUINE = { payload: PAYLOAD, secret: SECRET, token: TOKEN };

export const CASES: readonly Case[] = [
  { ...GENUINE, name: "genuine", label: "case_genuine" },
  {
    ...GENUINE,
    name: "pretty-printed",
    label: "case_pretty",
    payload: JSON.stringify(JSON.parse(PAYLOAD), null, 2),
  },
  { ...GENUINE, name: "secret-with-line-break", label: "case_lineBreak", secret: `${SECRET}\n` },
  {
    ...GENUINE,
    name: "hmac",
    label: "case_hmac",
    token: "76bc4549f1c71fc25c1d79856766656a1caf5b1d8f22a72bff21cf4263a559c2",
  },
  {
    ...GENUINE,
    name: "without-secret",
    label: "case_noSecret",
    token: "dfdab513c84d1808b3e300faeae470892853053133cf318bad82304e138807e0",
  },
  {
    ...GENUINE,
    name: "unexplained",
    label: "case_unexplained",
    token: "5aafdb2793b8a5bddb68ac216f58b39324a6667c833cc7a7001964fe25bce8c5",
  },
];
