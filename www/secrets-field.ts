/** The fields of the secrets: one, or several during a rotation. */

import { generateSecret } from "mia-webhooks";
import { utf8 } from "./bytes.js";
import { el, fill, newId } from "./dom.js";
import { KeptInput } from "./kept-input.js";
import { secretLedger } from "./ledgers.js";
import type { Say } from "./texts.js";

const MAX_SECRETS = 8;

export class SecretsField {
  readonly element: HTMLElement;
  readonly #say: Say;
  readonly #onChange: () => void;
  readonly #rows: HTMLElement;
  readonly #add: HTMLButtonElement;
  #secrets: OneSecret[] = [];

  constructor(say: Say, onChange: () => void) {
    this.#say = say;
    this.#onChange = onChange;
    this.#rows = el("div", { class: "rows" });
    this.#add = el(
      "button",
      { type: "button", class: "quiet", click: () => this.#addSecret().focus() },
      say("addSecret"),
    );
    // Browsers expect passwords in a form; this one is never sent.
    this.element = el(
      "form",
      { class: "field", autocomplete: "off", submit: (event) => event.preventDefault() },
      this.#rows,
      this.#add,
    );
    this.#addSecret();
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

  set(text: string): void {
    this.#secrets[0]?.set(text);
  }

  #addSecret(): OneSecret {
    const secret = new OneSecret(this.#say, this.#onChange, () => this.#remove(secret));
    this.#secrets.push(secret);
    this.#draw();
    return secret;
  }

  #remove(secret: OneSecret): void {
    this.#secrets = this.#secrets.filter((other) => other !== secret);
    this.#draw();
    this.#secrets.at(-1)?.focus();
    this.#onChange();
  }

  #draw(): void {
    const several = this.#secrets.length > 1;
    this.#secrets.forEach((secret, place) => secret.number(several ? place + 1 : 0));
    fill(this.#rows, ...this.#secrets.map(({ element }) => element));
    this.#add.hidden = this.#secrets.length === MAX_SECRETS;
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
  readonly #ledger: HTMLElement;

  constructor(say: Say, onChange: () => void, onRemove: () => void = () => {}) {
    this.#say = say;
    const id = newId("secret");
    this.#label = el("label", { for: id });
    this.#ledger = el("p", { id: `${id}-ledger`, class: "ledger" });
    this.input = el("input", {
      id,
      type: "password",
      // Browsers offer to save what looks like a password; nothing here is one.
      autocomplete: "off",
      "data-1p-ignore": true,
      "data-lpignore": "true",
      spellcheck: "false",
      "aria-describedby": `${id}-ledger`,
    });
    this.#kept = new KeptInput(this.input, () => {
      fill(this.#ledger, secretLedger(this.#kept.text, say));
      onChange();
    });
    this.#show = el("button", { type: "button", "aria-pressed": "false" }, say("show"));
    this.#show.addEventListener("click", () => {
      this.#toggle();
      onChange();
    });
    const generate = el("button", { type: "button", click: () => this.set(generateSecret()) }, say("generate"));
    this.#remove = el("button", { type: "button", click: onRemove }, say("remove"));
    this.number(0);
    this.element = el(
      "div",
      {},
      el("div", { class: "caption" }, this.#label, el("small", {}, say("secretHint"))),
      el("div", { class: "row" }, this.input, this.#show, generate, this.#remove),
      this.#ledger,
    );
  }

  get text(): string {
    return this.#kept.text;
  }

  get isShown(): boolean {
    return this.input.type === "text";
  }

  set(text: string): void {
    this.#kept.set(text);
  }

  focus(): void {
    this.input.focus();
  }

  /** Its number among several; 0 for the only one. */
  number(number: number): void {
    this.#label.textContent = number === 0 ? this.#say("secret") : this.#say("secretNumber", { n: number });
    this.#remove.hidden = number === 0;
  }

  #toggle(): void {
    const isShown = !this.isShown;
    this.input.type = isShown ? "text" : "password";
    this.#show.setAttribute("aria-pressed", String(isShown));
    this.#show.textContent = this.#say(isShown ? "hide" : "show");
  }
}
