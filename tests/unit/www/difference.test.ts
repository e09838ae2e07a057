/** Where the bytes that were signed differ from the bytes here, how that is said, and how it is drawn. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, describe, test, vi } from "vitest";
import { startDiagnosis } from "../../../pkg/src/diagnose.js";
import { type Difference, type Place, differenceOf } from "../../../www/verify/difference.js";
import { differenceFigure } from "../../../www/verify/difference-figure.js";
import {
  type Differing,
  badgeOf,
  evidenceOf,
  headlineOf,
  placeSaid,
  secretRepairLabel,
  summaryOf,
} from "../../../www/verify/difference-words.js";
import { LANGUAGES, speaking } from "../../../www/texts/texts.js";
import { hex } from "../../harness/checks.js";
import { Paper } from "../paper.js";

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytesOf = (value: string | Uint8Array) => (typeof value === "string" ? utf8(value) : value);
const say = speaking("en");
const EVENT = {
  eventName: "project_created",
  eventTimestamp: 1795600000000,
  payload: { name: "Città", list: [1, {}] },
};
const MINIFIED = JSON.stringify(EVENT);
const PRETTY = JSON.stringify(EVENT, null, 2);

/** One text with each place replaced by the other's bytes. */
function applied(text: Uint8Array, other: Uint8Array, places: readonly Place[], isBack = false): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const place of places) {
    const [from, to] = isBack ? [place.here, place.hereEnd] : [place.signed, place.signedEnd];
    parts.push(
      text.subarray(at, from),
      isBack ? other.subarray(place.signed, place.signedEnd) : other.subarray(place.here, place.hereEnd),
    );
    at = to;
  }
  return new Uint8Array(Buffer.concat([...parts, text.subarray(at)]));
}

/** Says whether a text that is UTF-8 would be cut inside of a character. */
function cutter(text: Uint8Array): (at: number) => boolean {
  const isText = Buffer.from(Buffer.from(text).toString()).equals(text);
  return (at) => isText && at < text.length && (text[at]! & 0xc0) === 0x80;
}

/** Finds a difference, and checks all that is promised of any. */
function checked(one: string | Uint8Array, other: string | Uint8Array): Difference {
  const [signed, here] = [bytesOf(one), bytesOf(other)];
  const difference = differenceOf(signed, here);
  const { places } = difference;
  const [isSignedCut, isHereCut] = [cutter(signed), cutter(here)];
  assert.ok(Buffer.from(applied(signed, here, places)).equals(here), "it leads to other bytes");
  assert.ok(Buffer.from(applied(here, signed, places, true)).equals(signed), "it leads back to other bytes");
  places.forEach((place, index) => {
    const before = places[index - 1];
    assert.ok(place.signed < place.signedEnd || place.here < place.hereEnd, "a place is empty");
    assert.ok(before === undefined || before.signedEnd < place.signed, "two places touch in what was signed");
    assert.ok(before === undefined || before.hereEnd < place.here, "two places touch here");
    assert.ok(![place.signed, place.signedEnd].some(isSignedCut), "a character that was signed is cut");
    assert.ok(![place.here, place.hereEnd].some(isHereCut), "a character here is cut");
  });
  return difference;
}

/** The texts of each place: what was signed and what is here. */
const textsOf = (one: string, other: string): [string, string][] =>
  checked(one, other).places.map((place) => [
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8(one).subarray(place.signed, place.signedEnd)),
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(utf8(other).subarray(place.here, place.hereEnd)),
  ]);

const read = (file: string) => JSON.parse(readFileSync(new URL(`../../vectors/${file}.json`, import.meta.url), "utf8"));

