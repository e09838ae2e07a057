/** The lines under fields: what counts and a field cannot show. */

import { utf8 } from "../bytes.js";
import type { Say } from "../texts/texts.js";

const LINE_ENDS = [
  ["CR LF", /\r\n/],
  ["LF", /(?<!\r)\n/],
  ["CR", /\r(?!\n)/],
] as const;

export function textLedger(text: string, say: Say): string {
  const kinds = LINE_ENDS.filter(([, kind]) => kind.test(text)).map(([name]) => name);
  return joined(
    say("bytes", { n: utf8(text).length }),
    kinds.length > 0 && say("lines", { kinds: kinds.join(", ") }),
    /[\r\n]$/.test(text) && say("finalNewline"),
    text.startsWith("\ufeff") && say("hasBom"),
    /\p{Surrogate}/u.test(text) && say("surrogate"),
  );
}

export function secretLedger(text: string, say: Say): string {
  const endsWithBreak = /[\r\n]$/.test(text);
  return joined(
    text !== "" && say("bytes", { n: utf8(text).length }),
    text !== "" && text.trim() === text && !/[\r\n]/.test(text) && say("secretPlain"),
    endsWithBreak && say("secretBreak"),
    !endsWithBreak && /[\r\n]/.test(text) && say("secretHiddenBreak"),
    !endsWithBreak && text.trim() !== text && say("secretSpace"),
  );
}

const joined = (...notes: (string | false)[]): string => notes.filter((note) => note !== false).join(" · ");

/** How many bytes something has, whether they are in memory or in a file. */
export const sizeOf = (bytes: Uint8Array | Blob): number => (bytes instanceof Blob ? bytes.size : bytes.length);
