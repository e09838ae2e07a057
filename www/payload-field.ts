/** The payload: bytes, and a field that is a view of them. */

import { fromBase64, fromHex, textOf, toBase64, toHex, utf8 } from "./bytes.js";
import { el, fill, newId } from "./dom.js";
import { textLedger } from "./ledgers.js";
import type { Say, TextKey } from "./texts.js";
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

export class PayloadField {
  readonly element: HTMLElement;
  readonly #say: Say;
  readonly #onChange: () => void;
  readonly #text = new TrueText("lines");
  #form: Form = "text";
  #payload: Uint8Array<ArrayBuffer> | Blob = new Uint8Array();
  #wasPasted = false;
  /** Whether the dragged text comes from the field itself: the browser moves it. */
  #isOwnDrag = false;
  readonly #area: HTMLTextAreaElement;
  readonly #file: HTMLElement;
  readonly #fileName: HTMLElement;
  readonly #ledger: HTMLElement;
  readonly #forms: HTMLInputElement[];

  constructor(say: Say, onChange: () => void) {
    this.#say = say;
    this.#onChange = onChange;
    const id = newId("payload");
    this.#ledger = el("p", { id: `${id}-ledger`, class: "ledger" });
    this.#area = el("textarea", {
      id,
      rows: "8",
      spellcheck: "false",
      autocomplete: "off",
      autocapitalize: "off",
      "aria-describedby": `${id}-ledger`,
      input: () => this.#typed(),
      paste: (event) => this.#pasted(event as ClipboardEvent),
      dragstart: () => (this.#isOwnDrag = true),
      dragend: () => (this.#isOwnDrag = false),
    });
    const chooser = el("input", {
      type: "file",
      id: `${id}-file`,
      change: () => {
        const file = chooser.files?.[0];
        // The same file can be chosen again.
        if (file !== undefined) {
          this.setFile(file);
          chooser.value = "";
        }
      },
    });
    this.#fileName = el("strong");
    this.#file = el(
      "div",
      { class: "file", hidden: true },
      el("label", { for: `${id}-file` }, say("chooseFile")),
      chooser,
      el("p", {}, this.#fileName, " ", say("dropHere")),
      el("button", { type: "button", click: () => this.#empty() }, say("remove")),
    );
    this.#forms = FORMS.map(([form]) =>
      el("input", { type: "radio", name: `${id}-form`, value: form, change: () => void this.#show(form) }),
    );
    const forms = el(
      "fieldset",
      { class: "segments" },
      el("legend", { class: "hidden" }, say("inputAs")),
      ...FORMS.map(([, key], place) => el("label", {}, this.#forms[place], el("span", {}, say(key)))),
    );
    this.element = el(
      "div",
      {
        class: "field",
        dragover: (event) => event.preventDefault(),
        drop: (event) => this.#dropped(event as DragEvent),
      },
      el("div", { class: "caption" }, el("label", { for: id }, say("payload")), el("small", {}, say("payloadHint"))),
      forms,
      this.#area,
      this.#file,
      this.#ledger,
    );
    this.#mark();
  }

  /** The bytes; `undefined` if the digits in the field are not bytes. */
  get payload(): Uint8Array<ArrayBuffer> | Blob | undefined {
    return this.#area.getAttribute("aria-invalid") === "true" ? undefined : this.#payload;
  }

  get isEmpty(): boolean {
    return (this.#payload instanceof Blob ? this.#payload.size : this.#payload.length) === 0;
  }

  setText(text: string, wasPasted = false): void {
    this.#form = "text";
    this.#wasPasted = wasPasted;
    if (text.length > MAX_SHOWN) {
      return this.setFile(new Blob([utf8(text)]), this.#say("tooLongToShow"));
    }
    this.#text.set(text);
    this.#area.value = this.#text.view;
    this.#take(utf8(text));
  }

  /** Shows bytes as text if they are UTF-8, and otherwise as hexadecimal digits. */
  setBytes(bytes: Uint8Array<ArrayBuffer>): void {
    const text = textOf(bytes);
    if (text === undefined) {
      this.#draw("hex", bytes);
    } else {
      this.setText(text);
    }
  }

  setFile(file: Blob, name = file instanceof File ? file.name : ""): void {
    this.#form = "file";
    this.#fileName.textContent = name;
    this.#take(file);
  }

  #empty(): void {
    this.setText("");
    this.#area.focus();
  }

  #typed(): void {
    const { value } = this.#area;
    if (this.#form === "text") {
      this.#wasPasted = false;
      this.#text.type(value);
      this.#take(utf8(this.#text.text));
    } else {
      const bytes = this.#form === "hex" ? fromHex(value) : fromBase64(value);
      this.#take(bytes ?? new Uint8Array(), bytes === undefined);
    }
  }

  /** Takes a paste as it was copied; the field would fold its line ends. */
  #pasted(event: ClipboardEvent): void {
    const file = event.clipboardData?.files[0];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file !== undefined) {
      event.preventDefault();
      this.setFile(file);
    } else if (this.#form === "text" && text !== "") {
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
        this.setFile(file);
      } else if (this.#form === "hex" || this.#form === "base64") {
        this.#area.value = text;
        this.#typed();
      } else {
        this.setText(text, true);
      }
    }
  }

  #insert(text: string): void {
    const { selectionStart, selectionEnd } = this.#area;
    const caret = this.#text.paste(text, selectionStart, selectionEnd);
    if (this.#text.text.length > MAX_SHOWN) {
      return this.setText(this.#text.text, true);
    }
    this.#wasPasted = true;
    this.#area.value = this.#text.view;
    this.#area.setSelectionRange(caret, caret);
    this.#take(utf8(this.#text.text));
  }

  /** Shows the same bytes in another form. Text that is not bytes yet is read in that form. */
  async #show(form: Form): Promise<void> {
    const payload = this.#payload;
    if (this.payload === undefined && form !== "file") {
      this.#form = form;
      return this.#typed();
    }
    if (form === "file") {
      this.#form = form;
      return this.#take(payload);
    }
    if (payload instanceof Blob && payload.size > MAX_SHOWN) {
      // It stays a file: no field could show it.
      return this.#mark();
    }
    this.#draw(form, payload instanceof Blob ? new Uint8Array(await payload.arrayBuffer()) : payload);
  }

  #draw(form: Exclude<Form, "file">, bytes: Uint8Array<ArrayBuffer>): void {
    const text = form === "text" ? textOf(bytes) : form === "hex" ? toHex(bytes) : toBase64(bytes);
    if (text === undefined) {
      return this.#draw("hex", bytes);
    }
    this.#form = form;
    if (form === "text") {
      this.#text.set(text);
    }
    this.#area.value = form === "text" ? this.#text.view : text;
    this.#take(bytes);
  }

  #take(payload: Uint8Array<ArrayBuffer> | Blob, isMalformed = false): void {
    this.#payload = payload;
    if (!(payload instanceof Blob)) {
      this.#fileName.textContent = "";
    }
    this.#area.setAttribute("aria-invalid", String(isMalformed));
    this.#mark(isMalformed);
    this.#onChange();
  }

  /** Writes the ledger: what the field cannot show of the bytes. */
  #mark(isMalformed = false): void {
    const say = this.#say;
    this.#area.hidden = this.#form === "file";
    this.#file.hidden = this.#form !== "file";
    for (const radio of this.#forms) {
      radio.checked = radio.value === this.#form;
    }
    if (isMalformed) {
      return fill(this.#ledger, say(this.#form === "hex" ? "notHex" : "notBase64"));
    }
    const payload = this.#payload;
    const isText = this.#form === "text" && !(payload instanceof Blob);
    fill(
      this.#ledger,
      isText
        ? textLedger(this.#text.text, this.#wasPasted, say)
        : say("bytes", { n: payload instanceof Blob ? payload.size : payload.length }),
    );
  }
}
