/** Verify: is this delivery genuine, and if not, why? */

import { type WebhookEvent, parseEvent } from "mia-webhooks";
import type { Announcer } from "../announcer.js";
import { receiverCard } from "../code/receiver-card.js";
import { isSame } from "../bytes.js";
import { copyButton } from "../copy-button.js";
import { el, fill } from "../dom.js";
import { CASES } from "../fields/cases.js";
import type { Inputs } from "../fields/inputs.js";
import { sizeOf } from "../fields/ledgers.js";
import { localeOf } from "../texts/locale.js";
import type { Language, Say } from "../texts/texts.js";
import { differenceFigure } from "./difference-figure.js";
import { type Differing, badgeOf, evidenceOf, secretRepairLabel } from "./difference-words.js";
import { type Place, differenceOf } from "./difference.js";
import { eventLine } from "./event-line.js";
import { fixes, nothingFound } from "./findings.js";
import { type Explanation, type Outcome, type Progress, explain, judge, small } from "./judge.js";
import { lanesFigure } from "./lanes-figure.js";
import { type Counts, type Entered, type Signed, lanesOf } from "./lanes.js";
import { type Repair, repairLabel, repairOf } from "./repair.js";
import { Strip, type Verdict } from "./strip.js";
import { SHELL_LINE, messageOf, ownMessage, ownUnprovedLine, wordsOf } from "./words.js";

/** How long nobody must have typed before a reason is searched for, in milliseconds. */
const REST_MS = 600;

/** Work that takes longer shows that it goes on. */
const QUIET_MS = 300;

/** Codes that are no verdict. */
const WAITING = ["empty", "incomplete", "checking", "cancelled"];

/** What a search has proved, and what it says about the fields. */
interface Proved {
  readonly explanation: Explanation;
  readonly signed: Signed;
  readonly payload: Differing | undefined;
  readonly secret: Differing | undefined;
}

export class VerifyView {
  readonly element: HTMLElement;
  readonly #strip: Strip;
  readonly #evidence = el("div", { class: "evidence" });
  readonly #own: HTMLButtonElement;
  readonly #first: HTMLButtonElement;
  readonly #copy: HTMLButtonElement;
  readonly #cases: HTMLElement;
  #work = new AbortController();
  /** What the first button of the strip does. */
  #act = (): void => {};
  /** What was repaired, as long as nobody changes anything after it. */
  #repaired: Proved | undefined;
  /** Whether the first button of the strip had the focus before the check: it gets it back. */
  #wasPressed = false;
  /** What was entered at the last check. */
  #entered: readonly unknown[] = [];
  /** The code of the last verdict that was reported. */
  #reported = "";
  /** Whether lanes with a proof were drawn before: they appear slowly only once. */
  #hasProved = false;

