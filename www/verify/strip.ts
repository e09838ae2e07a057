/** The verdict, above everything else: always there, and of a height that does not jump. */

import { el, fill } from "../dom.js";

export type Tone = "good" | "bad" | "unsafe" | "plain";

/** What a verdict says. */
export interface Verdict {
  readonly tone: Tone;
  /** A stable code. */
  readonly code: string;
  /** What happened; the first words of it stand out. */
  readonly lead: string;
  readonly title?: string | undefined;
  readonly line?: string | undefined;
  /** Buttons, the most important one first; without a list they stay as they are. */
  readonly actions?: readonly HTMLElement[];
}

export class Strip {
  readonly element: HTMLElement;
  readonly #words = el("div", { class: "words" });
  readonly #actions = el("div", { class: "row" });
  readonly #bar: HTMLProgressElement;

  constructor(label: string, barLabel: string) {
    this.#bar = el("progress", { max: "1", hidden: true, "aria-label": barLabel });
    this.element = el(
      "section",
      { class: "strip", "aria-label": label, tabindex: "-1" },
      this.#words,
      this.#actions,
      this.#bar,
    );
  }

  get code(): string {
    return this.element.dataset["code"] ?? "";
  }

  /** What it says, without its buttons. */
  get words(): string {
    return [...this.#words.children].map(({ textContent }) => textContent).join("\n");
  }

  show({ tone, code, lead, title = "", line = "", actions }: Verdict): void {
    this.element.dataset["tone"] = tone;
    this.element.dataset["code"] = code;
    fill(
      this.#words,
      el("h2", {}, el("strong", {}, lead), title !== "" && ` ${title}`),
      line !== "" && el("p", {}, line),
    );
    // Buttons of what was there before do nothing, and look like it.
    this.#actions.inert = actions === undefined && !this.#actions.contains(document.activeElement);
    this.#actions.classList.toggle("waiting", actions === undefined);
    if (actions !== undefined) {
      // A button that stays where it is keeps the focus.
      const now = this.#actions.children;
      actions.forEach((one, place) => now[place] !== one && this.#actions.insertBefore(one, now[place] ?? null));
      [...now].slice(actions.length).forEach((one) => one.remove());
    }
    this.progress(undefined);
  }

  /** Shows the share that is done, without words; `undefined`: no work is going on. */
  progress(share: number | undefined): void {
    this.#bar.hidden = share === undefined;
    this.#bar.value = share ?? 0;
  }
}
