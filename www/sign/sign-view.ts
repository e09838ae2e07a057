/** Sign: makes the token of payload and secret, and the command that sends both. */

import { TOKEN_HEADERS, sign } from "mia-webhooks";
import { SENDERS, fullAddress } from "../../pkg/src/request/snippets/send.js";
import type { Announcer } from "../announcer.js";
import { copyButton } from "../copy-button.js";
import { el, fill, newId } from "../dom.js";
import type { Inputs } from "../fields/inputs.js";
import { type Receiver, type ReceiverPanelOptions, receiverPanel } from "../local/receiver-panel.js";
import { listOf } from "../texts/locale.js";
import type { Language, Say } from "../texts/texts.js";
import { problemOf } from "../verify/words.js";

/** As newer Consoles name it first. */
const HEADERS = [...TOKEN_HEADERS].reverse();

export class SignView {
  readonly element: HTMLElement;
  readonly #status = el("p", { class: "card" });
  readonly #signed: HTMLElement;
  readonly #shownToken = el("p", { class: "token", "data-token": true });
  readonly #headers: readonly HTMLInputElement[];
  readonly #url: HTMLInputElement;
  readonly #urlWrong: HTMLElement;
  readonly #command: HTMLElement;
  readonly #curl = el("code");
  #token = "";

  /** `url`: the address to which the command sends, at first. */
  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly announcer: Announcer,
    headerName: string,
    onVerify: ((token: string) => void) | undefined,
    receiver: Receiver | undefined,
    onExplain: ReceiverPanelOptions["onExplain"],
    url = "https://example.org/webhook",
  ) {
    const draw = (): void => this.#drawCurl();
    const id = newId("sign");
    this.#headers = HEADERS.map((value) => el("input", { type: "radio", name: id, value, change: draw }));
    this.#headers.forEach((radio) => (radio.checked = radio.value === headerName));
    this.#urlWrong = el("p", { id: `${id}-wrong`, class: "wrong", hidden: true }, say("addressWrong"));
    this.#url = el("input", {
      id,
      type: "url",
      class: "mono",
      spellcheck: "false",
      autocomplete: "off",
      "aria-describedby": `${id}-wrong`,
      input: draw,
      change: () => this.#drawCurl(true),
    });
    this.#url.value = url;
    this.#command = el(
      "div",
      { class: "command" },
      el("pre", { tabindex: "0" }, this.#curl),
      copyButton(say, () => this.#curl.textContent, "signCopyCurl"),
    );
    this.#command.querySelector("button")?.setAttribute("class", "primary");
    this.#signed = el(
      "div",
      { class: "fields" },
      el(
        "div",
        { class: "card" },
        el("h2", {}, say("signedToken")),
        this.#shownToken,
        el(
          "div",
          { class: "row" },
          copyButton(say, () => this.#token, "signCopyToken"),
          onVerify &&
            el("button", { type: "button", class: "quiet", click: () => onVerify(this.#token) }, say("useToken")),
        ),
      ),
      el(
        "div",
        { class: "card" },
        el("h2", {}, say("signCurl")),
        el(
          "fieldset",
          { class: "row" },
          el("legend", { class: "label" }, say("signHeader")),
          el(
            "div",
            { class: "segments" },
            ...this.#headers.map((radio) => el("label", {}, radio, el("span", { class: "mono" }, radio.value))),
          ),
        ),
        el("div", {}, el("label", { for: id }, say("signUrl")), this.#url, this.#urlWrong),
        this.#command,
      ),
    );
    this.element = el(
      "div",
      { class: "columns sign" },
      el("div", { class: "inputs" }, inputs.slot()),
      el(
        "section",
        { class: "evidence", "aria-label": say("signedToken") },
        this.#status,
        this.#signed,
        receiver &&
          receiverPanel(receiver, { payload: () => inputs.payload.payload, headerName, onExplain }, say, language),
      ),
    );
  }

  get token(): string {
    return this.#token;
  }

  get #headerName(): string {
    return this.#headers.find(({ checked }) => checked)?.value ?? "";
  }

  check(): void {
    const { say, inputs, language } = this;
    const payload = inputs.payload.payload;
    const [secret = ""] = inputs.secrets.texts;
    this.#token = "";
    let line = "";
    let tone = "plain";
    if (payload instanceof Blob) {
      line = say("onlyVerified");
    } else if (payload === undefined || inputs.payload.isEmpty || secret === "") {
      const isThere = payload !== undefined && !inputs.payload.isEmpty;
      const missing = [...(isThere ? [] : [say("signPayload")]), ...(secret === "" ? [say("signSecret")] : [])];
      line = say("signNeeds", { what: listOf(missing, language) });
    } else {
      try {
        this.#token = sign(payload, secret);
      } catch (error) {
        line = problemOf(error, language).join(" ");
        tone = "bad";
      }
    }
    this.#status.textContent = line;
    // Nothing is said before something is entered.
    if (inputs.payload.isEmpty && !inputs.payload.isMalformed && secret === "") {
      this.announcer.forget();
    } else {
      this.announcer.say(line || say("signReady"));
    }
    this.#status.dataset["tone"] = tone;
    this.#status.hidden = line === "";
    this.#signed.hidden = this.#token === "";
    this.#shownToken.textContent = this.#token;
    this.#drawCurl();
  }

  /** `isLeft`: whether the address is entered; before that it is not called wrong. */
  #drawCurl(isLeft = false): void {
    const { payload } = this.inputs.payload;
    const url = this.#url.value;
    const isAddress = fullAddress(url) !== undefined;
    const isWrong = !isAddress && (isLeft || !this.#urlWrong.hidden);
    this.#url.setAttribute("aria-invalid", String(isWrong));
    this.#urlWrong.hidden = !isWrong;
    this.#command.hidden = !isAddress;
    const curl = SENDERS.find(({ id }) => id === "curl");
    if (isAddress && this.#token !== "" && payload instanceof Uint8Array) {
      fill(this.#curl, curl?.write({ url, headerName: this.#headerName, payload, token: this.#token }));
    }
  }
}
