/** Code: receivers to copy, and programs that send what was entered. */

import { sign } from "mia-webhooks";
import { SENDERS, fullAddress } from "../../pkg/src/request/snippets/send.js";
import { copyButton } from "../copy-button.js";
import { el, fill, newId } from "../dom.js";
import type { Inputs } from "../fields/inputs.js";
import type { Language, Say } from "../texts/texts.js";
import { problemOf } from "../verify/words.js";
import { receiverCard } from "./receiver-card.js";
import { segments } from "./segments.js";

export class CodeView {
  readonly element: HTMLElement;
  readonly #receive = el("div");
  readonly #send: HTMLElement;
  #sender = SENDERS[0]!;
  readonly #url: HTMLInputElement;
  readonly #urlProblem: HTMLElement;
  readonly #withSecret = el("input", { type: "checkbox", change: () => this.check() });
  readonly #withSecretLabel: HTMLElement;
  readonly #program = el("div", { class: "program" });

  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly headerName: string,
    url: string,
  ) {
    const [urlId, problemId] = [newId("url"), newId("url-problem")];
    this.#url = el("input", {
      id: urlId,
      class: "mono",
      inputmode: "url",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": problemId,
      input: () => this.check(),
    });
    this.#url.value = url;
    this.#urlProblem = el("p", { id: problemId, class: "problem" });
    this.#withSecretLabel = el("label", { class: "check" }, this.#withSecret, " ", say("codeWithSecret"));
    this.#send = el(
      "div",
      { class: "columns", hidden: true },
      el("div", { class: "inputs" }, inputs.slot()),
      el(
        "section",
        { class: "evidence", "aria-label": say("codeSend") },
        segments(say("codeLanguage"), SENDERS, this.#sender.id, (id) => {
          this.#sender = SENDERS.find((sender) => sender.id === id)!;
          this.check();
        }),
        el("div", { class: "field" }, el("label", { for: urlId }, say("codeAddress")), this.#url, this.#urlProblem),
        this.#withSecretLabel,
        this.#program,
      ),
    );
    const choices = [
      { id: "receive", label: say("codeReceive") },
      { id: "send", label: say("codeSend") },
    ];
    this.element = el(
      "div",
      { class: "code-view" },
      segments(say("codeWhich"), choices, "receive", (id) => {
        this.#receive.hidden = id !== "receive";
        this.#send.hidden = id !== "send";
        this.check();
      }),
      this.#receive,
      this.#send,
    );
  }

  check(): void {
    if (this.#send.hidden) {
      // Another view may have changed the framework since.
      return fill(this.#receive, receiverCard(this.say));
    }
    const { say, inputs } = this;
    const sender = this.#sender;
    const isFinished = sender.id === "curl";
    const payload = inputs.payload.payload;
    const [secret = ""] = inputs.secrets.texts;
    const isWritten = !isFinished && secret !== "" && this.#withSecret.checked;
    this.#withSecretLabel.hidden = isFinished || secret === "";

    const hasAddress = fullAddress(this.#url.value) !== undefined;
    fill(this.#urlProblem, !hasAddress && say("addressWrong"));
    this.#url.setAttribute("aria-invalid", String(!hasAddress));
    if (payload instanceof Blob) {
      return this.#say(say("onlyVerified"));
    }
    if (payload === undefined || payload.length === 0) {
      return this.#say(say("codeNeedsPayload"));
    }
    if (isFinished && secret === "") {
      return this.#say(say("codeNeedsSecret"));
    }
    if (!hasAddress) {
      return fill(this.#program);
    }
    let text: string;
    try {
      text = sender.write({
        url: this.#url.value,
        headerName: this.headerName,
        payload,
        token: isFinished ? sign(payload, secret) : "",
        ...(isWritten && { secret }),
      });
    } catch (error) {
      // A secret that cannot be used.
      return this.#say(problemOf(error, this.language).join(" "));
    }
    const hint = say(isWritten ? "codeHasSecret" : isFinished ? "codeHasToken" : "codeEnvironment");
    fill(
      this.#program,
      el(
        "div",
        { class: "row spread" },
        el("p", { class: "ledger" }, hint),
        copyButton(say, () => text),
      ),
      el("pre", { tabindex: "0", "aria-label": sender.label }, el("code", {}, text)),
    );
  }

  #say(what: string): void {
    fill(this.#program, el("p", { class: "ledger" }, what));
  }
}
