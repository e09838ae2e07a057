/**
 * Where the bytes that were signed differ from the bytes that are here. Linear for JSON that
 * was written again; bounded for everything else, so that it is never a long task.
 */

/** Bytes from `signed` to `signedEnd` became the bytes from `here` to `hereEnd`; one of both may be empty. */
export interface Place {
  readonly signed: number;
  readonly signedEnd: number;
  readonly here: number;
  readonly hereEnd: number;
}

export interface Difference {
  /**
   * In their order; no two of them touch, and none begins or ends inside of a character of UTF-8. With
   * each of them replaced, one text becomes the other, byte for byte.
   */
  readonly places: readonly Place[];
  /**
   * Whether all differences were found. If not, the only place goes from the first difference to the last
   * one, and only its beginning says something: the texts are too long or too different.
   */
  readonly isWhole: boolean;
}

/** How long a text that is compared by characters may be, between its equal ends. */
const MAX_COMPARED_BYTES = 65_536;
/** How many characters may be removed and added; the table of the search has half its square of numbers. */
const MAX_EDITS = 1_500;
/** How many characters are looked at: some 10 ms. */
const MAX_STEPS = 1_500_000;
/** With more values that differ, it is not the same JSON written otherwise. */
const MAX_OTHER_VALUES = 64;

/** Finds the places where two texts differ. */
export function differenceOf(signed: Uint8Array, here: Uint8Array): Difference {
  const middle = trimmed(signed, 0, signed.length, here, 0, here.length);
  if (middle.signed === middle.signedEnd || middle.here === middle.hereEnd) {
    return { places: sizeOf(middle) > 0 ? [middle] : [], isWhole: true };
  }
  const written = byTokens(signed, here);
  if (written?.otherValues === 0) {
    return { places: written.places, isWhole: true };
  }
  // Keys in another order may be the same tokens too: the smaller explanation is the better one.
  const [places] = [byCharacters(signed, here, middle), written?.places]
    .filter((places) => places !== undefined)
    .sort((one, other) => total(one) - total(other));
  return places === undefined ? { places: [middle], isWhole: false } : { places, isWhole: true };
}

/** How many bytes differ in a place: of the text that has more of them. */
export const sizeOf = ({ signed, signedEnd, here, hereEnd }: Place): number =>
  Math.max(signedEnd - signed, hereEnd - here);

/** Whether bytes stand in the place of others, and were not only added or lost. */
export const isReplaced = ({ signed, signedEnd, here, hereEnd }: Place): boolean =>
  signed < signedEnd && here < hereEnd;

const total = (places: readonly Place[]): number => places.reduce((sum, place) => sum + sizeOf(place), 0);

/** A place while the ones behind it are looked for. */
type Open = { -readonly [Side in keyof Place]: Place[Side] };

/** Adds a place behind the others; to the last one, if they touch. */
function add(places: Open[], signed: number, signedEnd: number, here: number, hereEnd: number): void {
  const last = places[places.length - 1];
  if (last?.signedEnd === signed && last.hereEnd === here) {
    last.signedEnd = signedEnd;
    last.hereEnd = hereEnd;
  } else if (signed < signedEnd || here < hereEnd) {
    places.push({ signed, signedEnd, here, hereEnd });
  }
}

const addPlace = (places: Open[], { signed, signedEnd, here, hereEnd }: Place): void =>
  add(places, signed, signedEnd, here, hereEnd);

/** Two parts without their common beginning and end. */
function trimmed(
  signed: Uint8Array,
  signedFrom: number,
  signedTo: number,
  here: Uint8Array,
  hereFrom: number,
  hereTo: number,
): Place {
  const most = Math.min(signedTo - signedFrom, hereTo - hereFrom);
  let head = 0;
  while (head < most && signed[signedFrom + head] === here[hereFrom + head]) {
    head += 1;
  }
  const isCut = () =>
    (signedFrom + head < signedTo && isContinued(signed, signedFrom + head)) ||
    (hereFrom + head < hereTo && isContinued(here, hereFrom + head));
  for (let most = 3; most > 0 && head > 0 && isCut(); most--) {
    head -= 1;
  }
  let tail = 0;
  while (tail < most - head && signed[signedTo - tail - 1] === here[hereTo - tail - 1]) {
    tail += 1;
  }
  for (let most = 3; most > 0 && tail > 0 && isContinued(signed, signedTo - tail); most--) {
    tail -= 1;
  }
  return {
    signed: signedFrom + head,
    signedEnd: signedTo - tail,
    here: hereFrom + head,
    hereEnd: hereTo - tail,
  };
}

