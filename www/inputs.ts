/** Payload and secrets, which the views share: one set of fields that moves to the view that is shown. */

import { type CatalogueEvent, events } from "mia-webhooks/subscription";
import { el, fill, newId } from "./dom.js";
import { textOf } from "./kept-input.js";
import { type PastedRequest, readPastedRequest } from "../pkg/src/request/pasted-request.js";
import { PayloadField } from "./payload-field.js";
import { SecretsField } from "./secrets-field.js";
import type { Say } from "./texts.js";

export class Inputs {
  readonly payload: PayloadField;
  readonly secrets: SecretsField;
  readonly #fields: HTMLElement;
  readonly #samples = el("select");
  readonly #say: Say;

  constructor(say: Say, onChange: () => void, onRequest: (request: PastedRequest) => void) {
    this.#say = say;
    this.payload = new PayloadField(say, onChange);
    this.secrets = new SecretsField(say, onChange);
    this.#fields = el("div", { class: "fields" }, this.#openers(onRequest), this.payload.element, this.secrets.element);
  }

  /** A place for the fields; they are in the view that is shown. */
  slot(): HTMLElement {
    return el("div", { class: "slot" });
  }

  /** Moves the fields into a view. */
  moveTo(view: Element): void {
    view.querySelector(".slot")?.append(this.#fields);
  }

  /** Samples, and the whole request that is split into fields. */
  #openers(onRequest: (request: PastedRequest) => void): HTMLElement {
    const say = this.#say;
    const id = newId("sample");
    const samples = this.#samples;
    samples.id = id;
    samples.addEventListener("change", () => this.setSample(samples.value));
    samples.append(
      el("option", { value: "" }, say("noSample")),
      ...events.map(({ eventName, title }) => el("option", { value: eventName, title }, eventName)),
    );
    const note = el("p", { class: "ledger", "aria-live": "polite" });
    const areaId = newId("request");
    const area = el("textarea", {
      id: areaId,
      rows: "3",
      class: "mono",
      spellcheck: "false",
      // The field folds line ends, which belong to the body: so a paste is read as
      // it comes.
      paste: (event) => take(event, (event as ClipboardEvent).clipboardData),
      drop: (event) => take(event, (event as DragEvent).dataTransfer),
      input: () => this.#readRequest(area.value, note, onRequest),
    });
    /** The box stays empty, because it would show something else than what was read. */
    const take = (event: Event, data: DataTransfer | null): void => {
      const text = textOf(data);
      if (text !== "") {
        event.preventDefault();
        area.value = "";
        this.#readRequest(text, note, onRequest);
      }
    };
    return el(
      "div",
      { class: "openers" },
      el("div", { class: "caption" }, el("label", { for: id }, say("sample")), samples),
      el(
        "details",
        {},
        el("summary", {}, say("pasteRequest")),
        el("label", { for: areaId, class: "plain" }, say("pasteHint")),
        area,
        note,
      ),
    );
  }

  /** A valid event of the catalogue, emitted now. */
  setSample(eventName: string): boolean {
    const event: CatalogueEvent | undefined = events.find((event) => event.eventName === eventName);
    if (event !== undefined) {
      this.#samples.value = eventName;
      this.payload.setText(JSON.stringify({ ...event.example, eventTimestamp: Date.now() }));
    }
    return event !== undefined;
  }

  #readRequest(text: string, note: HTMLElement, onRequest: (request: PastedRequest) => void): void {
    const say = this.#say;
    if (text === "") {
      return fill(note);
    }
    const request = readPastedRequest(text);
    if (request === undefined) {
      return fill(note, say("pasteNothing"));
    }
    const doubts = request.doubts.map((doubt) => say(`doubt_${doubt}`));
    if (request.form === "refused") {
      return fill(note, doubts.join(" "));
    }
    const taken = [say("bytes", { n: request.payload.length }), request.headerName].filter(
      (part) => part !== undefined,
    );
    fill(
      note,
      [
        say("pasteTaken", { what: taken.join(", ") }),
        ...(request.ignored.length > 0 ? [say("pasteIgnored", { what: request.ignored.join(", ") })] : []),
        ...doubts,
      ].join(" "),
    );
    this.payload.setBytes(new Uint8Array(request.payload));
    onRequest(request);
  }
}
