/** A line of the log, safe to show. */

/**
 * What JSON leaves as it is, and what nobody sees or a terminal obeys: DEL and the C1
 * controls (U+009B begins a command to a terminal), the line separators, and the
 * characters of format, such as the bidirectional controls of UAX #9, which change the
 * order of what is read.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Nearly every line is of these characters alone, which is found out in a tenth of the time. */
const SEEN = /^[ -~]*$/;

/** One line of JSON with the same values, in which every such character is written as an escape. */
export function logLine(entry: object): string {
  const line = JSON.stringify(entry);
  return SEEN.test(line) ? line : line.replace(UNSEEN, escaped);
}

const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