/** Whether a byte is one that a character of UTF-8 goes on with. */
const isContinued = (bytes: Uint8Array, at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80;

/** Where the character of UTF-8 that begins here ends; a byte that begins none stands for itself. */
function characterEnd(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0xc2 || first > 0xf4 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let next = 1; next < length; next++) {
    if (!isContinued(bytes, at + next)) {
      return at + 1;
    }
  }
  return at + length;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Walks two JSON texts token by token: what differs is then the white space between them and how
 * strings and numbers are written. `undefined` if the tokens are others.
 */
function byTokens(signed: Uint8Array, here: Uint8Array): { places: Place[]; otherValues: number } | undefined {
  const places: Open[] = [];
  let otherValues = 0;
  let s = 0;
  let h = 0;
  while (otherValues <= MAX_OTHER_VALUES) {
    inSpace(afterSpace(signed, s), afterSpace(here, h));
    const first = signed[s];
    const hereFirst = here[h];
    if (first === undefined || hereFirst === undefined) {
      return first === hereFirst ? { places, otherValues } : undefined;
    }
    if (isMark(first) || isMark(hereFirst)) {
      s += 1;
      h += 1;
      if (first !== hereFirst || (first === QUOTE && !inString())) {
        return undefined;
      }
    } else if (s === 0 || h === 0) {
      // Only objects and lists are worth a walk.
      return undefined;
    } else {
      inWord(afterWord(signed, s), afterWord(here, h));
    }
  }
  return undefined;

  function inSpace(end: number, hereEnd: number): void {
    // CR LF against LF lacks a CR, however the line below is indented.
    const cr = crsAt(signed, s);
    const hereCr = crsAt(here, h);
    if (cr !== hereCr) {
      add(places, s, s + cr, h, h + hereCr);
      s += cr;
      h += hereCr;
    }
    if (s === end || h === hereEnd) {
      add(places, s, end, h, hereEnd);
    } else {
      addPlace(places, trimmed(signed, s, end, here, h, hereEnd));
    }
    s = end;
    h = hereEnd;
  }

  function inWord(end: number, hereEnd: number): void {
    if (!isSame(signed, s, end, here, h, hereEnd)) {
      addPlace(places, trimmed(signed, s, end, here, h, hereEnd));
      otherValues += Number(ascii(signed, s, end)) === Number(ascii(here, h, hereEnd)) ? 0 : 1;
    }
    s = end;
    h = hereEnd;
  }

  /** To behind the closing quotes; whether both strings have one. */
  function inString(): boolean {
    for (;;) {
      const byte = signed[s];
      const hereByte = here[h];
      if (byte === undefined || hereByte === undefined) {
        return false;
      }
      if (byte === hereByte && byte !== BACKSLASH && byte < 0x80) {
        s += 1;
        h += 1;
        if (byte === QUOTE) {
          return true;
        }
        continue;
      }
      let end = writtenEnd(signed, s);
      let hereEnd = writtenEnd(here, h);
      if (!isSame(signed, s, end, here, h, hereEnd)) {
        const isEnd = byte === QUOTE || hereByte === QUOTE;
        if (!isEnd && writtenCode(signed, s, end) === writtenCode(here, h, hereEnd)) {
          add(places, s, end, h, hereEnd);
        } else {
          otherValues += 1;
          end = stringEnd(signed, s);
          hereEnd = stringEnd(here, h);
          addPlace(places, trimmed(signed, s, end, here, h, hereEnd));
        }
      }
      s = end;
      h = hereEnd;
    }
  }
}

/** Behind the white space that JSON allows, and a byte-order mark at the start. */
function afterSpace(bytes: Uint8Array, at: number): number {
  if (at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    at = 3;
  }
  while (bytes[at] === 0x20 || bytes[at] === 0x0a || bytes[at] === 0x0d || bytes[at] === 0x09) {
    at += 1;
  }
  return at;
}

/** How many carriage returns stand before a line feed here: none or one. */
const crsAt = (bytes: Uint8Array, at: number): number => (bytes[at] === 0x0d && bytes[at + 1] === 0x0a ? 1 : 0);

/** Brackets, braces, commas, colons and quotes. */
const isMark = (byte: number): boolean =>
  byte === 0x2c || byte === 0x3a || byte === QUOTE || byte === 0x7b || byte === 0x7d || byte === 0x5b || byte === 0x5d;

/** Behind a number, `true`, or whatever stands in its place. */
function afterWord(bytes: Uint8Array, at: number): number {
  do {
    at += 1;
  } while (at < bytes.length && !isMark(bytes[at] ?? 0) && afterSpace(bytes, at) === at);
  return at;
}

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 64)));

