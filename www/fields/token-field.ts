/** The field of a token, or of the digest that somebody's own code has computed. */

import { el, newId } from "../dom.js";
import type { Say, TextKey } from "../texts/texts.js";
import { afterPress } from "./after-press.js";
import { type FieldEvents, KeptInput } from "./kept-input.js";

/** The digits of SHA-256. */
const DIGITS = 64;

export class TokenField {
  readonly element: HTMLElement;
  readonly #say: Say;
  readonly #input: HTMLInputElement;
  readonly #kept: KeptInput;
  readonly #ledger: HTMLElement;
  readonly #hint: TextKey;
  /** Whether somebody is still typing it. */
  #isTyping = false;

  constructor(say: Say, part: "token" | "digest", events: FieldEvents) {
    this.#say = say;
    const id = newId(part);
    this.#hint = part === "token" ? "tokenHint" : "ownDigestHint";
    this.#ledger = el("p", { id: `${id}-ledger`, class: "ledger" });
    this.#input = el("input", {
      id,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      class: "mono",
      "aria-describedby": `${id}-ledger`,
      blur: () => {
        const wasReady = this.isReady;
        this.#isTyping = false;
        if (this.text !== "" && !wasReady) {
          afterPress(() => events.onChange(false));
        }
      },
    });
    this.#kept = new KeptInput(this.#input, {
      ...events,
      onChange: (isTyped) => {
        this.#isTyping = isTyped;
        this.#mark();
        events.onChange(isTyped);
      },
    });
    this.element = el(
      "div",
      { class: "field", "data-part": part },
      el(
        "div",
        { class: "caption" },
        el("label", { for: id }, say(part === "token" ? "token" : "ownDigest")),
        this.#ledger,
      ),
      this.#input,
    );
    this.#mark();
  }

  get text(): string {
    return this.#kept.text;
  }

  /** Whether it can be judged: nobody judges a token of which the half is typed. */
  get isReady(): boolean {
    return this.text !== "" && (!this.#isTyping || digitsIn(this.text) >= DIGITS);
  }

  /** Sets the text, and tells nobody. */
  set(text: string, isExample = false): void {
    this.#isTyping = false;
    this.#kept.set(text, isExample);
    this.#mark();
  }

  focus(): void {
    this.#input.focus();
  }

  #mark(): void {
    const digits = digitsIn(this.text);
    this.#ledger.textContent =
      this.text === ""
        ? this.#say(this.#hint)
        : /^(sha256=)?[\da-f]{64}$/i.test(this.text)
          ? this.#say("digitsAll")
          : digits === this.text.length
            ? this.#say("digits", { n: digits, all: DIGITS })
            : this.#say("characters", { n: this.text.length });
  }
}

const digitsIn = (text: string): number => text.match(/[\da-f]/gi)?.length ?? 0;