describe("what the vectors signed", () => {
  interface Question {
    readonly id: string;
    readonly payload: Uint8Array;
    readonly secret: string;
    readonly otherSecrets: readonly string[];
    readonly token: string;
  }
  const { payloads, cases } = read("diagnose-matrix");
  const firsts = [...new Map(cases.map((one: any) => [one[1], one])).values()];
  const questions: Question[] = [
    ...read("diagnose")
      .vectors.filter(({ deviations }: { deviations: string[] | null }) => deviations !== null && deviations.length > 0)
      .map((vector: any) => ({ ...vector, payload: hex(vector.payload), otherSecrets: vector.others })),
    ...firsts.map(([event, deviation, place, secret, otherSecrets, token]: any) => ({
      id: `${event} ${deviation}`,
      payload: hex(payloads[place]),
      secret,
      otherSecrets,
      token,
    })),
  ];

  test("leads to what is here and back, in whole characters, in each of them", () => {
    let [differ, notWhole] = [0, 0];
    for (const { id, payload, secret, otherSecrets, token } of questions) {
      const search = startDiagnosis({ payload, secret, otherSecrets, token }, { maxMs: Infinity });
      search.goOn();
      const signed = search.signed();
      assert.ok(signed, id);
      try {
        for (const difference of [checked(signed.payload, payload), checked(signed.secret, secret)]) {
          differ += Math.min(difference.places.length, 1);
          notWhole += difference.isWhole ? 0 : 1;
        }
      } catch (error) {
        throw new Error(id, { cause: error });
      }
    }
    assert.ok(differ > 300, `only ${differ} differ`);
    assert.ok(notWhole < 20, `${notWhole} are not compared`);
  });
});

test("generated texts lead to each other and back", () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const PIECES = [
    "{",
    "}",
    '"',
    "\\",
    "\\u00e8",
    "\\ud83e\\udd80",
    "è",
    "🦀",
    "\n",
    "\r\n",
    " ",
    "a",
    "ab",
    ":",
    "1",
    "\ufeff",
  ];
  const change = (bytes: Uint8Array): Uint8Array => {
    const from = random(bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, from), utf8(pick(PIECES)), bytes.subarray(from + random(3))]);
  };
  const SPELLINGS = [
    MINIFIED,
    PRETTY,
    MINIFIED.replace("à", "\\u00e0"),
    `\ufeff${PRETTY.replaceAll("\n", "\r\n")}\n`,
    JSON.stringify({ payload: EVENT.payload, eventName: EVENT.eventName }, null, "\t"),
  ].map(utf8);
  for (let round = 0; round < 3_000; round++) {
    let one: Uint8Array =
      round % 2 === 0 ? pick(SPELLINGS) : utf8(Array.from({ length: random(12) }, () => pick(PIECES)).join(""));
    let other: Uint8Array = round % 3 === 0 ? pick(SPELLINGS) : one;
    for (let changes = random(4); changes > 0; changes--) {
      [one, other] = [other, change(one)];
    }
    checked(one, other);
    checked(Buffer.from(one).toString(), other);
  }
});

describe("JSON that was written again", () => {
  test("has a place for each white space, and none for anything else", () => {
    const texts = textsOf('{"a":[1,2],"b":{}}', '{\n  "a": [1, 2],\r\n"b": {} }\n');
    assert.deepEqual(texts, [
      ["", "\n  "],
      ["", " "],
      ["", " "],
      ["", "\r\n"],
      ["", " "],
      ["", " "],
      ["", "\n"],
    ]);
  });

  test("has a place for each character that is escaped otherwise", () => {
    assert.deepEqual(textsOf(String.raw`{"a":"\u00e8/\n\ud83e\udd80x"}`, String.raw`{"a":"è\/\u000A🦀\u0078"}`), [
      [String.raw`\u00e8/\n\ud83e\udd80x`, String.raw`è\/\u000A🦀\u0078`],
    ]);
    assert.deepEqual(
      textsOf(String.raw`{"a":"\u00e8 / \n \ud83e\udd80 \t"}`, String.raw`{"a":"è \/ \u000A 🦀 \u0009"}`),
      [
        ["\\u00e8", "è"],
        ["/", "\\/"],
        ["\\n", "\\u000A"],
        ["\\ud83e\\udd80", "🦀"],
        ["\\t", "\\u0009"],
      ],
    );
  });

  test("lacks CRs, however its lines are indented", () => {
    assert.deepEqual(textsOf("[\r\n  1,\r\n  2]", "[\n\t1,\n\t2]"), [
      ["\r", ""],
      ["  ", "\t"],
      ["\r", ""],
      ["  ", "\t"],
    ]);
  });

  test("is walked at any length, with numbers written otherwise", () => {
    const list = Array.from({ length: 40_000 }, (_, n) => n);
    const { places, isWhole } = checked(`[${list.join()},1.0]`, `[${list.join(", ")}, 1]`);
    assert.deepEqual([places.length, isWhole], [list.length + 1, true]);
  });

  test("with its keys in another order has few long places", () => {
    const long = "x".repeat(100);
    assert.deepEqual(textsOf(`{"a":1,"b":"${long}"}`, `{"b":"${long}","a":1}`), [
      ['a":1,"', ""],
      ["", ',"a":1'],
    ]);
  });
});

