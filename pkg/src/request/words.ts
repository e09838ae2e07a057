/** The words of a command, as a shell passes them. */

import { encoder } from "../verify/platform.js";
import { utf8 } from "./text.js";

/** A longer command is not a request, and listing its words would only cost memory. */
export const MAX_WORDS = 10_000;

/** A word as the shell passes it. */
export interface Word {
  text: string;
  /** Bytes that were written as `\xHH`, which need not be UTF-8, with their places in the text. */
  escapes: readonly (readonly [at: number, byte: number])[];
  /** Whether the shell would have replaced something in it. */
  expands: boolean;
}

export interface Command {
  /** After the word `curl`. */
  words: Word[];
  prefix: string[];
  /** Whether the text ended inside a quote. */
  isOpen: boolean;
  /** Whether the text ended where another line was to follow. */
  isCut: boolean;
  /** What the shell passes as the standard input, if that is in the text. */
  input?: Word | undefined;
}

export const plainWord = (text: string, expands = false): Word => ({ text, escapes: [], expands });

export function isCurl(word: string): boolean {
  return /(?:^|[/\\])curl(?:\.exe)?$/i.test(word.slice(-400));
}

/** The bytes of a word from a character on. */
export function bytesOf(word: Word, from: number): Uint8Array {
  if (word.escapes.length === 0) {
    return utf8(word.text.slice(from));
  }
  // A UTF-16 unit becomes at most three bytes.
  const bytes = new Uint8Array(word.text.length * 3 + word.escapes.length);
  let length = 0;
  let at = from;
  for (const [position, byte] of word.escapes) {
    if (position < from) {
      continue;
    }
    length += encoder().encodeInto(word.text.slice(at, position), bytes.subarray(length)).written;
    bytes[length++] = byte;
    at = position;
  }
  length += encoder().encodeInto(word.text.slice(at), bytes.subarray(length)).written;
  return bytes.slice(0, length);
}
