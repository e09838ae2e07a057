/** The events of a subscription: those of the catalogue to tick, and any other name. */

import { events } from "mia-webhooks/subscription";
import { el, newId } from "../dom.js";
import type { Say } from "../texts/texts.js";

export class EventsField {
  readonly element: HTMLFieldSetElement;
  readonly others: HTMLInputElement;
  readonly #boxes: readonly HTMLInputElement[];
  readonly #older: HTMLDetailsElement;
  readonly #hint: string;
  /** The names in the order in which they came: a record keeps its order. */
  #order: readonly string[] = [];

  constructor(say: Say, onChange: () => void) {
    const change = (): void => {
      this.#order = this.names;
      onChange();
    };
    const box = (name: string) => el("input", { type: "checkbox", value: name, change });
    const isOlder = (place: number) => (events[place]?.aliasOf ?? events[place]?.supersededBy) !== undefined;
    this.#boxes = events.map(({ eventName }) => box(eventName));
    const ticks = (older: boolean) =>
      el(
        "div",
        { class: "ticks" },
        ...this.#boxes
          .filter((_, place) => isOlder(place) === older)
          .map((box) => el("label", {}, box, el("code", {}, box.value))),
      );
    this.#older = el("details", {}, el("summary", {}, say("subOlder")), ticks(true));
    const id = newId("events");
    this.#hint = `${id}-hint`;
    this.others = el("input", {
      id,
      name: "eventName",
      class: "mono",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      "aria-describedby": this.#hint,
      input: change,
    });
    this.element = el(
      "fieldset",
      { class: "field" },
      el("legend", { class: "label" }, say("eventName"), " ", el("small", {}, el("code", {}, "eventName"))),
      ticks(false),
      this.#older,
      el(
        "div",
        { class: "caption" },
        el("label", { for: id, class: "plain" }, say("subOthers")),
        el("small", { id: this.#hint }, say("subOthersHint")),
      ),
      this.others,
    );
  }

  get names(): string[] {
    const given = [
      ...this.#boxes.filter(({ checked }) => checked).map(({ value }) => value),
      ...this.others.value
        .split(",")
        .map((name) => name.trim())
        .filter((name) => name !== ""),
    ];
    const kept = this.#order.filter((name) => {
      const place = given.indexOf(name);
      return place >= 0 && given.splice(place, 1).length > 0;
    });
    return [...kept, ...given];
  }

  set(names: readonly string[]): void {
    const typed = [...names];
    for (const box of this.#boxes) {
      const place = typed.indexOf(box.value);
      // A name that is there twice is ticked once, and typed once.
      box.checked = place >= 0 && typed.splice(place, 1).length > 0;
    }
    this.others.value = typed.join(", ");
    this.#order = names;
    this.#older.open ||= this.#ticked.length > 0;
  }

  /** A function that brings back what is entered now. */
  keep(): () => void {
    const [ticked, others, order] = [this.#boxes.map(({ checked }) => checked), this.others.value, this.#order];
    return () => {
      this.#boxes.forEach((box, place) => (box.checked = ticked[place] === true));
      this.others.value = others;
      this.#order = order;
    };
  }

  /** Puts the focus where a name is corrected: it is typed, or ticked among the older ones. */
  focus(): void {
    const older = this.#ticked[0];
    (this.others.value.trim() !== "" ? this.others : (older ?? this.others)).focus();
  }

  /** Describes each field that gets the focus, by the ids of sentences. */
  describe(ids: readonly string[], isWrong: boolean): void {
    this.others.setAttribute("aria-invalid", String(isWrong));
    this.others.setAttribute("aria-describedby", [this.#hint, ...ids].join(" "));
    this.#boxes.forEach((box) => box.removeAttribute("aria-describedby"));
    if (ids.length > 0) {
      this.#ticked.forEach((box) => box.setAttribute("aria-describedby", ids.join(" ")));
    }
  }

  /** Those that are ticked among the older ones. */
  get #ticked(): HTMLInputElement[] {
    return [...this.#older.querySelectorAll("input")].filter(({ checked }) => checked);
  }
}
