// @ts-check
/**
 * A search that finds nothing, in Node: within the default time, without a limit, and
 * the longest step between two looks at the clock.
 */

import { diagnose } from "mia-webhooks/diagnose";

const KIB = 1024;
const MIB = KIB * KIB;

/** The time that a search has by default, in milliseconds. */
export const DEFAULT_MS = 2_000;

/** @typedef {{ ms: number, tried: number, isFinished: boolean, longestMs: number }} Search */

/**
 * @param {number} rounds
 * @param {boolean} isQuick leaves out the searches without a limit, which take up to a minute
 * @returns {Promise<Record<string, { limited: Search[], whole?: Search }>>} by payload
 */
export async function measureDiagnose(rounds, isQuick) {
  const event = (/** @type {number} */ size) => {
    const text = (/** @type {number} */ length) =>
      JSON.stringify({
        eventName: "tag_created",
        eventTimestamp: 1767225600000,
        payload: { text: "x".repeat(length) },
      });
    return text(size - text(0).length);
  };
  /** @type {Record<string, string>} */
  const payloads = {
    "an event of 4 KB": event(4 * KIB),
    "an event of 64 KB": event(64 * KIB),
    "an event of 1 MiB": event(MIB),
    // A value for every second byte: of all that were tried, its variants take longest to write.
    "1 MiB of 524,287 numbers": `[${"0,".repeat(MIB / 2 - 2)}0]`,
  };
  search(event(4 * KIB), Infinity);
  /** @type {Awaited<ReturnType<typeof measureDiagnose>>} */
  const measured = {};
  for (const [name, payload] of Object.entries(payloads)) {
    const limited = Array.from({ length: rounds }, () => search(payload, undefined));
    measured[name] = isQuick ? { limited } : { limited, whole: search(payload, Infinity) };
  }
  return measured;
}

/** @param {string} payload @param {number | undefined} maxMs @returns {Search} */
function search(payload, maxMs) {
  let [before, isStarted, longestMs] = [0, false, 0];
  // It is read before each step and after it.
  const clock = () => {
    const now = performance.now();
    longestMs = isStarted ? Math.max(longestMs, now - before) : longestMs;
    [before, isStarted] = [now, !isStarted];
    return now;
  };
  const started = performance.now();
  const { tried, isFinished, isProved } = diagnose(
    { payload, token: "0".repeat(64), secret: "a secret" },
    { maxMs, clock },
  );
  const ms = performance.now() - started;
  if (isProved) {
    throw new Error("something explains the token");
  }
  return { ms, tried, isFinished, longestMs };
}
