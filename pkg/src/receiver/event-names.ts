/** Checks the names of events that an operator writes: a name that no event has would lose events without a word. */

import { EVENT_NAMES } from "../generated/tables.js";
import { nearest, shown } from "../verify/spelling.js";

/**
 * Checks a name. One that is unlike all known names is allowed: new Consoles send new
 * events.
 *
 * @param place - The option that holds it.
 * @throws TypeError for a misspelled name, for several names in one text, and for a
 * wildcard, which no name is.
 */
export function assertEventName(name: string, place: string): void {
  if (EVENT_NAMES.includes(name)) {
    return;
  }
  const known =
    nearest(name, EVENT_NAMES, 1) ?? stemmed(name) ?? nearest(name.replace(/^on|event$/gi, ""), EVENT_NAMES, 0);
  if (known !== undefined) {
    throw new TypeError(`${place}: no event is named ${shown(name)}: did you mean "${known}"?`);
  }
  if (/[*,;|\s]/.test(name)) {
    throw new TypeError(
      `${place}: ${shown(name)} is not the name of one event; there are no wildcards or lists of names`,
    );
  }
}

/** The event of a verb without its ending: `user_add`. */
const stemmed = (name: string): string | undefined =>
  EVENT_NAMES.find((known) => known.length - name.length <= 2 && known.startsWith(name) && name.includes("_"));