describe("other texts", () => {
  test("differ in whole characters", () => {
    assert.deepEqual(textsOf("Città", "Citté"), [["à", "é"]]);
    assert.deepEqual(textsOf("a\u00a9b", "a\u00e9b"), [["©", "é"]]);
    assert.deepEqual(textsOf("🦀 and 🦐", "🦐 and 🦀"), [
      ["🦀", "🦐"],
      ["🦐", "🦀"],
    ]);
  });

  test("that are not UTF-8 differ in bytes, and cut no character of the other one", () => {
    // The byte C3 is the first one of é too.
    assert.deepEqual(checked(Uint8Array.of(0x61, 0xc3, 0x62), "aéb").places, [
      { signed: 1, signedEnd: 2, here: 1, hereEnd: 3 },
    ]);
  });

  test("that lost or gained something have a place for it alone", () => {
    assert.deepEqual(textsOf("abc", "abc\n"), [["", "\n"]]);
    assert.deepEqual(textsOf("abc", '"abc"\n'), [
      ["", '"'],
      ["", '"\n'],
    ]);
    assert.deepEqual(textsOf("a b c", "abc"), [
      [" ", ""],
      [" ", ""],
    ]);
    assert.deepEqual(checked("", ""), { places: [], isWhole: true });
  });

  test("without much in common differ as a whole", () => {
    assert.deepEqual(textsOf("to 1234-5678 now", "to abcd-efgh now"), [["1234-5678", "abcd-efgh"]]);
  });

  test.for([
    ["too long", "a".repeat(70_000), "b".repeat(70_000)],
    ["too different", "a".repeat(2_000), "b".repeat(2_000)],
  ])("that are %s say only where they begin to differ", ([, one = "", other = ""]) => {
    const { places, isWhole } = checked(`same ${one}`, `same ${other}`);
    assert.equal(isWhole, false);
    assert.deepEqual(
      places.map(({ signed, here }) => [signed, here]),
      [[5, 5]],
    );
  });
});

const differing = (part: "payload" | "secret", one: string | Uint8Array, other: string | Uint8Array): Differing => ({
  part,
  signed: bytesOf(one),
  here: bytesOf(other),
  difference: checked(one, other),
});

