/**
 * Checks the names and types of options when something is made of them, by a table: an
 * interface of options and its table are compared by TypeScript (`satisfies Kinds<…>`),
 * so that no option lacks its row.
 */

import { akin, lettersOf, nearest, shown } from "./spelling.js";

/** What an option must be, and whether a value is. */
export type Kind = readonly [right: string, isRight: (value: unknown) => boolean];

/** The kind of each option of an interface. */
export type Kinds<Options> = Readonly<Record<keyof Options, Kind>>;

/** For options whose values are checked where they are used, with errors of their own. */
export const CHECKED_LATER: Kind = ["", () => true];

export const FUNCTION: Kind = ["a function", (value) => typeof value === "function"];
export const SWITCH: Kind = ["true or false", (value) => typeof value === "boolean"];
export const TEXT: Kind = ["a string that is not empty", isText];
export const TEXTS: Kind = ["a list of strings", (value) => Array.isArray(value) && value.every(isText)];

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

/**
 * Checks options. Values are never shown.
 *
 * @param place - Where they stand, for example `replay`; empty at the top.
 * @param others - Options that stand in another place, and in which.
 * @param synonyms - What other programs call an option, in small letters only, and the options that it may mean.
 * @throws TypeError for a name that is no option, and for a value of a wrong type.
 */
export function checkOptions(
  options: object,
  kinds: Readonly<Record<string, Kind>>,
  place: string,
  others: Readonly<Record<string, string>> = {},
  synonyms: Readonly<Record<string, readonly string[]>> = {},
): void {
  const before = place && `${place}: `;
  if (typeof options !== "object" || (options as object | null) === null) {
    throw new TypeError(`${before}the options must be a record of ${Object.keys(kinds).join(", ")}`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (Object.hasOwn(kinds, name)) {
      continue;
    }
    if (!Object.hasOwn(others, name)) {
      throw new TypeError(`${before}unknown option ${shown(name)}${meant(name, kinds, others, synonyms)}`);
    }
    if (value !== undefined) {
      throw new TypeError(`${before}the option ${name} stands ${others[name]}`);
    }
  }
  for (const [name, [right, isRight]] of Object.entries(kinds)) {
    // Not from the entries: an option may be inherited.
    const value = (options as Record<string, unknown>)[name];
    if (value !== undefined && !isRight(value)) {
      throw new TypeError(`${place && `${place}.`}${name} must be ${right}`);
    }
  }
}

function meant(
  name: string,
  kinds: object,
  others: Readonly<Record<string, string>>,
  synonyms: Readonly<Record<string, readonly string[]>>,
): string {
  const letters = lettersOf(name);
  const same = Object.hasOwn(synonyms, letters) ? (synonyms[letters] as readonly string[]) : [];
  const near = (names: readonly string[]): readonly string[] => {
    const spelled = nearest(name, names);
    const found = spelled === undefined ? same.filter((option) => names.includes(option)) : [spelled];
    return found.length > 0 ? found : [akin(name, names) ?? []].flat();
  };
  const known = near(Object.keys(kinds));
  if (known.length > 0) {
    return `: did you mean ${known.map((option) => `"${option}"`).join(" or ")}?`;
  }
  const [other] = near(Object.keys(others));
  return other === undefined
    ? `: the options are ${Object.keys(kinds).join(", ")}`
    : `: did you mean "${other}", which stands ${others[other]}?`;
}
