/**
 * The true text of a field that cannot show all of it.
 *
 * Every browser engine turns CR LF and CR in a textarea into LF, and drops line
 * breaks in a field of one line. The field is a view; what is hashed is here.
 */

/** What a field does to line breaks. */
export type Folding = "lines" | "one-line";

const BREAKS = /\r\n|\r|\n/g;

export class TrueText {
  #text = "";
  #view = "";
  readonly #folding: Folding;

  constructor(folding: Folding) {
    this.#folding = folding;
  }

  /** The text itself. */
  get text(): string {
    return this.#text;
  }

  /** What the field can show of it. */
  get view(): string {
    return this.#view;
  }

  set(text: string): void {
    this.#text = text;
    this.#view = this.#fold(text);
  }

  /**
   * Replaces a part of the view with a text, as pasting does.
   *
   * @returns The place in the view after it.
   */
  insert(text: string, viewStart: number, viewEnd: number): number {
    const after = this.#after(viewEnd);
    this.set(this.inserted(text, viewStart, viewEnd));
    return this.#view.length - this.#fold(after).length;
  }

  /** The text with a part of the view replaced: what `insert` makes of it. */
  inserted(text: string, viewStart: number, viewEnd: number): string {
    // A part at the start of the view also takes what the view could not show
    // there: a field that looks empty is empty once something is entered or
    // cleared.
    const before = viewStart === 0 ? "" : this.#text.slice(0, this.#place(viewStart));
    return before + text + this.#after(viewEnd);
  }

  /** Takes the view after typing. The parts that did not change keep their true text. */
  type(view: string): void {
    const old = this.#view;
    const start = commonStart(old, view);
    const shorter = Math.min(old.length, view.length) - start;
    let end = 0;
    while (end < shorter && old[old.length - 1 - end] === view[view.length - 1 - end]) {
      end += 1;
    }
    this.insert(view.slice(start, view.length - end), start, old.length - end);
  }

  #after(viewEnd: number): string {
    return this.#text.slice(this.#place(viewEnd));
  }

  #fold(text: string): string {
    return text.replace(BREAKS, this.#folding === "lines" ? "\n" : "");
  }

  /** The place in the text for a place in the view. The end of the view is the end of the text. */
  #place(inView: number): number {
    if (inView >= this.#view.length) {
      return this.#text.length;
    }
    const shown = this.#folding === "lines" ? 1 : 0;
    let place = inView;
    for (const { index, 0: found } of this.#text.matchAll(BREAKS)) {
      if (index >= place) {
        break;
      }
      place += found.length - shown;
    }
    return place;
  }
}

/** How many characters two texts begin with in common. */
function commonStart(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) {
    start += 1;
  }
  return start;
}
