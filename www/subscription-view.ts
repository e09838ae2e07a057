/** Subscription: the seven fields, checked by the library's rules. */

import { type Issue, type SubscriptionReport, validateSubscription } from "mia-webhooks/subscription";
import { SUBSCRIPTION_FIELDS } from "../pkg/src/generated/subscription.js";
import { ISSUES_IT } from "./codes-it.js";
import { copyButton } from "./copy-button.js";
import { el, fill, newId } from "./dom.js";
import { OneSecret } from "./secrets-field.js";
import type { Language, Say, TextKey } from "./texts.js";
import { problemOf } from "./verdict-card.js";

// Required fields come first.
const FIELDS = [true, false].flatMap((required) =>
  SUBSCRIPTION_FIELDS.filter(({ isRequired }) => isRequired === required),
);
type Field = (typeof SUBSCRIPTION_FIELDS)[number]["name"];
const HINTS: Partial<Record<Field, TextKey>> = { eventName: "eventNameHint", base64CA: "base64CAHint" };

export class SubscriptionView {
  readonly element: HTMLElement;
  readonly #fields: Record<Field, HTMLInputElement | HTMLTextAreaElement>;
  readonly #issues: Record<Field, HTMLElement>;
  readonly #card = el("div", { class: "card" });
  readonly #record = el("div");
  readonly #strict: HTMLInputElement;
  readonly #secret: OneSecret;
  readonly #status = el("p", { role: "status", class: "hidden" });
  #isTouched = false;

