/** Verify: is this delivery genuine, and if not, why? */

import { startDiagnosis } from "mia-webhooks/diagnose";
import { copyButton } from "./copy-button.js";
import { el, fill, newId } from "./dom.js";
import type { Inputs } from "./inputs.js";
import { type Verdict, judge } from "./judge.js";
import { seam } from "./seam.js";
import type { Language, Say } from "./texts.js";
import { TrueText } from "./true-text.js";
import { type Card, cardOf, sentences } from "./verdict-card.js";

export class VerifyView {
  readonly element: HTMLElement;
  readonly #token: TokenInput;
  readonly #own: TokenInput;
  readonly #ownAnswer = el("div", { class: "own" });
  readonly #card: HTMLElement;
  readonly #seam = el("div", { class: "seam-place" });
  readonly #status: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #cancel: HTMLButtonElement;
  readonly #report: HTMLElement;
  #work = new AbortController();
  #shown: Card | undefined;

  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly onVerdict: (code: string) => void,
  ) {
    this.#token = new TokenInput(say("token"), say("tokenHint"), () => this.check());
    this.#own = new TokenInput(say("ownDigest"), say("ownDigestHint"), () => this.check());
    this.#status = el("p", { role: "status", class: "hidden" });
    this.#bar = el("progress", { max: "1", hidden: true, "aria-label": say("checking") });
    this.#cancel = el("button", { type: "button", hidden: true, click: () => this.#stop() }, say("cancel"));
    this.#card = el("div", { class: "card" });
    this.#report = el(
      "p",
      { class: "report", hidden: true },
      copyButton(say, () => this.#reportText(), "copyReport"),
      el("small", {}, say("reportHint")),
    );
    this.element = el(
      "div",
      { class: "columns" },
      el("div", { class: "inputs" }, this.inputs.slot(), this.#token.element, el("details", {}, el("summary", {}, say("ownDigest")), this.#own.element)),
      el(
        "section",
        { class: "evidence", "aria-label": say("verdict") },
        this.#status,
        this.#card,
        el("div", { class: "row" }, this.#bar, this.#cancel),
        this.#ownAnswer,
        this.#seam,
        this.#report,
      ),
    );
  }

  get token(): string {
    return this.#token.text;
  }

  set token(token: string) {
    this.#token.set(token);
  }

  /** Begins anew with what is entered now. */
  check(): void {
    this.#work.abort();
    this.#work = new AbortController();
    void this.#judge(this.#work.signal);
  }

  async #judge(signal: AbortSignal): Promise<void> {
    const { say, inputs } = this;
    const payload = inputs.payload.payload;
    const secrets = inputs.secrets.bytes;
    this.#progress(undefined);
    this.#drawSeam();
    const missing = [
      ...(payload === undefined || inputs.payload.isEmpty ? [say("payload")] : []),
      ...(inputs.secrets.isEmpty ? [say("secret")] : []),
      ...(this.token === "" ? [say("token")] : []),
    ];
    fill(this.#ownAnswer);
    if (missing.length === 3) {
      return this.#draw({ tone: "plain", code: "empty", title: say("empty"), line: say("emptyLine"), details: [] });
    }
    // An empty payload has a token too; only a missing secret or token cannot be judged.
    if (payload === undefined || inputs.secrets.isEmpty || this.token === "") {
      const line = say("missing", { what: missing.join(", ") });
      return this.#draw({ tone: "plain", code: "incomplete", title: say("incomplete"), line, details: [] });
    }
    if (payload instanceof Blob) {
      this.#draw({ tone: "plain", code: "checking", title: say("checking"), line: "", details: [] });
    }
    const verdict = await judge({ payload, token: this.token, secrets }, signal, (share) => {
      if (!signal.aborted && payload instanceof Blob) {
        this.#progress(share);
      }
    });
    if (verdict !== undefined && !signal.aborted) {
      this.#progress(undefined);
      this.#draw(cardOf(verdict, secrets.length, say, this.language, Date.now()));
      this.#judgeOwn(payload, secrets, verdict);
    }
  }

  /** The same question about the digest that a receiver's own code computed. */
  #judgeOwn(payload: Uint8Array | Blob, secrets: readonly Uint8Array[], verdict: Verdict): void {
    const [secret, ...otherSecrets] = secrets;
    if (this.#own.text === "" || payload instanceof Blob || secret === undefined || verdict.state === "refused") {
      return;
    }
    const question = { payload, token: this.#own.text, secret, otherSecrets } as Parameters<typeof startDiagnosis>[0];
    const search = startDiagnosis(question);
    const diagnosis = search.goOn({ bytes: 40_000_000 });
    search.cancel();
    const { say } = this;
    const lines = diagnosis?.isValid
      ? [say("ownRight")]
      : diagnosis?.isProved
        ? [say("ownProved"), ...diagnosis.deviations.flatMap((finding) => sentences(finding, this.language))]
        : [say("ownNotFound")];
    fill(this.#ownAnswer, el("h3", {}, say("ownDigest")), el("p", {}, lines.join(" ")));
  }

  #stop(): void {
    this.#work.abort();
    this.#progress(undefined);
    this.#draw({ tone: "plain", code: "cancelled", title: this.say("cancelled"), line: "", details: [] });
  }

  #progress(share: number | undefined): void {
    this.#bar.hidden = share === undefined;
    this.#cancel.hidden = share === undefined;
    this.#bar.value = share ?? 0;
  }

  #draw(card: Card): void {
    const { tone, code, title, line, details } = card;
    this.#card.dataset["tone"] = tone;
    this.#card.dataset["code"] = code;
    fill(this.#card, el("h2", {}, title), line !== "" && el("p", { class: "lead" }, line), ...details);
    const isVerdict = !["empty", "incomplete", "checking", "cancelled"].includes(code);
    this.#report.hidden = !isVerdict;
    // Once for each verdict: what is typed on the way to it changes nothing.
    const said = `${title}. ${card.said ?? line}`;
    if (this.#status.textContent !== said) {
      this.#status.textContent = said;
    }
    if (isVerdict && this.#shown?.code !== code) {
      this.onVerdict(code);
    }
    this.#shown = card;
  }

  #drawSeam(): void {
    const payload = this.inputs.payload.payload;
    const [secret] = this.inputs.secrets.bytes;
    const isThere = payload instanceof Uint8Array && secret !== undefined && payload.length + secret.length > 0;
    fill(this.#seam, isThere && seam(payload, secret, this.inputs.secrets.isShown, this.say));
  }

  /** Codes and lengths: what may be shown to anybody. */
  #reportText(): string {
    const { payload, secrets } = this.inputs;
    const bytes = payload.payload;
    return [
      `mia-webhooks: ${this.#shown?.code}`,
      ...[...this.#card.querySelectorAll(".code")].map(({ textContent }) => `- ${textContent}`),
      `payload: ${bytes instanceof Blob ? bytes.size : bytes?.length} bytes`,
      `secrets: ${secrets.bytes.map(({ length }) => `${length} bytes`).join(", ")}`,
      `token: ${this.token.length} characters`,
    ].join("\n");
  }
}

