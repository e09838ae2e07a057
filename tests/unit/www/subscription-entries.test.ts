/** What is wrong with a subscription, field by field. */

import assert from "node:assert/strict";
import { validateSubscription } from "mia-webhooks/subscription";
import { describe, test } from "vitest";
import { type Draft, EMPTY, type Field, recordOf } from "../../../www/subscription/draft.js";
import { type Entry, entriesOf } from "../../../www/subscription/entries.js";
import { type Language, speaking } from "../../../www/texts/texts.js";

const RIGHT: Draft = {
  ...EMPTY,
  eventName: ["tag_created"],
  target: "https://example.org/hook",
  secret: "Zm9ydHktdHdvIGJ5dGVzIG9mIGVudHJvcHkgaGVyZSE",
};

const entriesFor = (draft: Draft, language: Language = "en"): Entry[] =>
  entriesOf(validateSubscription(recordOf(draft)), draft, speaking(language), language);

/** The only entry of a draft, which is one of this field. */
function entryOf(field: Field, change: Partial<Draft>, language?: Language): Entry {
  const [entry, ...others] = entriesFor({ ...RIGHT, ...change }, language);
  assert.deepEqual(others, []);
  assert.equal(entry?.field, field);
  return entry as Entry;
}

/** The draft after the repair. */
const repaired = (entry: Entry, change: Partial<Draft>): Draft => ({
  ...RIGHT,
  ...change,
  [entry.field]: entry.repair?.value(),
});

test("nothing is wrong with a right draft, and three things with an empty form", () => {
  assert.deepEqual(entriesFor(RIGHT), []);
  const entries = entriesFor(EMPTY);
  assert.deepEqual(
    entries.map(({ field, things: [{ severity, message }, ...others] }) => [field, severity, message, others.length]),
    ["eventName", "target", "secret"].map((field) => [field, "error", "This field is required.", 0]),
  );
  assert.equal(entries[0]?.things[0].fix, "Name the event to listen to, for example project_created.");
});

describe("a secret", () => {
  test.for([
    ["changeme", "Too easy to guess: a common word and only 8 bytes."],
    ["a", "Too easy to guess: few different characters and only 1 byte."],
    ["x9!Kd02m", "Too easy to guess: only 8 bytes."],
    ["ababababababababababababababababababab", "Too easy to guess: few different characters."],
  ] as const)("%s is one thing: %s", ([secret, message]) => {
    const entry = entryOf("secret", { secret });
    assert.deepEqual(
      entry.things.map(({ message }) => message),
      [message],
    );
    assert.equal(entry.repair?.label, "Generate a strong one");
    assert.deepEqual(entriesFor(repaired(entry, { secret })), []);
  });

  test("in Italian", () => {
    const { things, repair } = entryOf("secret", { secret: "changeme" }, "it");
    assert.equal(things[0].message, "Troppo facile da indovinare: una parola comune e solo 8 byte.");
    assert.equal(repair?.label, "Generane uno forte");
  });

  test("of 20 bytes is short, and not easy to guess", () => {
    const { things } = entryOf("secret", { secret: "k3J9x2Lq8Vb7Nc5Rt1Wz" });
    assert.match(things[0].message, /^The secret is shorter than 32 bytes\./);
  });

  test("each generated one is another", () => {
    const { repair } = entryOf("secret", { secret: "changeme" });
    assert.notEqual(repair?.value(), repair?.value());
  });

  test("with a line break loses it, and nothing else", () => {
    const secret = `${RIGHT.secret}\n`;
    const entry = entryOf("secret", { secret });
    assert.equal(entry.repair?.label, "Remove the white space");
    assert.equal(entry.repair?.value(), RIGHT.secret);
  });
});

describe("an address", () => {
  test.for([
    ["hooks.example.org/console", "https://hooks.example.org/console"],
    ["//hooks.example.org/console", "https://hooks.example.org/console"],
    ["hooks.example.org:8443", "https://hooks.example.org:8443"],
    ["https://https://example.org/a", "https://example.org/a"],
    ["htps://example.org/a", "https://example.org/a"],
    ["https:/example.org/a", "https://example.org/a"],
    ["http://example.org/a", "https://example.org/a"],
  ] as const)("%s is repaired to %s", ([target, better]) => {
    const entry = entryOf("target", { target });
    assert.equal(entry.repair?.label, `Use ${better}`);
    assert.deepEqual(entriesFor(repaired(entry, { target })), []);
  });

  test.for(["ftp://example.org/a", "https://exa mple.org", "http://127.0.0.1/", "https://"])(
    "%s has no repair",
    (target) => assert.equal(entryOf("target", { target }).repair, undefined),
  );

  test("a repaired one keeps its credentials, which the button does not show", () => {
    const { repair } = entryOf("proxy", { proxy: "https://https://me:pw@proxy.example.org" });
    assert.equal(repair?.label, "Use https://••••@proxy.example.org");
    assert.equal(repair?.value(), "https://me:pw@proxy.example.org");
  });
});

test("errors stand before warnings, as one entry", () => {
  const { things } = entryOf("eventName", { eventName: ["project_creatd", ""] });
  assert.deepEqual(
    things.map(({ severity, codes }) => [severity, ...codes]),
    [
      ["error", "event_name_blank"],
      ["warning", "event_name_unknown"],
    ],
  );
});

describe("events", () => {
  test.for([
    [["project_creatd"], "Use project_created", ["project_created"]],
    [["tag_deleted", "project_creatd"], "Use project_created", ["tag_deleted", "project_created"]],
    [["user_added", "company_user_added"], "Use user_added", ["user_added"]],
    [["company_user_added", "ProjectCreated"], "Use user_added, project_created", ["user_added", "project_created"]],
    [["tag_created tag_deleted"], "Use tag_created, tag_deleted", ["tag_created", "tag_deleted"]],
    [["tag_created", "tag_created"], "Keep one of each", ["tag_created"]],
  ] as const)("%j: %s", ([eventName, label, better]) => {
    const entry = entryOf("eventName", { eventName });
    assert.equal(entry.repair?.label, label);
    assert.deepEqual(entry.repair?.value(), better);
    assert.deepEqual(entriesFor(repaired(entry, { eventName })), []);
  });

  test("each says which one is meant, in each language", () => {
    const change = { eventName: ["tag_created", "project_creatd"] };
    const english = entryOf("eventName", change).things[0];
    assert.match(english.message, /^project_creatd: \S/);
    assert.match(english.fix, /^Did you mean project_created\? \S/);
    const italian = entryOf("eventName", change, "it").things[0];
    assert.match(italian.message, /^project_creatd: \S/);
    assert.match(italian.fix, /^Forse intendevi project_created\? \S/);
  });
});

test("a record that is too large is named at the certificate, the longest field", () => {
  const { things } = entryOf("base64CA", { base64CA: "A".repeat(1 << 20) });
  assert.deepEqual(things[0].codes, ["too_large"]);
});
