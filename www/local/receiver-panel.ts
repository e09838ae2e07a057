/** Sends to the receiver that `cargo xtask start` runs, and shows what it did and what reached its origin. */

import { el, fill, newId } from "../dom.js";
import type { Language, Say, TextKey } from "../texts/texts.js";
import type { Logged } from "./outcome.js";
import { type Scenario, type Sent, sampleAt, scenario } from "./scenarios.js";
import { type Headings, Timeline, clock, cut } from "./timeline.js";

/** The receiver, as the page reaches it: through the page's own server. */
export interface Receiver {
  /** Takes what is to be sent, and says what it answered and logged. */
  readonly url: string;
  /** Where to read what reached the origin. */
  readonly originUrl: string;
  /** Its secret, which everybody knows. */
  readonly secret: string;
}

/** What the panel needs of the views around it. */
export interface ReceiverPanelOptions {
  /** What is in the field; `undefined` if it is not bytes. */
  readonly payload: () => Uint8Array<ArrayBuffer> | Blob | undefined;
  /** The header that carries the token. */
  readonly headerName: string;
  /** Shows why a token was refused: what was sent, and the secret of the receiver. */
  readonly onExplain?:
    | ((refused: {
        readonly payload: Uint8Array<ArrayBuffer>;
        readonly token: string;
        readonly secret: string;
      }) => void)
    | undefined;
}

const WRONG: readonly (readonly [Scenario, TextKey])[] = [
  ["wrongToken", "localWrongToken"],
  ["noToken", "localNoToken"],
  ["changed", "localChanged"],
  ["reformatted", "localReformatted"],
  ["lineBreak", "localLineBreak"],
  ["old", "localOld"],
];

/** How often the page asks what others have sent, in milliseconds. */
const POLL_MS = 2000;

/** What the page's server hands on. */
interface Answered {
  readonly status: number;
  readonly headers: Headings;
  readonly body: string;
  readonly result?: Logged;
}

interface LogEntry {
  readonly number: number;
  readonly delivery?: string;
  readonly at: number;
  readonly method: string;
  readonly result: Logged;
}

interface Arrival {
  readonly number: number;
  readonly at: string;
  readonly eventName: string;
  readonly payload: string;
}

/** Numbers begin again when the receiver is started again. */
const keyOf = (entry: LogEntry | undefined): string => `${entry?.number} at ${entry?.at}`;

/** The panel: buttons, what reached the origin, and the timeline. */
export function receiverPanel(
  receiver: Receiver,
  { payload, headerName, onExplain }: ReceiverPanelOptions,
  say: Say,
  language: Language,
): HTMLElement {
  const { secret } = receiver;
  const timeline = new Timeline(
    say,
    language,
    onExplain && (({ payload, token = "" }) => onExplain({ payload, token, secret })),
  );
  const problem = el("p", { role: "status", class: "problem" });
  const count = el("summary", {}, say("localDelivered", { n: 0 }));
  const arrivals = el("ol", { class: "arrived" });
  const again = button("localAgain", () => genuine && send("localAgain", genuine));
  again.disabled = true;
  /** The last genuine request. */
  let genuine: Sent | undefined;
  /** The requests that are in the timeline. */
  const known = new Set<string>();
  /** The newest that was logged. */
  let newest: string | undefined;

  function button(label: TextKey, press: () => unknown): HTMLButtonElement {
    return el("button", { type: "button", click: () => void press() }, say(label));
  }

  async function tryOut(name: Scenario, label: TextKey): Promise<void> {
    const now = Date.now();
    const entered = payload();
    const bytes = new Uint8Array(await new Blob(entered && [entered]).arrayBuffer());
    const sent = scenario(name, bytes.length === 0 ? sampleAt(now) : bytes, secret, now);
    if (name === "genuine") {
      genuine = sent;
      again.disabled = false;
    }
    await send(label, sent);
  }

  async function send(label: TextKey, sent: Sent): Promise<void> {
    const delivery = crypto.randomUUID();
    known.add(delivery);
    const at = Date.now();
    const headers: Headings = [
      ["Content-Type", "application/json"],
      ...(sent.token === undefined ? [] : [[headerName, sent.token] as const]),
    ];
    const answered = await ask<Answered>(receiver.url, {
      method: "POST",
      headers: Object.fromEntries([...headers, ["X-Local-Delivery", delivery]]),
      body: sent.payload,
    });
    if (answered !== undefined) {
      const { status, headers: answerHeaders, body, result } = answered;
      const exchange = { sent, headers, answerHeaders, answer: body };
      timeline.add({ at, name: say(label), status, logged: result, exchange }, true);
      await showArrivals();
    }
  }

  /** What a local server says in JSON; `undefined`, and it is said, if it does not answer. */
  async function ask<Value>(url: string, init?: RequestInit): Promise<Value | undefined> {
    try {
      const response = await fetch(url, init);
      if (response.ok) {
        const value = (await response.json()) as Value;
        problem.textContent = "";
        return value;
      }
    } catch {
      // It is said below.
    }
    problem.textContent = say("localUnreachable");
    return undefined;
  }

  async function showArrivals(): Promise<void> {
    const arrived = await ask<Arrival[]>(receiver.originUrl);
    const n = arrived?.[0]?.number ?? 0;
    if (arrived !== undefined && count.textContent !== say("localDelivered", { n })) {
      fill(count, say("localDelivered", { n }));
      fill(
        arrivals,
        ...arrived.map(({ at, eventName, payload }) =>
          el(
            "li",
            {},
            el(
              "details",
              {},
              el("summary", {}, clock(Date.parse(at), language), " ", el("code", {}, eventName)),
              el("pre", {}, cut(payload)),
            ),
          ),
        ),
      );
    }
  }

  /** Shows what others have sent: a curl in a terminal, or the Console itself. */
  async function look(isFirst: boolean): Promise<void> {
    const isSeen = isFirst || (panel.checkVisibility() && !document.hidden);
    const logged = isSeen ? await ask<LogEntry[]>(receiver.url) : undefined;
    if (logged !== undefined && keyOf(logged[0]) !== newest) {
      newest = keyOf(logged[0]);
      // The oldest first, so that the newest is announced last.
      for (const entry of logged.reverse()) {
        const { delivery, at, method, result } = entry;
        const key = delivery ?? keyOf(entry);
        if (!known.has(key)) {
          known.add(key);
          const name = delivery === undefined ? say("localOutside", { method }) : say("localOtherVisit");
          timeline.add({ at, name, status: result.status, logged: result }, !isFirst);
        }
      }
      await showArrivals();
    }
    // Another tester may have taken the place of this one.
    if (isFirst || panel.isConnected) {
      setTimeout(() => void look(false), POLL_MS);
    }
  }

  const group = (label: TextKey, ...buttons: HTMLElement[]): HTMLElement => {
    const id = newId("sends");
    return el(
      "div",
      { role: "group", class: "sends", "aria-labelledby": id },
      el("h3", { id }, say(label)),
      el("div", { class: "row" }, ...buttons),
    );
  };
  const panel = el(
    "div",
    { class: "card receiver" },
    el("h2", {}, say("localTitle")),
    el("p", { class: "ledger" }, say("localHint")),
    group(
      "localGood",
      button("localGenuine", () => tryOut("genuine", "localGenuine")),
      again,
    ),
    group("localWrong", ...WRONG.map(([name, label]) => button(label, () => tryOut(name, label)))),
    problem,
    el("details", { class: "delivered" }, count, arrivals),
    timeline.element,
  );
  void look(true);
  return panel;
}
