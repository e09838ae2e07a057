/**
 * What is entered: payload, secrets, token, and the digest of somebody's own code. The views
 * share them, and one history takes back whatever changed them.
 */

import { type CatalogueEvent, events } from "mia-webhooks/subscription";
import type { Announcer } from "../announcer.js";
import { utf8 } from "../bytes.js";
import { el, fill, newId } from "../dom.js";
import type { Say } from "../texts/texts.js";
import { CASES } from "./cases.js";
import { History } from "./history.js";
import { textOf } from "./kept-input.js";
import { type Pasted, readPasted } from "./pasted.js";
import { PayloadField, type PayloadState } from "./payload-field.js";
import { SecretsField } from "./secrets-field.js";
import { TokenField } from "./token-field.js";

/** All that is entered. */
interface Entered {
  readonly payload: PayloadState;
  readonly secrets: readonly string[];
  readonly token: string;
  readonly digest: string;
  /** What was read of a request, in sentences. */
  readonly source: readonly string[];
}

/** What changes at once. */
export interface Change {
  readonly payload?: Uint8Array<ArrayBuffer> | undefined;
  readonly secrets?: readonly string[] | undefined;
  readonly token?: string | undefined;
  readonly digest?: string | undefined;
  readonly source?: readonly string[];
}

/** A whole delivery of this name, if there is one. */
export function caseOf(name: string | undefined): Change | undefined {
  const one = CASES.find((one) => one.name === name);
  return one && { payload: utf8(one.payload), secrets: [one.secret], token: one.token, digest: "", source: [] };
}

/** A valid event of the catalogue, emitted now, if there is one of this name. */
export function sampleOf(eventName: string | undefined): Change | undefined {
  const event: CatalogueEvent | undefined = events.find((event) => event.eventName === eventName);
  return event && { payload: utf8(JSON.stringify({ ...event.example, eventTimestamp: Date.now() })), source: [] };
}

export class Inputs {
  readonly payload: PayloadField;
  readonly secrets: SecretsField;
  readonly token: TokenField;
  /** What somebody's own code computed. */
  readonly digest: TokenField;
  readonly #fields: HTMLElement;
  readonly #samples: HTMLElement;
  readonly #box: HTMLTextAreaElement;
  readonly #pasting: HTMLElement;
  readonly #source = el("div", { class: "source", hidden: true });
  readonly #say: Say;
  readonly #announcer: Announcer;
  readonly #onChange: (isTyped: boolean) => void;
  #history: History<Entered>;
  #read: readonly string[] = [];