  constructor(
    private readonly say: Say,
    private readonly language: Language,
    private readonly onVerdict: (code: string) => void,
  ) {
    this.#issues = byField(() => el("ul", { class: "issues" }));
    this.#fields = byField((field) =>
      el(field === "base64CA" ? "textarea" : "input", {
        id: newId(field),
        name: field,
        autocomplete: "off",
        autocapitalize: "off",
        spellcheck: "false",
        class: "mono",
        rows: "3",
        input: () => this.check(),
      }),
    );
    // It keeps line breaks, which an input cannot show: they belong to the secret.
    this.#secret = new OneSecret(say, () => this.check());
    this.#secret.input.name = "secret";
    this.#fields.secret = this.#secret.input;
    this.#strict = el("input", { type: "checkbox", change: () => this.check() });
    this.element = el(
      "div",
      { class: "columns" },
      el(
        "form",
        { class: "inputs", autocomplete: "off", submit: (event) => event.preventDefault() },
        ...FIELDS.map(({ name: field, isRequired }) => {
          const input = this.#fields[field];
          const issues = this.#issues[field];
          issues.id = `${input.id}-issues`;
          input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${issues.id}`.trim());
          const hint = HINTS[field];
          if (field === "secret") {
            return el("div", { class: "field" }, el("div", { class: "rows" }, this.#secret.element), issues);
          }
          return el(
            "div",
            { class: "field" },
            el(
              "div",
              { class: "caption" },
              el("label", { for: input.id }, say(field)),
              el(
                "small",
                {},
                el("code", {}, field),
                hint !== undefined && ` ${say(hint)}`,
                !isRequired && ` ${say("optional")}`,
              ),
            ),
            input,
            issues,
          );
        }),
        el("label", { class: "check" }, this.#strict, " ", say("strict")),
      ),
      el("section", { class: "evidence", "aria-label": say("verdict") }, this.#status, this.#card, this.#record),
    );
  }

  check(): void {
    this.#isTouched ||= FIELDS.some(({ name }) => this.#valueOf(name) !== "");
    if (!this.#isTouched) {
      this.#draw("plain", this.say("empty"), "");
      return fill(this.#record, el("p", { class: "ledger" }, this.say("recordInvalid")));
    }
    let report: SubscriptionReport;
    try {
      report = validateSubscription(this.#input(), { strict: this.#strict.checked });
    } catch (error) {
      FIELDS.forEach(({ name }) => fill(this.#issues[name]));
      fill(this.#record);
      return this.#draw("bad", this.say("refused"), problemOf(error, this.language).join(" "));
    }
    const errors = report.issues.filter(({ severity }) => severity === "error").length;
    const [tone, title] = !report.valid
      ? (["bad", this.say("subscriptionInvalid", { n: this.#strict.checked ? report.issues.length : errors })] as const)
      : report.issues.length > 0
        ? (["warn", this.say("subscriptionWarned", { n: report.issues.length })] as const)
        : (["good", this.say("subscriptionValid")] as const);
    this.#draw(tone, title, this.language === "en" ? (report.coverage?.text ?? "") : "", ...this.#certificates(report));
    for (const { name: field, isRequired } of FIELDS) {
      const issues = report.issues.filter(({ path }) => path.split("/")[1] === field);
      fill(this.#issues[field], ...issues.map((issue) => this.#issue(field, issue)));
      this.#fields[field].setAttribute("aria-invalid", String(issues.some(({ severity }) => severity === "error")));
    }
    this.#drawRecord(report);
    this.onVerdict(report.valid ? "subscription_valid" : "subscription_invalid");
  }

  #put(field: Field, value: string): void {
    this.#fields[field].value = value;
    this.check();
    // The button that was pressed is gone.
    this.#fields[field].focus();
  }

  #valueOf(field: Field): string {
    return field === "secret" ? this.#secret.text : this.#fields[field].value;
  }

  /** The record: a field that is left empty is left out, unless it is required. */
  #input(): Record<string, unknown> {
    const record: Record<string, unknown> = {};
    for (const { name: field, isRequired } of FIELDS) {
      const value = this.#valueOf(field);
      if (field === "proxy") {
        Object.assign(record, value !== "" && { proxy: { url: value } });
      } else if (field === "eventName" && value.includes(",")) {
        record[field] = value.split(",").map((name) => name.trim());
      } else if (value !== "" || isRequired) {
        record[field] = value;
      }
    }
    return record;
  }

  #issue(field: Field, { code, severity, message, fix, suggestion, path }: Issue): HTMLElement {
    const { say } = this;
    const [what, todo] = this.language === "it" ? ISSUES_IT[code] : [message, fix];
    const place = path.split("/")[2];
    return el(
      "li",
      { "data-severity": severity },
      el("span", { class: "chip" }, say(severity)),
      el("code", { class: "code" }, code),
      el("p", { class: "message" }, what),
      el("p", {}, todo),
      suggestion !== undefined &&
        el(
          "button",
          { type: "button", class: "quiet", click: () => this.#put(field, this.#replaced(field, place, suggestion)) },
          say("suggestion", { what: suggestion }),
        ),
    );
  }

  #replaced(field: Field, place: string | undefined, suggestion: string): string {
    const names = this.#fields[field].value.split(",");
    if (field === "eventName" && names.length > 1 && place !== undefined) {
      return names.map((name, index) => (index === Number(place) ? suggestion : name.trim())).join(", ");
    }
    return suggestion;
  }

  #certificates({ authority }: SubscriptionReport): HTMLElement[] {
    const date = (ms: number) => new Date(ms).toLocaleDateString(this.language);
    return (authority?.certificates ?? []).map(({ subject, notBefore, notAfter }) =>
      el("p", { class: "ledger" }, `${subject} · ${date(notBefore)} – ${date(notAfter)}`),
    );
  }

  #drawRecord({ subscription }: SubscriptionReport): void {
    const text = subscription && JSON.stringify(subscription, null, 2);
    // The screen does not show the secret; the copy has it.
    const masked = subscription && JSON.stringify({ ...subscription, secret: "••••••••" }, null, 2);
    fill(
      this.#record,
      el("h3", {}, this.say("record")),
      text === undefined
        ? el("p", { class: "ledger" }, this.say("recordInvalid"))
        : el("pre", { tabindex: "0" }, el("code", {}, masked)),
      text !== undefined && copyButton(this.say, () => text),
    );
  }

  #draw(tone: string, title: string, line: string, ...details: HTMLElement[]): void {
    this.#card.dataset["tone"] = tone;
    if (this.#status.textContent !== title) {
      this.#status.textContent = title;
    }
    fill(this.#card, el("h2", {}, title), line !== "" && el("p", { class: "lead" }, line), ...details);
  }
}

const byField = <T>(make: (field: Field) => T): Record<Field, T> =>
  Object.fromEntries(FIELDS.map(({ name }) => [name, make(name)])) as Record<Field, T>;
