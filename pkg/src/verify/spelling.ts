/** Finds the name that a misspelled one was probably meant to be. */

/**
 * The nearest of the known names, or `undefined` if none is near: the same letters in
 * another case or with other separators, or a few letters that differ.
 *
 * @param most - How many letters may differ; in short names only one or none.
 */
export function nearest(name: string, known: readonly string[], most = 2): string | undefined {
  const letters = lettersOf(name);
  for (let edits = 0; edits <= Math.min(most, Math.floor(letters.length / 3)); edits++) {
    const found = known.find((other) => isWithin(lettersOf(other), letters, edits));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** A known name that begins with a name, or that the name begins with: `tenantId` for `tenant`, `log` for `logger`. */
export function akin(name: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  const shortestFirst = [...known].sort((one, other) => one.length - other.length);
  return (
    (letters.length > 2 ? shortestFirst.find((other) => lettersOf(other).startsWith(letters)) : undefined) ??
    shortestFirst.reverse().find((other) => other.length > 2 && letters.startsWith(lettersOf(other)))
  );
}

/** A name that is shown in a message: never a long one, which may be a secret in the wrong place. */
export const shown = (name: string): string =>
  name.length > 40 ? `(a name of ${name.length} characters)` : JSON.stringify(name);

/** A name without its case and separators. */
export const lettersOf = (name: string): string => name.toLowerCase().replace(/[-_.\s]/g, "");

/** Whether so many changes make one text of the other: a letter that is added, lost, replaced or swapped. */
function isWithin(one: string, other: string, edits: number): boolean {
  if (Math.abs(one.length - other.length) > edits) {
    return false;
  }
  let same = 0;
  while (same < one.length && one[same] === other[same]) {
    same++;
  }
  const [a, b] = [one.slice(same), other.slice(same)];
  return (
    a === b ||
    (edits > 0 &&
      (isWithin(a.slice(1), b.slice(1), edits - 1) ||
        isWithin(a.slice(1), b, edits - 1) ||
        isWithin(a, b.slice(1), edits - 1) ||
        (a[0] === b[1] && a[1] === b[0] && isWithin(a.slice(2), b.slice(2), edits - 1))))
  );
}
