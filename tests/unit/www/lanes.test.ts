/** How a token was made and what is here: which stations differ, in the model, in words and as it is drawn. */

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { beforeEach, describe, test, vi } from "vitest";
import { sign } from "../../../pkg/src/index.js";
import { LANGUAGES, type Say, speaking } from "../../../www/texts/texts.js";
import { type Block, type Lanes, type Station, changesOf, lanesOf, lanesSentence } from "../../../www/verify/lanes.js";
import { lanesFigure } from "../../../www/verify/lanes-figure.js";
import { Paper } from "../paper.js";
import { lanesOfProof, proved, provedVectors, utf8 } from "./proofs.js";

const SECRET = "hunter2 hunter3 hunter4";
const EVENT = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';
const TOKEN = sign(EVENT, SECRET);
const [english, italian] = LANGUAGES.map(speaking) as [Say, Say];
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const of = (...args: Parameters<typeof proved>) => lanesOfProof(proved(...args));

/** The formula's stations, by what is proved about it. */
const FORMULA: Readonly<Record<string, Station>> = {
  secret_first: "order",
  secret_both_ends: "order",
  separator: "separator",
  payload_only: "missing",
  hmac: "hash",
  hmac_swapped: "hash",
  hashed_twice: "hash",
  payload_hashed_first: "hash",
  md5: "hash",
  sha1: "hash",
  sha512: "hash",
};

describe("every proof of the vectors", () => {
  test("marks exactly the stations that its deviations blame", () => {
    const wrong: string[] = [];
    for (const proof of provedVectors()) {
      const lanes = lanesOfProof(proof);
      const blamed = proof.diagnosis.deviations.map(({ code, blame }) =>
        blame === "construction" ? FORMULA[code] : blame,
      );
      // Without any secret, an HMAC is one with an empty key.
      const differs = proof.secret === "" ? lanes.differs.filter((station) => station !== "missing") : lanes.differs;
      const expected = proof.secret === "" ? blamed.filter((station) => station !== "missing") : blamed;
      if ([...new Set(expected)].sort().join() !== [...differs].sort().join()) {
        wrong.push(`${proof.id}: ${proof.codes}: ${lanes.differs}`);
      }
      if (marksOf(lanes) === (lanes.differs.length === 0)) {
        wrong.push(`${proof.id}: marks`);
      }
    }
    assert.deepEqual(wrong, []);
  });

  test("holds no part of a payload or a secret", () => {
    for (const proof of provedVectors()) {
      const text = JSON.stringify(lanesOfProof(proof));
      const secrets = [proof.secret, Buffer.from(proof.signed.secret).toString("utf8"), ...proof.others];
      const held = secrets
        .map((secret) => secret.trim())
        .filter((secret) => secret.length > 7 && text.includes(secret));
      assert.deepEqual(held, [], proof.id);
      assert.ok(!text.includes("eventName"), proof.id);
    }
  });

  /** Whether anything is marked at all. */
  const marksOf = ({ lanes }: Lanes) =>
    lanes.some(
      ({ blocks, hash, token }) =>
        hash.differs ||
        token.differs ||
        blocks.some(
          ({ before, after, part, form, hashed, isMisplaced }) =>
            before || after || part === "separator" || form === "hole" || hashed || isMisplaced,
        ),
    );
});

/** A block in short: `payload 4`, with its marks around it. */
const short = ({ part, form, length, before, after, hashed, isMisplaced, glyphs }: Block): string =>
  [
    before && mark(before),
    part,
    form !== "solid" && form,
    length,
    glyphs,
    hashed,
    isMisplaced && "misplaced",
    after && mark(after),
  ]
    .filter((text) => text !== undefined && text !== false)
    .join(" ");

const mark = ({ form, more, less, glyphs, isSeam, isWhole }: NonNullable<Block["after"]>): string =>
  `[${[form, more, less, glyphs, isSeam && "seam", isWhole && "whole"].filter((text) => text !== undefined && text !== false).join(" ")}]`;

const shortLanes = ({ lanes }: Lanes) =>
  lanes.map(({ blocks, hash }) =>
    [...blocks.map(short), hash.name, hash.again, hash.key && `key ${short(hash.key)}`]
      .filter((text) => text !== undefined)
      .join(" | "),
  );

