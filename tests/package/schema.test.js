// @ts-check
/** Tests the JSON Schema for editors with the corpus and an independent validator. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Ajv2020 } from "ajv/dist/2020.js";

import { root } from "../harness/checkout.js";
import { installed } from "../harness/installed.js";

const { package: dir } = await installed();
const schema = JSON.parse(readFileSync(join(dir, "subscription.schema.json"), "utf8"));
const isValid = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(
  schema,
);

/**
 * @typedef {object} Vector
 * @property {string} id
 * @property {unknown} [value]
 * @property {unknown} [repeat]
 * @property {{ valid: boolean, issues: [path: string, code: string][] }} expected
 */

/** @type {{ vectors: Vector[] }} */
const { vectors } = JSON.parse(readFileSync(join(root, "tests/vectors/subscription.json"), "utf8"));
const cases = vectors.filter(({ value, repeat }) => value !== undefined && !repeat);

/** Errors that a schema can find. The others need a parser of URLs, of certificates or of JSON. */
const SEEN = new Set([
  "not_an_object",
  "field_missing",
  "field_type",
  "id_blank",
  "id_control_character",
  "event_name_blank",
  "url_scheme",
  "url_white_space",
  "url_host_missing",
  "secret_empty",
  "secret_blank",
]);

test("accepts every subscription of the corpus that is valid", () => {
  const refused = cases.filter(({ value, expected }) => expected.valid && !isValid(value));
  assert.deepEqual(
    refused.map(({ id }) => id),
    [],
  );
  assert.ok(cases.length > 500);
});

test("refuses every error of the corpus that a schema can find", () => {
  const errors = cases.filter(({ expected }) => expected.issues.some(([, code]) => SEEN.has(code)));
  assert.ok(errors.length > 100);
  assert.deepEqual(
    errors.filter(({ value }) => isValid(value)).map(({ id }) => id),
    [],
  );
});

test("offers the known events, and accepts others", () => {
  const record = { target: "https://example.org/webhook", secret: "19ff508aa83a064e6ddbb49962a35c26" };
  const names = schema.properties.eventName.anyOf[0].anyOf[0].enum;
  assert.ok(names.includes("project_created") && names.length === 13);
  assert.ok(isValid({ ...record, eventName: "something_new" }));
});
