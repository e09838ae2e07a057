/** The fields of the secrets: one, or several during a rotation. */

import { generateSecret } from "mia-webhooks";
import { utf8 } from "../bytes.js";
import { el, fill, newId } from "../dom.js";
import type { Say } from "../texts/texts.js";
import { type FieldEvents, KeptInput } from "./kept-input.js";
import { secretLedger } from "./ledgers.js";

const MAX_SECRETS = 8;

export class SecretsField {
  readonly element: HTMLElement;
  /** The button that adds a field. */
  readonly add: HTMLButtonElement;
  readonly #say: Say;
  readonly #events: FieldEvents;
  #secrets: OneSecret[] = [];
  #canGenerate = false;

  constructor(say: Say, events: FieldEvents) {
    this.#say = say;
    this.#events = events;
    this.add = el(
      "button",
      {
        type: "button",
        class: "quiet",
        click: () => {
          this.#setCount(this.#secrets.length + 1);
          this.#secrets.at(-1)?.focus();
          events.onChange(false);
        },
      },
      say("addSecret"),
    );
    // Browsers expect passwords in a form; this one is never sent.
    this.element = el("form", {
      class: "rows",
      autocomplete: "off",
      submit: (event) => event.preventDefault(),
    });
    this.#setCount(1);
  }

  /** The text of every field. */
  get state(): readonly string[] {
    return this.#secrets.map(({ text }) => text);
  }

  /** Goes back to an earlier state, and tells nobody. */
  restore(state: readonly string[], isExample = false): void {
    this.#setCount(state.length);
    state.forEach((text, place) => this.#secrets[place]?.set(text, isExample));
  }

  /** The secrets as text; empty ones are left out, unless there is only one. */
  get texts(): string[] {
    return this.#filled.map(({ text }) => text);
  }

  get bytes(): Uint8Array<ArrayBuffer>[] {
    return this.texts.map(utf8);
  }

  get isEmpty(): boolean {
    return this.texts.every((text) => text === "");
  }

  /** The fields of these texts. */
  get #filled(): OneSecret[] {
    const filled = this.#secrets.filter(({ text }) => text !== "");
    return filled.length > 0 ? filled : this.#secrets.slice(0, 1);
  }

  /** The number of a text's field, as people count. */
  numberOf(place: number): number {
    return this.#secrets.indexOf(this.#filled[place] as OneSecret) + 1;
  }

  /** Whether the field of a text shows it. */
  isShown(place: number): boolean {
    return this.#filled[place]?.isShown ?? false;
  }

  /** Whether a new secret can be made here. */
  set canGenerate(can: boolean) {
    this.#canGenerate = can;
    this.#secrets.forEach((secret) => (secret.canGenerate = can));
  }

  focus(): void {
    this.#secrets[0]?.focus();
  }

  /** The state with another text for one of the secrets. */
  stateWith(text: string, place: number): readonly string[] {
    return this.#secrets.map((secret) => (secret === this.#filled[place] ? text : secret.text));
  }

  /** A few words beside the label of a secret; none beside the others. */
  setBadge(text: string, place = 0): void {
    this.#secrets.forEach((secret) => secret.setBadge(secret === this.#filled[place] ? text : ""));
  }

  #setCount(count: number): void {
    while (this.#secrets.length < count) {
      const secret: OneSecret = new OneSecret(this.#say, this.#events, () => this.#remove(secret));
      secret.canGenerate = this.#canGenerate;
      this.#secrets.push(secret);
    }
    this.#secrets.length = count;
    this.#draw();
  }

