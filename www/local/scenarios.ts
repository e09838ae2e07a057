/** What each button sends: one genuine request, and the ways in which others are not. */

import { sign } from "mia-webhooks";
import { events } from "mia-webhooks/subscription";
import { textOf, utf8 } from "../bytes.js";

export type Scenario = "genuine" | "wrongToken" | "noToken" | "changed" | "reformatted" | "lineBreak" | "old";

/** What is sent. Without a token, the request has no header for one. */
export interface Sent {
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly token: string | undefined;
}

/** One day longer than a receiver remembers events, if nobody says otherwise. */
const OLD_MS = 8 * 86_400_000;

const TIME = /("eventTimestamp"\s*:\s*)-?\d+/;

/** A valid event of the catalogue, emitted at a time. */
export const sampleAt = (time: number): Uint8Array<ArrayBuffer> => {
  const example = events.find(({ eventName }) => eventName === "project_created")?.example;
  return utf8(JSON.stringify({ ...example, eventTimestamp: time }));
};

/** The same event at another time, and every other byte as it is; `undefined` for a payload that shows no time. */
export function timed(payload: Uint8Array, time: number): Uint8Array<ArrayBuffer> | undefined {
  const text = textOf(payload);
  return text !== undefined && TIME.test(text) ? utf8(text.replace(TIME, `$1${time}`)) : undefined;
}

/** What a button sends for a payload. */
export function scenario(name: Scenario, payload: Uint8Array<ArrayBuffer>, secret: string, now: number): Sent {
  switch (name) {
    case "genuine": {
      // At the present time, so that it is a new event each time.
      const present = timed(payload, now) ?? payload;
      return { payload: present, token: sign(present, secret) };
    }
    case "wrongToken":
      return { payload, token: sign(payload, `not ${secret}`) };
    case "noToken":
      return { payload, token: undefined };
    case "changed":
      return { payload: changed(payload), token: sign(payload, secret) };
    case "reformatted":
      return { payload: reformatted(payload), token: sign(payload, secret) };
    case "lineBreak":
      return { payload, token: sign(payload, `${secret}\n`) };
    case "old": {
      const old = timed(payload, now - OLD_MS) ?? sampleAt(now - OLD_MS);
      return { payload: old, token: sign(old, secret) };
    }
  }
}

/** With another last letter or digit, as someone could change it who does not know the secret. */
function changed(payload: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const other = payload.slice();
  const place = other.findLastIndex((byte) => /[0-9A-Za-z]/.test(String.fromCharCode(byte)));
  if (place < 0) {
    return utf8("x");
  }
  other[place] = other[place] === 0x31 ? 0x32 : 0x31;
  return other;
}

/** The same JSON with other white space, as a parser and a writer make it; with a line break if it is not JSON. */
function reformatted(payload: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = textOf(payload) ?? "";
  try {
    const value: unknown = JSON.parse(text);
    const pretty = JSON.stringify(value, null, 2);
    return utf8(pretty === text ? JSON.stringify(value) : pretty);
  } catch {
    return new Uint8Array([...payload, 0x0a]);
  }
}
