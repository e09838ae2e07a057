/** What the element gives to its frame and takes from it. Frames themselves are tested in browsers. */

import assert from "node:assert/strict";
import { beforeEach, describe, test, vi } from "vitest";
import { TESTER_ATTRIBUTES, TESTER_OPENING } from "../../../pkg/src/element/attributes.js";
import { Paper } from "../paper.js";

/** What `<mia-webhook-tester>` is on paper. */
type Element = Paper & {
  connectedCallback(): void;
  disconnectedCallback(): void;
  attributeChangedCallback(name: string, before: string | null, now: string | null): void;
};

interface Told {
  readonly message: { theme?: string; opening?: Record<string, string | undefined> };
  readonly target: string;
}

let page: EventTarget;
const defined = new Map<string, new () => Element>();
let documentElement = { lang: "" };
let body: Paper;

beforeEach(() => {
  vi.resetModules();
  defined.clear();
  body = new Paper("body");
  page = new EventTarget();
  documentElement = { lang: "" };
  vi.stubGlobal("HTMLElement", Paper);
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("document", {
    documentElement,
    createElement(name: string) {
      const element = new Paper(name);
      const told: Told[] = [];
      element.contentWindow = {
        told,
        postMessage: (data: { miaWebhookTester: Told["message"] }, target: string) =>
          told.push({ message: data.miaWebhookTester, target }),
      };
      return element;
    },
  });
  vi.stubGlobal("customElements", {
    get: (name: string) => defined.get(name),
    define(name: string, element: new () => Element) {
      assert.ok(!defined.has(name), "a browser refuses a second definition");
      defined.set(name, element);
    },
  });
  return () => vi.unstubAllGlobals();
});

/** An element in a document, as soon as its frame is there. */
async function shown(attributes: Readonly<Record<string, string>> = {}, title = "", place: Paper = body) {
  await import("../../../pkg/src/element/define.js");
  const element = new (defined.get("mia-webhook-tester") as new () => Element)();
  element.title = title;
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  place.append(element);
  element.connectedCallback();
  const frame = await frameOf(element);
  const told = toldTo(frame);
  const verdicts: CustomEvent[] = [];
  element.addEventListener("mia-verdict", (event) => verdicts.push(event as CustomEvent));
  return { element, frame, told, verdicts, hear: (said: unknown, source = frame.contentWindow) => hear(said, source) };
}

const toldTo = (frame: Paper): Told[] => (frame.contentWindow as { told: Told[] }).told;
const frameOf = (element: Element): Promise<Paper> =>
  vi.waitFor(() => element.shadowRoot?.querySelector("iframe") ?? assert.fail("no frame yet"), { timeout: 60_000 });
const fallbackOf = (element: Element) => element.shadowRoot?.querySelector("slot") ?? null;

/** A message reaches the page. */
function hear(said: unknown, source: unknown): void {
  page.dispatchEvent(Object.assign(new Event("message"), { data: said, source }));
}

describe("the frame", () => {
  test("has an origin of its own, no right but the clipboard, and the page", async () => {
    const { frame } = await shown();
    assert.deepEqual(
      [...frame.attributes],
      [
        ["sandbox", "allow-scripts"],
        ["allow", "clipboard-write"],
      ],
    );
    assert.equal(frame.srcdoc, "<!doctype html>");
    assert.equal(frame.title, "Webhook tester");
  });

  test("is called in the language of the document", async () => {
    const place = new Paper("section");
    place.setAttribute("lang", "it-CH");
    assert.equal((await shown({}, "", place)).frame.title, "Prova dei webhook");
  });

  test("has the title of its element", async () => {
    assert.equal((await shown({}, "Check a token")).frame.title, "Check a token");
  });

  test("the content of the element is shown until the tester is ready", async () => {
    const { element, frame, hear } = await shown();
    assert.equal(frame.hidden, true);
    assert.ok(fallbackOf(element));
    hear({ miaWebhookTester: { ready: "yes" } });
    assert.equal(frame.hidden, true);
    hear({ miaWebhookTester: { ready: true } });
    assert.equal(frame.hidden, false);
    assert.equal(fallbackOf(element), null);
  });

  test("the style hides a hidden element, and keeps its place until the tester is there", async () => {
    const { element } = await shown();
    const style = element.shadowRoot?.querySelector("style")?.textContent ?? "";
    assert.match(style, /:host\(\[hidden\]\)\{display:none\}/);
    assert.match(style, /:host\{display:block;min-height:24rem\}/);
    assert.match(style, /iframe\{[^}]*color-scheme:inherit/);
  });
});

