/** A field of one line whose text is kept as it was pasted or dropped. */

import { TrueText } from "./true-text.js";

export class KeptInput {
  readonly #text = new TrueText("one-line");
  readonly #input: HTMLInputElement;
  readonly #onChange: () => void;

  constructor(input: HTMLInputElement, onChange: () => void) {
    this.#input = input;
    this.#onChange = onChange;
    // The browser itself moves text that is dragged within the field.
    let isOwnDrag = false;
    input.addEventListener("dragstart", () => (isOwnDrag = true));
    input.addEventListener("dragend", () => (isOwnDrag = false));
    input.addEventListener("input", () => {
      this.#text.type(input.value);
      onChange();
    });
    input.addEventListener("paste", (event) => this.#paste(event, event.clipboardData));
    input.addEventListener("drop", (event) => {
      const text = textOf(event.dataTransfer);
      if (text !== "" && !isOwnDrag) {
        event.preventDefault();
        this.set(text);
      }
    });
  }

  /** The text itself. */
  get text(): string {
    return this.#text.text;
  }

  set(text: string): void {
    this.#text.set(text);
    this.#input.value = this.#text.view;
    this.#onChange();
  }

  #paste(event: Event, data: DataTransfer | null): void {
    const text = textOf(data);
    if (text === "") {
      return;
    }
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = this.#input;
    const caret = this.#text.paste(text, selectionStart ?? value.length, selectionEnd ?? value.length);
    this.#input.value = this.#text.view;
    this.#input.setSelectionRange(caret, caret);
    this.#onChange();
  }
}

/** The text that is pasted or dropped, as it was copied. */
export const textOf = (data: DataTransfer | null): string => data?.getData("text/plain") ?? "";
