/** An event in one sentence: its name, when it was emitted, and how long ago. */

import type { WebhookEvent } from "mia-webhooks";
import { localeOf } from "../texts/locale.js";
import type { Language, Say } from "../texts/texts.js";

export function eventLine(
  { eventName, eventTimestamp }: WebhookEvent,
  say: Say,
  language: Language,
  now: number,
): string {
  const when = new Date(eventTimestamp);
  const places = {
    name: eventName,
    when: Number.isNaN(when.getTime()) ? String(eventTimestamp) : when.toLocaleString(localeOf(language), FORM),
    age: age(now - eventTimestamp, language),
  };
  // Clocks may differ by a minute.
  return say(eventTimestamp > now + 60_000 ? "eventFuture" : "event", places);
}

/** With the time zone: logs often have another one. */
const FORM = { dateStyle: "medium", timeStyle: "long" } as const;

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
] as const;

function age(ms: number, language: Language): string {
  const [unit, length] = UNITS.find(([, length]) => ms >= length) ?? ["second", 1000];
  return new Intl.NumberFormat(localeOf(language), { style: "unit", unit, unitDisplay: "long" }).format(
    Math.max(0, Math.floor(ms / length)),
  );
}
