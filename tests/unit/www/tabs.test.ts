/** Tabs by keyboard, as the ARIA pattern has them. */

import assert from "node:assert/strict";
import { beforeEach, test, vi } from "vitest";
import { type Tab, placeAfter, tabs } from "../../../www/tabs.js";
import { Paper } from "../paper.js";

beforeEach(() => {
  vi.stubGlobal("document", { createElement: (name: string) => new Paper(name) });
  return () => vi.unstubAllGlobals();
});

test.for([
  ["ArrowRight", [1, 2, 0]],
  ["ArrowLeft", [2, 0, 1]],
  ["Home", [0, 0, 0]],
  ["End", [2, 2, 2]],
  ["ArrowUp", [-1, -1, -1]],
  ["a", [-1, -1, -1]],
] as const)("%s leads from the three tabs to %j", ([key, places]) => {
  assert.deepEqual(
    [0, 1, 2].map((place) => placeAfter(key, place, 3)),
    places,
  );
});

/** Three tabs, of which the first is shown. */
function three(names = ["one", "two", "three"]) {
  const shown: string[] = [];
  const list = names.map((name) => ({ name, label: `The ${name}`, panel: new Paper("div") }));
  const made = tabs("Views", list as unknown as Tab[], (name) => shown.push(name));
  const [bar] = (made.element as unknown as Paper).children as [Paper];
  made.show(names[0] as string);
  const press = (key: string): boolean => {
    const event = Object.assign(new Event("keydown", { cancelable: true }), { key });
    bar.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { ...made, bar, press, shown, list, buttons: bar.children as Paper[] };
}

test("one tab is selected and reached by the Tab key, and only its panel is shown", () => {
  const { show, buttons, list } = three();
  for (const [place, { name }] of list.entries()) {
    show(name);
    const marks = (attribute: string) => buttons.map((button) => button.getAttribute(attribute));
    assert.deepEqual(
      marks("aria-selected"),
      [0, 1, 2].map((other) => String(other === place)),
    );
    assert.deepEqual(
      marks("tabindex"),
      [0, 1, 2].map((other) => (other === place ? "0" : "-1")),
    );
    assert.deepEqual(
      list.map(({ panel }) => panel.hidden),
      [0, 1, 2].map((other) => other !== place),
    );
  }
});

test("each tab names its panel, and each panel its tab", () => {
  const { bar, buttons, list } = three();
  assert.deepEqual([bar.getAttribute("role"), bar.getAttribute("aria-label")], ["tablist", "Views"]);
  assert.equal(new Set(list.map(({ panel }) => panel.id)).size, 3);
  buttons.forEach((button, place) => {
    const panel = list[place]?.panel as Paper;
    assert.equal(button.textContent, list[place]?.label);
    assert.equal(button.getAttribute("role"), "tab");
    assert.equal(button.getAttribute("aria-controls"), panel.id);
    assert.equal(panel.getAttribute("role"), "tabpanel");
    assert.equal(panel.getAttribute("aria-labelledby"), button.getAttribute("id"));
  });
});

test("arrow keys show the next tab and give it the focus; other keys do nothing", () => {
  const { press, shown, buttons } = three();
  Paper.touched = [];
  assert.equal(press("ArrowLeft"), true);
  assert.equal(press("x"), false);
  assert.equal(press("ArrowLeft"), true);
  assert.deepEqual(shown, ["one", "three", "two"]);
  assert.deepEqual(Paper.touched, [buttons[2], buttons[1]]);
});

test("a click shows its tab", () => {
  const { buttons, shown } = three();
  buttons[1]?.dispatchEvent(new Event("click"));
  assert.deepEqual(shown, ["one", "two"]);
});

test("one tab alone needs no bar", () => {
  assert.equal(three().bar.hidden, false);
  assert.equal(three(["one", "two"]).bar.hidden, false);
  assert.equal(three(["one"]).bar.hidden, true);
});
