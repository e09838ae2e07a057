/** Draws what was signed and what is here, one above the other, with the bytes that differ marked. */

import { glyphs, head, tail } from "../bytes.js";
import { el, fill, newId } from "../dom.js";
import { type Place, isReplaced } from "./difference.js";
import { type Differing, bytesSaid, headlineOf, placeSaid, signs, summaryOf } from "./difference-words.js";
import type { Say } from "../texts/texts.js";

/** How many differences are shown at once. */
const SHOWN_PLACES = 6;
/** Texts up to here are drawn whole. */
const WHOLE_BYTES = 1_024;
/** How much is drawn around a difference, and of a long one. */
const CONTEXT_BYTES = 48;
const PLACE_BYTES = 256;
/** Of texts too different to be compared, this much around the first difference. */
const FIRST_BYTES = 32;
/** So few bytes are shorter than the words in their place. */
const FEW_BYTES = 24;
/** Bytes in a row of hexadecimal digits: one row fits on a phone. */
const ROW_BYTES = 8;

type Drawn = Node | string;
type Side = "signed" | "here";

/**
 * A card with a headline, both texts and, for more differences than are shown at once, buttons that go
 * through them. Its size does not depend on the texts'.
 *
 * With `isMasked`, letters and digits are dots and there are no hexadecimal digits: only white space,
 * quotes and a byte-order mark that differ are drawn. For a secret that its field does not show.
 */
export function differenceFigure(options: Differing & { readonly isMasked: boolean; readonly say: Say }): HTMLElement {
  const { part, difference, isMasked, say } = options;
  const { places } = difference;
  let current = 0;
  let isHex = false;
  const hasMore = places.length > SHOWN_PLACES;
  const sides = (["signed", "here"] as const).map((side) => new Block(side, options));
  const id = newId("difference");
  const { title, items } = headlineOf(options, say);
  const status = el("p", {});

  function draw(): void {
    const page = current - (current % SHOWN_PLACES);
    sides.forEach((side) => side.draw(page, isHex, hasMore ? current : undefined));
  }

  function move(by: number): void {
    current = (current + by + places.length) % places.length;
    draw();
    sides.forEach((side) => side.showCurrent());
    // Only what a person asks for is said.
    status.setAttribute("role", "status");
    fill(status, placeName(current), el("span", { class: "hidden" }, `: ${placeSaid(options, places[current]!, say)}`));
  }

  const placeName = (place: number) => say("differencePlace", { place: place + 1, n: places.length });
  const form = (label: string, isHexForm: boolean) =>
    el(
      "label",
      {},
      el("input", {
        type: "radio",
        name: id,
        checked: !isHexForm,
        change: () => {
          isHex = isHexForm;
          draw();
        },
      }),
      label,
    );

  draw();
  status.textContent = placeName(0);
  return el(
    "div",
    { class: `card difference of-${part}` },
    el(
      "div",
      { class: "row spread" },
      el(
        "div",
        { class: "caption" },
        el("h2", {}, title),
        ...items.map(({ sign, text }) =>
          el("small", {}, sign !== "" && el("mark", { "aria-hidden": "true" }, sign), sign !== "" && " ", text, " "),
        ),
      ),
      !isMasked &&
        el(
          "div",
          { class: "segments", role: "radiogroup", "aria-label": say("differenceForm") },
          form(say("differenceText"), false),
          form(say("differenceHex"), true),
        ),
    ),
    // The marks say nothing to those who hear the page; these do.
    difference.isWhole && el("p", { class: "hidden" }, summaryOf(options, say)),
    el(
      "ol",
      { class: "hidden" },
      ...places
        .slice(0, SHOWN_PLACES)
        .map((place, at) => el("li", {}, `${placeName(at)}: ${placeSaid(options, place, say)}`)),
      hasMore && el("li", {}, say("differenceLater", { n: places.length - SHOWN_PLACES })),
    ),
    ...sides.map(({ element }) => element),
    hasMore &&
      el(
        "div",
        { class: "row" },
        el("button", { type: "button", click: () => move(-1) }, say("differencePrevious")),
        el("button", { type: "button", click: () => move(1) }, say("differenceNext")),
        status,
      ),
  );
}

/** One of both texts. */
class Block {
  readonly element: HTMLElement;
  readonly #text = el("pre", { dir: "ltr", "aria-hidden": "true" });
  readonly #scroller: HTMLElement;
  readonly #bytes: Uint8Array;
  readonly #name: string;

