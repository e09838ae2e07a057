/** A button that copies a text, and says so. */

import { el } from "./dom.js";
import type { Say, TextKey } from "./texts/texts.js";

export function copyButton(say: Say, text: () => string, label: TextKey = "copy", style = "quiet"): HTMLButtonElement {
  // What happened is said beside the button, to screen readers as well: its name stays.
  const told = el("small", { role: "status", class: "hidden" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  // Screen readers only hear what changes in a place that is there already: so it comes before the press.
  const place = (): void => {
    if (!told.isConnected) {
      button.after(told);
    }
  };
  const button = el(
    "button",
    { type: "button", class: style, focus: place, pointerdown: place, click: () => void copy() },
    say(label),
  );
  function tell(text: string): void {
    told.textContent = text;
    // While it is empty, it takes no space between the buttons.
    told.className = text === "" ? "hidden" : "";
  }
  async function copy(): Promise<void> {
    let isCopied = true;
    place();
    clearTimeout(timer);
    const isSaid = told.textContent !== "";
    tell("");
    try {
      await navigator.clipboard.writeText(text());
    } catch {
      // A frame needs permission for the clipboard, but not to copy a selection.
      const area = el("textarea", { class: "hidden", readonly: true });
      area.value = text();
      button.after(area);
      area.select();
      isCopied = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const answer = (): void => {
      clearTimeout(timer);
      tell(say(isCopied ? "copied" : "notCopied"));
      timer = setTimeout(tell, 2000, "");
    };
    // The same words are only heard again after there were none.
    if (isSaid) {
      timer = setTimeout(answer, 100);
    } else {
      answer();
    }
  }
  return button;
}