describe("the blocks of", () => {
  const [p, s] = [EVENT.length, SECRET.length];
  const here = `payload ${p} | secret ${s} | SHA-256`;
  const cases: Readonly<
    Record<string, readonly [payload: string, secret: string, token: string, signed: string, here: string]>
  > = {
    "a secret that came first": [
      EVENT,
      SECRET,
      sha256(SECRET + EVENT),
      `secret ${s} misplaced | payload ${p} | SHA-256`,
      here,
    ],
    "a secret at both ends": [
      EVENT,
      SECRET,
      sha256(SECRET + EVENT + SECRET),
      `secret ${s} misplaced | payload ${p} | secret ${s} | SHA-256`,
      here,
    ],
    "a secret that is missing": [EVENT, SECRET, sha256(EVENT), `payload ${p} | secret hole | SHA-256`, here],
    "a separator": [
      EVENT,
      SECRET,
      sha256(`${EVENT} ${SECRET}`),
      `payload ${p} | separator 1 · 0x20 | secret ${s} | SHA-256`,
      here,
    ],
    "an HMAC": [
      EVENT,
      SECRET,
      createHmac("sha256", SECRET).update(EVENT).digest("hex"),
      `payload ${p} | HMAC-SHA-256 | key secret ${s}`,
      here,
    ],
    "an HMAC whose key is the payload": [
      EVENT,
      SECRET,
      createHmac("sha256", EVENT).update(SECRET).digest("hex"),
      `secret ${s} | HMAC-SHA-256 | key payload ${p}`,
      here,
    ],
    "an HMAC of the payload's digest": [
      EVENT,
      SECRET,
      createHmac("sha256", SECRET).update(sha256(EVENT)).digest("hex"),
      `payload ${p} digits | HMAC-SHA-256 | key secret ${s}`,
      here,
    ],
    "a digest that was hashed again": [
      EVENT,
      SECRET,
      sha256(TOKEN),
      `payload ${p} | secret ${s} | SHA-256 | digits`,
      here,
    ],
    "a payload that was hashed first": [
      EVENT,
      SECRET,
      sha256(sha256(EVENT) + SECRET),
      `payload ${p} digits | secret ${s} | SHA-256`,
      here,
    ],
    "another hash": [
      EVENT,
      SECRET,
      createHash("md5")
        .update(EVENT + SECRET)
        .digest("hex"),
      `payload ${p} | secret ${s} | MD5`,
      here,
    ],
    "a line break at the seam that was signed": [
      EVENT,
      SECRET,
      sign(`${EVENT}\n`, SECRET),
      `payload ${p + 1} [surplus 1 0 ↵ seam] | secret ${s} | SHA-256`,
      `payload ${p} [gap 0 1] | secret ${s} | SHA-256`,
    ],
    "a line break at the seam that was not signed": [
      `${EVENT}\n`,
      SECRET,
      TOKEN,
      here,
      `payload ${p + 1} [surplus 1 0 ↵ seam] | secret ${s} | SHA-256`,
    ],
    "a line break at the end, which is no seam": [
      EVENT,
      `${SECRET}\n`,
      TOKEN,
      here,
      `payload ${p} | secret ${s + 1} [surplus 1 0 ↵] | SHA-256`,
    ],
    "quotes and a line break around the secret": [
      EVENT,
      `"${SECRET}"\n`,
      TOKEN,
      here,
      `payload ${p} | [surplus 1 0 "] secret ${s + 3} [surplus 2 0 "↵] | SHA-256`,
    ],
    "letters around the secret, which are never shown": [
      EVENT,
      `SECRET=${SECRET}`,
      TOKEN,
      here,
      `payload ${p} | [surplus 7 0] secret ${s + 7} | SHA-256`,
    ],
    "a secret in another case": [
      EVENT,
      SECRET,
      sign(EVENT, SECRET.toUpperCase()),
      here,
      `payload ${p} | secret ${s} [replaced 22 22] | SHA-256`,
    ],
  };

  test.for(Object.entries(cases))("%s", ([, [payload, secret, token, ...expected]]) => {
    assert.deepEqual(shortLanes(of(payload, secret, token)), expected);
  });
});

