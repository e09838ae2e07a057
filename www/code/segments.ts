/** A choice of a few, as buttons that touch. */

import { el, newId } from "../dom.js";

export interface Segment {
  readonly id: string;
  readonly label: string;
}

/** Radios with a name for all of them; `onChoose` gets the id of the new choice. */
export function segments(
  label: string,
  choices: readonly Segment[],
  chosen: string,
  onChoose: (id: string) => void,
): HTMLElement {
  const name = newId("choice");
  return el(
    "div",
    { class: "segments", role: "radiogroup", "aria-label": label },
    ...choices.map(({ id, label }) =>
      el(
        "label",
        {},
        el("input", { type: "radio", name, value: id, checked: id === chosen, change: () => onChoose(id) }),
        label,
      ),
    ),
  );
}
