/**
 * What a difference is called. Of a secret only lengths are said, and white space, quotes and a
 * byte-order mark that are too many or missing: never a letter of it, nor what replaces one.
 */

import { type Glyphs, glyphs, tail, textOf } from "../bytes.js";
import { type Difference, type Place, isReplaced, sizeOf } from "./difference.js";
import type { Say, TextKey } from "../texts/texts.js";

/** Which part of a token's construction differs. */
export type DifferingPart = "payload" | "secret";

/** Bytes that have a name, and a sign. */
const KINDS = {
  bom: ["differenceBom", "BOM"],
  quote: ["differenceQuote", '"'],
  space: ["differenceSpace", "·"],
  tab: ["differenceTab", "⇥"],
  lf: ["differenceLf", "↵"],
  crlf: ["differenceCrlf", "CR↵"],
  cr: ["differenceCr", "CR"],
} as const satisfies Readonly<Record<string, readonly [TextKey, sign: string]>>;

type Named = keyof typeof KINDS;
type Kind = Named | "other";
type Counts = Partial<Record<Kind, number>>;

const WHITE_SPACE: readonly Named[] = ["space", "tab", "lf", "crlf", "cr"];

/** What begins at a byte, and how many bytes that takes. */
function kindAt(bytes: Uint8Array, at: number, end: number): Kind {
  switch (bytes[at]) {
    case 0x20:
      return "space";
    case 0x0a:
      return "lf";
    case 0x0d:
      return at + 1 < end && bytes[at + 1] === 0x0a ? "crlf" : "cr";
    case 0x09:
      return "tab";
    case 0x22:
    case 0x27:
    case 0x60:
      return "quote";
    case 0xef:
      return at + 2 < end && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? "bom" : "other";
    case 0xe2:
      // The quotes that word processors write.
      return at + 2 < end && bytes[at + 1] === 0x80 && [0x98, 0x99, 0x9c, 0x9d].includes(bytes[at + 2] ?? 0)
        ? "quote"
        : "other";
    default:
      return "other";
  }
}

const lengthOf = (kind: Kind, first: number | undefined): number =>
  kind === "bom" || (kind === "quote" && first === 0xe2) ? 3 : kind === "crlf" ? 2 : 1;

/** A secret's bytes that differ, as they may be shown: what has a name, and dots for letters. */
export function signs(bytes: Uint8Array): Glyphs[] {
  const found: Glyphs[] = [];
  for (let at = 0; at < bytes.length;) {
    const kind = kindAt(bytes, at, bytes.length);
    const end = at + lengthOf(kind, bytes[at]);
    found.push(...(kind === "other" ? [{ text: "•", isName: false }] : glyphs(bytes.subarray(at, end))));
    at = end;
  }
  return found;
}

function count(bytes: Uint8Array, from: number, to: number, counts: Counts): void {
  let others = 0;
  while (from < to) {
    const kind = kindAt(bytes, from, to);
    if (kind === "other") {
      others += 1;
      from += 1;
    } else {
      counts[kind] = (counts[kind] ?? 0) + 1;
      from += lengthOf(kind, bytes[from]);
    }
  }
  if (others > 0) {
    counts.other = (counts.other ?? 0) + others;
  }
}

/** Both texts, and how they differ. */
export interface Differing {
  readonly part: DifferingPart;
  readonly signed: Uint8Array;
  readonly here: Uint8Array;
  readonly difference: Difference;
}

/** A difference in numbers. */
export interface Sums {
  /** Whether bytes were only added here, are only missing here, or are written differently. */
  readonly change: "more" | "less" | "other";
  /** How many bytes were added, are missing or differ. */
  readonly bytes: number;
  /** What was signed and is not here, and what is here and was not signed. */
  readonly signed: Counts;
  readonly here: Counts;
}

const known = new WeakMap<Difference, Sums>();

/** Counts what differs; only once for each difference. */
function sumsOf({ signed, here, difference }: Differing): Sums {
  const before = known.get(difference);
  if (before !== undefined) {
    return before;
  }
  const sums = { bytes: 0, signed: {}, here: {} };
  let [isMore, isLess] = [true, true];
  // Where not all differences were found, there is nothing to count.
  for (const place of difference.isWhole ? difference.places : []) {
    sums.bytes += sizeOf(place);
    isMore &&= place.signed === place.signedEnd;
    isLess &&= place.here === place.hereEnd;
    count(signed, place.signed, place.signedEnd, sums.signed);
    count(here, place.here, place.hereEnd, sums.here);
  }
  const counted = { ...sums, change: isMore ? "more" : isLess ? "less" : "other" } as const;
  known.set(difference, counted);
  return counted;
}