describe("words", () => {
  const LONG = "a".repeat(70_000);
  const CASES = {
    pretty: differing("payload", '{"a":[1]}', '{\n  "a": [1]\n}'),
    addedBreak: differing("payload", "{}", "{}\n"),
    lostBreak: differing("payload", "{}\n", "{}"),
    lostSpaces: differing("payload", '{ "a": 1 }', '{"a":1}'),
    lostBreaks: differing("payload", "{\n \n}", "{}"),
    bom: differing("payload", "{}", "\ufeff{}"),
    cut: differing("payload", '{"a":"bcd"}', '{"a":"b'),
    escaped: differing("payload", '{"a":"\\u00e8"}', '{"a":"è"}'),
    one: differing("payload", "[1]", "[2]"),
    tabs: differing("payload", "[\n\t1\n]", "[\n  1\n]"),
    long: differing("payload", `{"a":"${LONG}"}`, LONG),
    same: differing("payload", "{}", "{}"),
  };
  const ITALIAN = speaking("it");

  test.for([
    ["pretty", "The 5 bytes that were not signed", "3 spaces, 2 line breaks", "≠ 5 bytes more"],
    ["addedBreak", "The 1 byte that was not signed", "a line break", "≠ 1\u00a0byte more"],
    ["lostBreak", "The 1 byte that is missing here", "a line break", "≠ 1\u00a0byte missing"],
    ["lostSpaces", "The 3 bytes that are missing here", "3 spaces", "≠ 3 bytes missing"],
    ["bom", "The 3 bytes that were not signed", "a BOM", "≠ 3 bytes more"],
    ["cut", "The 4 bytes that are missing here", "", "≠ 4 bytes missing"],
    ["escaped", "6 bytes that differ", "", "≠ 6 bytes differ"],
    ["one", "1 byte that differs", "", "≠ 1 byte differs"],
    ["tabs", "2 bytes that differ", "2 spaces in place of a tab", "≠ 2 bytes differ"],
    ["long", "The first difference is at the start", "", "≠ from byte 1"],
  ] as const)("%s: %s", ([name, title, items, badge]) => {
    const headline = headlineOf(CASES[name], say);
    assert.equal(headline.title, title);
    assert.equal(headline.items.map(({ text }) => text).join(", "), items);
    assert.equal(badgeOf(CASES[name], say), badge);
  });

  test.for([
    ["pretty", "without its 5 extra bytes of white space,", "senza 5 byte di spazi e a capo in più,"],
    ["addedBreak", "without a line break (1\u00a0byte) at its end,", "senza un a capo (1\u00a0byte) alla fine,"],
    ["lostBreak", "with a line break (1\u00a0byte) at its end,", "con un a capo (1\u00a0byte) alla fine,"],
    ["lostSpaces", "with 3 spaces (3 bytes) in 3 places,", "con 3 spazi (3 byte) in 3 punti,"],
    ["lostBreaks", "with 3 more bytes of white space,", "con altri 3 byte di spazi e a capo,"],
    ["bom", "without a BOM (3 bytes) at its start,", "senza un BOM (3 byte) all'inizio,"],
    ["cut", "with 4 bytes at its end,", "con 4 byte alla fine,"],
    ["escaped", "with 6 bytes written differently,", "con 6 byte in forma diversa,"],
    ["one", "with 1\u00a0byte written differently,", "con 1\u00a0byte in forma diversa,"],
  ] as const)("the proof of %s", ([name, english, italian]) => {
    assert.equal(evidenceOf(CASES[name], say), `Proved: ${english} this body gives exactly your token.`);
    assert.equal(evidenceOf(CASES[name], ITALIAN), `Dimostrato: ${italian} questo corpo dà esattamente il tuo token.`);
  });

  test("a body that has little in common with the signed one is another body", () => {
    assert.equal(
      evidenceOf(CASES.long, say),
      "Proved: another body gives exactly your token. The first difference is at the start.",
    );
    assert.equal(summaryOf(CASES.long, say), "");
  });

  test("nothing is said where nothing differs", () => {
    assert.deepEqual([evidenceOf(CASES.same, say), badgeOf(CASES.same, say)], ["", ""]);
  });

  test.for([
    ['"S"\n', "has 3 bytes that were not signed: 2 quotes and a line break.", "Use the signed secret"],
    ["S\n", "has 1 byte that was not signed: a line break.", "Use the secret without the line break"],
    ["S\r\n", "has 2 bytes that were not signed: a line break (CR LF).", "Use the secret without the line break"],
    ["S\n\n", "has 2 bytes that were not signed: 2 line breaks.", "Use the secret without the white space"],
    [" S\t", "has 2 bytes that were not signed: a space and a tab.", "Use the secret without the white space"],
    ["'S'", "has 2 bytes that were not signed: 2 quotes.", "Use the secret without the quotes"],
    ["“S”", "has 6 bytes that were not signed: 2 quotes.", "Use the secret without the quotes"],
    ["S`", "has 1 byte that was not signed: a quote.", "Use the secret without the quote"],
    ["\ufeffS", "has 3 bytes that were not signed: a BOM.", "Use the signed secret"],
    ["xSy", "has 2 bytes that were not signed.", "Use the signed secret"],
  ])("a secret that was signed without what %j has around it", ([here = "", evidence, label]) => {
    const secret = differing("secret", "S", here);
    assert.equal(evidenceOf(secret, say), `Proved: the secret here ${evidence}`);
    assert.equal(secretRepairLabel(secret, say), label);
  });

  test.for([
    ["S\n", "S", "the secret here lacks 1 byte that was signed: a line break.", "Use the secret with the line break"],
    ["SxyS", "SS", "the secret here lacks 2 bytes that were signed.", "Use the signed secret"],
    ["'S'", "S", "the secret here lacks 2 bytes that were signed: 2 quotes.", "Use the signed secret"],
    [
      "abcd",
      "aBCd",
      "with 2 bytes written differently, the secret here gives exactly your token.",
      "Use the signed secret",
    ],
  ])("a secret that was signed as %j and is %j", ([signed = "", here = "", evidence, label]) => {
    const secret = differing("secret", signed, here);
    assert.equal(evidenceOf(secret, say), `Proved: ${evidence}`);
    assert.equal(secretRepairLabel(secret, say), label);
  });

  test("all of it in a sentence, and each place", () => {
    const said = (one: Differing) => [
      summaryOf(one, say),
      ...one.difference.places.map((place) => placeSaid(one, place, say)),
    ];
    assert.deepEqual(said(CASES.pretty), [
      "Added here: 3 spaces and 2 line breaks. 3 differences, the first after byte 1.",
      "after “{”: a line break and 2 spaces",
      'after “"a":”: a space',
      "after “]”: a line break",
    ]);
    assert.deepEqual(said(CASES.lostBreak), [
      "Missing here: a line break. One difference, after byte 2.",
      "after “}”: a line break missing",
    ]);
    assert.deepEqual(said(CASES.escaped), [
      "Different here: 6 bytes. One difference, after byte 6.",
      "after byte 6: è in place of \\u00e8",
    ]);
    assert.deepEqual(said(differing("secret", "ab", "xb\n")), [
      "Different here: 2 bytes. 2 differences, the first at the start.",
      "at the start: 1\u00a0byte in place of 1\u00a0byte",
      "after byte 2: a line break added",
    ]);
  });
});

