/** Looks up codes: by the number that the `verify` module returns, and by name. */

import { CODES, type Code, type CodeRow } from "../generated/tables.js";

/** The code of an answer below 0. */
export const codeOf = (answer: number): Code => CODES[-answer]?.[0] ?? "engine_unavailable";

/** The row of a code in a table. */
export const rowOf = (rows: Readonly<Record<number, CodeRow>>, code: Code): CodeRow | undefined =>
  Object.values(rows).find(([name]) => name === code);