  /** `onChange` is told whether a key was pressed, or everything is there at once. */
  constructor(say: Say, announcer: Announcer, onChange: (isTyped: boolean) => void) {
    this.#say = say;
    this.#announcer = announcer;
    this.#onChange = onChange;
    const events = (name: string) => ({
      onChange: (isTyped: boolean) => this.#changed(isTyped ? name : ""),
      takes: (text: string) => this.#takes(text),
      onShown: () => onChange(false),
    });
    this.payload = new PayloadField(say, events("payload"));
    this.secrets = new SecretsField(say, events("secret"));
    this.token = new TokenField(say, "token", events("token"));
    this.digest = new TokenField(say, "digest", events("digest"));
    const id = newId("request");
    this.#box = el("textarea", {
      id,
      rows: "1",
      class: "mono",
      spellcheck: "false",
      "aria-describedby": `${id}-hint ${id}-source`,
      // The field folds line ends, which belong to the body: so a paste is read as
      // it comes.
      paste: (event) => this.#takeRequest(event, (event as ClipboardEvent).clipboardData),
      drop: (event) => this.#takeRequest(event, (event as DragEvent).dataTransfer),
      input: () => this.#readRequest(this.#box.value),
    });
    this.#source.id = `${id}-source`;
    this.#pasting = el(
      "div",
      { class: "pasting" },
      el(
        "div",
        { class: "caption" },
        el("label", { for: id, class: "plain" }, say("pasteRequest")),
        el("small", { id: `${id}-hint` }, say("pasteHint")),
      ),
      this.#box,
    );
    this.#samples = this.#sampleChoice();
    this.#fields = el(
      "div",
      { class: "fields" },
      this.#pasting,
      this.#source,
      this.#samples,
      this.payload.element,
      this.secrets.element,
    );
    this.#history = new History(this.#entered);
    [this.#fields, this.token.element, this.digest.element].forEach((element) => this.undoIn(element));
  }

  /** A place for the fields; they are in the view that is shown. */
  slot(): HTMLElement {
    return el("div", { class: "slot" });
  }

  /** Moves the fields into a view. `makes`: whether a delivery is made there, and not only checked. */
  moveTo(view: Element, makes: boolean): void {
    this.secrets.canGenerate = makes;
    this.#samples.hidden = !makes;
    if (makes) {
      // A delivery that is made has nothing to be compared with.
      this.payload.setBadge("");
      this.secrets.setBadge("");
    }
    view.querySelector(".slot")?.append(this.#fields);
  }

  /** The usual keys undo and redo in an element: what they do to a field is a part of the history. */
  undoIn(element: HTMLElement): void {
    const act = (event: Event, isRedo: boolean): void => {
      event.preventDefault();
      this.#restore(isRedo ? this.#history.redo() : this.#history.undo());
    };
    element.addEventListener("keydown", (event) => {
      const { key, altKey, shiftKey } = event;
      if ((event.ctrlKey || event.metaKey) && !altKey && /^[zy]$/i.test(key)) {
        act(event, shiftKey || key.toLowerCase() === "y");
      }
    });
    // From a menu, or by shaking a telephone.
    element.addEventListener("beforeinput", (event) => {
      if (/^history(Undo|Redo)$/.test(event.inputType)) {
        act(event, event.inputType === "historyRedo");
      }
    });
  }

  /** Takes the last step back. */
  undo(): void {
    this.#restore(this.#history.undo());
  }

  /** Enters a whole delivery. */
  setCase(name: string): void {
    this.change(caseOf(name) ?? {}, true);
  }

  /** What is there at first. It is no step that can be taken back, and nobody is told. */
  open(...changes: readonly (Change | undefined)[]): void {
    changes.forEach((change) => change && this.#set(change, true));
    this.#history = new History(this.#entered);
  }

  /** Changes several fields in one step. */
  change(change: Change, isExample = false): void {
    this.#set(change, isExample);
    this.#changed("");
  }

  #set({ payload, secrets, token, digest, source }: Change, isExample: boolean): void {
    if (payload !== undefined) {
      this.payload.setBytes(payload, isExample);
    }
    if (secrets !== undefined) {
      this.secrets.restore(secrets, isExample);
    }
    if (token !== undefined) {
      this.token.set(token, isExample);
    }
    if (digest !== undefined) {
      this.digest.set(digest, isExample);
    }
    this.#showSource(source ?? this.#read);
  }

  clear(): void {
    this.change({ payload: new Uint8Array(), secrets: [""], token: "", digest: "", source: [] });
    this.payload.focus();
  }

  get #entered(): Entered {
    return {
      payload: this.payload.state,
      secrets: this.secrets.state,
      token: this.token.text,
      digest: this.digest.text,
      source: this.#read,
    };
  }

  #changed(typedIn: string): void {
    this.#history.note(this.#entered, typedIn);
    this.#onChange(typedIn !== "");
  }

  #restore(entered: Entered | undefined): void {
    if (entered === undefined) {
      return;
    }
    const now = this.#entered;
    // A field that stays as it is keeps its caret.
    if (entered.payload !== now.payload) {
      this.payload.restore(entered.payload);
    }
    if (entered.secrets.join("\0") !== now.secrets.join("\0") || entered.secrets.length !== now.secrets.length) {
      this.secrets.restore(entered.secrets);
    }
    if (entered.token !== now.token) {
      this.token.set(entered.token);
    }
    if (entered.digest !== now.digest) {
      this.digest.set(entered.digest);
    }
    this.#showSource(entered.source);
    this.#onChange(false);
    // The keys for more steps belong to a field.
    if (!document.activeElement?.checkVisibility() || document.activeElement === document.body) {
      this.payload.focus();
    }
  }

  #sampleChoice(): HTMLElement {
    const id = newId("sample");
    const samples: HTMLSelectElement = el(
      "select",
      {
        id,
        change: () => {
          this.change(sampleOf(samples.value) ?? {}, true);
          samples.value = "";
        },
      },
      el("option", { value: "" }, this.#say("noSample")),
      ...[...events]
        .filter(({ aliasOf }) => aliasOf === undefined)
        .sort((one, other) => (one.eventName < other.eventName ? -1 : 1))
        .map(({ eventName, title }) => el("option", { value: eventName, title }, eventName)),
    );
    return el("div", { class: "caption", hidden: true }, el("label", { for: id }, this.#say("sample")), samples);
  }

  /** The box stays empty, because it would show something else than what was read. */
  #takeRequest(event: Event, data: DataTransfer | null): void {
    const text = textOf(data);
    if (text !== "") {
      event.preventDefault();
      this.#box.value = "";
      this.#readRequest(text);
    }
  }

  #readRequest(text: string): void {
    if (text.trim() === "") {
      return;
    }
    const pasted = readPasted(text, true);
    this.#box.setAttribute("aria-invalid", String(pasted === undefined || pasted.form === "refused"));
    if (pasted === undefined || pasted.form === "refused") {
      const sentences =
        pasted === undefined ? [this.#say("pasteNothing")] : pasted.doubts.map((doubt) => this.#say(`doubt_${doubt}`));
      this.#showSource(sentences, true);
      this.#announcer.say(sentences.join(" "));
    } else {
      this.#box.value = "";
      this.#take(pasted);
      // The box is gone: what is still missing comes next.
      (this.secrets.isEmpty ? this.secrets : this.token).focus();
    }
  }

  /** Splits a request that was pasted into one of the fields. */
  #takes(text: string): boolean {
    const pasted = readPasted(text, false);
    if (pasted !== undefined) {
      this.#take(pasted);
    }
    return pasted !== undefined;
  }

  #take(pasted: Pasted): void {
    const say = this.#say;
    if (pasted.form === "refused") {
      return;
    }
    if (pasted.form === "header") {
      this.change({
        token: pasted.token,
        source: [say("pasteRead", { form: say("form_header"), what: pasted.headerName })],
      });
      return this.#announcer.say(this.#read.join(" "));
    }
    const { form, payload, headerName, token, ignored, doubts } = pasted;
    // A list of headers has no body: the one that is here stays.
    const hasBody = payload.length > 0 || !doubts.includes("body_missing") || token === undefined;
    const read = [...(hasBody ? [say("bytesOfBody", { n: payload.length })] : []), headerName];
    this.change({
      ...(hasBody && { payload: new Uint8Array(payload) }),
      // Without a token in the request, the field is emptied: its token belongs to
      // another payload.
      token: token ?? "",
      source: [
        say("pasteRead", { form: say(`form_${form}`), what: read.filter((part) => part !== undefined).join(", ") }),
        ...(ignored.length > 0 ? [say("pasteIgnored", { what: ignored.join(", ") })] : []),
        ...doubts.map((doubt) => say(`doubt_${doubt}`)),
      ],
    });
    this.#announcer.say(this.#read.join(" "));
  }

  #undoReading(): void {
    this.undo();
    if (!this.#pasting.hidden) {
      this.#box.focus();
    }
  }

  /** Says what was read, in place of the box that it was pasted into. */
  #showSource(sentences: readonly string[], isRefused = false): void {
    const say = this.#say;
    if (!isRefused) {
      this.#read = sentences;
    }
    const isRead = sentences.length > 0;
    this.#pasting.hidden = isRead && !isRefused;
    this.#source.hidden = !isRead;
    fill(
      this.#source,
      el("span", {}, sentences.join(" ")),
      isRead &&
        !isRefused &&
        el("button", { type: "button", class: "quiet", click: () => this.#undoReading() }, say("undo")),
      isRead &&
        !isRefused &&
        el(
          "button",
          {
            type: "button",
            class: "quiet",
            click: () => {
              this.#pasting.hidden = false;
              this.#box.focus();
            },
          },
          say("pasteAnother"),
        ),
    );
  }
}
