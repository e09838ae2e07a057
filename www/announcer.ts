/** The one place from which screen readers are told what happened elsewhere on the page. */

import { el } from "./dom.js";

export class Announcer {
  readonly element = el("p", { role: "status", class: "hidden" });
  #last = "";

  /** Says a sentence once: the same one again is not said. */
  say(sentence: string): void {
    if (sentence !== this.#last) {
      this.#last = sentence;
      this.element.textContent = sentence;
    }
  }

  /** Says one more sentence after the last one. */
  add(sentence: string): void {
    this.say(`${this.#last} ${sentence}`);
  }

  /** What was said is no longer true. */
  forget(): void {
    this.#last = "";
    this.element.textContent = "";
  }

  /** Says the last sentence again. */
  again(): void {
    this.element.textContent = "";
    // A change within one task is none.
    setTimeout(() => (this.element.textContent = this.#last), 50);
  }
}
