/**
 * What happens to the rest of a body whose request is refused. A connection that is kept
 * serves its next request only after this one was read to its end. Many hosts close it
 * where something was left, and the event that comes next on it is lost.
 */

import type { HostBody } from "./host-request.js";

/** At most so much is read, in bytes. */
const MOST_BYTES = 4_194_304;

/** At most for so long, in milliseconds. */
const MOST_MS = 1_000;

/**
 * Reads the rest of a body, and keeps nothing of it. Where too much is left, or it does
 * not come, the host is told that nobody wants it.
 */
export async function dropRest({ body, headers }: Request): Promise<void> {
  // Without `getReader` the body is missing, or was read in one piece. A body that was too
  // slow or broke off is still locked, or its reader is over: nothing is waited for.
  if (!body?.getReader || body.locked) {
    return;
  }
  if ((body as HostBody).isAwaited?.()) {
    // Nothing of it was sent, and nothing shall be.
    return;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const reader = body.getReader();
    // Not awaited: some hosts wait for the body then.
    const stop = () => void reader.cancel().catch(() => {});
    if (Number(headers.get("content-length")) > MOST_BYTES) {
      return stop();
    }
    timer = setTimeout(stop, MOST_MS);
    for (let left = MOST_BYTES; left > 0;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      left -= value.length;
    }
    stop();
  } catch {
    // It broke off, or something else has it: nothing is left.
  } finally {
    clearTimeout(timer);
  }
}
