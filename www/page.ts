/** The page: sign, verify, send to the local receiver, see what reached the origin. */

import { WebhookError, parseEvent, sign, verify } from "mia-webhooks";

// The receiver of `cargo xtask start` knows it, and so does everybody.
const DEMO_SECRET = "known-to-everybody";

const element = <Type extends HTMLElement>(id: string): Type => document.getElementById(id) as Type;
const payload = element<HTMLTextAreaElement>("payload");
const secret = element<HTMLInputElement>("secret");
const token = element<HTMLInputElement>("token");
const verdict = element<HTMLOutputElement>("verdict");
const answer = element<HTMLOutputElement>("answer");

payload.value = JSON.stringify(
  {
    eventName: "project_created",
    eventTimestamp: Date.now(),
    payload: { tenantId: "my-company", projectId: "my-project" },
  },
  null,
  2,
);
secret.value = DEMO_SECRET;
signAgain();
void showEvents();

element("delivery").addEventListener("input", check);
element("delivery").addEventListener("submit", (event) => {
  event.preventDefault();
  void send();
});
element("sign").addEventListener("click", signAgain);
element("show").addEventListener("click", () => {
  const isShown = secret.type === "password";
  secret.type = isShown ? "text" : "password";
  element("show").setAttribute("aria-pressed", String(isShown));
});

function signAgain(): void {
  try {
    token.value = sign(payload.value, secret.value);
  } catch {
    token.value = "";
  }
  check();
}

function check(): void {
  try {
    const isValid = verify(payload.value, token.value.trim(), secret.value);
    show(isValid, isValid ? "Valid" : "Invalid", isValid ? eventLine() : "The token does not belong to this payload and this secret.");
  } catch (error) {
    show(false, "Cannot be verified", error instanceof WebhookError ? `${error.message} ${error.hint}` : String(error));
  }
}

function eventLine(): string {
  try {
    const { eventName, eventTimestamp } = parseEvent(payload.value);
    return `${eventName}, emitted ${new Date(eventTimestamp).toLocaleString()}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Text is only ever set as text: nothing that was typed is read as HTML. */
function show(isValid: boolean, title: string, line: string): void {
  const strong = document.createElement("strong");
  strong.textContent = title;
  verdict.dataset["valid"] = String(isValid);
  verdict.replaceChildren(strong, line);
}

async function send(): Promise<void> {
  answer.textContent = "Sending …";
  try {
    const response = await fetch("receiver", {
      method: "POST",
      headers: { "content-type": "application/json", "x-mia-token": token.value },
      body: payload.value,
    });
    answer.textContent = `The receiver answered ${response.status}.`;
  } catch {
    answer.textContent = "The receiver could not be reached. Is cargo xtask start running?";
  }
  await showEvents();
}

async function showEvents(): Promise<void> {
  const response = await fetch("origin").catch(() => undefined);
  if (!response?.ok) {
    return;
  }
  const events = (await response.json()) as { at: string; payload: string }[];
  element("none").hidden = events.length > 0;
  element("events").replaceChildren(
    ...events.map(({ at, payload }) => {
      const item = document.createElement("li");
      item.textContent = `${new Date(at).toLocaleTimeString()}  ${payload}`;
      return item;
    }),
  );
}
