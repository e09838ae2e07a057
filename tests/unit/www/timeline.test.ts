/** The panel of the local receiver: what its buttons send, and what the timeline says about it. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, test, vi } from "vitest";
import { outcomeOf } from "../../../www/local/outcome.js";
import { type Scenario, type Sent, sampleAt, scenario } from "../../../www/local/scenarios.js";
import { type Entry, MAX_ENTRIES, Timeline } from "../../../www/local/timeline.js";
import { LANGUAGES, speaking } from "../../../www/texts/texts.js";
import { Paper } from "../paper.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);
const SECRET = "it's a secret to everybody";
const NOW = 1_790_000_000_000;
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"tagName":"caffè ☕"}}';
/** What makes a token, by Node's own SHA-256. */
const token = (payload: string | Uint8Array, secret = SECRET) =>
  createHash("sha256").update(payload).update(secret).digest("hex");
const sent = (name: Scenario, payload: string | Uint8Array = EVENT) =>
  scenario(name, new Uint8Array(typeof payload === "string" ? utf8(payload) : payload), SECRET, NOW);

describe("a button sends", () => {
  test("a genuine event of the present, with every other byte as it was entered", () => {
    const spaced = EVENT.replace(":1767225600000", " : -17");
    for (const [entered, time] of [
      [EVENT, ":1767225600000"],
      [spaced, " : -17"],
    ] as const) {
      const { payload, token: made } = sent("genuine", entered);
      const now = time.replace(/-?\d+/, String(NOW));
      assert.equal(textOf(payload), entered.replace(time, now));
      assert.equal(made, token(payload));
    }
  });

  test.for(["", "no event", '{"eventTimestamp":"2026"}', new Uint8Array([0xff, 0x00])])(
    "what is no event as it was entered: %j",
    (entered) => {
      const { payload, token: made } = sent("genuine", entered);
      assert.deepEqual(payload, typeof entered === "string" ? utf8(entered) : entered);
      assert.equal(made, token(entered));
    },
  );

  test("a token that another secret made, or none", () => {
    const wrong = sent("wrongToken");
    assert.equal(textOf(wrong.payload), EVENT);
    assert.match(wrong.token ?? "", /^[0-9a-f]{64}$/);
    assert.notEqual(wrong.token, token(EVENT));
    assert.deepEqual(sent("noToken"), { payload: utf8(EVENT), token: undefined });
  });

  test.for([EVENT, "a", "A1", "1", "{}", "", "☕"])("a body that was changed after it was signed: %j", (entered) => {
    const { payload, token: made } = sent("changed", entered);
    assert.equal(made, token(entered));
    assert.notEqual(textOf(payload), entered);
    if (/\w/.test(entered)) {
      const before = utf8(entered);
      assert.equal(payload.length, before.length);
      assert.equal(payload.filter((byte, place) => byte !== before[place]).length, 1);
    }
  });

  test.for([EVENT, JSON.stringify(JSON.parse(EVENT), null, 2), JSON.stringify(JSON.parse(EVENT), null, "\t")])(
    "the same JSON, written in another way: %j",
    (entered) => {
      const { payload, token: made } = sent("reformatted", entered);
      assert.equal(made, token(entered));
      assert.notEqual(textOf(payload), entered);
      assert.deepEqual(JSON.parse(textOf(payload)), JSON.parse(entered));
    },
  );

  test("what is not JSON with a line break more", () => {
    const { payload, token: made } = sent("reformatted", "no JSON");
    assert.equal(made, token("no JSON"));
    assert.equal(textOf(payload), "no JSON\n");
  });

  test("a token that was made with a line break behind the secret", () => {
    const { payload, token: made } = sent("lineBreak");
    assert.equal(textOf(payload), EVENT);
    assert.equal(made, token(EVENT, `${SECRET}\n`));
  });

  test.for([EVENT, "no event"])("a signed event that is older than a receiver remembers: %j", (entered) => {
    const { payload, token: made } = sent("old", entered);
    const { eventName, eventTimestamp } = JSON.parse(textOf(payload));
    assert.equal(eventName, entered === EVENT ? "tag_created" : "project_created");
    assert.ok(NOW - eventTimestamp > 604_800_000);
    assert.equal(made, token(payload));
  });

  test("a sample, where nothing was entered, that is an event of that time", () => {
    const { eventName, eventTimestamp, payload } = JSON.parse(textOf(sampleAt(NOW)));
    assert.equal(eventName, "project_created");
    assert.equal(eventTimestamp, NOW);
    assert.equal(typeof payload, "object");
  });
});