  constructor(
    private readonly inputs: Inputs,
    private readonly say: Say,
    private readonly language: Language,
    private readonly announcer: Announcer,
    private readonly onVerdict: (code: string) => void,
  ) {
    this.#strip = new Strip(say("verdict"), say("checking"));
    this.#first = el("button", { type: "button", class: "primary", click: () => this.#act() });
    this.#copy = copyButton(say, () => this.#summary(), "copySummary", "");
    this.#cases = el(
      "div",
      { class: "cases row", role: "group", "aria-label": say("tryOne") },
      ...CASES.map(({ name, label }) =>
        el(
          "button",
          {
            type: "button",
            "data-case": name,
            click: () => {
              inputs.setCase(name);
              // The button is gone; what it shows is here.
              this.#strip.element.focus();
            },
          },
          say(label),
        ),
      ),
    );
    this.#own = el(
      "button",
      { type: "button", class: "quiet", "aria-expanded": "false", click: () => this.#toggleOwn() },
      say("ownCompare"),
    );
    inputs.digest.element.hidden = true;
    inputs.undoIn(this.#strip.element);
    this.element = el(
      "div",
      { class: "verify" },
      this.#strip.element,
      el(
        "div",
        { class: "columns" },
        el(
          "div",
          { class: "inputs" },
          inputs.slot(),
          inputs.token.element,
          inputs.digest.element,
          el(
            "div",
            { class: "row" },
            inputs.secrets.add,
            this.#own,
            el("button", { type: "button", class: "quiet", click: () => inputs.clear() }, say("clearAll")),
          ),
        ),
        this.#evidence,
      ),
    );
    this.element.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
      if (key === "Enter" && (ctrlKey || metaKey)) {
        announcer.again();
      }
    });
    // As long as somebody is in a field, the strip does not shrink: fields never move.
    this.element.addEventListener("focusin", () => this.#holdHeight());
  }

  /** Stops, and reports nothing any more. */
  dispose(): void {
    this.#work.abort();
  }

  /** Starts again with what is entered now. `isTyped`: more keys may follow. */
  check(isTyped = false): void {
    this.#work.abort();
    this.#work = new AbortController();
    this.#repaired = undefined;
    this.#wasPressed = document.activeElement === this.#first;
    this.#judge(isTyped, this.#work.signal);
  }

  #judge(isTyped: boolean, signal: AbortSignal): void {
    const { say, inputs } = this;
    const payload = inputs.payload.payload;
    if (inputs.digest.text !== "") {
      this.#showOwn(true);
    }
    this.#setBadges();
    const entered = [payload, inputs.secrets.texts.join("\0"), inputs.token.text, inputs.digest.text];
    if (entered.some((one, place) => one !== this.#entered[place])) {
      // The same verdict of something else is said again.
      this.#entered = entered;
      this.announcer.forget();
    }
    const missing = [
      ...(inputs.payload.isEmpty && !inputs.payload.isMalformed ? [say("payload")] : []),
      ...(inputs.secrets.isEmpty ? [say("secret")] : []),
      ...(inputs.token.text === "" ? [say("token")] : []),
    ];
    if (missing.length === 3) {
      return this.#wait({
        tone: "plain",
        code: "empty",
        lead: say("tryOne"),
        line: say("demoSecret"),
        actions: [this.#cases],
      });
    }
    // An empty payload has a token too; only a missing secret or token cannot be judged.
    if (payload === undefined || inputs.secrets.isEmpty || !inputs.token.isReady) {
      const open = [
        ...(missing.length > 0 ? [say("missing", { what: missing.join(", ") })] : []),
        ...(inputs.payload.isMalformed ? [inputs.payload.problem] : []),
        ...(inputs.token.isReady || inputs.token.text === "" ? [] : [say("tokenShort")]),
      ];
      this.#wait({ tone: "plain", code: "incomplete", lead: open.join(" ") });
      return isTyped ? undefined : this.announcer.say(open.join(" "));
    }
    // An old verdict must not stand next to new input, not even for a moment. Its buttons stay for
    // as long, so that the focus stays, and do nothing.
    this.#act = () => {};
    this.#wait({ tone: "plain", code: "checking", lead: say("checking") });
    this.#verdict(payload, isTyped ? REST_MS : 0, signal).catch((error: unknown) => {
      // A file that changed, or a folder that was dropped.
      if (!signal.aborted) {
        const line = error instanceof DOMException ? say("unreadable") : String(error);
        this.#show({ tone: "bad", code: "payload_unreadable", lead: say("refused"), line, actions: [this.#copy] });
      }
    });
  }

  async #verdict(payload: Uint8Array<ArrayBuffer> | Blob, restMs: number, signal: AbortSignal): Promise<void> {
    const { inputs } = this;
    const secrets = inputs.secrets.bytes;
    const token = inputs.token.text;
    const started = performance.now() + restMs;
    const outcome = await judge(
      { payload, token, secrets },
      signal,
      (progress) => {
        if (!signal.aborted && performance.now() - started > QUIET_MS) {
          this.#progress(progress);
        }
      },
      restMs,
    );
    const bytes = outcome && (await small(payload));
    if (outcome === undefined || signal.aborted) {
      return;
    }
    const isUnproved = outcome.state === "invalid" && !outcome.diagnosis.isProved;
    if (isUnproved && bytes?.length === 0) {
      // It may be that nothing was entered yet: only a match says that the payload is empty.
      const lead = this.say("missing", { what: this.say("payload") });
      this.announcer.say(lead);
      return this.#wait({ tone: "plain", code: "incomplete", lead });
    }
    this.#draw(outcome, bytes, secrets);
    if (inputs.digest.isReady && outcome.state !== "refused") {
      await this.#judgeOwn(bytes, secrets, signal);
    }
  }

  /** Draws a verdict and its evidence. */
  #draw(outcome: Outcome, payload: Uint8Array | undefined, secrets: readonly Uint8Array[]): void {
    const { say, language, inputs } = this;
    const place = outcome.state === "valid" ? outcome.secret : undefined;
    const words = wordsOf(outcome, place === undefined ? undefined : inputs.secrets.numberOf(place), say, language);
    const secret = secrets[place ?? 0];
    const entered = { payload, payloadLength: this.#payloadLength, secret, token: inputs.token.text };
    switch (outcome.state) {
      case "valid":
        return this.#drawValid(words, outcome.event, entered);
      case "refused":
        this.#show({ ...words, actions: [this.#copy] });
        return fill(
          this.#evidence,
          outcome.code === "engine_unavailable"
            ? el(
                "section",
                { class: "card" },
                el("pre", { tabindex: "0" }, el("code", {}, SHELL_LINE)),
                copyButton(say, () => SHELL_LINE),
              )
            : lanesFigure(lanesOf(entered, { state: "empty" }), say),
        );
      case "unexplained":
        this.#show({ ...words, actions: [this.#copy] });
        return fill(this.#evidence, lanesFigure(lanesOf(entered, { state: "empty" }), say));
      case "invalid":
        return outcome.signed === undefined
          ? this.#drawUnproved(words, outcome, entered)
          : this.#drawProved(words, proved(outcome, outcome.signed, entered, secrets), entered, secrets);
    }
  }

  #drawValid(words: Verdict, event: WebhookEvent | "malformed" | "unread", entered: Entered): void {
    const { say, language } = this;
    const repaired = this.#repaired;
    const told = [
      event === "malformed" && say("noEvent"),
      typeof event === "object" && eventLine(event, say, language, Date.now()),
    ].filter((line) => line !== false);
    if (repaired === undefined) {
      this.#show({ ...words, line: [words.line, ...told].join(" "), actions: [this.#copy] });
    } else {
      this.#act = () => this.inputs.undo();
      this.#first.textContent = say("undo");
      this.#show({
        ...words,
        lead: say("repaired"),
        line: say("repairedLine"),
        actions: [this.#first, this.#copy],
      });
    }
    fill(
      this.#evidence,
      lanesFigure(lanesOf(entered, { state: "valid" }), say),
      ...(repaired === undefined ? [] : this.#wayOut(repaired)),
    );
  }

  #drawProved(words: Verdict, proof: Proved, entered: Entered, secrets: readonly Uint8Array[]): void {
    const { say, inputs } = this;
    const { explanation, signed, payload, secret } = proof;
    const { diagnosis, digestHere, ms } = explanation;
    const repair = repairOf({ diagnosis, signed }, { ...entered, otherSecrets: secrets.slice(1) });
    this.#setBadges(payload && badgeOf(payload, say), secret && badgeOf(secret, say));
    const evidence = [payload && evidenceOf(payload, say), secret && evidenceOf(secret, say)];
    const isConstruction = diagnosis.deviations.some(({ blame }) => blame === "construction");
    this.#act = () =>
      repair === undefined || repair.kind === "none" ? this.#showFixes() : this.#repair(repair, proof);
    this.#first.textContent = repairLabel(
      repair ?? { kind: "none", count: 0, isWhole: false },
      say,
      secret ? secretRepairLabel(secret, say) : "",
    );
    this.#show({
      ...words,
      line: evidence.filter((one) => one).join(" ") || say("proofLine"),
      actions: [
        this.#first,
        ...(isConstruction ? [el("button", { type: "button", click: () => this.#takeAsOwn() }, say("ownMove"))] : []),
        // Not all of it could be repaired.
        ...(this.#repaired === undefined
          ? []
          : [el("button", { type: "button", click: () => inputs.undo() }, say("undo"))]),
        this.#copy,
      ],
    });
    const lanes = lanesOf(
      entered,
      { state: "proved", digestHere, diagnosis, signed },
      {
        payload: payload && countsOf(payload),
        secret: secret && countsOf(secret),
      },
    );
    fill(
      this.#evidence,
      lanesFigure(lanes, say, !this.#hasProved),
      ...this.#wayOut(proof),
      el("p", { class: "ledger" }, say("tried", { n: diagnosis.tried, ms: Math.max(1, Math.round(ms)) })),
    );
    this.#hasProved = true;
  }

  /** The bytes that differ, what to do about them, and the code to write. */
  #wayOut({ explanation, payload, secret }: Proved): HTMLElement[] {
    const { say, language, inputs } = this;
    const { deviations } = explanation.diagnosis;
    const figures = [payload, secret].flatMap((differing) =>
      differing === undefined
        ? []
        : [
            differenceFigure({
              ...differing,
              isMasked: differing.part === "secret" && !inputs.secrets.isShown(0),
              say,
            }),
          ],
    );
    return [
      ...figures,
      fixes(deviations, say, language),
      ...(deviations.some(({ blame }) => blame === "payload") ? [receiverCard(say)] : []),
    ];
  }

  #drawUnproved(words: Verdict, explanation: Explanation, entered: Entered): void {
    const { say, language } = this;
    const { payload = new Uint8Array(), secret } = entered;
    this.#show({ ...words, actions: [this.#copy] });
    const event = eventOf(payload);
    fill(
      this.#evidence,
      ...nothingFound(
        explanation,
        { payloadBytes: payload.length, secretBytes: secret?.length ?? 0, event },
        say,
        language,
      ),
      lanesFigure(lanesOf(entered, { state: "unexplained", digestHere: explanation.digestHere }), say),
    );
  }

  /** Puts what was signed into the fields. It can be taken back. */
  #repair(repair: Repair, proof: Proved): void {
    const { inputs } = this;
    const { payload, secret, token } = repair;
    inputs.change({
      ...(payload && { payload: new Uint8Array(payload) }),
      ...(secret && { secrets: inputs.secrets.stateWith(secret.text, secret.place) }),
      ...(token !== undefined && { token }),
    });
    // `change` has started a check of its own.
    this.#repaired = proof;
  }

  #showFixes(): void {
    const card = this.#evidence.querySelector<HTMLElement>("[data-fixes]");
    card?.scrollIntoView({ block: "nearest" });
    card?.focus();
  }

  /** The token is what a receiver's own code computed, and not the one of the request. */
  #takeAsOwn(): void {
    const { inputs } = this;
    inputs.change({ token: "", digest: inputs.token.text });
    inputs.token.focus();
  }

  /** Opens the field for what somebody's own code computed, or closes it and forgets what is in it. */
  #toggleOwn(): void {
    const { digest } = this.inputs;
    if (digest.element.hidden) {
      this.#showOwn(true);
      digest.focus();
    } else {
      this.#showOwn(false);
      if (digest.text !== "") {
        this.inputs.change({ digest: "" });
      }
    }
  }

  #showOwn(isShown: boolean): void {
    this.inputs.digest.element.hidden = !isShown;
    this.#own.setAttribute("aria-expanded", String(isShown));
  }

  /** The same question about the digest that a receiver's own code computed. */
  async #judgeOwn(
    payload: Uint8Array<ArrayBuffer> | undefined,
    secrets: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<void> {
    const { say, inputs, language } = this;
    const token = inputs.digest.text;
    const explanation = payload && (await explain(payload, token, secrets, signal));
    if (signal.aborted) {
      return;
    }
    const diagnosis = explanation?.diagnosis;
    const answer =
      diagnosis === undefined
        ? say("tooLong")
        : diagnosis.isValid
          ? say("ownRight")
          : diagnosis.isProved
            ? ownMessage(messageOf(diagnosis, language), say)
            : ownUnprovedLine(diagnosis, say);
    const card = el("section", { class: "card", "data-own": true }, el("h2", {}, say("ownTitle")), el("p", {}, answer));
    this.#evidence.prepend(card);
    if (diagnosis?.isProved && !diagnosis.isValid) {
      card.append(el("p", {}, say("ownFix")));
    }
    this.announcer.add(answer);
  }

  /** Shows a state that is no verdict. */
  #wait(words: Verdict): void {
    const { say, inputs } = this;
    this.#show(words);
    const payload = inputs.payload.payload;
    const isBlob = payload instanceof Blob;
    const entered = {
      payload: isBlob || inputs.payload.isEmpty ? undefined : payload,
      payloadLength: isBlob ? payload.size : undefined,
      secret: inputs.secrets.isEmpty ? undefined : inputs.secrets.bytes[0],
      token: inputs.token.text,
    };
    fill(this.#evidence, lanesFigure(lanesOf(entered, { state: "empty" }), say));
  }

  #show(words: Verdict): void {
    if (words.code === "checking" && this.#strip.code === "checking") {
      return;
    }
    this.#holdHeight();
    this.#strip.show(words.code === "checking" ? words : { actions: [], ...words });
    if (WAITING.includes(words.code)) {
      return;
    }
    if (this.#wasPressed) {
      (this.#first.isConnected ? this.#first : this.#strip.element).focus();
    }
    // Announced once for each verdict, not for each key that is pressed.
    this.announcer.say([words.lead, words.title ?? words.line ?? ""].join(" "));
    if (this.#reported !== words.code) {
      this.#reported = words.code;
      this.onVerdict(words.code);
    }
  }

  #progress(progress: Progress): void {
    const { say } = this;
    const share = "share" in progress ? progress.share : undefined;
    this.#strip.show({
      tone: "plain",
      code: "checking",
      lead: say("checking"),
      line:
        share === undefined
          ? say("trying", { n: "tried" in progress ? progress.tried : 0 })
          : say("hashing", {
              name: this.inputs.payload.state.name || say("thePayload"),
              share: new Intl.NumberFormat(localeOf(this.language), { style: "percent" }).format(share),
            }),
      actions: [this.#first],
    });
    this.#first.textContent = say("cancel");
    this.#act = () => this.#stop();
    this.#strip.progress(share);
    this.announcer.say(say("checking"));
  }

  #stop(): void {
    const { say } = this;
    this.#work.abort();
    this.#first.textContent = say("checkAgain");
    this.#act = () => this.check();
    this.#show({ tone: "plain", code: "cancelled", lead: say("cancelled"), actions: [this.#first] });
    this.announcer.say(say("cancelled"));
  }

  #setBadges(payload = "", secret = ""): void {
    this.inputs.payload.setBadge(payload);
    this.inputs.secrets.setBadge(secret);
  }

  /** The strip keeps its height for as long as somebody is in a field. */
  #holdHeight(): void {
    const { element } = this.#strip;
    const active = document.activeElement;
    const isInField = active !== null && this.element.contains(active) && !element.contains(active);
    element.style.minHeight = isInField ? `${element.getBoundingClientRect().height}px` : "";
  }

  get #payloadLength(): number | undefined {
    const { payload } = this.inputs.payload;
    return payload && sizeOf(payload);
  }

  /** Codes and lengths: what may be shown to anybody. */
  #summary(): string {
    const { secrets, token } = this.inputs;
    return [
      this.#strip.words,
      `code: ${this.#strip.code}`,
      ...[...this.#evidence.querySelectorAll(".code")].map(({ textContent }) => `- ${textContent}`),
      `payload: ${this.#payloadLength} bytes`,
      `secrets: ${secrets.bytes.map(({ length }) => `${length} bytes`).join(", ")}`,
      `token: ${token.text.length} characters`,
    ].join("\n");
  }
}