/** The kinds of what differs, as they are listed; none if some bytes have no name. */
const kindsOf = (counts: Counts): Named[] =>
  counts.other === undefined ? (Object.keys(KINDS) as Named[]).filter((kind) => counts[kind]) : [];

/** "1 byte", "40 bytes". */
export const bytesSaid = (n: number, say: Say): string => say("bytes", { n });

/** What something is called that differs, with its sign. */
export interface Item {
  readonly sign: string;
  readonly text: string;
}

const itemsOf = (counts: Counts, kinds: readonly Named[], say: Say): Item[] =>
  kinds.map((kind) => {
    const [key, sign] = KINDS[kind];
    return { sign, text: say(key, { n: counts[kind] ?? 0 }) };
  });

/** "2 quotes and a line break"; empty if some bytes have no name. */
function listed(counts: Counts, say: Say, kinds = kindsOf(counts)): string {
  const texts = itemsOf(counts, kinds, say).map(({ text }) => text);
  const last = texts.pop() ?? "";
  return texts.length === 0 ? last : say("differenceAnd", { these: texts.join(", "), last });
}

/** The headline, and what the bytes are, where they have names. */
export function headlineOf(differing: Differing, say: Say): { title: string; items: Item[] } {
  const { change, bytes, signed, here } = sumsOf(differing);
  const { places, isWhole } = differing.difference;
  if (!isWhole) {
    return { title: say("differenceFirst", { where: whereSaid(places[0], say) }), items: [] };
  }
  if (change === "other") {
    const [now, there] = [listed(here, say), listed(signed, say)];
    return {
      title: say("differenceOtherTitle", { n: bytes }),
      items:
        differing.part === "secret" || now === "" || there === "" || now === there
          ? []
          : [{ sign: "", text: say("differenceInstead", { here: now, signed: there }) }],
    };
  }
  const counts = change === "more" ? here : signed;
  return {
    title: say(change === "more" ? "differenceMoreTitle" : "differenceLessTitle", { n: bytes }),
    items: itemsOf(counts, kindsOf(counts), say),
  };
}

/** The proof in one sentence. Empty if nothing differs. */
export function evidenceOf(differing: Differing, say: Say): string {
  const { change, bytes, signed, here } = sumsOf(differing);
  const { places, isWhole } = differing.difference;
  const isPayload = differing.part === "payload";
  if (places.length === 0) {
    return "";
  }
  if (!isWhole) {
    return say(isPayload ? "differenceOtherBody" : "differenceOtherSecret", { where: whereSaid(places[0], say) });
  }
  const amount = bytesSaid(bytes, say);
  if (change === "other") {
    return say(isPayload ? "differenceBodyDiffers" : "differenceSecretDiffers", { amount });
  }
  const isMore = change === "more";
  const counts = isMore ? here : signed;
  const listing = listed(counts, say);
  if (!isPayload) {
    const what = listing === "" ? "" : `: ${listing}`;
    return say(isMore ? "differenceSecretMore" : "differenceSecretLess", { n: bytes, what });
  }
  const kinds = kindsOf(counts);
  // One kind is named; several kinds of white space are one thing.
  const what =
    kinds.length > 1 && kinds.every((kind) => WHITE_SPACE.includes(kind))
      ? say(isMore ? "differenceSpaceMore" : "differenceSpaceLess", { n: bytes })
      : `${listing === "" ? amount : `${listing} (${amount})`} ${siteOf(differing, say)}`;
  return say(isMore ? "differenceBodyMore" : "differenceBodyLess", { what });
}

/** Where in the body something was added or is missing. */
function siteOf({ here, difference: { places } }: Differing, say: Say): string {
  const [first, ...others] = places;
  if (first === undefined || others.length > 0) {
    return say("differencePlaces", { n: places.length });
  }
  return first.here === 0
    ? say("differenceAtStart")
    : say(first.hereEnd === here.length ? "differenceAtEnd" : "differenceInside");
}

