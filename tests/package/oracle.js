// @ts-check
/** The right answers of the fixture, by node:crypto and without our code. */

import { createHash } from "node:crypto";

import { LENGTHS, SECRET, payload } from "./fixtures/answers.js";

const hash = (/** @type {(string | Uint8Array)[]} */ ...parts) => {
  const sha256 = createHash("sha256");
  parts.forEach((part) => sha256.update(part));
  return sha256.digest("hex");
};

const payloads = LENGTHS.map(payload);

export const EXPECTED = {
  tokens: payloads.map((payload) => hash(payload, SECRET)),
  verified: payloads.map(() => true),
  forged: payloads.map(() => false),
  ids: payloads.map((payload) => ({ secretId: "1", id: hash(payload) })),
  error: { name: "WebhookError", code: "token_mismatch", status: 401, isError: true },
  issues: ["/target url_plain_http", "/target url_loopback", "/secret field_missing"],
  statuses: [200, 401],
};
