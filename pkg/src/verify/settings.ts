/** Checks of settings. */

/** Returns a setting that must be an integer above 0. A text is none, also if it looks like one. */
export function positive(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new (typeof value === "number" ? RangeError : TypeError)(`${name} must be an integer above 0`);
  }
  return value;
}