describe("what became of a request", () => {
  const root = join(import.meta.dirname, "../../..");
  /** The codes of deliveries and their sentences, as docs/codes.md has them. */
  const [, deliveries = ""] = readFileSync(join(root, "docs/codes.md"), "utf8").split(/^## /m);
  const rows = [...deliveries.matchAll(/^\| \d+ \| `(\w+)` \| .*? \| (.*) \|$/gm)].map(([, code, sentences = ""]) => {
    const [message = "", fix = ""] = sentences.split(" | ").map((sentence) => sentence.trim());
    return { code: code as "accepted", message, fix };
  });
  const facts = (text: string) => [...(text.match(/[\w-]*(?:[a-z][A-Z]|_|\d)[\w-]*/g) ?? [])];
  const outcome = (code: "accepted", language: "en" | "it", status = 400, hint?: string) =>
    outcomeOf(status, { code, status, hint }, speaking(language), language);

  test("there are codes to say", () => assert.ok(rows.length >= 38));

  test.for(rows.filter(({ code }) => !["accepted", "event_duplicate"].includes(code)))(
    "$code is said in each language",
    ({ code, message, fix }) => {
      assert.deepEqual(outcome(code, "en"), { tone: "bad", what: message, todo: fix });
      const { what, todo } = outcome(code, "it");
      assert.notEqual(what, message);
      assert.notEqual(what, code);
      assert.equal(todo === fix, fix === "");
      // Names, options and numbers, which no translation changes.
      const missing = facts(`${message} ${fix}`).filter((fact) => !`${what} ${todo}`.includes(fact));
      assert.deepEqual(missing, []);
    },
  );

  test.for(LANGUAGES)("what is good has sentences of its own, and says whether it was delivered, in %s", (language) => {
    const delivered = outcome("accepted", language, 200);
    assert.deepEqual(delivered, { tone: "good", what: speaking(language)("localAccepted"), todo: "" });
    const duplicate = outcome("event_duplicate" as "accepted", language, 200, "Do nothing.");
    assert.equal(duplicate.tone, "plain");
    assert.equal(duplicate.what, speaking(language)("localDuplicate"));
    assert.equal(duplicate.todo, speaking(language)("localDuplicateTodo"));
  });

  test("what the receiver has seen of the request is said before what its code says", () => {
    const { todo } = outcome("token_mismatch" as "accepted", "en", 401, "The body ends with a line break.");
    assert.equal(todo, "The body ends with a line break.");
  });

  test("a receiver that logged nothing is not called good", () => {
    assert.equal(outcomeOf(200, undefined, speaking("en"), "en").tone, "plain");
    assert.equal(outcomeOf(500, undefined, speaking("en"), "en").tone, "bad");
  });
});

describe("the timeline", () => {
  class Listed extends Paper {
    insertBefore(child: Paper, next: Paper | null): void {
      child.parent = this;
      const place = next === null ? this.children.length : this.children.indexOf(next);
      assert.ok(place >= 0, "the next one is in no list");
      this.children.splice(place, 0, child);
    }
  }
  let timeline: Timeline;
  let explained: Sent[];

  beforeEach(() => {
    vi.stubGlobal("document", { createElement: (name: string) => new Listed(name) });
    explained = [];
    timeline = new Timeline(speaking("en"), "en", (refused) => explained.push(refused));
    return () => vi.unstubAllGlobals();
  });

  const paper = (of = timeline) => of.element as unknown as Paper;
  const items = (of?: Timeline) => paper(of).querySelector("ol")!.children as Paper[];
  const announced = () =>
    paper()
      .all()
      .find((found) => found.getAttribute("role") === "status")!.textContent;
  const buttons = (item: Paper | undefined) => item!.all().filter(({ localName }) => localName === "button");
  const entry = (more: Partial<Entry> & { code?: string; token?: string | undefined } = {}): Entry => {
    const { code = "accepted", token, ...others } = more;
    return {
      at: NOW,
      name: "Wrong token",
      status: 401,
      logged: { code: code as "accepted", status: 401, eventName: "tag_created", hint: undefined },
      exchange: {
        sent: { payload: utf8("the body"), token },
        headers: [["X-Mia-Token", "0123"]],
        answerHeaders: [["www-authenticate", "X-Mia-Token"]],
        answer: "the answer",
      },
      ...others,
    };
  };

  test("an entry says its time, status, code, event and what happened, and shows both ends", () => {
    timeline.add(entry({ code: "token_mismatch", at: Date.parse("2026-01-02T03:04:05Z") }), false);
    const said = items()[0]!.textContent;
    const { what, todo } = outcomeOf(401, entry({ code: "token_mismatch" }).logged, speaking("en"), "en");
    for (const part of ["401", "Wrong token", "token_mismatch", "tag_created", what, todo]) {
      assert.ok(said.includes(part), part);
    }
    assert.equal(paper().querySelector("time")?.getAttribute("datetime"), "2026-01-02T03:04:05.000Z");
    const [request, answer, log] = paper()
      .all()
      .filter(({ localName }) => localName === "pre")
      .map(({ textContent }) => textContent);
    assert.equal(request, "POST\nX-Mia-Token: 0123\n\nthe body");
    assert.equal(answer, "401\nwww-authenticate: X-Mia-Token\n\nthe answer");
    assert.equal(JSON.parse(log ?? "").code, "token_mismatch");
  });

  test("the time of day is written as the reader's region writes it", () => {
    vi.stubGlobal("navigator", { languages: ["en-DK"] });
    timeline.add(entry({ at: Date.parse("2026-01-02T03:04:05Z") }), false);
    assert.match(paper().querySelector("time")!.textContent, /^\d{2}\.\d{2}\.\d{2}$/);
  });

  test("the newest is first, in whatever order they come, and of the same time the one that came last", () => {
    for (const [name, at] of [
      ["b", 2],
      ["a", 1],
      ["d", 4],
      ["c", 3],
      ["e", 4],
    ] as const) {
      timeline.add(entry({ name, at }), false);
    }
    assert.deepEqual(
      items().map((item) => item.querySelector("strong")!.textContent),
      ["e", "d", "c", "b", "a"],
    );
  });

  test("the oldest one goes when there are too many, and one that is older still never comes", () => {
    for (let at = 1; at <= MAX_ENTRIES + 1; at += 1) {
      timeline.add(entry({ name: `number ${at}`, at }), false);
    }
    assert.equal(items().length, MAX_ENTRIES);
    assert.equal(items().at(-1)!.querySelector("strong")!.textContent, "number 2");
    timeline.add(entry({ name: "too old", at: 0 }), false);
    assert.equal(items().length, MAX_ENTRIES);
    assert.equal(items().at(-1)!.querySelector("strong")!.textContent, "number 2");
  });

  test("an entry is announced in one sentence, unless it was there before", () => {
    timeline.add(entry({ name: "first" }), false);
    assert.equal(announced(), "");
    timeline.add(entry({ name: "second", status: 200, code: "event_duplicate" }), true);
    assert.equal(announced(), "second: 200. Delivered before; not delivered again.");
  });

  test("only a refused token that was sent from here leads to its explanation", () => {
    for (const other of [
      entry({ code: "accepted", token: "0123" }),
      entry({ code: "event_stale", token: "0123" }),
      entry({ code: "token_missing" }),
    ]) {
      timeline.add(other, false);
      assert.deepEqual(buttons(items()[0]), []);
    }
    const { exchange: _, ...outside } = entry({ code: "token_mismatch" });
    timeline.add(outside, false);
    assert.deepEqual(buttons(items()[0]), []);

    timeline.add(entry({ code: "token_mismatch", token: "0123" }), false);
    const [why, ...others] = buttons(items()[0]);
    assert.deepEqual(others, []);
    assert.equal(why?.textContent, "Why?");
    why?.dispatchEvent(new Event("click"));
    assert.deepEqual(explained, [{ payload: utf8("the body"), token: "0123" }]);

    const silent = new Timeline(speaking("en"), "en", undefined);
    silent.add(entry({ code: "token_mismatch", token: "0123" }), false);
    assert.deepEqual(buttons(items(silent)[0]), []);
  });

  test("a long body is cut", () => {
    const { exchange } = entry();
    const long = "x".repeat(100_000);
    timeline.add(
      { ...entry(), exchange: { ...exchange!, sent: { payload: utf8(long), token: undefined }, answer: long } },
      false,
    );
    assert.ok(items()[0]!.textContent.length < 10_000);
  });
});
