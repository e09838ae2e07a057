/** How a token was made and what is here, as two rows over the same stations. Draws nothing. */

import type { Diagnosis, DiagnosisSearch } from "mia-webhooks/diagnose";
import { toHex } from "../bytes.js";
import type { Say, TextKey } from "../texts/texts.js";

/** How a token was made: what a search proved. */
export type Signed = NonNullable<ReturnType<DiagnosisSearch["signed"]>>;

/** What the fields hold. A part that is missing is `undefined`, or empty in the case of the token. */
export interface Entered {
  readonly payload: Uint8Array | undefined;
  /** The length of a payload whose bytes are not at hand: a file. */
  readonly payloadLength?: number | undefined;
  readonly secret: Uint8Array | undefined;
  readonly token: string;
}

/** A token that is explained. */
export interface Proof {
  readonly diagnosis: Pick<Diagnosis, "deviations">;
  readonly signed: Signed;
}

/** What is known about the token. `digestHere`: the 64 digits of what was entered, if it can be hashed. */
export type Outcome =
  | { readonly state: "empty" | "valid" }
  | { readonly state: "unexplained"; readonly digestHere: string | undefined }
  | ({ readonly state: "proved"; readonly digestHere: string | undefined } & Proof);

/** Where two tokens can differ. `order`, `separator`, `missing` (the secret) and `hash` are the formula. */
export type Station = "payload" | "secret" | "order" | "separator" | "missing" | "hash" | "token";

/** Bytes that only one of the two has. It is drawn where they are: before, after or at the end of a block. */
export interface Mark {
  /** `surplus`: only this lane has them; `gap`: only the other one; `replaced`: both have other bytes here. */
  readonly form: "surplus" | "gap" | "replaced";
  /** How many bytes are only in this lane, and how many only in the other one. */
  readonly more: number;
  readonly less: number;
  /** White space and quotes, which may be shown even of a secret. */
  readonly glyphs?: string | undefined;
  /** Whether the parts have nothing in common. */
  readonly isWhole?: boolean | undefined;
  /** Whether it is a line break between payload and secret, which both of them may have brought. */
  readonly isSeam?: boolean | undefined;
}

/** A part of what is hashed. Blocks that touch are concatenated. */
export interface Block {
  readonly part: "payload" | "secret" | "separator";
  /** `dotted`: not entered yet; `unknown`: nobody knows; `hole`: it should be here. */
  readonly form: "solid" | "dotted" | "unknown" | "hole";
  /** In bytes. */
  readonly length?: number | undefined;
  readonly before?: Mark | undefined;
  readonly after?: Mark | undefined;
  /** The bytes of a separator, as they can be seen. */
  readonly glyphs?: string | undefined;
  /** Whether its digest stands here in its place: as it is, or in digits. */
  readonly hashed?: "digest" | "digits" | undefined;
  /** Whether it stands where it should not. */
  readonly isMisplaced?: boolean | undefined;
}

export interface HashBox {
  readonly form: "solid" | "dotted" | "unknown";
  /** `SHA-256`, `HMAC-SHA-256` and so on. */
  readonly name: string;
  /** The part that is the key of an HMAC. */
  readonly key?: Block | undefined;
  /** Whether the digest was hashed again: as it is, or in digits. */
  readonly again?: "digest" | "digits" | undefined;
  readonly differs: boolean;
}

export interface TokenBlock {
  readonly form: "solid" | "dotted" | "unknown";
  /** What is drawn of it, in order; what does not belong to the digits is marked. */
  readonly pieces: readonly { readonly text: string; readonly isMarked: boolean }[];
  /** How many digits are missing. */
  readonly missing?: number | undefined;
  /** How many characters it has, where it is not written as digits. */
  readonly length?: number | undefined;
  readonly notation?: Signed["notation"] | "other" | undefined;
  /** `yours`: the token that was entered; `same` and `other`: a digest that is compared with it. */
  readonly answer?: "yours" | "same" | "other" | undefined;
  readonly differs: boolean;
}

export interface Lane {
  /** `only`: there are not two to compare. */
  readonly name: "signed" | "here" | "only";
  readonly blocks: readonly Block[];
  readonly hash: HashBox;
  readonly token: TokenBlock;
}

export interface Lanes {
  readonly state: Outcome["state"];
  readonly lanes: readonly Lane[];
  /** The stations at which the lanes differ, in the order in which they are passed. */
  readonly differs: readonly Station[];
  /** Whether there is an order of payload and secret at all: an HMAC has none. */
  readonly hasOrder: boolean;
  /** Whether all that differs in the payload is a line break between it and the secret. */
  readonly isSeam: boolean;
}