describe("what the frame is told", () => {
  test("nothing before it is ready, and then every attribute and no other one", async () => {
    const attributes = Object.fromEntries(TESTER_ATTRIBUTES.map((name) => [name, `the ${name}`]));
    const { told, hear } = await shown({ ...attributes, secret: "x", demoSecret: "x", "data-a": "x" });
    assert.deepEqual(told, []);
    hear({ miaWebhookTester: { ready: true } });
    const { theme, ...opening } = attributes;
    assert.deepEqual(told, [{ message: { theme, opening }, target: "*" }]);
    assert.ok(TESTER_ATTRIBUTES.every((name) => !/secret/i.test(name)));
  });

  test.for(TESTER_OPENING)("a new %s starts the tester again", async (name) => {
    const { element, told } = await shown();
    element.setAttribute(name, "new");
    element.attributeChangedCallback(name, null, "new");
    assert.equal(told.length, 1);
    assert.equal(told[0]?.message.opening?.[name], "new");
    assert.deepEqual(Object.keys(told[0]?.message.opening ?? {}).sort(), [...TESTER_OPENING].sort());
  });

  test("a new theme changes only the theme, so that what was entered stays", async () => {
    const { element, told } = await shown();
    element.setAttribute("theme", "dark");
    element.attributeChangedCallback("theme", null, "dark");
    assert.deepEqual(told, [{ message: { theme: "dark", opening: undefined }, target: "*" }]);
  });

  test("an attribute that is set to what it was changes nothing", async () => {
    const { element, told } = await shown({ view: "sign" });
    element.attributeChangedCallback("view", "sign", "sign");
    assert.deepEqual(told, []);
  });

  test("every attribute is observed", async () => {
    const { MiaWebhookTester } = await import("../../../pkg/src/element.js");
    assert.deepEqual(MiaWebhookTester.observedAttributes, TESTER_ATTRIBUTES);
  });

  test.for([
    ["its own", { lang: "it" }, "de", "fr", "it"],
    ["that of what is around it", {}, "de", "fr", "de"],
    ["that of the document", {}, undefined, "fr", "fr"],
    ["none", {}, undefined, "", undefined],
  ] as const)("its language is %s", async ([, attributes, around, ofDocument, expected]) => {
    documentElement.lang = ofDocument;
    const place = new Paper("section");
    if (around !== undefined) {
      place.setAttribute("lang", around);
    }
    const { told, hear } = await shown(attributes, "", place);
    hear({ miaWebhookTester: { ready: true } });
    assert.equal(told[0]?.message.opening?.["lang"], expected);
  });
});

