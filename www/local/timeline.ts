/** What the receiver did, the newest first: one entry for each request, whoever sent it. */

import { el, newId } from "../dom.js";
import { localeOf } from "../texts/locale.js";
import type { Language, Say } from "../texts/texts.js";
import { type Logged, outcomeOf } from "./outcome.js";
import type { Sent } from "./scenarios.js";

/** How many entries are kept. */
export const MAX_ENTRIES = 20;

/** How much of a body is shown, in characters. */
const SHOWN = 4096;

/** Names and values of headers. */
export type Headings = readonly (readonly [name: string, value: string])[];

/** What is known of one request. */
export interface Entry {
  /** When it was sent, in milliseconds. */
  readonly at: number;
  /** What was to be tried, in words. */
  readonly name: string;
  readonly status: number;
  readonly logged: Logged | undefined;
  /** What the page itself sent, and got: not there for requests of others. */
  readonly exchange?: {
    readonly sent: Sent;
    readonly headers: Headings;
    readonly answerHeaders: Headings;
    readonly answer: string;
  };
}

export class Timeline {
  readonly element: HTMLElement;
  readonly #status = el("p", { role: "status", class: "hidden" });
  readonly #list = el("ol", { class: "timeline" });
  readonly #nothing: HTMLElement;
  #entries: { readonly at: number; readonly item: HTMLElement }[] = [];

  /** @param onExplain - Explains why a token was refused; without it, no entry offers that. */
  constructor(
    private readonly say: Say,
    private readonly language: Language,
    private readonly onExplain: ((sent: Sent) => void) | undefined,
  ) {
    const id = newId("timeline");
    this.#nothing = el("p", { class: "ledger" }, say("localNothing"));
    this.#list.setAttribute("aria-labelledby", id);
    this.element = el(
      "div",
      { class: "happened" },
      el("h3", { id }, say("localTimeline")),
      this.#status,
      this.#nothing,
      this.#list,
    );
  }

  /** Puts an entry at its time. */
  add(entry: Entry, isAnnounced: boolean): void {
    const { what, todo, tone } = outcomeOf(entry.status, entry.logged, this.say, this.language);
    const item = this.#item(entry, what, todo);
    item.dataset["tone"] = tone;
    const place = this.#entries.findIndex(({ at }) => at <= entry.at);
    const next = this.#entries[place];
    // Only the new one is put in: what is open or has the focus stays as it is.
    this.#list.insertBefore(item, next?.item ?? null);
    this.#entries.splice(next === undefined ? this.#entries.length : place, 0, { at: entry.at, item });
    this.#entries.splice(MAX_ENTRIES).forEach(({ item }) => item.remove());
    this.#nothing.hidden = true;
    if (isAnnounced) {
      this.#status.textContent = `${entry.name}: ${entry.status}. ${what}`;
    }
  }

  #item(entry: Entry, what: string, todo: string): HTMLElement {
    const { at, name, status, logged, exchange } = entry;
    const { say, onExplain } = this;
    const id = newId("entry");
    const sent = exchange?.sent;
    const canExplain = onExplain && sent?.token !== undefined && logged?.code.startsWith("token_");
    return el(
      "li",
      {},
      el(
        "div",
        { class: "caption", id },
        el("span", { class: "status" }, String(status)),
        " ",
        el("strong", {}, name),
        " ",
        ...[logged?.code, logged?.eventName].flatMap((word) => (word === undefined ? [] : [el("code", {}, word), " "])),
        clock(at, this.language),
      ),
      el(
        "p",
        {},
        what,
        " ",
        canExplain &&
          el(
            "button",
            { type: "button", class: "quiet", "aria-describedby": id, click: () => onExplain(sent) },
            say("localWhy"),
          ),
      ),
      todo !== "" && el("p", { class: "ledger" }, todo),
      this.#details(entry),
    );
  }

  #details({ status, logged, exchange }: Entry): HTMLElement {
    const { say } = this;
    return el(
      "details",
      {},
      el("summary", {}, say(exchange === undefined ? "localLogOnly" : "localDetails")),
      ...(exchange === undefined
        ? []
        : [
            ...part(
              say("localRequest"),
              "",
              message("POST", exchange.headers, cut(new TextDecoder().decode(exchange.sent.payload))),
            ),
            ...part(
              say("localAnswer"),
              say("localAnswerHint"),
              message(String(status), exchange.answerHeaders, cut(exchange.answer)),
            ),
          ]),
      ...part(say("localLog"), say("localLogHint"), JSON.stringify(logged, null, 2) ?? "—"),
    );
  }
}

/** A time of day, to the second. */
export function clock(at: number, language: Language): HTMLElement {
  const time = new Date(at);
  const shown = time.toLocaleTimeString(localeOf(language), { timeStyle: "medium", hourCycle: "h23" });
  return el("time", { datetime: time.toISOString() }, shown);
}

const part = (title: string, hint: string, text: string): HTMLElement[] => [
  el("h4", {}, title, " ", el("small", {}, hint)),
  el("pre", {}, text),
];

const message = (first: string, headers: Headings, body: string): string =>
  [first, ...headers.map(([name, value]) => `${name}: ${value}`), "", body].join("\n").trimEnd();

/** The beginning of a body. */
export const cut = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)} …` : text);
