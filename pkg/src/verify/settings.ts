/** Checks of settings. */

/** Returns a setting that must be an integer above 0. */
export function positive(value: number, name: string): number {
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new RangeError(`${name} must be an integer above 0`);
  }
  return value;
}
