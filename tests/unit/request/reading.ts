/** Reads pasted requests and compares what was read. Where the rule is a convention, the expectations are written by hand. */

import assert from "node:assert/strict";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";

export const TOKEN = "0123456789abcdef".repeat(4);
export const PAYLOAD = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';

/** A request, with its payload as a string. */
export function read(text: string) {
  const request = readPastedRequest(text);
  return request && { ...request, payload: Buffer.from(request.payload).toString() };
}

/** The parts that are named are these, and there are no doubts but those that are named. */
export function reads(text: string, expected: Partial<NonNullable<ReturnType<typeof read>>> | Record<string, unknown>) {
  const request: Record<string, unknown> | undefined = read(text);
  assert.ok(request, `not recognised: ${text}`);
  for (const [name, value] of Object.entries({ doubts: [], ...expected })) {
    assert.deepEqual(request[name], value, `${name} of ${text}`);
  }
}

/** The same numbers in every run, so that a failure can be repeated. */
export function random(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)] as Item;
  return {
    pick,
    text: (parts: readonly string[], most: number) =>
      Array.from({ length: below(most + 1) }, () => pick(parts)).join(""),
  };
}
