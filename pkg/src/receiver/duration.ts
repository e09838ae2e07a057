import { positive } from "../verify/settings.js";

/** The longest time that a timer can wait, in milliseconds: 24 days. With more, it would not wait at all. */
const LONGEST_MS = 2 ** 31 - 1;

/** Returns a time limit that a timer can keep, in milliseconds. */
export function duration(value: number, name: string): number {
  if (positive(value, name) > LONGEST_MS) {
    throw new RangeError(`${name} must be at most ${LONGEST_MS}`);
  }
  return value;
}