/** A difference that was found elsewhere, in bytes. */
export interface Counts {
  readonly onlyHere: number;
  readonly onlySigned: number;
}

/** The differences of the parts, as far as they are known. */
export interface PartCounts {
  readonly payload?: Counts | undefined;
  readonly secret?: Counts | undefined;
}

/**
 * The lanes of what was entered. `differences` says how many bytes of a part
 * differ; otherwise it is taken from what both payloads begin and end with.
 */
export function lanesOf(entered: Entered, outcome: Outcome, differences: PartCounts = {}): Lanes {
  const nothing = { differs: [], hasOrder: true, isSeam: false };
  const { state } = outcome;
  if (state === "proved") {
    return provedLanes(entered, outcome, differences);
  }
  const here = blocksHere(entered);
  const isWhole = here.every(({ form }) => form === "solid");
  const hash: HashBox = { form: isWhole ? "solid" : "dotted", name: "SHA-256", differs: false };
  if (state !== "unexplained") {
    const token = tokenOf(entered.token, state === "valid" ? "same" : undefined);
    return { ...nothing, state, lanes: [{ name: "only", blocks: here, hash, token }] };
  }
  const signed: Lane = {
    name: "signed",
    blocks: [
      { part: "payload", form: "unknown" },
      { part: "secret", form: "unknown" },
    ],
    hash: { form: "unknown", name: "", differs: false },
    token: tokenOf(entered.token, "yours"),
  };
  return {
    ...nothing,
    state,
    lanes: [signed, { name: "here", blocks: here, hash, token: digestOf(outcome.digestHere, entered.token) }],
  };
}

const blocksHere = ({ payload, payloadLength, secret }: Entered): [Block, Block] => [
  blockOf("payload", payload?.length ?? payloadLength),
  blockOf("secret", secret?.length),
];

const blockOf = (part: Block["part"], length: number | undefined): Block => ({
  part,
  form: length === undefined ? "dotted" : "solid",
  length,
});

const NAMES = { sha256: "SHA-256", sha512: "SHA-512", sha1: "SHA-1", md5: "MD5" } as const;

function provedLanes(
  entered: Entered,
  { diagnosis, signed, digestHere }: Extract<Outcome, { state: "proved" }>,
  counts: PartCounts,
): Lanes {
  const { order, isKeyed, hash } = signed;
  const here = { payload: entered.payload ?? new Uint8Array(), secret: entered.secret ?? new Uint8Array() };
  const differences = {
    payload: changesOf(here.payload, signed.payload, counts.payload),
    secret: changesOf(here.secret, signed.secret, counts.secret),
  };
  const hashed = order.find((part) => part === "digest" || part === "digits");
  const isAgain = hashed !== undefined && order.at(-1) === hashed;
  // The payload's digest may stand alone: then the payload itself is not among the parts.
  const parts = order
    .filter((part) => part !== hashed)
    .map((part): Block["part"] => (part === "between" ? "separator" : (part as "payload" | "secret")));
  if (hashed !== undefined && !parts.includes("payload")) {
    parts.unshift("payload");
  }
  const isFirst = parts.indexOf("secret") === 0 && !isKeyed;
  const isSecretMissing = !parts.includes("secret") || signed.secret.length === 0;
  const blocks = (isSecretMissing ? parts.filter((part) => part !== "secret") : parts).map((part, place): Block => {
    if (part === "separator") {
      const glyphs = `${glyphsOf(signed.between) ?? new TextDecoder().decode(signed.between)} 0x${toHex(signed.between)}`;
      return { part, form: "solid", length: signed.between.length, glyphs };
    }
    return {
      part,
      form: "solid",
      length: signed[part].length,
      ...differences[part]?.signed,
      hashed: part === "payload" && !isAgain ? hashed : undefined,
      isMisplaced: part === "secret" && isFirst && place === 0,
    };
  });
  if (isSecretMissing) {
    blocks.push({ part: "secret", form: "hole" });
  }
  const key = isKeyed ? blocks.pop() : undefined;
  const isToken = diagnosis.deviations.some(({ blame }) => blame === "token");
  const isHash = isKeyed || hash !== "sha256" || hashed !== undefined;
  const found: Readonly<Record<Station, boolean>> = {
    payload: differences.payload !== undefined,
    separator: parts.includes("separator"),
    secret: differences.secret !== undefined && !isSecretMissing,
    missing: isSecretMissing,
    order: isFirst,
    hash: isHash,
    token: isToken,
  };
  const blocksOfHere = blocksHere(entered).map((block) => ({
    ...block,
    ...differences[block.part as "payload" | "secret"]?.here,
  }));
  const lanes: readonly Lane[] = [
    {
      name: "signed",
      blocks: blocks.map(atSeam),
      hash: {
        form: "solid",
        name: `${isKeyed ? "HMAC-" : ""}${NAMES[hash]}`,
        key,
        again: isAgain ? hashed : undefined,
        // Where only the payload was hashed before, it is the payload's block that differs.
        differs: isKeyed || hash !== "sha256" || isAgain,
      },
      token: tokenOf(entered.token, "yours", isToken ? signed : undefined),
    },
    {
      name: "here",
      blocks: blocksOfHere.map(atSeam),
      hash: { form: "solid", name: "SHA-256", differs: false },
      token: digestOf(digestHere, entered.token, Object.values(found).filter(Boolean).length === 1 && isToken),
    },
  ];
  return {
    state: "proved",
    lanes,
    differs: (Object.keys(found) as Station[]).filter((station) => found[station]),
    hasOrder: !isKeyed && !isSecretMissing,
    isSeam: lanes.some((lane) => lane.blocks.some(({ part, after }) => part === "payload" && after?.isSeam === true)),
  };
}

