/** Bytes as people read and write them. */

export { fromBase64, utf8 } from "../pkg/src/request/text.js";

/** The text of UTF-8, a byte-order mark included; `undefined` for other bytes. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes from hexadecimal digits, with any white space and colons between them. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | undefined {
  const digits = text.replace(/[\s:]/g, "");
  if (digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) {
    return undefined;
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, place) =>
    Number.parseInt(digits.slice(2 * place, 2 * place + 2), 16),
  );
}

export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) {
    binary += String.fromCharCode(byte);
  }
  return btoa(binary);
}

/** Characters that cannot be seen in a text, and their names. */
const NAMES: Readonly<Record<string, string>> = {
  "\r": "CR",
  "\n": "LF",
  "\t": "TAB",
  "\0": "NUL",
  "\ufeff": "BOM",
  "\u00a0": "NBSP",
  "\u200b": "ZWSP",
  "\u200d": "ZWJ",
  "\u202f": "NNBSP",
  "\u2028": "LS",
  "\u2029": "PS",
  "\ufffd": "U+FFFD",
};

/** A run of characters that can be seen, or the name of one that cannot. */
export interface Glyphs {
  readonly text: string;
  readonly isName: boolean;
}

/** Bytes as a person can see them; if they are not UTF-8, as hexadecimal digits. */
export function glyphs(bytes: Uint8Array): Glyphs[] {
  const text = textOf(bytes);
  if (text === undefined) {
    return Array.from(bytes, (byte) => ({ text: byte.toString(16).padStart(2, "0").toUpperCase(), isName: true }));
  }
  const found: { text: string; isName: boolean }[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
    const name = NAMES[character] ?? (isControl ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}` : undefined);
    const before = found.at(-1);
    if (name === undefined && before?.isName === false) {
      before.text += character;
    } else {
      found.push({ text: name ?? character, isName: name !== undefined });
    }
  }
  return found;
}

/** The last bytes, cut where a character of UTF-8 begins. */
export function tail(bytes: Uint8Array, length: number): Uint8Array {
  let start = Math.max(0, bytes.length - length);
  while (start > 0 && start < bytes.length && ((bytes[start] ?? 0) & 0xc0) === 0x80) {
    start -= 1;
  }
  return bytes.subarray(start);
}

/** The first bytes, cut where a character of UTF-8 begins. */
export function head(bytes: Uint8Array, length: number): Uint8Array {
  let end = Math.min(bytes.length, length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) {
    end -= 1;
  }
  return bytes.subarray(0, end);
}

/** Whether both have the same bytes. */
export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, place) => byte === other[place]);
