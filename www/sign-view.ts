/** Sign: makes the token of payload and secret, and can send both to the local receiver. */

import { sign } from "mia-webhooks";
import { copyButton } from "./copy-button.js";
import { el, fill } from "./dom.js";
import type { Inputs } from "./inputs.js";
import { type Receiver, receiverPanel } from "./receiver-panel.js";
import type { Language, Say } from "./texts.js";
import { problemOf } from "./verdict-card.js";

export class SignView {
  readonly element: HTMLElement;
  readonly #answer = el("div", { class: "card" });
  readonly #status = el("p", { role: "status", class: "hidden" });
  readonly #panel: HTMLElement | undefined;
  #token = "";

  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly headerName: string,
    private readonly onVerify: ((token: string) => void) | undefined,
    receiver: Receiver | undefined,
  ) {
    this.#panel =
      receiver &&
      receiverPanel(receiver, say, language, () => ({
        payload: inputs.payload.payload,
        headerName,
        token: this.#token,
      }));
    this.element = el(
      "div",
      { class: "columns" },
      el("div", { class: "inputs" }, inputs.slot()),
      el("section", { class: "evidence", "aria-label": say("signedToken") }, this.#status, this.#answer, this.#panel),
    );
  }

  get token(): string {
    return this.#token;
  }

  check(): void {
    const { say, inputs } = this;
    const payload = inputs.payload.payload;
    const [secret = ""] = inputs.secrets.texts;
    this.#token = "";
    if (payload instanceof Blob) {
      return this.#draw("plain", say("incomplete"), say("onlyVerified"));
    }
    if (payload === undefined || secret === "") {
      const what = secret === "" ? say("secret") : say("payload");
      return this.#draw("plain", say("incomplete"), say("missing", { what }));
    }
    try {
      this.#token = sign(payload, secret);
    } catch (error) {
      const [what, todo] = problemOf(error, this.language);
      return this.#draw("bad", say("refused"), what, el("p", {}, todo));
    }
    this.#draw(
      "plain",
      say("signedToken"),
      say("signHint", { header: this.headerName }),
      el("p", { class: "token", "data-token": true }, this.#token),
      el(
        "div",
        { class: "row" },
        copyButton(say, () => this.#token),
        this.onVerify &&
          el("button", { type: "button", class: "quiet", click: () => this.onVerify?.(this.#token) }, say("useToken")),
      ),
    );
  }

  #draw(tone: string, title: string, line: string, ...details: HTMLElement[]): void {
    this.#answer.dataset["tone"] = tone;
    this.#status.textContent = `${title}. ${line}`;
    fill(this.#answer, el("h2", {}, title), el("p", { class: "lead" }, line), ...details);
  }
}
