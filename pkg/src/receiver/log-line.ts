/** A line of the log, safe to show. */

/**
 * What JSON leaves as it is, and what a terminal or a viewer obeys instead of showing it:
 * DEL and the C1 controls (U+009B begins a command to a terminal), the line separators,
 * and the bidirectional controls of UAX #9, which change the order of what is read.
 */
const OBEYED = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One line of JSON with the same values, in which every character shows itself. */
export const logLine = (entry: object): string =>
  JSON.stringify(entry).replace(OBEYED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
