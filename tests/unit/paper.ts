/**
 * A document on paper: as much of the DOM as the element and the small parts of
 * the page use. What browsers do with it is tested in browsers: tests/tester.
 */

export class Paper extends EventTarget {
  readonly attributes = new Map<string, string>();
  readonly dataset: Record<string, string> = {};
  readonly style: Record<string, string> = {};
  children: (Paper | string)[] = [];
  parent: Paper | undefined;
  shadowRoot: Paper | null = null;
  hidden = false;
  id = "";
  title = "";
  value = "";
  /** What frames have. */
  srcdoc = "";
  contentWindow: unknown;

  constructor(readonly localName = "") {
    super();
  }

  get isConnected(): boolean {
    return this.parent !== undefined;
  }

  get textContent(): string {
    return this.children.map((child) => (typeof child === "string" ? child : child.textContent)).join("");
  }

  set textContent(text: string) {
    this.replaceChildren(text);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  append(...children: (Paper | string)[]): void {
    for (const child of children) {
      if (child instanceof Paper) {
        child.parent = this;
      }
      this.children.push(child);
    }
  }

  after(sibling: Paper): void {
    this.parent?.append(sibling);
  }

  replaceChildren(...children: (Paper | string)[]): void {
    this.all().forEach((child) => (child.parent = undefined));
    this.children = [];
    this.append(...children);
  }

  remove(): void {
    const { parent } = this;
    if (parent !== undefined) {
      parent.children = parent.children.filter((child) => child !== this);
      this.parent = undefined;
    }
  }

  attachShadow(): Paper {
    this.shadowRoot = new Paper("#shadow-root");
    this.shadowRoot.parent = this;
    return this.shadowRoot;
  }

  /** Every element inside. */
  all(): Paper[] {
    return this.children.flatMap((child) => (typeof child === "string" ? [] : [child, ...child.all()]));
  }

  querySelector(name: string): Paper | null {
    return this.all().find(({ localName }) => localName === name) ?? null;
  }

  /** Only for selectors of one attribute, such as `[lang]`. */
  closest(selector: string): Paper | null {
    return this.attributes.has(selector.slice(1, -1)) ? this : (this.parent?.closest(selector) ?? null);
  }

  /** The elements that got the focus or were selected, the last one at the end. */
  static touched: Paper[] = [];

  focus(): void {
    Paper.touched.push(this);
  }

  select(): void {
    Paper.touched.push(this);
  }
}
