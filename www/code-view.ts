/** Code: programs that send or receive with the values that were entered. */

import { sign } from "mia-webhooks";
import { copyButton } from "./copy-button.js";
import { el, fill, newId } from "./dom.js";
import type { Inputs } from "./inputs.js";
import { SNIPPETS } from "../pkg/src/request/snippets.js";
import type { Language, Say } from "./texts.js";
import { problemOf } from "./verdict-card.js";

export class CodeView {
  readonly element: HTMLElement;
  readonly #language: HTMLSelectElement;
  readonly #url: HTMLInputElement;
  readonly #withSecret: HTMLInputElement;
  readonly #program = el("div");

  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly headerName: string,
    url: string,
  ) {
    const [languageId, urlId] = [newId("language"), newId("url")];
    const check = (): void => this.check();
    this.#language = el(
      "select",
      { id: languageId, change: check },
      ...SNIPPETS.map(({ id, label }) => el("option", { value: id }, label)),
    );
    this.#url = el("input", { id: urlId, class: "mono", spellcheck: "false", autocomplete: "off", input: check });
    this.#url.value = url;
    this.#withSecret = el("input", { type: "checkbox", change: check });
    this.element = el(
      "div",
      { class: "columns" },
      el("div", { class: "inputs" }, inputs.slot()),
      el(
        "section",
        { class: "evidence", "aria-label": say("code") },
        el("div", { class: "caption" }, el("label", { for: languageId }, say("language")), this.#language),
        el("div", { class: "field" }, el("label", { for: urlId }, say("url")), this.#url),
        el("label", { class: "check" }, this.#withSecret, " ", say("writeSecret")),
        this.#program,
      ),
    );
  }

  check(): void {
    const { say, inputs } = this;
    const snippet = SNIPPETS.find(({ id }) => id === this.#language.value);
    const payload = inputs.payload.payload;
    const [secret = ""] = inputs.secrets.texts;
    if (payload instanceof Blob) {
      return fill(this.#program, el("p", { class: "ledger" }, say("onlyVerified")));
    }
    if (snippet === undefined || payload === undefined || secret === "") {
      const what = secret === "" ? say("secret") : say("payload");
      return fill(this.#program, el("p", { class: "ledger" }, say("missing", { what })));
    }
    let text: string;
    try {
      text = snippet.write({
        url: this.#url.value,
        headerName: this.headerName,
        payload,
        token: sign(payload, secret),
        ...(this.#withSecret.checked && { secret }),
      });
    } catch (error) {
      // A malformed address, or a secret that cannot be used.
      return fill(this.#program, el("p", { class: "ledger" }, problemOf(error, this.language).join(" ")));
    }
    fill(
      this.#program,
      el("p", { class: "ledger" }, say(snippet.kind === "send" ? "codeSend" : "codeReceive")),
      el("pre", { tabindex: "0" }, el("code", {}, text)),
      copyButton(say, () => text),
    );
  }
}