/** The quote that closes a string, or the end of the text. */
function stringEnd(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at] !== QUOTE) {
    at += bytes[at] === BACKSLASH ? 2 : 1;
  }
  return Math.min(at, bytes.length);
}

/** What stands for `\\b`, `\\f`, `\\n`, `\\r` and `\\t`. */
const ESCAPES: Readonly<Record<number, number>> = { 0x62: 8, 0x66: 12, 0x6e: 10, 0x72: 13, 0x74: 9 };
const LETTER_U = 0x75;

/** Where a character of a JSON string ends, however it is written. */
function writtenEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== BACKSLASH) {
    return characterEnd(bytes, at);
  }
  const code = escaped(bytes, at);
  if (code === undefined) {
    return Math.min(characterEnd(bytes, at + 1), bytes.length);
  }
  const low = code >> 10 === 0x36 ? escaped(bytes, at + 6) : undefined;
  return low !== undefined && low >> 10 === 0x37 ? at + 12 : at + 6;
}

/** The code point of a character of a JSON string that ends at `end`. */
function writtenCode(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] === BACKSLASH) {
    const code = escaped(bytes, at);
    if (code === undefined) {
      return ESCAPES[bytes[at + 1] ?? 0] ?? codePoint(bytes, at + 1, end);
    }
    return end - at === 6 ? code : 0x10000 + ((code & 0x3ff) << 10) + ((escaped(bytes, at + 6) ?? 0) & 0x3ff);
  }
  return codePoint(bytes, at, end);
}

function codePoint(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  let code = end - at === 1 ? first : first & (0x7f >> (end - at));
  for (let next = at + 1; next < end; next++) {
    code = (code << 6) | ((bytes[next] ?? 0) & 0x3f);
  }
  return code;
}

/** The number in an escape of four hexadecimal digits. */
function escaped(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== LETTER_U) {
    return undefined;
  }
  let code = 0;
  for (let next = at + 2; next < at + 6; next++) {
    const byte = bytes[next] ?? 0;
    const letter = byte | 0x20;
    const digit = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
    if (digit < 0) {
      return undefined;
    }
    code = (code << 4) | digit;
  }
  return code;
}

function isSame(one: Uint8Array, from: number, to: number, other: Uint8Array, otherFrom: number, otherTo: number) {
  if (to - from !== otherTo - otherFrom) {
    return false;
  }
  while (from < to && one[from] === other[otherFrom]) {
    from += 1;
    otherFrom += 1;
  }
  return from === to;
}

/**
 * The shortest way from one text to the other in characters that are removed and added: Myers,
 * "An O(ND) Difference Algorithm" (1986), forwards, with a bound on edits and steps.
 */