/** A few words for a field: "≠ 40 bytes more". Empty if nothing differs. */
export function badgeOf(differing: Differing, say: Say): string {
  const { change, bytes } = sumsOf(differing);
  const { places, isWhole } = differing.difference;
  if (places.length === 0) {
    return "";
  }
  if (!isWhole) {
    return say("differenceBadgeFrom", { n: (places[0]?.here ?? 0) + 1 });
  }
  switch (change) {
    case "more":
      return say("differenceBadgeMore", { amount: bytesSaid(bytes, say) });
    case "less":
      return say("differenceBadgeLess", { amount: bytesSaid(bytes, say) });
    case "other":
      return say("differenceBadgeOther", { n: bytes });
  }
}

/** What a button is called that puts the signed secret into the field. */
export function secretRepairLabel(differing: Differing, say: Say): string {
  const { change, signed, here } = sumsOf(differing);
  const counts = change === "more" ? here : signed;
  const kinds = kindsOf(counts);
  const isBreak = kinds.length === 1 && ["lf", "crlf", "cr"].includes(kinds[0] ?? "") && counts[kinds[0]!] === 1;
  if (change === "less" && isBreak) {
    return say("differenceUseWithBreak");
  }
  if (change === "more" && differing.difference.isWhole) {
    if (isBreak) {
      return say("differenceUseWithoutBreak");
    }
    if (kinds.length === 1 && kinds[0] === "quote") {
      return say("differenceUseWithoutQuote", { n: counts.quote ?? 0 });
    }
    if (kinds.length > 0 && kinds.every((kind) => WHITE_SPACE.includes(kind))) {
      return say("differenceUseWithoutSpace");
    }
  }
  return say("differenceUseSigned");
}

/** Where a place is here: "at the start", "after byte 42". */
const whereSaid = (place: Place | undefined, say: Say): string =>
  place === undefined || place.here === 0 ? say("differenceStart") : say("differenceAfter", { n: place.here });

/** All of it in a sentence or two, for people who do not see the marks. */
export function summaryOf(differing: Differing, say: Say): string {
  const { places, isWhole } = differing.difference;
  if (!isWhole) {
    return "";
  }
  const { change, bytes, signed, here } = sumsOf(differing);
  const counts = change === "more" ? here : signed;
  const what = (change === "other" ? "" : listed(counts, say)) || bytesSaid(bytes, say);
  const key = { more: "differenceAdded", less: "differenceMissing", other: "differenceWritten" } as const;
  const where = whereSaid(places[0], say);
  return `${say(key[change], { what })} ${say("differencesSaid", { n: places.length, where })}`;
}

/** The longest bytes that are said as they are. */
const SAID_BYTES = 16;
const COUNTED_BYTES = 1_024;

/** One place, for people who do not see the marks: "after {, a line break and 2 spaces". */
export function placeSaid(differing: Differing, place: Place, say: Say): string {
  const { part, signed, here } = differing;
  const before = part === "payload" ? textOf(tail(here.subarray(0, place.here), 2 * SAID_BYTES)) : "";
  // The word in front, if it is not cut; of a secret no letter is said.
  const [word = ""] = /(?:"[^"\s:,{}[\]]*"|(?<![\w.+-])[\w.+-]+)[:,]?$|[{}[\]:,]$/.exec(before ?? "") ?? [];
  const where = word === "" ? whereSaid(place, say) : say("differenceBehind", { word });
  const [there, now] = [
    said(signed.subarray(place.signed, place.signedEnd)),
    said(here.subarray(place.here, place.hereEnd)),
  ];
  const isAdded = sumsOf(differing).change === "more";
  const what =
    there === ""
      ? isAdded
        ? now
        : say("differenceGained", { what: now })
      : now === ""
        ? say("differenceLost", { what: there })
        : say("differenceInstead", { here: now, signed: there });
  return `${where}: ${what}`;

  function said(bytes: Uint8Array): string {
    const counts: Counts = {};
    count(bytes, 0, Math.min(bytes.length, COUNTED_BYTES), counts);
    const isHidden = part === "secret" && isReplaced(place);
    if (!isHidden && bytes.length <= COUNTED_BYTES && counts.other === undefined) {
      // In their order here.
      return listed(counts, say, Object.keys(counts) as Named[]);
    }
    const text = part === "payload" && bytes.length <= SAID_BYTES ? textOf(bytes) : undefined;
    return text !== undefined && !/[\s\p{C}]/u.test(text) ? text : bytesSaid(bytes.length, say);
  }
}
