/** Subscription: the seven fields, checked by the library's rules. */

import { generateSecret } from "mia-webhooks";
import { type SubscriptionReport, validateSubscription } from "mia-webhooks/subscription";
import type { Announcer } from "../announcer.js";
import { copyButton } from "../copy-button.js";
import { el, fill, newId } from "../dom.js";
import { OneSecret } from "../fields/secrets-field.js";
import { listOf, localeOf } from "../texts/locale.js";
import type { Language, Say, TextKey } from "../texts/texts.js";
import { problemOf } from "../verify/words.js";
import { type Draft, FIELDS, type Field, linesOf, readRecord, recordOf } from "./draft.js";
import { type Entry, type Repair, type Thing, entriesOf } from "./entries.js";
import { EventsField } from "./events-field.js";

type TextField = Exclude<Field, "eventName">;
const HINTS: Partial<Record<Field, TextKey>> = { target: "targetHint", base64CA: "base64CAHint" };
const REQUIRED = FIELDS.filter(({ isRequired }) => isRequired);

/** What the last action did, and how it is taken back. */
interface Done {
  readonly note: string;
  readonly undo?: () => void;
}

export class SubscriptionView {
  readonly element: HTMLElement;
  readonly #inputs: Record<TextField, HTMLInputElement | HTMLTextAreaElement>;
  readonly #secret: OneSecret;
  readonly #events: EventsField;
  readonly #optional: HTMLDetailsElement;
  readonly #paste: HTMLTextAreaElement;
  /** Under each field: what is wrong with it. */
  readonly #issues: Record<Field, HTMLElement>;
  /** What describes each field besides what is wrong with it: the ids of its hints. */
  readonly #hints: Record<TextField, string>;
  readonly #certificates = el("div");
  readonly #generate: HTMLElement;
  readonly #strict: HTMLInputElement;
  readonly #strip = el("div", { class: "strip" });
  /** The verdict, and the first thing that is wrong. */
  readonly #status = el("div");
  readonly #things = el("ul");
  readonly #more = el("p", { class: "ledger" });
  readonly #undo: HTMLButtonElement;
  readonly #record = el("code");
  readonly #unfinished: HTMLElement;
  readonly #copies: HTMLElement;

  /** The fields that were left: only what is wrong with them is shown. */
  #left = new Set<Field>();
  #isChecked = false;
  #isList = false;
  #last: Done | undefined;
  /** What was wrong at the last look, whether it is shown or not. */
  #found: readonly Entry[] = [];
  #isFilling = false;
  #isPressing = false;
  #timer = 0;