function byCharacters(signed: Uint8Array, here: Uint8Array, middle: Place): Place[] | undefined {
  if (sizeOf(middle) > MAX_COMPARED_BYTES) {
    return undefined;
  }
  const one = characters(signed, middle.signed, middle.signedEnd);
  const other = characters(here, middle.here, middle.hereEnd);
  const [n, m] = [one.values.length, other.values.length];
  // How far each diagonal is reached with each number of edits: d + 1 diagonals for d edits.
  const rows: Int32Array[] = [];
  let steps = 0;
  for (let edits = 0; edits <= MAX_EDITS; edits++) {
    const before = rows[edits - 1];
    const row = new Int32Array(edits + 1);
    rows.push(row);
    for (let i = 0; i <= edits; i++) {
      let x = before === undefined ? 0 : isAddition(before, i) ? before[i]! : before[i - 1]! + 1;
      let y = x - (2 * i - edits);
      const started = x;
      while (x < n && y < m && one.values[x] === other.values[y]) {
        x += 1;
        y += 1;
      }
      row[i] = x;
      steps += 1 + x - started;
      if (x >= n && y >= m) {
        return joined(traced(rows, i), one.starts, other.starts);
      }
      if (steps > MAX_STEPS) {
        return undefined;
      }
    }
  }
  return undefined;
}

/** Whether diagonal `i` is reached farther by adding a character than by removing one. */
const isAddition = (before: Int32Array, i: number): boolean =>
  i === 0 || (i < before.length && before[i - 1]! < before[i]!);

/** The edits that lead to diagonal `i` of the last row, the last one first: x, y, and whether it adds. */
function traced(rows: readonly Int32Array[], i: number): [x: number, y: number, isAdded: boolean][] {
  const edits: [number, number, boolean][] = [];
  for (let row = rows.length - 1; row > 0; row--) {
    const before = rows[row - 1]!;
    const isAdded = isAddition(before, i);
    i -= isAdded ? 0 : 1;
    const x = before[i]!;
    edits.push([x, x - (2 * i - (row - 1)), isAdded]);
  }
  return edits;
}

/** Edits as places in bytes. Few equal characters between much that differs say nothing: they differ too. */
function joined(
  edits: readonly [x: number, y: number, isAdded: boolean][],
  starts: Uint32Array,
  hereStarts: Uint32Array,
): Place[] {
  const edited: Open[] = [];
  for (const [x, y, isAdded] of [...edits].reverse()) {
    add(edited, starts[x]!, starts[isAdded ? x : x + 1]!, hereStarts[y]!, hereStarts[isAdded ? y + 1 : y]!);
  }
  // Where bytes were only added, or only removed, each stays a place of its own.
  if (
    edited.every(({ signed, signedEnd }) => signed === signedEnd) ||
    edited.every(({ here, hereEnd }) => here === hereEnd)
  ) {
    return edited;
  }
  const places: Place[] = [];
  for (let place of edited) {
    for (;;) {
      const last = places.at(-1);
      if (last === undefined || !isNoise(last, place)) {
        break;
      }
      places.pop();
      place = { signed: last.signed, signedEnd: place.signedEnd, here: last.here, hereEnd: place.hereEnd };
    }
    places.push(place);
  }
  return places;
}

/** Whether the equal bytes between two places are fewer than those that differ on either side. */
const isNoise = (one: Place, other: Place): boolean =>
  other.signed - one.signedEnd < Math.min(sizeOf(one), sizeOf(other));

/** Characters as numbers that are equal only for equal bytes, and where each begins; the last start is the end. */
function characters(bytes: Uint8Array, from: number, to: number): { values: Int32Array; starts: Uint32Array } {
  const values = new Int32Array(to - from);
  const starts = new Uint32Array(to - from + 1);
  let count = 0;
  while (from < to) {
    starts[count] = from;
    const end = Math.min(characterEnd(bytes, from), to);
    let value = 0;
    for (; from < end; from++) {
      value = (value << 8) | bytes[from]!;
    }
    values[count++] = value;
  }
  starts[count] = to;
  return { values: values.subarray(0, count), starts: starts.subarray(0, count + 1) };
}
