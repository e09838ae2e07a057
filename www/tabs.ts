/** Tabs by the ARIA pattern: arrow keys move between tabs, and the Tab key reaches one of them. */

import { el, newId } from "./dom.js";

export interface Tab {
  readonly name: string;
  readonly label: string;
  readonly panel: HTMLElement;
}

/** The place of the tab to which a key leads; -1 for every other key. */
export function placeAfter(key: string, place: number, count: number): number {
  switch (key) {
    case "ArrowRight":
      return (place + 1) % count;
    case "ArrowLeft":
      return (place + count - 1) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return -1;
  }
}

export function tabs(
  label: string,
  list: readonly Tab[],
  onShow: (name: string) => void,
): { element: HTMLElement; show(name: string): void; focus(): void } {
  const id = newId("tabs");
  const buttons = list.map(({ name, label, panel }) => {
    panel.id = `${id}-${name}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", `${id}-${name}-tab`);
    return el(
      "button",
      { type: "button", role: "tab", id: `${id}-${name}-tab`, "aria-controls": panel.id, click: () => show(name) },
      label,
    );
  });

  function show(name: string): void {
    list.forEach((tab, place) => {
      const isShown = tab.name === name;
      tab.panel.hidden = !isShown;
      buttons[place]?.setAttribute("aria-selected", String(isShown));
      buttons[place]?.setAttribute("tabindex", isShown ? "0" : "-1");
    });
    onShow(name);
  }

  function focus(): void {
    buttons.find((button) => button.getAttribute("aria-selected") === "true")?.focus();
  }

  function move(event: KeyboardEvent): void {
    const place = buttons.findIndex((button) => button.getAttribute("aria-selected") === "true");
    const tab = list[placeAfter(event.key, place, list.length)];
    if (tab !== undefined) {
      event.preventDefault();
      show(tab.name);
      focus();
    }
  }

  const bar = el(
    "div",
    { role: "tablist", "aria-label": label, keydown: (event) => move(event as KeyboardEvent) },
    ...buttons,
  );
  bar.hidden = list.length < 2;
  return { element: el("div", {}, bar, ...list.map(({ panel }) => panel)), show, focus };
}