describe("two parts differ by", () => {
  const differ = (here: string, signed: string, counts?: Parameters<typeof changesOf>[2]) => {
    const found = changesOf(utf8(here), utf8(signed), counts);
    return (
      found && [found.here, found.signed].map(({ before, after }) => [before, after].map((one) => one && mark(one)))
    );
  };

  test("nothing", () => {
    assert.equal(differ("", ""), undefined);
    assert.equal(differ("abc", "abc"), undefined);
  });

  test("what is around one of them", () => {
    assert.deepEqual(differ(" abc", "abc"), [
      ["[surplus 1 0 ·]", undefined],
      [undefined, undefined],
    ]);
    assert.deepEqual(differ("abc", "'abc"), [
      ["[gap 0 1]", undefined],
      ["[surplus 1 0 ']", undefined],
    ]);
    assert.deepEqual(differ("abc", "abcd"), [
      [undefined, "[gap 0 1]"],
      [undefined, "[surplus 1 0]"],
    ]);
  });

  test("what is inside of one of them", () => {
    assert.deepEqual(differ("axxb", "ab"), [
      [undefined, "[surplus 2 0]"],
      [undefined, undefined],
    ]);
    assert.deepEqual(differ("ab", "axxb"), [
      [undefined, "[gap 0 2]"],
      [undefined, "[surplus 2 0]"],
    ]);
    // The same byte counts once, for the head or for the tail.
    assert.deepEqual(differ("aa", "aaa"), [
      [undefined, "[gap 0 1]"],
      [undefined, "[surplus 1 0]"],
    ]);
  });

  test("what stands in place of other bytes", () => {
    assert.deepEqual(differ("aXYb", "aZb"), [
      [undefined, "[replaced 2 1]"],
      [undefined, undefined],
    ]);
    assert.deepEqual(differ("ab", "xyz"), [
      [undefined, "[replaced 2 3 whole]"],
      [undefined, undefined],
    ]);
    assert.deepEqual(differ("abc", ""), [
      [undefined, "[surplus 3 0]"],
      [undefined, undefined],
    ]);
  });

  test("what is known better", () => {
    const counts = { onlyHere: 40, onlySigned: 0 };
    assert.deepEqual(differ("a b c", "a-b-c", counts), [
      [undefined, "[surplus 40 0]"],
      [undefined, undefined],
    ]);
  });
});

describe("what is entered is drawn as one lane", () => {
  const forms = (...args: Parameters<typeof lanesOf>) =>
    lanesOf(...args).lanes.map(({ name, blocks, hash, token }) => [
      name,
      ...blocks.map(({ form, length }) => [form, length]),
      hash.form,
      token.form,
      token.answer,
    ]);

  test("that becomes solid as the fields are filled", () => {
    const nothing = { payload: undefined, secret: undefined, token: "" };
    const dotted = ["dotted", undefined];
    assert.deepEqual(forms(nothing, { state: "empty" }), [["only", dotted, dotted, "dotted", "dotted", undefined]]);
    assert.deepEqual(forms({ ...nothing, payload: utf8("abc"), token: TOKEN }, { state: "empty" }), [
      ["only", ["solid", 3], dotted, "dotted", "solid", undefined],
    ]);
    assert.deepEqual(forms({ ...nothing, payloadLength: 5, secret: utf8("ab") }, { state: "empty" }), [
      ["only", ["solid", 5], ["solid", 2], "solid", "dotted", undefined],
    ]);
  });

  test("whose token matches where it is valid", () => {
    const entered = { payload: utf8(EVENT), secret: utf8(SECRET), token: TOKEN };
    assert.deepEqual(forms(entered, { state: "valid" }), [
      ["only", ["solid", 71], ["solid", 23], "solid", "solid", "same"],
    ]);
  });

  test("under one that nobody knows where nothing explains the token", () => {
    const entered = { payload: utf8(EVENT), secret: utf8(SECRET), token: "0".repeat(64) };
    const unknown = ["unknown", undefined];
    assert.deepEqual(forms(entered, { state: "unexplained", digestHere: TOKEN }), [
      ["signed", unknown, unknown, "unknown", "solid", "yours"],
      ["here", ["solid", 71], ["solid", 23], "solid", "solid", "other"],
    ]);
    assert.equal(forms(entered, { state: "unexplained", digestHere: undefined })[1]?.at(-2), "unknown");
  });
});