  constructor(
    private readonly say: Say,
    private readonly language: Language,
    private readonly announcer: Announcer,
    private readonly onVerdict: (code: string) => void,
  ) {
    const typed = (): void => this.#typed();
    this.#secret = new OneSecret(say, { onChange: typed });
    this.#secret.input.name = "secret";
    this.#events = new EventsField(say, typed);
    const input = (name: TextField) => {
      const id = newId(name);
      return name === "secret"
        ? this.#secret.input
        : el(name === "base64CA" ? "textarea" : "input", {
            id,
            name,
            "aria-describedby": HINTS[name] && `${id}-hint`,
            autocomplete: "off",
            autocapitalize: "off",
            spellcheck: "false",
            class: "mono",
            rows: name === "base64CA" && "3",
            input: typed,
          });
    };
    this.#inputs = Object.fromEntries(
      FIELDS.flatMap(({ name }) => (name === "eventName" ? [] : [[name, input(name)]])),
    ) as Record<TextField, HTMLInputElement>;
    REQUIRED.forEach(({ name }) => name !== "eventName" && this.#inputs[name].setAttribute("aria-required", "true"));
    this.#hints = byField((field) =>
      field === "eventName" ? "" : (this.#inputs[field].getAttribute("aria-describedby") ?? ""),
    );
    this.#issues = byField(() => el("div", { class: "issues", id: newId("said") }));
    this.#generate = el(
      "button",
      { type: "button", class: "quiet", click: () => this.#repair("secret", { label: "", value: generateSecret }) },
      say("subGenerate"),
    );
    this.#strict = el("input", { type: "checkbox", change: () => this.check() });
    const fields = (required: boolean) =>
      FIELDS.filter(({ isRequired }) => isRequired === required).map(({ name }) => this.#field(name));
    const optional = FIELDS.filter(({ isRequired }) => !isRequired).map(({ name }) => say(name).toLocaleLowerCase());
    this.#optional = el(
      "details",
      {},
      el("summary", {}, say("subOptional", { what: optional.join(", ") })),
      el("div", { class: "fields" }, ...fields(false)),
    );
    const pasteId = newId("record");
    this.#paste = el("textarea", {
      id: pasteId,
      class: "mono",
      rows: "2",
      autocomplete: "off",
      spellcheck: "false",
      "aria-describedby": `${pasteId}-hint`,
      input: () => readRecord(this.#paste.value) && this.#read(this.#paste.value),
      change: () => this.#paste.value.trim() !== "" && this.#read(this.#paste.value),
    });
    this.#unfinished = el("p", { class: "ledger" }, say("subUnfinished"));
    const copied = (withSecret: boolean) => (): string => {
      const { subscription } = this.#report();
      return JSON.stringify({ ...subscription, ...(!withSecret && { secret: undefined }) }, null, 2);
    };
    this.#copies = el(
      "div",
      { class: "row" },
      copyButton(say, copied(true), "subCopy"),
      copyButton(say, copied(false), "subCopyWithout"),
    );
    this.#undo = el("button", { type: "button", hidden: true, click: () => this.#last?.undo?.() }, say("subUndo"));
    fill(this.#strip, el("div", { class: "said" }, this.#status, this.#things, this.#more), this.#undo);
    this.element = el(
      "div",
      {
        class: "subscription",
        keydown: (event) => this.#keyed(event as KeyboardEvent),
        pointerdown: () => this.#pressed(),
      },
      this.#strip,
      el(
        "div",
        { class: "columns" },
        el(
          "form",
          { class: "inputs", autocomplete: "off", novalidate: true },
          el(
            "div",
            { class: "field" },
            el(
              "div",
              { class: "caption" },
              el("label", { for: pasteId }, say("subPaste")),
              el("small", { id: `${pasteId}-hint` }, say("subPasteHint")),
            ),
            this.#paste,
          ),
          ...fields(true),
          this.#optional,
          el(
            "div",
            { class: "row" },
            // Enter in a field clicks it. A form in a sandbox may not be submitted, so it is not.
            el("button", { class: "primary", click: (event) => this.#checked(event) }, say("subCheck")),
            el("label", { class: "check" }, this.#strict, " ", say("strict")),
          ),
        ),
        el(
          "section",
          { class: "evidence", "aria-labelledby": `${pasteId}-title` },
          el(
            "div",
            { class: "card" },
            el("h3", { id: `${pasteId}-title` }, say("record")),
            el("pre", { tabindex: "0" }, this.#record),
            this.#unfinished,
            this.#copies,
          ),
        ),
      ),
    );
    // Before the fields' own: a record may be pasted into any of them.
    this.element.addEventListener("paste", (event) => this.#pasted(event), { capture: true });
  }

  check(): void {
    this.#draw();
  }

  // ---- What is entered

  get #draft(): Draft {
    const texts = Object.entries(this.#inputs).map(([name, { value }]) => [name, value]);
    return {
      ...(Object.fromEntries(texts) as Record<TextField, string>),
      secret: this.#secret.text,
      eventName: this.#events.names,
      isList: this.#isList,
    };
  }

  #fill(draft: Partial<Draft>): void {
    this.#isFilling = true;
    for (const [name, value] of Object.entries(draft)) {
      if (name === "secret") {
        this.#secret.set(value as string);
      } else if (name === "eventName") {
        this.#events.set(value as readonly string[]);
      } else if (name === "isList") {
        this.#isList = value as boolean;
      } else {
        this.#inputs[name as TextField].value = value as string;
      }
    }
    this.#isFilling = false;
  }

  /** A function that brings back everything that is entered now. */
  #keep(): () => void {
    const { eventName: _, ...draft } = this.#draft;
    const [events, left, isChecked] = [this.#events.keep(), new Set(this.#left), this.#isChecked];
    return () => {
      this.#fill(draft);
      events();
      this.#left = left;
      this.#isChecked = isChecked;
      this.#last = undefined;
      this.#draw();
    };
  }

  #report(): SubscriptionReport {
    return validateSubscription(recordOf(this.#draft), { strict: this.#strict.checked });
  }

  // ---- What a person does

  #typed(): void {
    if (!this.#isFilling) {
      // What was done before can only be taken back until something else is entered.
      this.#last = undefined;
      this.#draw(true);
    }
  }

  #leave(field: Field, event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && (event.currentTarget as Element).contains(to)) {
      return;
    }
    this.#left.add(field);
    // A click must find what it began on, and the form moves when sentences come.
    if (!this.#isPressing) {
      this.#draw();
    }
  }

  #pressed(): void {
    this.#isPressing = true;
    const end = (): void =>
      void setTimeout(() => {
        this.#isPressing = false;
        this.#draw();
      });
    addEventListener("pointerup", end, { once: true });
    addEventListener("pointercancel", end, { once: true });
  }

  #checked(event: Event): void {
    event.preventDefault();
    this.#isChecked = true;
    this.#draw();
    // Who asks is answered, although the answer may be the same.
    this.announcer.again();
    const first = this.#found.find(isError);
    if (first === undefined) {
      this.#strip.scrollIntoView({ block: "nearest" });
    } else {
      this.#focus(first.field);
    }
  }

  #repair(field: Field, { value }: Repair): void {
    const undo = this.#keep();
    const better = value();
    this.#fill({ [field]: better });
    this.#left.add(field);
    const note =
      field === "secret" && better !== ""
        ? this.say("subGenerated")
        : this.say("subRepaired", { what: this.say(field) });
    this.#last = {
      note,
      undo: () => {
        undo();
        this.#focus(field);
      },
    };
    this.#draw();
    // The button that was pressed is gone.
    this.#focus(field);
  }

  /** The button stays while its text does, so the repair is the one of now. */
  #repairFound(field: Field): void {
    const repair = this.#found.find((entry) => entry.field === field)?.repair;
    if (repair !== undefined) {
      this.#repair(field, repair);
    }
  }

  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (readRecord(text) !== undefined) {
      event.preventDefault();
      event.stopPropagation();
      this.#read(text);
    } else if (event.target === this.#paste && text.trim() !== "") {
      // What cannot be read is said at once, and the next paste replaces it.
      event.preventDefault();
      this.#paste.value = text;
      this.#read(text);
    }
  }

  #read(text: string): void {
    const { say, language } = this;
    const read = readRecord(text);
    if (read === undefined) {
      this.#last = { note: say("subNotRead") };
      return this.#draw();
    }
    const undo = this.#keep();
    this.#paste.value = "";
    this.#fill(read.draft);
    this.#isChecked = true;
    const note = [
      say("subRead", { what: listOf(read.taken, language) }),
      read.mistyped.length > 0 && say("subMistyped", { what: listOf(read.mistyped, language) }),
      read.leftOut.length > 0 && say("subLeftOut", { what: listOf(few(read.leftOut), language) }),
    ];
    this.#last = {
      note: note.filter((part) => part !== false).join(" "),
      undo: () => {
        undo();
        this.#paste.focus();
      },
    };
    this.#draw();
  }

  #keyed(event: KeyboardEvent): void {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === "z";
    if (isUndo && this.#last?.undo !== undefined) {
      event.preventDefault();
      this.#last.undo();
    }
  }

  #focus(field: Field): void {
    if (this.#optional.contains(this.#issues[field])) {
      this.#optional.open = true;
    }
    if (field === "eventName") {
      this.#events.focus();
    } else {
      this.#inputs[field].focus();
    }
  }

  // ---- What is shown

  #field(name: Field): HTMLElement {
    const { say } = this;
    const events = { focusout: (event: Event) => this.#leave(name, event as FocusEvent) };
    const issues = this.#issues[name];
    const needed = REQUIRED.some((field) => field.name === name) ? el("small", {}, say("subNeeded")) : "";
    if (name === "eventName") {
      this.#events.element.querySelector("legend")?.append(" ", needed);
      return el("div", { class: "field", ...events }, this.#events.element, issues);
    }
    const input = this.#inputs[name];
    const hint = HINTS[name];
    if (name === "secret") {
      this.#secret.element.querySelector("label")?.after(needed);
    }
    return name === "secret"
      ? el("div", { class: "field", ...events }, this.#secret.element, this.#generate, issues)
      : el(
          "div",
          { class: "field", ...events },
          el(
            "div",
            { class: "caption" },
            el("label", { for: input.id }, say(name)),
            el("small", {}, el("code", {}, name)),
            needed,
            hint !== undefined && el("small", { id: `${input.id}-hint` }, say(hint)),
          ),
          input,
          name === "base64CA" && this.#certificates,
          issues,
        );
  }

  /** The entries of fields that were left. What is missing is wrong only when Check was pressed. */
  #shown(entries: readonly Entry[]): Entry[] {
    const draft = this.#draft;
    return entries.filter(({ field }) => this.#isChecked || (this.#left.has(field) && draft[field].length > 0));
  }

  #draw(isTyping = false): void {
    clearTimeout(this.#timer);
    let report: SubscriptionReport;
    try {
      report = this.#report();
    } catch (error) {
      this.#found = [];
      fill(this.#record);
      this.#copies.hidden = true;
      const problem = problemOf(error, this.language).join(" ");
      return this.#say("bad", this.say("refused"), problem, [this.say("refused"), problem]);
    }
    const draft = this.#draft;
    const entries = entriesOf(report, draft, this.say, this.language);
    this.#found = entries;
    const shown = this.#shown(entries);
    for (const { name } of FIELDS) {
      this.#drawEntry(
        name,
        shown.find(({ field }) => field === name),
      );
    }
    this.#generate.hidden = draft.secret !== "" || shown.some(({ field }) => field === "secret");
    this.#optional.open ||= FIELDS.some(
      ({ name, isRequired }) => !isRequired && (draft[name].length > 0 || shown.some(({ field }) => field === name)),
    );
    const date = new Intl.DateTimeFormat(localeOf(this.language));
    fill(
      this.#certificates,
      ...(report.authority?.certificates ?? []).map(({ subject, notBefore, notAfter }) =>
        el("p", { class: "ledger" }, `${subject} · ${date.format(notBefore)} – ${date.format(notAfter)}`),
      ),
    );
    this.#drawRecord(report, entries);
    // Who types is not interrupted.
    const sum = (): void => this.#drawSummary(report, entries, shown);
    if (isTyping) {
      this.#timer = window.setTimeout(sum, 500);
    } else {
      sum();
    }
    if (FIELDS.some(({ name }) => draft[name].length > 0)) {
      this.onVerdict(report.valid ? "subscription_valid" : "subscription_invalid");
    }
  }

  #drawEntry(field: Field, entry: Entry | undefined): void {
    const { say } = this;
    const issues = this.#issues[field];
    const { things = [], repair } = entry ?? {};
    const said = things.map((_, place) => `${issues.id}-${place}`);
    const isWrong = things[0]?.severity === "error";
    if (field === "eventName") {
      this.#events.describe(said, isWrong);
    } else {
      const input = this.#inputs[field];
      const described = [this.#hints[field], ...said].join(" ").trim();
      input.setAttribute("aria-invalid", String(isWrong));
      if (described === "") {
        input.removeAttribute("aria-describedby");
      } else {
        input.setAttribute("aria-describedby", described);
      }
    }
    issues.hidden = entry === undefined;
    issues.dataset["severity"] = things[0]?.severity;
    refill(
      issues,
      ...things.flatMap(({ severity, message, fix }, place) => [
        el(
          "p",
          {},
          severity !== things[place - 1]?.severity &&
            el("span", { class: "chip", "data-severity": severity }, say(severity)),
          " ",
          el("span", { id: said[place] }, message),
        ),
        el("p", { class: "ledger" }, fix),
      ]),
      el(
        "div",
        { class: "row" },
        repair && el("button", { type: "button", click: () => this.#repairFound(field) }, repair.label),
        el("small", {}, el("code", {}, [...new Set(things.flatMap(({ codes }) => codes))].join(" "))),
      ),
    );
  }

  #drawRecord(report: SubscriptionReport, entries: readonly Entry[]): void {
    const unfinished = entries.filter((entry) => this.#strict.checked || isError(entry));
    const lines = linesOf(report.subscription ?? recordOf(this.#draft), new Set(unfinished.map(({ field }) => field)));
    fill(
      this.#record,
      ...lines.flatMap(({ text, isUnfinished }, place) => [
        place > 0 && "\n",
        ...(isUnfinished
          ? [
              text.slice(0, text.length - text.trimStart().length),
              el(
                "mark",
                {},
                // Once for each field.
                /^ {2}"/.test(text) && el("span", { class: "hidden" }, `${this.say("subToCorrect")} `),
                text.trimStart(),
              ),
            ]
          : [text]),
      ]),
    );
    this.#unfinished.hidden = report.valid;
    this.#copies.hidden = !report.valid;
  }

  #drawSummary(report: SubscriptionReport, entries: readonly Entry[], shown: readonly Entry[]): void {
    const { say, language } = this;
    const draft = this.#draft;
    const missing = REQUIRED.filter(({ name }) => draft[name].length === 0).map(({ name }) => say(name));
    const severities = shown.flatMap(({ things }) => things.map(({ severity }) => severity));
    const count = (severity: Thing["severity"], key: TextKey): string[] => {
      const n = severities.filter((other) => other === severity).length;
      return n === 0 ? [] : [say(key, { n })];
    };
    const progress = say("subProgress", { n: REQUIRED.length - missing.length, of: REQUIRED.length });
    const still = missing.length > 0 ? say("missing", { what: listOf(missing, language) }) : "";
    const sentence = ({ field, things: [{ message }, ...others] }: Entry): string =>
      `${say(field)}: ${message}${others.length > 0 ? ` ${say("subMore", { n: others.length })}` : ""}`;
    const link = (entry: Entry) =>
      el("button", { type: "button", class: "quiet", click: () => this.#focus(entry.field) }, sentence(entry));
    const sorted = [...shown.filter(isError), ...shown.filter((entry) => !isError(entry))];
    const [first, ...others] = sorted;
    refill(this.#things, ...others.map((entry) => el("li", {}, link(entry))));
    const covers = this.#covers(report);
    if (first !== undefined) {
      const title = [...count("error", "subError"), ...count("warning", "subWarning")].join(", ");
      const more = report.valid
        ? say("subUsable", { covers })
        : [this.#isChecked ? "" : still && `${progress}. ${still}`, this.#strict.checked ? say("subStrict") : ""]
            .join(" ")
            .trim();
      this.#more.textContent = more;
      this.#say(report.valid ? "unsafe" : "bad", title, link(first), [title, ...sorted.map(sentence), more]);
    } else {
      this.#more.textContent = "";
      if (FIELDS.every(({ name }) => draft[name].length === 0)) {
        // Nothing is said before something is entered.
        this.#say("plain", say("subEmpty"), say("subEmptyLine", { what: listOf(missing.map(lower), language) }), []);
      } else if (report.valid && entries.length === 0) {
        this.#say("good", say("subReady"), covers, [say("subReady"), covers]);
      } else {
        const line = still || say("subAllIn");
        this.#say("plain", progress, line, [progress, line]);
      }
    }
    this.#undo.hidden = this.#last?.undo === undefined;
  }

  #covers({ subscription }: SubscriptionReport): string {
    if (subscription === undefined) {
      return "";
    }
    const { eventName, tenantId, projectId } = subscription;
    const both = tenantId !== undefined ? "subCoversBoth" : "subCoversProject";
    const company = tenantId !== undefined ? "subCoversCompany" : "subCoversInstance";
    const events = listOf([eventName].flat(), this.language);
    return this.say(projectId !== undefined ? both : company, {
      events,
      ...(tenantId !== undefined && { company: tenantId }),
      ...(projectId !== undefined && { project: projectId }),
    });
  }

  /** `heard`: what screen readers say of it, besides what the last action did. */
  #say(tone: "good" | "bad" | "unsafe" | "plain", title: string, line: Node | string, heard: readonly string[]): void {
    this.#strip.dataset["tone"] = tone;
    const note = this.#last?.note;
    refill(this.#status, el("h2", {}, title), note !== undefined && el("p", {}, note), el("p", {}, line));
    // While another view is shown, the announcer is that one's.
    if (!this.element.hidden) {
      const sentences = [...heard, note ?? ""].filter((part) => part !== "");
      if (sentences.length === 0) {
        this.announcer.forget();
      } else {
        this.announcer.say(sentences.map((part) => (/\w$/.test(part) ? `${part}.` : part)).join(" "));
      }
    }
  }
}

const isError = ({ things: [{ severity }] }: Entry): boolean => severity === "error";

/** Replaces children only by others: what has the focus stays. */
function refill(element: Element, ...children: Parameters<typeof fill>[1][]): void {
  const other = el("div", {}, ...children);
  if (other.textContent !== element.textContent) {
    fill(element, ...other.childNodes);
  }
}

/** Names that anybody may have made up: not all of a thousand, and not each whole. */
const few = (names: readonly string[]): string[] => [
  ...names.slice(0, 8).map((name) => name.slice(0, 40)),
  ...(names.length > 8 ? ["…"] : []),
];

const lower = (word: string): string => word.toLocaleLowerCase();

const byField = <T>(make: (field: Field) => T): Record<Field, T> =>
  Object.fromEntries(FIELDS.map(({ name }) => [name, make(name)])) as Record<Field, T>;
