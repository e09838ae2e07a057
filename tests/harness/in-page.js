// @ts-check
/**
 * The actions of a person, as functions inside the page: every engine can run a
 * script, and the page handles events of a script and of a person alike.
 */

/** Runs in the page, as source code. */
export const driver = `
  window.hands ??= (() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].find((found) => found.offsetParent !== null);
    const payload = () => shown("textarea[id*=payload]");
    const secret = () => shown("input[id*=secret]");
    const token = () => shown("input[id*=token]");
    const card = () => shown(".card");
    const type = (field, text) => {
      field.value = text;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const carrying = (text) => {
      const data = new DataTransfer();
      if (typeof text === "string") data.setData("text/plain", text);
      else data.items.add(new File([text], "payload.json"));
      return data;
    };
    const paste = (field, text) => {
      field.focus();
      field.setSelectionRange(0, field.value.length);
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: carrying(text) });
      if (field.dispatchEvent(event) && typeof text === "string") type(field, text);
    };
    const drop = (field, text) => {
      const event = new DragEvent("drop", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "dataTransfer", { value: carrying(text) });
      field.dispatchEvent(event);
    };
    const choose = (form) => {
      const radio = shown('input[type=radio][value=' + form + ']');
      radio.checked = true;
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    };
    const settled = async () => {
      for (let waited = 0; waited < 2000; waited++) {
        const { code } = card().dataset;
        if (code && !["empty", "incomplete", "checking"].includes(code)) return code;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      throw new Error("no verdict: " + card().textContent);
    };
    const clear = () => {
      type(token(), "");
      shown(".file button")?.click();
      choose("text");
      type(payload(), "");
      type(secret(), "");
    };
    return { shown, payload, secret, token, card, type, paste, drop, choose, settled, clear };
  })();
`;

/** @param {string} body The body of an async function that has the hands. */
export const inPage = (body) => `(async () => {
  // The page unpacks its modules before it draws anything.
  while (!document.querySelector("[role=tab]")) await new Promise((resolve) => setTimeout(resolve, 5));
  ${driver}
  const { shown, payload, secret, token, card, type, paste, drop, choose, settled, clear } = window.hands;
  ${body}
})()`;