describe("the token", () => {
  const drawn = (token: string) => {
    const [signed, here] = of(EVENT, SECRET, token).lanes;
    return {
      pieces: signed?.token.pieces.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join(""),
      missing: signed?.token.missing,
      notation: signed?.token.notation,
      answer: here?.token.answer,
    };
  };
  const digits = `${TOKEN.slice(0, 8)}…${TOKEN.slice(-4)}`;
  const right = { pieces: digits, missing: undefined, notation: "hex", answer: "same" };

  test.for([
    ["a prefix", `sha1=${TOKEN}`, { ...right, pieces: `[sha1=]${digits}` }],
    ["quotes", `"${TOKEN}"`, { ...right, pieces: `["]${digits}["]` }],
    ["white space", ` ${TOKEN}\n`, { ...right, pieces: `[·]${digits}[↵]` }],
    [
      "lost digits",
      TOKEN.slice(0, 60),
      { ...right, pieces: `${TOKEN.slice(0, 8)}…${TOKEN.slice(56, 60)}`, missing: 4 },
    ],
    ["base64", Buffer.from(TOKEN, "hex").toString("base64"), { ...right, pieces: "", notation: "base64" }],
    ["digits twice", `${TOKEN}, ${TOKEN}`, { ...right, pieces: "", notation: "other" }],
  ] as const)("with %s", ([, token, expected]) => {
    assert.deepEqual(drawn(token), expected);
  });

  test("of which nothing is known is shown only where it is digits", () => {
    const of = (token: string) =>
      lanesOf({ payload: utf8(EVENT), secret: utf8(SECRET), token }, { state: "unexplained", digestHere: TOKEN })
        .lanes[0]?.token;
    assert.deepEqual([of(SECRET)?.pieces, of(SECRET)?.length], [[], SECRET.length]);
    assert.deepEqual(of(`Secret: ${"0".repeat(64)}`)?.pieces, [{ text: "00000000…0000", isMarked: false }]);
  });
});

describe("the sentence", () => {
  test.for([
    [
      ["payload"],
      "Only the payload differs. Secret, order and hash are right.",
      "È diverso solo il payload. Il segreto, l'ordine e l'hash sono giusti.",
    ],
    [
      ["payload", "secret"],
      "Payload and secret differ. Order and hash are right.",
      "Sono diversi il payload e il segreto. L'ordine e l'hash sono giusti.",
    ],
    [
      ["payload", "separator", "secret", "order", "hash", "token"],
      "Payload, separator, secret, order, hash and token format differ.",
      "Sono diversi il payload, il separatore, il segreto, l'ordine, l'hash e il formato del token.",
    ],
    [
      ["missing"],
      "Only the secret is missing. Payload and hash are right.",
      "Manca solo il segreto. Il payload e l'hash sono giusti.",
    ],
    [
      ["payload", "missing"],
      "The payload differs, and the secret is missing. The hash is right.",
      "È diverso il payload, e manca il segreto. L'hash è giusto.",
    ],
    [
      ["payload", "missing", "hash"],
      "Payload and hash differ, and the secret is missing.",
      "Sono diversi il payload e l'hash, e manca il segreto.",
    ],
    [
      ["token"],
      "Only the token format differs. Payload, secret, order and hash are right.",
      "È diverso solo il formato del token. Il payload, il segreto, l'ordine e l'hash sono giusti.",
    ],
  ] as const)("of %j", ([differs, en, it]) => {
    const lanes: Lanes = {
      state: "proved",
      lanes: [],
      differs,
      hasOrder: !(differs as readonly string[]).includes("missing"),
      isSeam: false,
    };
    assert.equal(lanesSentence(lanes, english), en);
    assert.equal(lanesSentence(lanes, italian), it);
  });

  test("of an HMAC says nothing about an order", () => {
    const hmac = of(EVENT, SECRET, createHmac("sha256", SECRET).update(EVENT).digest("hex"));
    assert.equal(lanesSentence(hmac, english), "Only the hash differs. Payload and secret are right.");
  });

  test("of a line break at the seam does not say whose it is", () => {
    const seam = of(EVENT, SECRET, sign(`${EVENT}\n`, SECRET));
    assert.equal(
      lanesSentence(seam, english),
      "Only the line break between payload and secret differs. Secret, order and hash are right.",
    );
  });

  test("names each station of every combination", () => {
    const stations = ["payload", "separator", "secret", "order", "hash", "token"] as const;
    for (let bits = 1; bits < 1 << stations.length; bits++) {
      const differs = stations.filter((_, place) => (bits >> place) & 1);
      for (const say of [english, italian]) {
        const text = lanesSentence({ state: "proved", lanes: [], differs, hasOrder: true, isSeam: false }, say);
        assert.match(text, /^\p{Lu}[^{}]*\.$/u);
        assert.ok(!/ {2}|,\.|\.\./.test(text), text);
        for (const noun of ["payload", "separator", "hash", "token"].filter((noun) =>
          differs.includes(noun as "payload"),
        )) {
          assert.ok(text.toLowerCase().includes(noun.slice(0, 6)), `${differs}: ${text}`);
        }
      }
    }
  });

  test("is another one where nothing is proved", () => {
    const entered = { payload: undefined, secret: undefined, token: "" };
    const said = (["empty", "valid"] as const).map((state) => lanesSentence(lanesOf(entered, { state }), english));
    const unknown = lanesOf(entered, { state: "unexplained", digestHere: undefined });
    assert.deepEqual(
      [...said, lanesSentence(unknown, english)],
      [english("laneEmpty"), english("laneValid"), english("laneUnknown")],
    );
  });
});

