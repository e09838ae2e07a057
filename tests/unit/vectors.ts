/** Asks the sources what the vectors ask every host. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "vitest";
import * as diagnose from "../../pkg/src/diagnose.js";
import * as library from "../../pkg/src/index.js";
import * as replay from "../../pkg/src/replay.js";
import * as subscription from "../../pkg/src/subscription.js";
import { outcome } from "../harness/outcome.js";
import { ask } from "../harness/vector-questions.js";

/** A test for each file of vectors: every one has its answer. */
export function vectorTests(files: readonly string[]): void {
  for (const file of files) {
    test(`every answer of ${file}.json is right`, async () => {
      const { vectors } = JSON.parse(readFileSync(new URL(`../vectors/${file}.json`, import.meta.url), "utf8"));
      for (const vector of vectors) {
        const { expected, get, isHidden } = ask({ library, diagnose, replay, subscription }, file, vector);
        const got = await outcome(get);
        assert.ok(got === expected || isHidden?.(), `${vector.id}: expected ${expected}, got ${got}`);
      }
      assert.ok(vectors.length > 0);
    });
  }
}
