/** The payload: bytes, and a field that is a view of them. */

import { fromBase64, fromHex, textOf, toBase64, toHex, utf8 } from "../bytes.js";
import { el, fill, newId } from "../dom.js";
import type { Say, TextKey } from "../texts/texts.js";
import type { FieldEvents } from "./kept-input.js";
import { sizeOf, textLedger } from "./ledgers.js";
import { TrueText } from "./true-text.js";

type Form = "text" | "hex" | "base64" | "file";
const FORMS: readonly (readonly [Form, TextKey])[] = [
  ["text", "asText"],
  ["hex", "asHex"],
  ["base64", "asBase64"],
  ["file", "asFile"],
];

/** A longer text is not put into the field: browsers take seconds to lay it out. */
const MAX_SHOWN = 1 << 18;

/** All that the field holds. */
export interface PayloadState {
  readonly form: Form;
  readonly payload: Uint8Array<ArrayBuffer> | Blob;
  /** What is in the field: digits that are no bytes are kept as well. */
  readonly entered: string;
  readonly isMalformed: boolean;
  readonly name: string;
}

const NOTHING: PayloadState = {
  form: "text",
  payload: new Uint8Array(),
  entered: "",
  isMalformed: false,
  name: "",
};

export class PayloadField {
  readonly element: HTMLElement;
  readonly #say: Say;
  readonly #events: FieldEvents;
  readonly #text = new TrueText("lines");
  #state = NOTHING;
  /** Whether it is an example, which the next paste replaces. */
  #isExample = false;
  /** Whether the dragged text comes from the field itself: the browser moves it. */
  #isOwnDrag = false;
  readonly #area: HTMLTextAreaElement;
  readonly #label: HTMLLabelElement;
  readonly #chooser: HTMLInputElement;
  readonly #file: HTMLElement;
  readonly #removal: HTMLButtonElement;
  readonly #fileName = el("strong");
  readonly #ledger: HTMLElement;
  readonly #badge: HTMLElement;
  readonly #forms: HTMLSelectElement;