describe("the figure", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { createElement: (name: string) => new Paper(name) });
    vi.stubGlobal(
      "ResizeObserver",
      class {
        observe() {}
      },
    );
    return () => vi.unstubAllGlobals();
  });

  function drawn(one: Differing, isMasked = false) {
    const card = differenceFigure({ ...one, isMasked, say }) as unknown as Paper;
    const named = (name: string) => card.all().filter(({ localName }) => localName === name);
    return {
      card,
      texts: () => named("pre").map(({ textContent }) => textContent),
      marks: () =>
        named("pre").map((text) =>
          text
            .all()
            .filter(({ localName }) => localName === "mark")
            .map(({ textContent }) => textContent),
        ),
      holes: () =>
        named("pre").map((text) => text.all().filter((one) => one.getAttribute("class")?.startsWith("hole")).length),
      press: (text: string) =>
        named("button")
          .find(({ textContent }) => textContent === text)!
          .dispatchEvent(new Event("click")),
      showHex: () => named("input")[1]!.dispatchEvent(new Event("change")),
      status: () => card.all().find((one) => one.getAttribute("role") === "status")?.textContent,
      list: () => named("li").map(({ textContent }) => textContent),
      everything: () =>
        card.textContent +
        card
          .all()
          .flatMap(({ attributes }) => [...attributes.values()])
          .join(),
    };
  }

  test("draws both texts, what was signed first, and marks what differs", () => {
    const figure = drawn(differing("payload", '{"a":1}', '{\r\n\t"a": 1\u00a0}'));
    assert.deepEqual(figure.texts(), ['{"a":1}', '{CR↵\n⇥"a":·1NBSP}']);
    assert.deepEqual(figure.marks(), [[], ["CR↵", "⇥", "·", "NBSP"]]);
    assert.deepEqual(figure.holes(), [3, 0]);
  });

  test("leaves out what is equal, and says how much", () => {
    const filler = "x".repeat(3_000);
    const [signed = "", here = ""] = drawn(differing("payload", `{"a":"${filler}"}\n`, `{"a":"${filler}"}`)).texts();
    assert.equal(signed, `… 2,960 equal bytes …${"x".repeat(46)}"}↵\n`);
    assert.equal(here, `… 2,960 equal bytes …${"x".repeat(46)}"}`);
  });

  test("shows six differences at once, and goes through the others", () => {
    const list = Array.from({ length: 600 }, (_, n) => 1_000 + n);
    const figure = drawn(differing("payload", `[${list.join()}]`, `[${list.join(", ")}]`));
    assert.equal(figure.marks()[1]?.length, 6);
    assert.equal(figure.status(), undefined, "nothing is said before somebody asks");
    assert.ok(figure.texts()[1]?.endsWith("… 593 more …"));
    assert.deepEqual([figure.list().length, figure.list().at(-1)], [7, "593 more"]);
    for (let presses = 0; presses < 6; presses++) {
      figure.press("Next difference");
    }
    assert.equal(figure.status(), "Difference 7 of 599: after “1006,”: a space");
    assert.ok(figure.texts()[1]?.startsWith("… 6 more before … 1006,·1007"), figure.texts()[1]);
    figure.press("Previous difference");
    figure.press("Previous difference");
    assert.equal(figure.status(), "Difference 5 of 599: after “1004,”: a space");
    for (let presses = 0; presses < 5; presses++) {
      figure.press("Previous difference");
    }
    assert.equal(figure.status(), "Difference 599 of 599: after “1598,”: a space");
    assert.ok(figure.texts()[1]?.endsWith("1598,·1599]"));
  });

  test("shows hexadecimal digits with the same marks", () => {
    const figure = drawn(differing("payload", '{"a":1}', '{\n"a":1}'));
    figure.showHex();
    assert.deepEqual(figure.texts(), [
      '0000  7b 22 61 22 3a 31 7d     {"a":1}\n',
      '0000  7b 0a 22 61 22 3a 31 7d  {."a":1}\n',
    ]);
    assert.deepEqual(
      [figure.marks(), figure.holes()],
      [
        [[], ["0a", "."]],
        [2, 0],
      ],
    );
  });

  test("shows a text of no byte as a place where all are missing", () => {
    const figure = drawn(differing("payload", "", "{}"));
    assert.deepEqual(
      [figure.texts(), figure.holes()],
      [
        ["", "{}"],
        [1, 0],
      ],
    );
    figure.showHex();
    assert.deepEqual(figure.holes(), [2, 0]);
  });

  test.for([
    [
      "that is written again",
      JSON.stringify(Array.from({ length: 90_000 }, (_, n) => n)),
      (text: string) => text.replaceAll(",", ",\n "),
    ],
    ["that is another one", "a".repeat(1 << 20), () => "b".repeat(1 << 20)],
    ["that lost its end", "a".repeat(1 << 20), (text: string) => text.slice(0, 10)],
    ["of short lines of white space", "[]", () => `[${" \n".repeat(500_000)}]`],
  ] as const)("of 1 MiB %s is small", ([, signed, change]) => {
    const figure = drawn(differing("payload", signed, change(signed)));
    assert.ok(figure.everything().length < 20_000);
    figure.showHex();
    assert.ok(figure.everything().length < 20_000);
  });

  test("of a masked secret has no letter of it, in any language, and no digits of bytes", () => {
    for (const [signed, here] of [
      ["ЖЩЮ Ж", '"ЖЩЮ Ж"\n'],
      ["ЖЩЮ Ж", "ЖЮЮЖ"],
      ["ЖЩЮ Ж\n", "ЖЩЮ Ж"],
      ["Ж".repeat(2_000), "Щ".repeat(2_000)],
      [hex("d096d0"), "ЖЩ"],
    ] as const) {
      const secret = differing("secret", signed, here);
      const figure = drawn(secret, true);
      const said = LANGUAGES.map(speaking).flatMap((say) => [
        evidenceOf(secret, say),
        badgeOf(secret, say),
        secretRepairLabel(secret, say),
        summaryOf(secret, say),
        ...secret.difference.places.map((place) => placeSaid(secret, place, say)),
      ]);
      assert.doesNotMatch([figure.everything(), ...said].join(), /[ЖЩЮ]/);
      assert.equal(figure.card.querySelector("input"), null);
    }
  });

  test("of a masked secret draws the white space and quotes that are too many", () => {
    const figure = drawn(differing("secret", "s t", '"s t" x\r\n'), true);
    assert.deepEqual(figure.texts(), ["•••", '"•••"·•CR↵\n']);
    assert.deepEqual(drawn(differing("secret", "s t", '"s t"')).texts(), ["s t", '"s t"']);
  });

  test("of a masked secret draws and says nothing of what replaces other bytes", () => {
    const secret = differing("secret", "s'\t't", 's" "t');
    assert.deepEqual(drawn(secret, true).texts(), ["•••••", "•••••"]);
    assert.deepEqual(headlineOf(secret, say).items, []);
    for (const place of secret.difference.places) {
      assert.match(placeSaid(secret, place, say), /(\d)\sbytes? in place of \1\sbytes?$/);
    }
  });
});
