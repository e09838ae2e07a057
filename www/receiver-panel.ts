/** Sends to the receiver that `cargo xtask start` runs, and shows what reached its origin. */

import { el, fill } from "./dom.js";
import type { Language, Say } from "./texts.js";

export interface Receiver {
  readonly url: string;
  /** Where to read what reached the origin. */
  readonly originUrl: string;
}

interface Delivery {
  readonly payload: Uint8Array<ArrayBuffer> | Blob | undefined;
  readonly headerName: string;
  readonly token: string;
}

export function receiverPanel(receiver: Receiver, say: Say, language: Language, delivery: () => Delivery): HTMLElement {
  const answer = el("p", { role: "status", class: "answer" });
  const events = el("ol", { class: "arrived" });

  async function send(): Promise<void> {
    const { payload, headerName, token } = delivery();
    answer.textContent = say("sending");
    try {
      const response = await fetch(receiver.url, {
        method: "POST",
        headers: { "content-type": "application/json", [headerName]: token },
        body: payload ?? "",
      });
      answer.textContent = say("answered", { status: String(response.status) });
    } catch {
      answer.textContent = say("unreachable");
    }
    await list();
  }

  async function list(): Promise<void> {
    const response = await fetch(receiver.originUrl).catch(() => undefined);
    const arrived = response?.ok ? ((await response.json()) as { at: string; payload: string }[]) : [];
    fill(
      events,
      ...arrived.map(({ at, payload }) =>
        el("li", {}, el("time", {}, new Date(at).toLocaleTimeString(language)), " ", payload),
      ),
      arrived.length === 0 && el("li", {}, say("arrivedNothing")),
    );
  }

  void list();
  return el(
    "div",
    { class: "panel" },
    el(
      "div",
      { class: "row" },
      el("button", { type: "button", class: "primary", click: () => void send() }, say("send")),
      answer,
    ),
    el("h3", {}, say("arrived")),
    events,
  );
}
