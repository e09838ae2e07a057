/** What the page says, in each language. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, test, vi } from "vitest";
import { SUBSCRIPTION_FIELDS } from "../../../pkg/src/generated/subscription.js";
import { CODES_IT, FINDINGS_IT, ISSUES_IT } from "../../../www/texts/codes-it.js";
import { LANGUAGES, type Say, TEXT_KEYS, languageOf, speaking } from "../../../www/texts/texts.js";

const root = join(import.meta.dirname, "../../..");
const www = join(root, "www");

describe("every text", () => {
  const sources = readdirSync(www, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith("texts.ts"))
    .map((file) => readFileSync(join(www, file), "utf8"))
    .join("\n");
  const fields: readonly string[] = SUBSCRIPTION_FIELDS.map(({ name }) => name);
  /** Puts the name of each place into it. */
  const named = (say: Say, key: (typeof TEXT_KEYS)[number]) =>
    say(key, new Proxy({}, { get: (_, name) => `{${String(name)}}` }));
  const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

  test.for(TEXT_KEYS)("%s is there in each language, with the same places, and is used", (key) => {
    const [first = "", ...others] = LANGUAGES.map((language) => named(speaking(language), key));
    assert.notEqual(first.trim(), "");
    for (const text of others) {
      assert.notEqual(text.trim(), "");
      assert.deepEqual(places(text), places(first));
    }
    // Its key is written whole, or ends with a finding's blame, severity or doubt.
    const isUsed =
      sources.includes(`"${key}"`) ||
      fields.includes(key) ||
      ["blame_", "doubt_", "form_"].some((prefix) => key.startsWith(prefix) && sources.includes(`\`${prefix}\${`)) ||
      key === "warning";
    assert.ok(isUsed, "it is used nowhere");
  });

  test("whole sentences differ between the languages", () => {
    const [english, italian] = LANGUAGES.map(speaking) as [Say, Say];
    const same = TEXT_KEYS.filter((key) => english(key) === italian(key) && /[a-z] [a-z]/i.test(english(key)));
    assert.deepEqual(same, []);
  });
});

test("one thing is said as one, and any other number as several", () => {
  const [english, italian] = LANGUAGES.map(speaking) as [Say, Say];
  assert.deepEqual(
    [0, 1, 2].map((n) => english("lengthMissing", { n })),
    ["0 bytes are missing here.", "1 byte is missing here.", "2 bytes are missing here."],
  );
  assert.deepEqual(
    [0, 1, 2].map((n) => italian("lengthMissing", { n })),
    ["Qui mancano 0 byte.", "Qui manca 1 byte.", "Qui mancano 2 byte."],
  );
  assert.equal(english("differenceQuote", { n: 1_000 }), "1,000 quotes");
  assert.equal(english("differenceQuote", { n: 1 }), "a quote");
  // A value may look like a text of two.
  assert.equal(english("subRead", { what: "# {n|a|b}" }), "Read: # {n|a|b}.");
});

test("no text shows how it is chosen", () => {
  const shown = LANGUAGES.flatMap((language) =>
    [1, 2].flatMap((n) =>
      TEXT_KEYS.map((key) => speaking(language)(key, new Proxy({}, { get: () => n }))).filter((text) =>
        /[{}|#]/.test(text),
      ),
    ),
  );
  assert.deepEqual(shown, []);
});

test("numbers are written as the language writes them, and a place without a value is empty", () => {
  assert.equal(speaking("en")("bytes", { n: 1_234_567 }), "1,234,567 bytes");
  assert.equal(speaking("it")("bytes", { n: 1_234_567 }), "1.234.567 byte");
  assert.equal(speaking("en")("bytes", { n: "1234567" }), "1234567 bytes");
  assert.equal(speaking("en")("missing"), "Still missing: .");
  assert.equal(speaking("it")("event", { name: "a", when: "b", age: "{age}" }), "a, emesso b, {age} fa.");
});

test("numbers are written as the reader's region writes them", () => {
  vi.stubGlobal("navigator", { languages: ["en-IN"] });
  try {
    assert.equal(speaking("en")("bytes", { n: 1_234_567 }), "12,34,567 bytes");
  } finally {
    vi.unstubAllGlobals();
  }
});

test.for([
  ["it", "it"],
  ["it-CH", "it"],
  ["IT", "it"],
  ["en-GB", "en"],
  ["fr", "en"],
  ["ital", "en"],
  ["", "en"],
  [null, "en"],
  [undefined, "en"],
] as const)("a page in %j speaks %s", ([tag, language]) => {
  assert.equal(languageOf(tag), language);
});

describe("every code in Italian", () => {
  type Sentences = readonly [message: string, fix: string];
  /** The parts of docs/codes.md, which is generated, and the translations of each. */
  const PARTS: Readonly<Record<string, Readonly<Partial<Record<string, Sentences>>>>> = {
    Deliveries: CODES_IT,
    Subscriptions: ISSUES_IT,
    "Tokens that do not match": FINDINGS_IT,
  };
  const codes = readFileSync(join(root, "docs/codes.md"), "utf8")
    .split(/^## /m)
    .flatMap((part) => {
      const title = Object.keys(PARTS).find((title) => part.startsWith(title)) ?? "";
      return [...part.matchAll(/^\| (?:\d+ \| )?`(\w+)` \| .*? \| (.*) \|$/gm)].map(([, code = "", sentences = ""]) => {
        const [message = "", fix = ""] = sentences.split(" | ");
        return { title, code, message, fix, italian: PARTS[title]?.[code] };
      });
    });
  const translated = codes.filter(({ italian }) => italian !== undefined);
  /** Names, options and numbers, which no translation changes. */
  const facts = (text: string) => [...(text.match(/[\w-]*(?:[a-z][A-Z]|_|\d)[\w-]*/g) ?? [])];

  test("the page can say each code that it can show", () => {
    // Only a receiver shows the other codes of deliveries.
    const isShown = ({ title, code }: (typeof codes)[number]) =>
      title in PARTS && (title !== "Deliveries" || /^(?:secret|token|engine)_/.test(code));
    assert.deepEqual(codes.filter(isShown), translated);
    assert.equal(translated.length, [FINDINGS_IT, ISSUES_IT, CODES_IT].flatMap(Object.keys).length);
  });

  test.for(translated)("$code says what the English one says, with the same names and numbers", (row) => {
    const [message, fix] = row.italian ?? ["", ""];
    assert.notEqual(message.trim(), "");
    assert.equal(fix.trim() === "", row.fix === "");
    assert.notEqual(message, row.message);
    assert.notEqual(fix, row.fix);
    assert.deepEqual(
      facts(`${row.message} ${row.fix}`).filter((fact) => !`${message} ${fix}`.includes(fact)),
      [],
    );
  });

  test("no two codes share a message in Italian that they do not share in English", () => {
    const english = new Map<string, Set<string>>();
    for (const { italian, message } of translated) {
      const key = italian?.[0] ?? "";
      english.set(key, (english.get(key) ?? new Set()).add(message));
    }
    assert.deepEqual(
      [...english].filter(([, messages]) => messages.size > 1),
      [],
    );
  });
});
