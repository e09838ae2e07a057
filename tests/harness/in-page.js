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
    const digest = () => shown("input[id*=digest]");
    const strip = () => shown(".strip");
    /** How often a person has acted. */
    const acts = { count: 0 };
    const type = (field, text) => {
      acts.count += 1;
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
      acts.count += 1;
      field.focus();
      field.setSelectionRange(0, field.value.length);
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "clipboardData", { value: carrying(text) });
      if (field.dispatchEvent(event) && typeof text === "string") {
        acts.count -= 1;
        type(field, text);
      }
    };
    const drop = (field, text) => {
      acts.count += 1;
      const event = new DragEvent("drop", { bubbles: true, cancelable: true });
      Object.defineProperty(event, "dataTransfer", { value: carrying(text) });
      field.dispatchEvent(event);
    };
    const choose = (form) => {
      acts.count += 1;
      const forms = shown(".field[data-part=payload] select");
      forms.value = form;
      forms.dispatchEvent(new Event("change", { bubbles: true }));
    };
    /** Waits until a condition of the document is true, and returns what it is. */
    const until = (condition) => new Promise((resolve, reject) => {
      const look = () => {
        const found = condition();
        if (found) {
          observer.disconnect();
          clearTimeout(limit);
          resolve(found);
        }
        return found;
      };
      const observer = new MutationObserver(look);
      // Only a page that hangs reaches it.
      const limit = setTimeout(() => reject(new Error("never true: " + condition + "; " + document.body.innerText)), 90_000);
      if (!look()) observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    const settled = () => {
      // To look for what is shown costs a layout each time.
      const { dataset } = strip();
      return until(() => !["empty", "incomplete", "checking"].includes(dataset.code) && dataset.code);
    };
    const clear = () => {
      type(token(), "");
      shown(".file button")?.click();
      choose("text");
      type(payload(), "");
      type(secret(), "");
    };
    /** Presses a button by its name, as a person reads it. */
    const press = (name) => {
      const button = [...document.querySelectorAll("button")].find((one) => one.offsetParent !== null && one.textContent === name);
      if (!button) throw new Error("no button is called " + name + ": " + [...document.querySelectorAll("button")].filter((one) => one.offsetParent !== null).map((one) => one.textContent).join(" | "));
      acts.count += 1;
      button.focus();
      button.click();
    };
    /** Presses a key, as far as a script can. */
    const key = (field, key, how = {}) => (acts.count += 1, field.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...how })));
    return { shown, payload, secret, token, digest, strip, type, paste, drop, choose, until, settled, clear, press, key, acts };
  })();
`;

/** @param {string} body The body of an async function that has the hands. */
export const inPage = (body) => `(async () => {
  ${driver}
  const { shown, payload, secret, token, digest, strip, type, paste, drop, choose, until, settled, clear, press, key, acts } = window.hands;
  // The page unpacks its modules before it draws anything.
  await until(() => document.querySelector("[role=tab]"));
  ${body}
})()`;