  constructor(
    private readonly side: Side,
    private readonly options: Differing & { readonly isMasked: boolean; readonly say: Say },
  ) {
    const { part, difference, say } = options;
    this.#bytes = options[side];
    const label = say(side === "signed" ? "differenceSigned" : "differenceHere");
    const amount = bytesSaid(this.#bytes.length, say);
    const hasHoles = difference.places.some((place) => this.#from(place) === this.#to(place));
    this.#scroller = el("div", { class: "scroller" }, this.#text);
    this.#name = `${label}, ${say(part)}, ${amount}`;
    // What scrolls must be reached by keys, and what does not must not be in their way.
    new ResizeObserver(() => this.#reach()).observe(this.#scroller);
    this.element = el(
      "div",
      { class: "text" },
      el(
        "div",
        { class: "caption" },
        el("h3", {}, label),
        el("small", {}, `${say(part)}, ${amount}`),
        hasHoles && el("small", {}, hole(), ` ${say(side === "signed" ? "differenceWasAdded" : "differenceWasLost")}`),
      ),
      this.#scroller,
    );
  }

  /** Draws some differences, from the one at `first` on. */
  draw(first: number, isHex: boolean, current: number | undefined): void {
    this.#text.className = isHex ? "hex" : "";
    fill(this.#text, ...(isHex ? this.#hex(first, current) : this.#characters(first, current)));
    this.#reach();
  }

  /** Scrolls to the current difference, inside of the block only. */
  showCurrent(): void {
    const mark = this.#text.querySelector<HTMLElement>(".current");
    if (mark !== null) {
      this.#scroller.scrollTop = mark.offsetTop - this.#scroller.clientHeight / 2;
    }
  }

  #reach(): void {
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = this.#scroller;
    const canScroll = scrollHeight > clientHeight || scrollWidth > clientWidth;
    for (const [name, value] of [
      ["tabindex", "0"],
      ["role", "group"],
      ["aria-label", this.#name],
    ] as const) {
      if (canScroll) {
        this.#scroller.setAttribute(name, value);
      } else {
        this.#scroller.removeAttribute(name);
      }
    }
  }

  #from(place: Place): number {
    return place[this.side];
  }

  #to(place: Place): number {
    return place[`${this.side}End`];
  }

  #characters(first: number, current: number | undefined): Drawn[] {
    const { signed, here, isMasked, say, difference } = this.options;
    const { places, isWhole } = difference;
    const bytes = this.#bytes;
    const isShort = signed.length <= WHOLE_BYTES && here.length <= WHOLE_BYTES;
    const [start, end] = isShort ? [0, places.length] : [first, Math.min(first + SHOWN_PLACES, places.length)];
    const drawn: Drawn[] = [];

    /** What replaces other bytes of a secret is a part of it, whatever it is. */
    const mask = (place: Place | undefined): Mask =>
      !isMasked ? "none" : place !== undefined && isReplaced(place) ? "all" : "letters";

    /** Bytes, of which the middle is left out if that makes it shorter. */
    const part = (bytes: Uint8Array, most: number, mostLast: number, words: (n: number) => string, place?: number) => {
      const isLong = bytes.length > most + mostLast + FEW_BYTES;
      const begin = isLong ? head(bytes, most) : bytes;
      const last = isLong ? tail(bytes, mostLast) : new Uint8Array();
      const left = bytes.length - begin.length - last.length;
      const draw = (bytes: Uint8Array) =>
        place === undefined ? plain(bytes, isMasked) : marked(bytes, mask(places[place]), place === current);
      drawn.push(...draw(begin));
      if (left > 0) {
        drawn.push(gap(words(left)));
      }
      drawn.push(...draw(last));
    };
    const equal = (from: number, to: number, before: number, after: number) =>
      part(bytes.subarray(from, to), ...((isShort ? [Infinity, 0] : [before, after]) as [number, number]), (n) =>
        say("differenceEqual", { n }),
      );

    const context = isWhole ? CONTEXT_BYTES : FIRST_BYTES;
    const previous = places[start - 1];
    let at = previous === undefined ? 0 : this.#to(previous);
    let before = 0;
    if (previous !== undefined) {
      drawn.push(gap(say("differenceBefore", { n: start })), " ");
    }
    for (const [index, place] of places.slice(start, end).entries()) {
      const [from, to] = [this.#from(place), this.#to(place)];
      equal(at, from, before, context);
      if (from === to) {
        drawn.push(hole(start + index === current));
      } else {
        part(
          bytes.subarray(from, to),
          isWhole ? PLACE_BYTES : FIRST_BYTES,
          isWhole ? FIRST_BYTES : 0,
          (n) => say("differenceMoreBytes", { n }),
          start + index,
        );
      }
      [at, before] = [to, context];
    }
    const next = places[end];
    equal(at, next === undefined ? bytes.length : this.#from(next), before, 0);
    if (next !== undefined) {
      drawn.push(" ", gap(say("differenceLater", { n: places.length - end })));
    }
    return drawn;
  }

  /** Rows of hexadecimal digits around some differences. */
  #hex(first: number, current: number | undefined): Drawn[] {
    const { say, difference } = this.options;
    const bytes = this.#bytes;
    const most = difference.isWhole ? PLACE_BYTES / 4 : FIRST_BYTES;
    const shown = difference.places.slice(first, first + SHOWN_PLACES);
    // A row may begin or end with differences that are not asked for.
    const start = Math.max(0, first - ROW_BYTES);
    const marks = difference.places
      .slice(start, first + SHOWN_PLACES + 2 * ROW_BYTES)
      .map((place, index) => ({ from: this.#from(place), to: this.#to(place), isCurrent: start + index === current }));
    const drawn: Drawn[] = [];
    let at = 0;
    const skip = (to: number) => {
      if (to > at) {
        drawn.push(gap(say("differenceMoreBytes", { n: to - at })), "\n");
        at = to;
      }
    };
    for (const place of shown) {
      const from = Math.max(0, this.#from(place) - ROW_BYTES);
      const to = Math.min(this.#to(place), this.#from(place) + most) + ROW_BYTES;
      skip(from - (from % ROW_BYTES));
      // A text without any byte has one row, in which they are missing.
      while (at < Math.min(to, bytes.length) || drawn.length === 0) {
        const end = Math.min(at + ROW_BYTES, bytes.length);
        drawn.push(...hexRow(bytes, at, end, marks));
        at = Math.max(end, at + 1);
      }
    }
    skip(bytes.length);
    return drawn;
  }
}

interface Mark {
  readonly from: number;
  readonly to: number;
  readonly isCurrent: boolean;
}

/** The offset, the bytes as digits and as characters of ASCII. */
function hexRow(bytes: Uint8Array, from: number, to: number, marks: readonly Mark[]): Drawn[] {
  const width = Math.max(4, bytes.length.toString(16).length);
  const runs: { from: number; to: number; mark: Mark | undefined }[] = [];
  let at = from;
  for (const mark of marks) {
    const isHole = mark.from === mark.to;
    const isIn = isHole
      ? mark.from >= from && (mark.from < to || mark.from === bytes.length)
      : mark.to > from && mark.from < to;
    if (isIn) {
      const start = Math.max(mark.from, from);
      runs.push({ from: at, to: start, mark: undefined }, { from: start, to: Math.min(mark.to, to), mark });
      at = Math.min(Math.max(mark.to, from), to);
    }
  }
  runs.push({ from: at, to, mark: undefined });
  const column = (write: (byte: number) => string, between: string): Drawn[] => {
    const drawn: Drawn[] = [];
    for (const { from: start, to: end, mark } of runs) {
      if (start === end) {
        if (mark !== undefined) {
          drawn.push(hole(mark.isCurrent));
        }
        continue;
      }
      const text = Array.from(bytes.subarray(start, end), write).join(between);
      drawn.push(mark === undefined ? text : el("mark", { class: mark.isCurrent && "current" }, text));
      drawn.push(between);
    }
    return drawn;
  };
  return [
    el("span", { class: "gap" }, from.toString(16).padStart(width, "0")),
    "  ",
    ...column((byte) => byte.toString(16).padStart(2, "0"), " "),
    `${"   ".repeat(ROW_BYTES - (to - from))} `,
    ...column((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "."), ""),
    "\n",
  ];
}

/** Says what is left out. */
const gap = (text: string): HTMLElement => el("span", { class: "gap" }, `… ${text} …`);

/** Where bytes are missing. */
const hole = (isCurrent = false): HTMLElement => el("span", { class: isCurrent ? "hole current" : "hole" });

/** Bytes that are the same in both texts: line breaks and tabs are drawn as what they do. */
function plain(bytes: Uint8Array, isMasked: boolean): Drawn[] {
  if (isMasked) {
    return ["•".repeat(bytes.length)];
  }
  const acts: Readonly<Record<string, string>> = { LF: "\n", TAB: "\t", CR: "" };
  return glyphs(bytes).map(({ text, isName }) =>
    isName ? (acts[text] ?? el("span", { class: "named" }, text)) : text,
  );
}

/** What of bytes that differ is not drawn. */
type Mask = "none" | "letters" | "all";

/** Bytes that differ: a line break is a sign and what it does. */
function marked(bytes: Uint8Array, mask: Mask, isCurrent: boolean): Drawn[] {
  const all = [{ text: "•".repeat(bytes.length), isName: false }];
  const shown = { none: glyphs, letters: signs, all: () => all }[mask](bytes);
  const drawn: Drawn[] = [];
  let mark: HTMLElement | undefined;
  for (const { text, isName } of shown) {
    if (mark === undefined) {
      mark = el("mark", { class: isCurrent && "current" });
      drawn.push(mark);
    }
    const sign = isName ? SIGNS[text] : text.replaceAll(" ", "·");
    mark.append(sign ?? el("span", { class: "named" }, text));
    if (text === "LF" && isName) {
      drawn.push("\n");
      mark = undefined;
    }
  }
  return drawn;
}

/** Few fonts have a sign for CR. */
const SIGNS: Readonly<Record<string, string>> = { LF: "↵", TAB: "⇥" };