describe("the figure", () => {
  beforeEach(() => {
    vi.stubGlobal("document", { createElement: (name: string) => new Paper(name) });
    return () => vi.unstubAllGlobals();
  });

  const draw = (lanes: Lanes, isFirst?: boolean) => lanesFigure(lanes, english, isFirst) as unknown as Paper;
  const withClass = (figure: Paper, name: string) =>
    figure.all().filter((one) => one.getAttribute("class")?.split(" ").includes(name));
  /** What is heard of an element. */
  const heard = (element: Paper): string =>
    element.getAttribute("aria-hidden") === "true"
      ? ""
      : element.children.map((child) => (typeof child === "string" ? child : heard(child))).join(" ");
  const items = (figure: Paper) =>
    figure
      .all()
      .filter(({ localName }) => localName === "li")
      .map((item) => heard(item).replace(/\s+/g, " ").trim());

  test("reads as two lists, in the order in which a token is made", () => {
    const figure = draw(of(`${EVENT}\n`, `"${SECRET}"`, TOKEN));
    assert.deepEqual(items(figure), [
      "Payload 71 bytes Secret 23 bytes",
      "SHA-256",
      `Token ${TOKEN.slice(0, 8)}…${TOKEN.slice(-4)} yours`,
      "Payload 71 bytes 1 byte more 1 byte more Secret 25 bytes 1 byte more",
      "SHA-256",
      `Digest ${sign(`${EVENT}\n`, `"${SECRET}"`).slice(0, 8)}…${sign(`${EVENT}\n`, `"${SECRET}"`).slice(-4)} different`,
    ]);
    const lists = figure.all().filter(({ localName }) => localName === "ol");
    assert.deepEqual(
      lists.map((list) => [list.getAttribute("role"), list.getAttribute("aria-label")]),
      [
        ["list", "Signed"],
        ["list", "Here"],
      ],
    );
  });

  test("says what is more, missing and replaced", () => {
    const marks = (...args: Parameters<typeof of>) =>
      withClass(draw(of(...args)), "lane-mark").map((mark) => [mark.textContent, heard(mark).trim()]);
    assert.deepEqual(marks(EVENT, SECRET, sign(`${EVENT}\n`, SECRET)), [
      ["↵1\u00a0byte 1\u00a0byte more ", "1\u00a0byte more"],
      ["−1 1\u00a0byte missing ", "1\u00a0byte missing"],
    ]);
    assert.deepEqual(marks(EVENT, SECRET, sign(EVENT, SECRET.toUpperCase())), [
      ["22 replaced 22 replaced ", "22 replaced"],
    ]);
    assert.deepEqual(marks(EVENT, SECRET, TOKEN.slice(0, 60)), [["−4 4 digits missing ", "4 digits missing"]]);
    assert.deepEqual(marks(EVENT, SECRET, sign("[object Object]", SECRET)), [
      ["different 71 bytes in place of 15 ", "71 bytes in place of 15"],
    ]);
    assert.deepEqual(marks('{"a":"é"}', SECRET, sign('{"a":"\\u00e9"}', SECRET)), [
      ["+2 −6 2 bytes in place of 6 ", "2 bytes in place of 6"],
    ]);
  });

  test("is as wide as its bytes, and the shorter lane ends before", () => {
    const pretty = JSON.stringify(JSON.parse(EVENT), null, 2);
    const figure = draw(of(pretty, SECRET, TOKEN));
    const widths = withClass(figure, "lane-block").map(({ style }) => style["flexGrow"]);
    assert.deepEqual(
      widths,
      [EVENT, SECRET, pretty, SECRET].map(({ length }) => String(length)),
    );
    const rests = withClass(figure, "lane-rest").map(({ style }) => style["flexGrow"]);
    assert.deepEqual(rests, [String(pretty.length - EVENT.length)]);
  });

  test("holds no letter of a secret, whatever is proved", () => {
    for (const secret of [`"${SECRET}"\n`, `SECRET=${SECRET}`, SECRET.toUpperCase(), ` ${SECRET}`]) {
      const figure = draw(of(EVENT, secret, TOKEN));
      const all =
        figure.textContent +
        figure
          .all()
          .flatMap(({ attributes }) => [...attributes.values()])
          .join();
      assert.ok(!/hunter|SECRET=/i.test(all), all);
    }
  });

  test("is titled by what it shows, and appears only once", () => {
    const entered = { payload: utf8(EVENT), secret: utf8(SECRET), token: TOKEN };
    const title = (figure: Paper) => figure.all().find(({ localName }) => localName === "h2")?.textContent;
    assert.equal(title(draw(lanesOf(entered, { state: "empty" }))), "How a token is made");
    assert.equal(title(draw(lanesOf(entered, { state: "valid" }))), "How your token was made");
    const proof = of(EVENT, SECRET, sha256(EVENT));
    assert.equal(title(draw(proof)), "How your token was made, and what is here");
    assert.equal(draw(proof).getAttribute("class"), "card lanes");
    assert.equal(draw(proof, true).getAttribute("class"), "card lanes appears");
  });

  test("shows what the formula did", () => {
    assert.deepEqual(
      items(draw(of(EVENT, SECRET, createHmac("sha256", SECRET).update(EVENT).digest("hex")))).slice(0, 2),
      ["Payload 71 bytes", "HMAC-SHA-256 Key Secret 23 bytes"],
    );
    assert.deepEqual(items(draw(of(EVENT, SECRET, sha256(sha256(EVENT) + SECRET)))).slice(0, 1), [
      "Payload 71 bytes its SHA-256, 64 digits Secret 23 bytes",
    ]);
    assert.deepEqual(items(draw(of(EVENT, SECRET, sha256(TOKEN)))).slice(1, 2), [
      "SHA-256 and once more, on its digits",
    ]);
    assert.deepEqual(items(draw(of(EVENT, SECRET, sha256(EVENT)))).slice(0, 1), ["Payload 71 bytes Secret missing"]);
    assert.deepEqual(items(draw(of(EVENT, SECRET, sha256(`${SECRET}.${EVENT}`)))).slice(0, 1), [
      "Secret 23 bytes comes first Separator . 0x2e 1 byte Payload 71 bytes",
    ]);
  });

  test("says what is not there yet, or not known", () => {
    const entered = { payload: undefined, secret: undefined, token: "" };
    assert.deepEqual(items(draw(lanesOf(entered, { state: "empty" }))), [
      "Payload not entered Secret not entered",
      "SHA-256",
      "Token not entered",
    ]);
    assert.deepEqual(
      items(draw(lanesOf({ ...entered, token: "0" }, { state: "unexplained", digestHere: undefined }))),
      [
        "Payload not known Secret not known",
        "not known",
        "Token another form, 1 character yours",
        "Payload not entered Secret not entered",
        "SHA-256",
        "Digest not known",
      ],
    );
  });
});
