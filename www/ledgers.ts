/** The lines under fields: what counts and a field cannot show. */

import { utf8 } from "./bytes.js";
import type { Say } from "./texts.js";

const LINE_ENDS = [
  ["CR LF", /\r\n/],
  ["LF", /(?<!\r)\n/],
  ["CR", /\r(?!\n)/],
] as const;

export function textLedger(text: string, wasPasted: boolean, say: Say): string {
  const kinds = LINE_ENDS.filter(([, kind]) => kind.test(text)).map(([name]) => name);
  return joined(
    say("bytes", { n: utf8(text).length }),
    kinds.length > 0 && say("lines", { kinds: kinds.join(", ") }),
    /[\r\n]$/.test(text) && say("finalNewline"),
    text.startsWith("\ufeff") && say("hasBom"),
    /\p{Surrogate}/u.test(text) && say("surrogate"),
    wasPasted && text !== "" && say("keptAsPasted"),
  );
}

export function secretLedger(text: string, say: Say): string {
  const endsWithBreak = /[\r\n]$/.test(text);
  return joined(
    text !== "" && say("bytes", { n: utf8(text).length }),
    endsWithBreak && say("secretBreak"),
    !endsWithBreak && /[\r\n]/.test(text) && say("secretHiddenBreak"),
    !endsWithBreak && text.trim() !== text && say("secretSpace"),
  );
}

const joined = (...notes: (string | false)[]): string => notes.filter((note) => note !== false).join(" · ");
