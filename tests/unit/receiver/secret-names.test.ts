/** A record of secrets holds secrets only: any other value in it would be one that anybody can guess. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { generateSecret, sign } from "mia-webhooks";
import { type ReceiverOptions, createReceiver } from "mia-webhooks/receiver";

const SECRET = `canary${generateSecret()}`;
const OLD = generateSecret();

const make = (secrets: unknown) =>
  createReceiver({ secrets, on: { "*": () => {} }, log: () => {} } as unknown as ReceiverOptions);

const refused = (secrets: unknown, message: RegExp) => {
  for (const work of [
    () => make(secrets),
    () => createReceiver({ subscriptions: { "/a": { secrets, on: { "*": () => {} } } } } as unknown as ReceiverOptions),
  ]) {
    assert.throws(work, (error: Error) => {
      assert.equal(error.name, "TypeError");
      assert.match(error.message, message);
      assert.ok(!error.message.includes(SECRET));
      return true;
    });
  }
};

describe("a field beside a secret is not the name of another secret", () => {
  for (const [title, record] of Object.entries({
    "a JSON Web Key": { kty: "oct", k: SECRET },
    "an answer of a store": { SecretString: SECRET, ARN: "arn:aws:secretsmanager:eu-south-1:1:secret:hook" },
    "a row of a table": { material: SECRET, created_at: "2026-01-01T00:00:00Z" },
    "a row with an id of its own": { material: SECRET, subscriptionId: "0123456789abcdef" },
    "a password": { username: "mia-webhooks", password: SECRET },
    "a time to live": { current: SECRET, expiresAt: "2026-12-31T00:00:00Z" },
    "how it is written": { current: SECRET, Encoding: "base64url-without-padding" },
    "a stage": { current: SECRET, environment: "production-eu" },
    "who rotated it": { current: SECRET, ROTATED_BY: "somebody@example.org" },
    "a version": { current: SECRET, "version-id": "00000000-0000-4000-8000-000000000000" },
  })) {
    test(title, () =>
      refused(record, /^secrets: "[\w-]+" looks like a field beside a secret, .* \{ current, previous \}\./),
    );
  }
});

describe("an environment is not a record of secrets", () => {
  for (const [title, record] of Object.entries({
    "with the address of a log": { WEBHOOK_SECRET: SECRET, LOG_SERVER: "https://logs.example.org" },
    "with the name of a mode": { CONSOLE_SECRET: SECRET, NODE_ENV: "production" },
    "with a folder": { HOOK_SECRET: SECRET, HOME: "/home/node/app" },
    "as a configuration": { webhookSecret: SECRET, logLevel: "information" },
  })) {
    test(title, () => refused(record, /looks like a field beside a secret/));
  }
});

describe("a short value beside a long secret", () => {
  for (const [title, record] of Object.entries({
    "a digit": { current: SECRET, retries: "3" },
    "a switch": { current: SECRET, rotate: "true" },
    "seven bytes": { current: SECRET, other: new Uint8Array([1, 2, 3, 4, 5, 6, 7]) },
    "three characters of two bytes": { other: "èèè", current: new TextEncoder().encode(SECRET).buffer },
  })) {
    test(title, () => refused(record, /^secrets: "\w+" has under 8 bytes beside a long secret/));
  }
});

describe("secrets with a name each", () => {
  for (const [title, record] of Object.entries({
    "by their place in a rotation": { current: SECRET, previous: OLD },
    "by their age": { new: SECRET, old: OLD },
    "by a number": { v1: SECRET, v2: OLD },
    "by where they are used": { staging: SECRET, production: OLD },
    "by the names of variables": { MIA_WEBHOOK_SECRET: SECRET, MIA_WEBHOOK_SECRET_PREVIOUS: OLD },
    "by variables of which one has no such word": { webhookSecret: SECRET, previous: OLD },
    "of apps whose names end like a field": { android: SECRET, combat: OLD },
    "of stages": { stage: SECRET, prod: OLD },
    "by a date": { "2026-01": SECRET, "2026-02": OLD },
    "that are short, all of them": { one: "seven-b", two: "fifteen-bytes-1" },
    "of eight bytes": { one: SECRET, two: "8-bytes!" },
    "as bytes": { one: new TextEncoder().encode(SECRET), two: new TextEncoder().encode(OLD).buffer },
    "in an object without a prototype": Object.assign(Object.create(null), { one: SECRET }),
  })) {
    test(`${title} are taken`, () => void make(record));
  }

  test("a list has no names: each is meant as a secret", () => void make([SECRET, "1234567"]));

  test("verify as before", async () => {
    const body = '{"eventName":"x","eventTimestamp":1767225600000,"payload":{}}';
    const request = (secret: string) =>
      new Request("https://example.org/", { method: "POST", body, headers: { "x-mia-token": sign(body, secret) } });
    const receiver = make({ current: SECRET, previous: OLD });
    assert.equal((await receiver(request(OLD))).status, 200);
    assert.equal((await receiver(request("current"))).status, 401);
  });
});