/** A line break at a block's end, with another block after it, may belong to either of them. */
function atSeam(block: Block, place: number, { length }: readonly Block[]): Block {
  const { before, after } = block;
  const isSeam =
    before === undefined && after?.form === "surplus" && place < length - 1 && /^[␍↵]+$/.test(after.glyphs ?? "");
  return isSeam ? { ...block, after: { ...after, isSeam } } : block;
}

interface Difference {
  readonly here: Pick<Block, "before" | "after">;
  readonly signed: Pick<Block, "before" | "after">;
}

/** How two parts differ, as marks in both lanes; `undefined` if they are the same. */
export function changesOf(here: Uint8Array, signed: Uint8Array, counts?: Counts): Difference | undefined {
  const [shorter, longer] = here.length < signed.length ? [here, signed] : [signed, here];
  const head = common(shorter, longer, (place) => place);
  if (head === shorter.length && head === longer.length) {
    return undefined;
  }
  const isHereLonger = longer === here;
  const lead = leadOf(shorter, longer);
  if (lead !== undefined) {
    // One holds the other: what is before and after it can be told apart.
    const ends = [longer.subarray(0, lead), longer.subarray(lead + shorter.length)];
    const [before, after] = ends.map((bytes) => markOf("surplus", bytes.length, 0, glyphsOf(bytes)));
    const gap = markOf("gap", 0, longer.length - shorter.length);
    const surplus = { before, after };
    const hole = after === undefined ? { before: gap } : { after: gap };
    return isHereLonger ? { here: surplus, signed: {} } : { here: hole, signed: surplus };
  }
  const tail = common(shorter.subarray(head), longer.subarray(head), (place, length) => length - 1 - place);
  const [more, less] = counts
    ? [counts.onlyHere, counts.onlySigned]
    : [here.length - head - tail, signed.length - head - tail];
  const isWhole = !counts && head + tail === 0 && shorter.length > 0;
  const form = less === 0 ? "surplus" : more === 0 ? "gap" : "replaced";
  const mark = markOf(form, more, less);
  return {
    here: { after: mark && isWhole ? { ...mark, isWhole } : mark },
    signed: form === "gap" ? { after: markOf("surplus", less, 0) } : {},
  };
}

const markOf = (form: Mark["form"], more: number, less: number, glyphs?: string): Mark | undefined =>
  more + less === 0 ? undefined : { form, more, less, glyphs };

/** How many bytes are the same, from one end. */
function common(one: Uint8Array, other: Uint8Array, at: (place: number, length: number) => number): number {
  let length = 0;
  while (
    length < one.length &&
    length < other.length &&
    one[at(length, one.length)] === other[at(length, other.length)]
  ) {
    length++;
  }
  return length;
}

/** So many bytes before the rest are looked at: quotes, white space, a byte-order mark, a name. */
const MOST_LEAD = 24;

/** Where the longer one holds the shorter one, near its beginning. */
function leadOf(shorter: Uint8Array, longer: Uint8Array): number | undefined {
  const most = Math.min(MOST_LEAD, longer.length - shorter.length);
  for (let lead = 0; lead <= most && shorter.length > 0; lead++) {
    if (common(shorter, longer.subarray(lead), (place) => place) === shorter.length) {
      return lead;
    }
  }
  return undefined;
}

