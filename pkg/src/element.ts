/**
 * `<mia-webhook-tester>`: sign, verify, see why a token does not match, in any
 * page. Importable where there is no DOM; `mia-webhooks/element/define`
 * registers it.
 *
 * @packageDocumentation
 */

/** Attributes that say how the tester begins. There is none for a secret. */
export const TESTER_ATTRIBUTES = [
  "view",
  "views",
  "payload",
  "token",
  "header-name",
  "sample",
  "lang",
  "theme",
] as const;

/** What `mia-verdict` tells: a code of a verdict, and nothing of what was entered. */
export interface VerdictDetail {
  readonly code: string;
}

// Where there is no DOM the class can be imported, and not made.
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * The tester in a frame of its own: an origin that nobody shares, without
 * network and storage, whose page the host cannot read.
 *
 * Attributes: `view` (`verify`, `sign`, `subscription` or `code`), `views`
 * (which of them there are), `payload`, `token`, `header-name` (`X-Mia-Token` or
 * `X-Mia-Signature`: what is signed for, and written into code), `sample` (an event's name),
 * `lang` (`en` or `it`; otherwise the document's), `theme` (`light` or `dark`;
 * otherwise the host's colour scheme is followed). They are read when the
 * element enters a document, and again when one of them changes.
 *
 * What stands inside is shown until the tester is there, and where it cannot be.
 *
 * Fires `mia-verdict`, whose `detail.code` is a code and nothing else.
 */
export class MiaWebhookTester extends Base {
  static readonly observedAttributes: readonly string[] = TESTER_ATTRIBUTES;

  #frame: HTMLIFrameElement | undefined;

  connectedCallback(): void {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = document.createElement("style");
    style.textContent =
      ":host{display:block;min-height:24rem}:host([hidden]){display:none}iframe:not([hidden]){display:block}iframe{width:100%;height:24rem;border:0;color-scheme:inherit}";
    root.replaceChildren(style, document.createElement("slot"));
    addEventListener("message", this.#onMessage);
    void this.#open(root);
  }

  disconnectedCallback(): void {
    removeEventListener("message", this.#onMessage);
    this.#frame?.remove();
    this.#frame = undefined;
  }

  attributeChangedCallback(name: string, before: string | null, now: string | null): void {
    if (before !== now) {
      this.#tell(name !== "theme");
    }
  }

  /** The page is loaded with the first element that needs it. */
  async #open(root: ShadowRoot): Promise<void> {
    const { TESTER_HTML } = await import("./generated/tester-html.js");
    if (!this.isConnected || this.#frame !== undefined) {
      return;
    }
    const frame = document.createElement("iframe");
    // No `allow-same-origin`: the frame's origin is its own, and so is its memory.
    frame.setAttribute("sandbox", "allow-scripts");
    frame.setAttribute("allow", "clipboard-write");
    frame.title = this.title || "mia-webhooks";
    frame.srcdoc = TESTER_HTML;
    this.#frame = frame;
    // What stands inside stays visible until the tester answers.
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
      // A page as long as this is a mistake, not a tester.
      frame.style.height = `${Math.min(height, 20_000)}px`;
    }
    if (typeof code === "string") {
      this.dispatchEvent(new CustomEvent<VerdictDetail>("mia-verdict", { bubbles: true, composed: true, detail: { code } }));
    }
  };

  /** A theme changes nothing of what was entered; every other attribute begins anew. */
  #tell(isOpening: boolean): void {
    const { theme, ...attributes } = Object.fromEntries(
      TESTER_ATTRIBUTES.map((name) => [name, this.getAttribute(name) ?? undefined]),
    );
    const lang = attributes["lang"] ?? this.closest("[lang]")?.getAttribute("lang") ?? (document.documentElement.lang || undefined);
    const opening = isOpening ? { ...attributes, lang } : undefined;
    // An origin that nobody shares has no name: `*` is this one frame.
    this.#frame?.contentWindow?.postMessage({ miaWebhookTester: { theme, opening } }, "*");
  }
}
