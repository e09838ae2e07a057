/** A button that copies a text, and says so. */

import { el } from "./dom.js";
import type { Say, TextKey } from "./texts.js";

export function copyButton(say: Say, text: () => string, label: TextKey = "copy"): HTMLButtonElement {
  const button = el("button", { type: "button", class: "quiet", click: () => void copy() }, say(label));
  async function copy(): Promise<void> {
    let isCopied = true;
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
    button.textContent = say(isCopied ? "copied" : "notCopied");
    setTimeout(() => (button.textContent = say(label)), 1500);
  }
  return button;
}