/** Signs for what cannot be seen, and quotes, which may be shown. */
const GLYPHS: Readonly<Record<string, string>> = {
  " ": "·",
  "\n": "↵",
  "\r": "␍",
  "\t": "⇥",
  "\0": "NUL",
  "\u00a0": "NBSP",
  "\u200b": "ZWSP",
  "\ufeff": "BOM",
  '"': '"',
  "'": "'",
  "`": "`",
};

/** Up to four characters, if all of them are white space or quotes: letters of a secret are never shown. */
function glyphsOf(bytes: Uint8Array): string | undefined {
  const characters = [...new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(0, 20))];
  const glyphs = characters.map((character) => GLYPHS[character]);
  return glyphs.length > 0 && glyphs.length <= 4 && glyphs.every((glyph) => glyph !== undefined)
    ? glyphs.join("")
    : undefined;
}

/** How many digits are drawn at both ends. */
const [FIRST, LAST] = [8, 4];

const shortened = (digits: string): string =>
  digits.length > FIRST + LAST + 3 ? `${digits.slice(0, FIRST)}…${digits.slice(-LAST)}` : digits;

const LENGTHS = { sha256: 64, sha512: 128, sha1: 40, md5: 32 } as const;

/** The token that was entered; with `signed`, what is wrong with its notation. */
function tokenOf(token: string, answer: TokenBlock["answer"], signed?: Signed): TokenBlock {
  if (token === "") {
    return { form: "dotted", pieces: [], differs: false };
  }
  const whole = { form: "solid", pieces: [], length: token.length, answer, differs: signed !== undefined } as const;
  const runs = token.match(/[0-9a-f]{16,}/gi) ?? [];
  const [digits = ""] = runs;
  const missing = signed && LENGTHS[signed.hash] - digits.length;
  // The wrong thing may have been pasted: without a proof, nothing but digits is shown.
  if (runs.length !== 1 || (signed !== undefined && (signed.notation !== "hex" || missing! < 0))) {
    return { ...whole, notation: signed === undefined || signed.notation === "hex" ? "other" : signed.notation };
  }
  const [before = "", after = ""] = signed ? token.split(digits) : [];
  return {
    ...whole,
    notation: "hex",
    pieces: [
      { text: seen(before), isMarked: true },
      { text: shortened(digits), isMarked: false },
      { text: seen(after), isMarked: true },
    ].filter(({ text }) => text !== ""),
    missing: missing || undefined,
  };
}

const seen = (text: string): string => {
  const glyphs = [...text].map((character) => GLYPHS[character] ?? character);
  return glyphs.length > 18 ? `${glyphs.slice(0, 16).join("")}…` : glyphs.join("");
};

/** The digest of what was entered, compared with the token. */
function digestOf(digest: string | undefined, token: string, isSame = digest === token): TokenBlock {
  return digest === undefined
    ? { form: "unknown", pieces: [], differs: false }
    : {
        form: "solid",
        pieces: [{ text: shortened(digest), isMarked: false }],
        answer: isSame ? "same" : "other",
        differs: false,
      };
}

const NOUNS = {
  payload: "lanePayload",
  separator: "laneSeparator",
  secret: "laneSecret",
  order: "laneOrder",
  hash: "laneHash",
  token: "laneToken",
} as const satisfies Partial<Record<Station, TextKey>>;

/** What differs and what is right, in a sentence or two. */
export function lanesSentence({ state, differs, hasOrder, isSeam }: Lanes, say: Say): string {
  if (state !== "proved") {
    return say(({ empty: "laneEmpty", valid: "laneValid", unexplained: "laneUnknown" } as const)[state]);
  }
  const isMissing = differs.includes("missing");
  const list = (stations: readonly Station[]) => {
    const nouns = stations
      .filter((station) => station !== "missing")
      .map((station) => say(isSeam && station === "payload" ? "laneBreak" : NOUNS[station]));
    const last = nouns.pop() ?? "";
    return nouns.length === 0 ? last : say("laneAnd", { list: nouns.join(", "), last });
  };
  const count = differs.length - (isMissing ? 1 : 0);
  const right = (["payload", "secret", "order", "hash"] as const).filter(
    (station) =>
      !differs.includes(station) && !(station === "secret" && isMissing) && (station !== "order" || hasOrder),
  );
  const what = list(differs);
  const first = isMissing
    ? count === 0
      ? say("laneOnlyMissing")
      : say("laneDiffersMissing", { n: count, what })
    : say("laneDiffers", { n: count, what });
  const rest = right.length > 0 && say("laneRight", { n: right.length, what: list(right) });
  return [first, rest]
    .filter((text) => text !== false)
    .map(upper)
    .join(" ");
}

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