describe("what the frame says", () => {
  test("a code becomes an event that leaves the shadow, and holds the code alone", async () => {
    const { verdicts, hear } = await shown();
    hear({ miaWebhookTester: { code: "valid", secret: "x" } });
    assert.equal(verdicts.length, 1);
    assert.deepEqual(verdicts[0]?.detail, { code: "valid" });
    assert.deepEqual([verdicts[0]?.bubbles, verdicts[0]?.composed], [true, true]);
  });

  test.for([
    [1, "1px"],
    [431.5, "431.5px"],
    [20_000, "20000px"],
    [20_001, "20000px"],
    [0, undefined],
    [-1, undefined],
    ["500", undefined],
  ] as const)("a height of %j makes the frame %s high", async ([height, expected]) => {
    const { frame, hear } = await shown();
    hear({ miaWebhookTester: { height } });
    assert.equal(frame.style["height"], expected);
  });

  const all = { ready: true, height: 500, code: "valid" };
  test.for([
    ["another window", { miaWebhookTester: all }, {}],
    ["no window", { miaWebhookTester: all }, null],
    ["a message of something else", all, undefined],
    ["null", null, undefined],
    ["a text", "valid", undefined],
    ["a text in the place of the message", { miaWebhookTester: "valid" }, undefined],
    ["wrong types", { miaWebhookTester: { ready: 1, height: "500", code: 5 } }, undefined],
  ] as const)("%s changes nothing", async ([, said, source]) => {
    const { element, frame, told, verdicts, hear } = await shown();
    hear(said, source === undefined ? frame.contentWindow : source);
    assert.equal(frame.hidden, true);
    assert.ok(fallbackOf(element));
    assert.deepEqual([frame.style["height"], told, verdicts], [undefined, [], []]);
  });

  test("two elements obey their own frames", async () => {
    const [one, other] = [await shown(), await shown()];
    one.hear({ miaWebhookTester: all });
    assert.equal(one.verdicts.length, 1);
    assert.equal(other.verdicts.length, 0);
    assert.equal(other.frame.hidden, true);
  });
});

describe("an element that is removed", () => {
  test("leaves no frame and hears nothing more", async () => {
    const { element, frame, verdicts, told } = await shown();
    const removed = vi.spyOn(page, "removeEventListener");
    vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
    element.remove();
    element.disconnectedCallback();
    assert.equal(frame.isConnected, false);
    assert.equal(removed.mock.calls[0]?.[0], "message");
    hear({ miaWebhookTester: { ready: true, code: "valid" } }, frame.contentWindow);
    hear({ miaWebhookTester: { ready: true, code: "valid" } }, undefined);
    element.attributeChangedCallback("view", null, "sign");
    assert.deepEqual([verdicts, told, frame.hidden], [[], [], true]);
  });

  test("and entered again, has a new frame in the same shadow", async () => {
    const { element, frame } = await shown();
    const { shadowRoot } = element;
    element.remove();
    element.disconnectedCallback();
    body.append(element);
    element.connectedCallback();
    const again = await frameOf(element);
    assert.notEqual(again, frame);
    assert.equal(element.shadowRoot, shadowRoot);
    assert.deepEqual(
      element.shadowRoot?.children.map((child) => (child as Paper).localName),
      ["style", "slot", "iframe"],
    );
    hear({ miaWebhookTester: { ready: true } }, again.contentWindow);
    assert.equal(toldTo(again).length, 1, "it is told once");
  });

  test("before the page is loaded gets no frame", async () => {
    const { element } = await shown();
    element.remove();
    element.disconnectedCallback();
    element.connectedCallback();
    const other = await shown();
    assert.equal(element.shadowRoot?.querySelector("iframe"), null);
    assert.ok(other.frame);
  });

  test("and entered again before the page is loaded, has one frame", async () => {
    const { element } = await shown();
    element.disconnectedCallback();
    element.connectedCallback();
    element.connectedCallback();
    await shown();
    assert.equal(element.shadowRoot?.all().filter(({ localName }) => localName === "iframe").length, 1);
  });
});

describe("registering", () => {
  test("twice is no error", async () => {
    await import("../../../pkg/src/element/define.js");
    vi.resetModules();
    await import("../../../pkg/src/element/define.js");
    assert.deepEqual([...defined.keys()], ["mia-webhook-tester"]);
  });

  test("does nothing where there is no DOM, where the class can still be imported", async () => {
    vi.unstubAllGlobals();
    await import("../../../pkg/src/element/define.js");
    const { MiaWebhookTester } = await import("../../../pkg/src/element.js");
    assert.equal(typeof MiaWebhookTester, "function");
    assert.equal(defined.size, 0);
  });
});