  constructor(say: Say, events: FieldEvents) {
    this.#say = say;
    this.#events = events;
    const id = newId("payload");
    this.#ledger = el("p", { id: `${id}-ledger`, class: "ledger" });
    this.#badge = el("p", { id: `${id}-badge`, class: "badge", hidden: true });
    this.#area = el("textarea", {
      id,
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      "aria-describedby": `${id}-ledger ${id}-badge`,
      input: () => this.#typed(),
      paste: (event) => this.#pasted(event as ClipboardEvent),
      dragstart: () => (this.#isOwnDrag = true),
      dragend: () => (this.#isOwnDrag = false),
    });
    this.#chooser = el("input", {
      type: "file",
      id: `${id}-file`,
      "aria-describedby": `${id}-ledger`,
      change: () => {
        const file = this.#chooser.files?.[0];
        // The same file can be chosen again.
        if (file !== undefined) {
          this.#take(stateOf(file));
          this.#chooser.value = "";
        }
      },
    });
    this.#removal = el("button", { type: "button", class: "quiet", click: () => this.#remove() }, say("removeFile"));
    this.#label = el("label", {}, say("payload"));
    this.#file = el(
      "div",
      { class: "file", hidden: true },
      el("p", {}, this.#fileName),
      el("label", { for: `${id}-file`, class: "plain" }, say("chooseFile")),
      this.#chooser,
      this.#removal,
    );
    this.#forms = el(
      "select",
      { "aria-label": say("inputAs"), change: () => void this.#show(this.#forms.value as Form) },
      ...FORMS.map(([form, key]) => el("option", { value: form }, say(key))),
    );
    this.element = el(
      "div",
      {
        class: "field",
        "data-part": "payload",
        dragover: (event) => event.preventDefault(),
        drop: (event) => this.#dropped(event as DragEvent),
      },
      el("div", { class: "caption" }, this.#label, this.#ledger, this.#badge, this.#forms),
      this.#area,
      this.#file,
    );
    this.#draw();
  }

  /** The bytes; `undefined` if the digits in the field are not bytes. */
  get payload(): Uint8Array<ArrayBuffer> | Blob | undefined {
    return this.#state.isMalformed ? undefined : this.#state.payload;
  }

  get isEmpty(): boolean {
    return sizeOf(this.#state.payload) === 0;
  }

  /** Whether what is entered stands for no bytes, such as half a digit of base64. */
  get isMalformed(): boolean {
    return this.#state.isMalformed;
  }

  /** What is wrong with it then. */
  get problem(): string {
    return this.#say(this.#state.form === "hex" ? "notHex" : "notBase64");
  }

  get state(): PayloadState {
    return this.#state;
  }

  /** Goes back to an earlier state, and tells nobody. */
  restore(state: PayloadState): void {
    const before = this.#area.value;
    this.#isExample = false;
    this.#state = state;
    this.#draw();
    // The caret goes to where something changed, as browsers do.
    const { value } = this.#area;
    let same = 0;
    while (same < value.length && value.at(-1 - same) === before.at(-1 - same)) {
      same += 1;
    }
    this.#area.setSelectionRange(value.length - same, value.length - same);
  }

  /** Shows bytes as text if they are UTF-8, and otherwise as hexadecimal digits. Tells nobody. */
  setBytes(bytes: Uint8Array<ArrayBuffer>, isExample = false): void {
    this.restore(this.#stateIn("text", bytes));
    this.#isExample = isExample;
  }

  /** A few words beside the label, such as how many bytes differ. */
  setBadge(text: string): void {
    this.#badge.hidden = text === "";
    this.#badge.textContent = text;
  }

  focus(): void {
    (this.#state.form === "file" ? this.#chooser : this.#area).focus();
  }

  #remove(): void {
    this.#take(NOTHING);
    this.#area.focus();
  }

  #typed(): void {
    const { value } = this.#area;
    const { form } = this.#state;
    this.#isExample = false;
    if (form === "text") {
      this.#text.type(value);
      return this.#enter(this.#text.text, true);
    }
    const bytes = form === "hex" ? fromHex(value) : fromBase64(value);
    const isMalformed = bytes === undefined;
    this.#take({ form, payload: bytes ?? new Uint8Array(), entered: value, isMalformed, name: "" }, true);
  }

  /** Takes a paste as it was copied; the field would fold its line ends. */
  #pasted(event: ClipboardEvent): void {
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file !== undefined) {
      event.preventDefault();
      this.#take(stateOf(file));
    } else if (text !== "" && this.#events.takes?.(text)) {
      event.preventDefault();
    } else if (this.#state.form === "text" && text !== "") {
      event.preventDefault();
      this.#insert(text);
    }
  }

  #dropped(event: DragEvent): void {
    const file = event.dataTransfer?.files[0];
    const text = event.dataTransfer?.getData("text/plain") ?? "";
    if (file !== undefined || (text !== "" && !this.#isOwnDrag)) {
      event.preventDefault();
      if (file !== undefined) {
        this.#take(stateOf(file));
      } else if (!this.#events.takes?.(text)) {
        if (this.#state.form === "hex" || this.#state.form === "base64") {
          this.#area.value = text;
          this.#typed();
        } else {
          this.#enter(text);
        }
      }
    }
  }

  #insert(text: string): void {
    const { selectionStart, selectionEnd, value } = this.#area;
    const [start, end] = this.#isExample ? [0, value.length] : [selectionStart, selectionEnd];
    if (text.length > MAX_SHOWN) {
      // Its line ends are not looked at: that would take seconds for 100 MB.
      return this.#enter(this.#text.inserted(text, start, end));
    }
    const caret = this.#text.insert(text, start, end);
    this.#enter(this.#text.text);
    this.#area.setSelectionRange(caret, caret);
  }

  #enter(text: string, isTyped = false): void {
    this.#take(
      text.length > MAX_SHOWN
        ? stateOf(new Blob([text]), this.#say("tooLongToShow"))
        : { form: "text", payload: utf8(text), entered: text, isMalformed: false, name: "" },
      isTyped,
    );
  }

  /** Shows the same bytes in another form. Text that is not bytes yet is read in that form. */
  async #show(form: Form): Promise<void> {
    const { payload, isMalformed } = this.#state;
    if (form === "file") {
      return this.#take({ ...(isMalformed ? NOTHING : this.#state), form, name: "" });
    }
    if (isMalformed) {
      this.#state = { ...this.#state, form };
      if (form === "text") {
        this.#text.set(this.#area.value);
      }
      return this.#typed();
    }
    if (payload instanceof Blob && payload.size > MAX_SHOWN) {
      // It stays a file: no field could show it.
      return this.#draw();
    }
    this.#take(this.#stateIn(form, payload instanceof Blob ? new Uint8Array(await payload.arrayBuffer()) : payload));
  }

  /** Bytes in a form; bytes that are no text as digits. */
  #stateIn(form: Exclude<Form, "file">, payload: Uint8Array<ArrayBuffer>): PayloadState {
    const text = form === "text" ? textOf(payload) : form === "hex" ? toHex(payload) : toBase64(payload);
    if (text === undefined) {
      return this.#stateIn("hex", payload);
    }
    if (text.length > MAX_SHOWN) {
      return stateOf(new Blob([payload]), this.#say("tooLongToShow"));
    }
    return { form, payload, entered: text, isMalformed: false, name: "" };
  }

  #take(state: PayloadState, isTyped = false): void {
    this.#isExample = false;
    this.#state = state;
    this.#draw();
    this.#events.onChange(isTyped);
  }

  #draw(): void {
    const { form, payload, entered, isMalformed, name } = this.#state;
    const say = this.#say;
    if (form === "text") {
      this.#text.set(entered);
    }
    const shown = form === "text" ? this.#text.view : entered;
    // To set the same text would move the caret.
    if (this.#area.value !== shown) {
      this.#area.value = shown;
    }
    this.#area.setAttribute("aria-invalid", String(isMalformed));
    this.#area.hidden = form === "file";
    this.#file.hidden = form !== "file";
    this.#removal.hidden = !(payload instanceof Blob);
    this.#label.htmlFor = (form === "file" ? this.#chooser : this.#area).id;
    this.#fileName.textContent = name;
    this.#forms.value = form;
    fill(
      this.#ledger,
      isMalformed
        ? this.problem
        : this.isEmpty
          ? say("payloadHint")
          : form === "text" && !(payload instanceof Blob)
            ? textLedger(this.#text.text, say)
            : say("bytes", { n: sizeOf(payload) }) +
              (form === "hex" && textOf(payload as Uint8Array) === undefined ? ` · ${say("notText")}` : ""),
    );
  }
}

const stateOf = (file: Blob, name = file instanceof File ? file.name : ""): PayloadState => ({
  form: "file",
  payload: file,
  entered: "",
  isMalformed: false,
  name,
});