/** A field of one line whose text is kept as it was pasted. */
class TokenInput {
  readonly element: HTMLElement;
  readonly #text = new TrueText("one-line");
  readonly #input: HTMLInputElement;
  readonly #onChange: () => void;

  constructor(label: string, hint: string, onChange: () => void) {
    this.#onChange = onChange;
    const id = newId("token");
    this.#input = el("input", {
      id,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      class: "mono",
      input: () => {
        this.#text.type(this.#input.value);
        onChange();
      },
      paste: (event) => {
        const text = (event as ClipboardEvent).clipboardData?.getData("text/plain") ?? "";
        if (text !== "") {
          event.preventDefault();
          const { selectionStart, selectionEnd, value } = this.#input;
          const caret = this.#text.insert(text, selectionStart ?? value.length, selectionEnd ?? value.length);
          this.#input.value = this.#text.view;
          this.#input.setSelectionRange(caret, caret);
          onChange();
        }
      },
    });
    this.element = el(
      "div",
      { class: "field" },
      el("div", { class: "caption" }, el("label", { for: id }, label), el("small", {}, hint)),
      this.#input,
    );
  }

  get text(): string {
    return this.#text.text;
  }

  set(text: string): void {
    this.#text.set(text);
    this.#input.value = this.#text.view;
    this.#onChange();
  }
}
