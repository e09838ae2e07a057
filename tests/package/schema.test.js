// @ts-check
/** The JSON Schema for editors, held against the corpus by a validator of its own. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { Ajv2020 } from "ajv/dist/2020.js";

import { installed, root } from "./installed.js";

const { package: dir } = await installed();
const schema = JSON.parse(readFileSync(join(dir, "subscription.schema.json"), "utf8"));
const isValid = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true }).compile(schema);

const { vectors } = JSON.parse(readFileSync(join(root, "tests/vectors/subscription.json"), "utf8"));
const cases = vectors.filter((/** @type {{ value?: unknown, repeat?: unknown }} */ { value, repeat }) => value !== undefined && !repeat);

/** Errors that a schema can see. The others need a parser: of URLs, of certificates, of JSON's text. */
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
  const refused = cases.filter((/** @type {any} */ { value, expected }) => expected.valid && !isValid(value));
  assert.deepEqual(refused.map((/** @type {any} */ { id }) => id), []);
  assert.ok(cases.length > 500);
});

test("refuses every error of the corpus that a schema can see", () => {
  const errors = cases.filter(({ expected }) => expected.issues.some((/** @type {[string, string]} */ [, code]) => SEEN.has(code)));
  assert.ok(errors.length > 100);
  assert.deepEqual(errors.filter(({ value }) => isValid(value)).map(({ id }) => id), []);
});

test("offers the known events, and takes others", () => {
  const record = { target: "https://example.org/webhook", secret: "19ff508aa83a064e6ddbb49962a35c26" };
  const names = schema.properties.eventName.anyOf[0].anyOf[0].enum;
  assert.ok(names.includes("project_created") && names.length === 13);
  assert.ok(isValid({ ...record, eventName: "something_new" }));
});
