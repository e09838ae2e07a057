/** Verify: is this delivery genuine, and if not, why? */

import { copyButton } from "./copy-button.js";
import { el, fill, newId } from "./dom.js";
import type { Inputs } from "./inputs.js";
import { type Verdict, explain, judge, small } from "./judge.js";
import { KeptInput } from "./kept-input.js";
import { seam } from "./seam.js";
import type { Language, Say } from "./texts.js";
import { type Card, cardOf, ownUnprovedLine, sentences } from "./verdict-card.js";

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
  /** The code of the last verdict that was reported. */
  #reported = "";

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
    this.#card = el("div", { class: "card", tabindex: "-1" });
    this.#report = el(
      "p",
      { class: "report", hidden: true },
      copyButton(say, () => this.#reportText(), "copyReport"),
      el("small", {}, say("reportHint")),
    );
    this.element = el(
      "div",
      { class: "columns" },
      el(
        "div",
        { class: "inputs" },
        this.inputs.slot(),
        this.#token.element,
        el("details", {}, el("summary", {}, say("ownDigest")), this.#own.element),
      ),
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

  /** Stops, and reports nothing any more. */
  dispose(): void {
    this.#work.abort();
  }

  /** Starts again with what is entered now. */
  check(): void {
    this.#work.abort();
    this.#work = new AbortController();
    const { signal } = this.#work;
    this.#judge(signal).catch((error: unknown) => {
      // A file that changed, or a folder that was dropped.
      if (!signal.aborted) {
        this.#progress("none");
        const line = error instanceof DOMException ? this.say("unreadable") : String(error);
        this.#draw({ tone: "bad", code: "payload_unreadable", title: this.say("refused"), line, details: [] });
      }
    });
  }

  async #judge(signal: AbortSignal): Promise<void> {
    const { say, inputs } = this;
    const payload = inputs.payload.payload;
    const secrets = inputs.secrets.bytes;
    this.#progress("none");
    this.#drawSeam(0);
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
    // An old verdict must not stand next to new input, not even for a moment.
    this.#draw({ tone: "plain", code: "checking", title: say("checking"), line: "", details: [] });
    const isLong = payload instanceof Blob || payload.length > 65_536;
    const verdict = await judge({ payload, token: this.token, secrets }, signal, (share) => {
      if (!signal.aborted && isLong) {
        this.#progress(share);
      }
    });
    if (verdict !== undefined && !signal.aborted) {
      this.#progress("none");
      const secret = verdict.state === "valid" ? verdict.secret : undefined;
      const number = secret === undefined ? undefined : inputs.secrets.numberOf(secret);
      this.#draw(cardOf(verdict, number, say, this.language, Date.now()));
      this.#drawSeam(secret ?? 0);
      await this.#judgeOwn(payload, secrets, verdict, signal);
    }
  }

  /** The same question about the digest that a receiver's own code computed. */
  async #judgeOwn(
    payload: Uint8Array<ArrayBuffer> | Blob,
    secrets: readonly Uint8Array[],
    verdict: Verdict,
    signal: AbortSignal,
  ): Promise<void> {
    const { say } = this;
    if (this.#own.text === "" || verdict.state === "refused") {
      return;
    }
    const answer = (...lines: string[]) =>
      fill(this.#ownAnswer, el("h3", {}, say("ownDigest")), el("p", {}, lines.join(" ")));
    const bytes = await small(payload);
    if (bytes === undefined) {
      return answer(say("ownLong"));
    }
    const diagnosis = await explain(bytes, this.#own.text, secrets, signal);
    if (diagnosis !== undefined && !signal.aborted) {
      // The fixes in the table are written for the person who signs.
      const messages = diagnosis.deviations.map((finding) => sentences(finding, this.language)[0]);
      if (diagnosis.isValid) {
        answer(say("ownRight"));
      } else {
        answer(...(diagnosis.isProved ? [say("ownProved"), ...messages] : [ownUnprovedLine(diagnosis, say)]));
      }
    }
  }

  #stop(): void {
    this.#work.abort();
    this.#progress("none");
    this.#draw({ tone: "plain", code: "cancelled", title: this.say("cancelled"), line: "", details: [] });
    // The button that had the focus is gone.
    this.#card.focus();
  }

  /** Shows the share that is done, `undefined` if it is not known, or that no work is going on. */
  #progress(share: number | undefined | "none"): void {
    this.#bar.hidden = share === "none";
    this.#cancel.hidden = share === "none";
    if (typeof share === "number") {
      this.#bar.value = share;
    } else {
      this.#bar.removeAttribute("value");
    }
  }

  #draw(card: Card): void {
    const { tone, code, title, line, details } = card;
    this.#card.dataset["tone"] = tone;
    this.#card.dataset["code"] = code;
    fill(this.#card, el("h2", {}, title), line !== "" && el("p", { class: "lead" }, line), ...details);
    const isVerdict = !["empty", "incomplete", "checking", "cancelled"].includes(code);
    this.#report.hidden = !isVerdict;
    if (!isVerdict) {
      return;
    }
    // Announced once for each verdict, not for each key that is pressed.
    const said = `${title}. ${card.said ?? line}`;
    if (this.#status.textContent !== said) {
      this.#status.textContent = said;
    }
    if (this.#reported !== code) {
      this.#reported = code;
      this.onVerdict(code);
    }
  }

  #drawSeam(place: number): void {
    const payload = this.inputs.payload.payload;
    const secret = this.inputs.secrets.bytes[place];
    const isThere = payload instanceof Uint8Array && secret !== undefined && payload.length + secret.length > 0;
    fill(this.#seam, isThere && seam(payload, secret, this.inputs.secrets.isShown(place), this.say));
  }

  /** Codes and lengths: what may be shown to anybody. */
  #reportText(): string {
    const { payload, secrets } = this.inputs;
    const bytes = payload.payload;
    return [
      `mia-webhooks: ${this.#card.dataset["code"]}`,
      ...[...this.#card.querySelectorAll(".code")].map(({ textContent }) => `- ${textContent}`),
      `payload: ${bytes instanceof Blob ? bytes.size : bytes?.length} bytes`,
      `secrets: ${secrets.bytes.map(({ length }) => `${length} bytes`).join(", ")}`,
      `token: ${this.token.length} characters`,
    ].join("\n");
  }
}

/** A field for a token or a digest. */
class TokenInput {
  readonly element: HTMLElement;
  readonly #kept: KeptInput;

  constructor(label: string, hint: string, onChange: () => void) {
    const id = newId("token");
    const input = el("input", { id, autocomplete: "off", autocapitalize: "off", spellcheck: "false", class: "mono" });
    this.#kept = new KeptInput(input, onChange);
    this.element = el(
      "div",
      { class: "field" },
      el("div", { class: "caption" }, el("label", { for: id }, label), el("small", {}, hint)),
      input,
    );
  }

  get text(): string {
    return this.#kept.text;
  }

  set(text: string): void {
    this.#kept.set(text);
  }
}
