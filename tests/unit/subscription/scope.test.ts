/** Which events a subscription matches; the vectors have the rest. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import {
  COMPANY_ID_PATHS,
  EVENT_ALIASES,
  PROJECT_ID_PATHS,
  SCOPE_MISMATCHES,
} from "../../../pkg/src/generated/tables.js";
import { type Scope, type ScopeMismatch, matches } from "../../../pkg/src/subscription.js";

const any = (value: unknown) => value as never;
const event = (payload: Record<string, unknown> = {}, eventName = "tag_created") => ({
  eventName,
  eventTimestamp: 1767225600000,
  payload,
});
/** An event that carries a value at this path. */
const at = (path: readonly string[], value: unknown) =>
  event((path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as { payload: {} }).payload);

describe("every mismatch is said with its sentence", () => {
  const CAUSES: Record<ScopeMismatch, [subscription: Scope, event: ReturnType<typeof event>]> = {
    event_name_differs: [{ eventName: "tag_deleted" }, event()],
    company_differs: [{ tenantId: "acme" }, event({ tenantId: "other" })],
    company_absent: [{ tenantId: "acme" }, event()],
    project_differs: [{ projectId: "shop" }, event({ projectId: "other" })],
    project_absent: [{ projectId: "shop" }, event()],
  };
  for (const [reason, [subscription, event]] of Object.entries(CAUSES)) {
    test(reason, () => {
      assert.deepEqual(matches(subscription, event), {
        matches: false,
        reason,
        message: SCOPE_MISMATCHES[reason as ScopeMismatch],
      });
    });
  }

  test("all of them have a cause here", () => {
    assert.deepEqual(Object.keys(CAUSES).sort(), Object.keys(SCOPE_MISMATCHES).sort());
  });
});

for (const [filter, paths] of [
  ["tenantId", COMPANY_ID_PATHS],
  ["projectId", PROJECT_ID_PATHS],
] as const) {
  for (const path of paths) {
    test(`${filter} is found at ${path.join("/")}, if it is text of the event itself`, () => {
      const kind = filter === "tenantId" ? "company" : "project";
      const answer = (value: unknown) => {
        const match = matches({ [filter]: "acme" }, at(path, value));
        return match.matches || match.reason;
      };
      assert.equal(answer("acme"), true);
      assert.equal(answer("other"), `${kind}_differs`);
      for (const none of [undefined, null, 7, ["acme"], { acme: "acme" }]) {
        assert.equal(answer(none), `${kind}_absent`);
      }
    });
  }
}

test("an id that is inherited does not count", () => {
  const inherited = event(Object.create({ tenantId: "acme" }));
  assert.equal(matches({ tenantId: "acme" }, inherited).matches, false);
});

test("an event whose payload breaks off does not match, and does not throw", () => {
  for (const payload of [{}, { project: null }, { project: "text" }, { resource: 7 }]) {
    assert.equal(matches({ tenantId: "acme", projectId: "shop" }, event(payload)).matches, false);
  }
});

test("filters that are not given match everything, and every one that is given has to match", () => {
  const both = event({ tenantId: "acme", projectId: "shop" });
  assert.deepEqual(matches({}, both), { matches: true });
  assert.deepEqual(matches({ tenantId: undefined, projectId: undefined, eventName: undefined }, both), {
    matches: true,
  });
  assert.deepEqual(matches({ tenantId: "acme", projectId: "shop", eventName: ["a", "tag_created"] }, both), {
    matches: true,
  });
  assert.equal(matches({ tenantId: "acme", projectId: "other" }, both).matches, false);
  assert.equal(matches({ eventName: [] }, both).matches, false);
});

describe("an older name of an event is the event", () => {
  for (const [older, newer] of Object.entries(EVENT_ALIASES)) {
    test(`${older} is ${newer}`, () => {
      assert.equal(matches({ eventName: older }, event({}, newer)).matches, true);
      assert.equal(matches({ eventName: newer }, event({}, older)).matches, true);
      assert.equal(matches({ eventName: ["a", older] }, event({}, older)).matches, true);
      assert.equal(matches({ eventName: older }, event({}, "tag_created")).matches, false);
    });
  }

  test("a name that every object has is no alias", () => {
    assert.equal(matches({ eventName: "constructor" }, event({}, "toString")).matches, false);
    assert.equal(matches({ eventName: "constructor" }, event({}, "constructor")).matches, true);
  });
});

test("an event without a name or a payload is refused", () => {
  for (const other of [
    undefined,
    null,
    {},
    { eventName: "a" },
    { payload: {} },
    { eventName: 7, payload: {} },
    "event",
  ]) {
    assert.throws(() => matches({}, any(other)), {
      name: "TypeError",
      message: "event must have an eventName and a payload; read it with parseEvent",
    });
  }
});
