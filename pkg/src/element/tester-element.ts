/** The tester in a frame. */

import { TESTER_ATTRIBUTES } from "./attributes.js";

/** The detail of `mia-verdict`: the code of a verdict, and nothing that was entered. */
export interface VerdictDetail {
  /** A code of this package, such as `accepted` or `token_mismatch`. */
  readonly code: string;
}

// Without a DOM, the class can be imported but not instantiated.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * The tester in its own frame. The frame has an origin that nobody shares, no
 * network and no storage, and the page around it cannot read it.
 *
 * Attributes: `view` (`verify`, `sign`, `subscription` or `code`), `views` (which
 * of them to show), `case` (the name of a whole delivery to begin with, such as
 * `pretty-printed`), `payload`, `token`, `header-name` (`X-Mia-Signature` or
 * `X-Mia-Token`: the header to sign for, and to write into code), `sample` (an
 * event's name), `lang` (`en` or `it`; otherwise the document's), `theme` (`light`
 * or `dark`; otherwise the host's colour scheme is followed). They are read when
 * the element enters a document, and again when one of them changes.
 *
 * The content of the element is shown until the tester is ready, and where it
 * cannot run.
 *
 * Fires `mia-verdict`, whose `detail.code` is a code and nothing else.
 */
export class MiaWebhookTester extends Base {
  static readonly observedAttributes: readonly string[] = TESTER_ATTRIBUTES;

  #frame: HTMLIFrameElement | undefined;

  /** Called by the browser: opens the tester. */
  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent =
      ":host{display:block;min-height:24rem}:host([hidden]){display:none}iframe:not([hidden]){display:block}iframe{width:100%;height:24rem;border:0;color-scheme:inherit}";
    root.replaceChildren(style, document.createElement("slot"));
    addEventListener("message", this.#onMessage);
    this.#open(root).catch((cause: unknown) => console.error("mia-webhook-tester could not be loaded", cause));
  }

  /** Called by the browser: closes the tester. */
  disconnectedCallback(): void {
    removeEventListener("message", this.#onMessage);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  /** Called by the browser: starts the tester again, or changes its theme. */
  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before !== now) {
      this.#tell(name !== "theme");
    }
  }

  /** The page is loaded with the first element that needs it. */
  async #open(root: ShadowRoot): Promise<void> {
    const { TESTER_HTML } = await import("../tester.js");
    if (!this.isConnected || this.#frame !== undefined) {
      return;
    }
    const frame = document.createElement("iframe");
    // No `allow-same-origin`: the frame has its own origin and its own memory.
    frame.setAttribute("sandbox", "allow-scripts");
    frame.setAttribute("allow", "clipboard-write");
    frame.title = this.title || (this.#language()?.startsWith("it") ? "Prova dei webhook" : "Webhook tester");
    frame.srcdoc = TESTER_HTML;
    this.#frame = frame;
    // The content of the element stays visible until the tester answers.
    frame.hidden = true;
    root.append(frame);
  }

  readonly #onMessage = ({ source, data }: MessageEvent): void => {
    const frame = this.#frame;
    const said = (data as { miaWebhookTester?: Record<string, unknown> } | null)?.miaWebhookTester;
    if (frame === undefined || source !== frame.contentWindow || typeof said !== "object") {
      return;
    }
    const { ready, height, code } = said;
    if (ready === true) {
      this.shadowRoot?.querySelector("slot")?.remove();
      frame.hidden = false;
      this.#tell(true);
    }
    if (typeof height === "number" && height > 0) {
      // A page longer than this is a mistake, not a tester.
      frame.style.height = `${Math.min(height, 20_000)}px`;
    }
    if (typeof code === "string") {
      this.dispatchEvent(
        new CustomEvent<VerdictDetail>("mia-verdict", { bubbles: true, composed: true, detail: { code } }),
      );
    }
  };

  #language(): string | undefined {
    return this.closest("[lang]")?.getAttribute("lang") ?? (document.documentElement.lang || undefined);
  }

  /** A new theme keeps what was entered; any other attribute starts the tester again. */
  #tell(isOpening: boolean): void {
    const { theme, ...attributes } = Object.fromEntries(
      TESTER_ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]),
    );
    const lang = this.#language();
    const opening = isOpening ? { ...attributes, lang } : undefined;
    // The frame's origin has no name, so the target is `*`; only this frame gets
    // the message.
    this.#frame?.contentWindow?.postMessage({ miaWebhookTester: { theme, opening } }, "*");
  }
}