  #remove(secret: OneSecret): void {
    this.#secrets = this.#secrets.filter((other) => other !== secret);
    this.#draw();
    this.#secrets.at(-1)?.focus();
    this.#events.onChange(false);
  }

  #draw(): void {
    const several = this.#secrets.length > 1;
    this.#secrets.forEach((secret, place) => secret.number(several ? place + 1 : 0));
    const elements = this.#secrets.map(({ element }) => element);
    // To put a field where it is already would take its focus.
    if (
      elements.length !== this.element.children.length ||
      elements.some((one, i) => one !== this.element.children[i])
    ) {
      fill(this.element, ...elements);
    }
    this.add.hidden = this.#secrets.length === MAX_SECRETS;
  }
}

/** The field of one secret. */
export class OneSecret {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #say: Say;
  readonly #kept: KeptInput;
  readonly #label: HTMLLabelElement;
  readonly #remove: HTMLButtonElement;
  readonly #show: HTMLButtonElement;
  readonly #generate: HTMLButtonElement;
  readonly #ledger: HTMLElement;
  readonly #badge: HTMLElement;

  constructor(say: Say, events: FieldEvents, onRemove: () => void = () => {}) {
    this.#say = say;
    const id = newId("secret");
    this.#label = el("label", { for: id });
    this.#ledger = el("p", { id: `${id}-ledger`, class: "ledger" });
    this.#badge = el("p", { id: `${id}-badge`, class: "badge", hidden: true });
    this.input = el("input", {
      id,
      type: "password",
      // Browsers offer to save what looks like a password; nothing here is one.
      autocomplete: "off",
      "data-1p-ignore": true,
      "data-lpignore": "true",
      spellcheck: "false",
      "aria-describedby": `${id}-ledger ${id}-badge`,
    });
    this.#kept = new KeptInput(this.input, {
      ...events,
      onChange: (isTyped) => {
        this.#mark();
        events.onChange(isTyped);
      },
    });
    this.#show = el("button", { type: "button", "aria-pressed": "false" }, say("show"));
    this.#show.addEventListener("click", () => {
      this.input.type = this.isShown ? "password" : "text";
      this.#show.setAttribute("aria-pressed", String(this.isShown));
      // What shows the secret elsewhere follows.
      events.onShown?.();
    });
    this.#generate = el(
      "button",
      {
        type: "button",
        hidden: true,
        click: () => {
          this.set(generateSecret());
          events.onChange(false);
        },
      },
      say("generate"),
    );
    this.#remove = el("button", { type: "button", click: onRemove }, say("remove"));
    this.number(0);
    this.element = el(
      "div",
      { class: "field", "data-part": "secret" },
      el("div", { class: "caption" }, this.#label, this.#ledger, this.#badge),
      el("div", { class: "row" }, this.input, this.#show, this.#generate, this.#remove),
    );
  }

  get text(): string {
    return this.#kept.text;
  }

  get isShown(): boolean {
    return this.input.type === "text";
  }

  /** Whether it has the button that makes a new secret. */
  set canGenerate(can: boolean) {
    this.#generate.hidden = !can;
  }

  /** Sets the text, and tells nobody. */
  set(text: string, isExample = false): void {
    this.#kept.set(text, isExample);
    this.#mark();
  }

  focus(): void {
    this.input.focus();
  }

  /** Its number among several; 0 for the only one. */
  number(number: number): void {
    this.#label.textContent = number === 0 ? this.#say("secret") : this.#say("secretNumber", { n: number });
    this.#remove.hidden = number === 0;
    // Among several, a button's name says whose it is; it begins with the word that is seen.
    for (const [button, name] of [
      [this.#show, "showNumber"],
      [this.#generate, "generateNumber"],
      [this.#remove, "removeNumber"],
    ] as const) {
      if (number === 0) {
        button.removeAttribute("aria-label");
      } else {
        button.setAttribute("aria-label", this.#say(name, { n: number }));
      }
    }
  }

  /** A few words beside the label, such as how many bytes differ. */
  setBadge(text: string): void {
    this.#badge.hidden = text === "";
    this.#badge.textContent = text;
  }

  #mark(): void {
    fill(this.#ledger, secretLedger(this.text, this.#say));
  }
}
