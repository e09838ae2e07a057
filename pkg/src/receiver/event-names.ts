/** Checks the names of events that an operator writes: a name that no event has would lose events without a word. */

import { EVENT_NAMES } from "../generated/tables.js";
import { lettersOf, nearest, shown } from "../verify/spelling.js";

/**
 * Checks a name. One that is unlike all known names is allowed, and so is one of other
 * words, such as a plural: new Consoles send new events.
 *
 * @param place - The option that holds it.
 * @throws TypeError for a misspelled name, for several names in one text, for a negation,
 * and for a wildcard, which no name is.
 */
export function assertEventName(name: string, place: string): void {
  if (EVENT_NAMES.includes(name)) {
    return;
  }
  if (/^\s*[!~^-]/.test(name)) {
    throw new TypeError(`${place}: ${shown(name)} is not the name of one event; there is no negation`);
  }
  const known =
    nearest(name, EVENT_NAMES, 0) ??
    slip(name) ??
    stemmed(name) ??
    nearest(name.replace(/^on|event$/gi, ""), EVENT_NAMES, 0);
  if (known !== undefined) {
    throw new TypeError(`${place}: no event is named ${shown(name)}: did you mean "${known}"?`);
  }
  if (/[*,;|\s]/.test(name)) {
    throw new TypeError(
      `${place}: ${shown(name)} is not the name of one event; there are no wildcards or lists of names`,
    );
  }
}

/**
 * Checks the name of a handler that takes what no other takes.
 *
 * @throws TypeError for a word that other programs use for that.
 */
export function refuseOtherWildcard(name: string, place: string): void {
  if (EVERY.test(lettersOf(name)) || !/[a-z\d*]/i.test(name)) {
    throw new TypeError(`${place}: no event is named ${shown(name)}; for every other event, write "*"`);
  }
}

const EVERY =
  /^((on)?(all|any|every)(events?|thing|others?)?|(the)?(others?|else|rest)|otherwise|default(handler)?|fallback|catchall|wildcard|unhandled|handlers?|handle(event)?)$/;

/** The event that one slip of the hand makes this name of. */
function slip(name: string): string | undefined {
  const near = nearest(name, EVENT_NAMES, 1);
  return near === undefined || isOwnName(lettersOf(name), near) ? undefined : near;
}

/**
 * Whether a name that is one letter away says something else: several of a thing, a
 * version, or another short word, as `exited` is for `edited`.
 */
function isOwnName(letters: string, known: string): boolean {
  const words = known.split("_");
  if (new RegExp(`^${words.join("(s|\\d)?")}\\d?$`).test(letters)) {
    return true;
  }
  const plain = words.join("");
  const differing = [...plain].flatMap((letter, index) => (letter === letters[index] ? [] : index));
  const isReplaced = letters.length === plain.length && differing.length === 1;
  let end = 0;
  const word = words.find((part) => (end += part.length) > (differing[0] ?? 0));
  return isReplaced && (word as string).length < 7;
}

/** The event of a verb without its ending: `user_add`. */
const stemmed = (name: string): string | undefined =>
  EVENT_NAMES.find((known) => known.length - name.length <= 2 && known.startsWith(name) && name.includes("_"));