/** Compares what was signed with what is here. */
function proved(
  explanation: Explanation,
  signed: Signed,
  { payload, secret }: Entered,
  secrets: readonly Uint8Array[],
): Proved {
  const differing = (part: "payload" | "secret", signed: Uint8Array, here: Uint8Array): Differing | undefined => {
    const difference = differenceOf(signed, here);
    return difference.places.length === 0 ? undefined : { part, signed, here, difference };
  };
  return {
    explanation,
    signed,
    payload: differing("payload", signed.payload, payload ?? new Uint8Array()),
    // A formula without a secret says nothing about it, and another one that is here is no difference.
    secret:
      signed.order.includes("secret") && !secrets.some((one) => isSame(one, signed.secret))
        ? differing("secret", signed.secret, secret ?? new Uint8Array())
        : undefined,
  };
}

/** How many bytes are only on one side. */
function countsOf({ difference: { places, isWhole } }: Differing): Counts | undefined {
  const sum = (length: (place: Place) => number): number => places.reduce((sum, place) => sum + length(place), 0);
  return isWhole
    ? {
        onlyHere: sum(({ here, hereEnd }) => hereEnd - here),
        onlySigned: sum(({ signed, signedEnd }) => signedEnd - signed),
      }
    : undefined;
}

function eventOf(payload: Uint8Array): WebhookEvent | undefined {
  try {
    return parseEvent(payload as Uint8Array<ArrayBuffer>);
  } catch {
    return undefined;
  }
}
