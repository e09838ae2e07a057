/** A field of one line whose text is kept as it was pasted or dropped. */

import { TrueText } from "./true-text.js";

/** What a field tells, and whom it asks. */
export interface FieldEvents {
  /** After each change by a person. */
  readonly onChange: (isTyped: boolean) => void;
  /** After a secret was shown or hidden. */
  readonly onShown?: (() => void) | undefined;
  /** Whether a text that is pasted or dropped belongs to other fields as well, and was put there. */
  readonly takes?: ((text: string) => boolean) | undefined;
}

export class KeptInput {
  readonly #text = new TrueText("one-line");
  readonly #input: HTMLInputElement;
  readonly #events: FieldEvents;
  /** Whether the text is an example, which the next paste replaces. */
  #isExample = false;

  constructor(input: HTMLInputElement, events: FieldEvents) {
    this.#input = input;
    this.#events = events;
    // The browser itself moves text that is dragged within the field.
    let isOwnDrag = false;
    input.addEventListener("dragstart", () => (isOwnDrag = true));
    input.addEventListener("dragend", () => (isOwnDrag = false));
    input.addEventListener("input", () => {
      this.#isExample = false;
      this.#text.type(input.value);
      events.onChange(true);
    });
    input.addEventListener("paste", (event) => this.#paste(event, event.clipboardData));
    input.addEventListener("drop", (event) => {
      const text = textOf(event.dataTransfer);
      if (text !== "" && !isOwnDrag) {
        event.preventDefault();
        this.#enter(text, 0, input.value.length);
      }
    });
  }

  /** The text itself. */
  get text(): string {
    return this.#text.text;
  }

  /** Sets the text, and tells nobody. */
  set(text: string, isExample = false): void {
    this.#isExample = isExample;
    this.#text.set(text);
    this.#input.value = this.#text.view;
  }

  #paste(event: Event, data: DataTransfer | null): void {
    const text = textOf(data);
    if (text !== "") {
      event.preventDefault();
      const { selectionStart, selectionEnd, value } = this.#input;
      this.#enter(text, selectionStart ?? value.length, selectionEnd ?? value.length);
    }
  }

  #enter(text: string, start: number, end: number): void {
    if (this.#events.takes?.(text)) {
      return;
    }
    const caret = this.#isExample
      ? this.#text.insert(text, 0, this.#input.value.length)
      : this.#text.insert(text, start, end);
    this.#isExample = false;
    this.#input.value = this.#text.view;
    this.#input.setSelectionRange?.(caret, caret);
    this.#events.onChange(false);
  }
}

/** The text that is pasted or dropped, as it was copied. */
export const textOf = (data: DataTransfer | null): string => data?.getData("text/plain") ?? "";
