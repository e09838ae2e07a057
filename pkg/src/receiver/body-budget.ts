/** How many bytes of bodies a receiver holds at the same time. */

import type { WebhookError } from "../index.js";
import type { Hold } from "../verify/read-payload.js";
import { failure } from "./codes.js";

/** The body of one request. */
export interface HeldBody {
  /** Counts its memory while it arrives. */
  readonly hold: Hold;
  /** It verified: it does not give way any more. */
  keep(): void;
  /** Nobody needs it any more. */
  release(): void;
}

/** What a body costs at least: a host keeps more than its bytes. */
const LEAST = 4_096;

/** A delivery that takes longer does not count any more: it may never end, because its sender is gone. */
const KEPT_MS = 60_000;

/**
 * Makes the budget of one receiver: a function that opens an account for a body.
 *
 * When the budget is full, the body that began to arrive first gives way. So who
 * holds back the ends of many bodies loses them, and a genuine event, which arrives
 * at once, passes. A body that verified does not give way, because its event is being
 * delivered; when such bodies alone fill the budget, new ones are refused.
 */
export function bodyBudget(bytes: number): () => HeldBody {
  let left = bytes;
  /** What gives its memory back, in the order in which the bodies began to arrive. */
  const arriving = new Set<() => void>();
  /** The bodies that verified and since when, oldest first; and how much they hold together. */
  const kept = new Map<() => void, number>();
  let keptBytes = 0;

  return () => {
    let held = 0;
    let stop: (error: WebhookError) => void;
    const release = () => {
      arriving.delete(giveWay);
      keptBytes -= kept.delete(release) ? held : 0;
      left += held;
      held = 0;
    };
    const giveWay = () => {
      release();
      stop(failure("receiver_overloaded"));
    };
    return {
      hold: (stopReading) => {
        stop = stopReading;
        return (size) => {
          const cost = Math.max(size, Math.min(LEAST, bytes));
          if (cost > bytes - keptBytes) {
            forget();
          }
          if (cost > bytes - keptBytes) {
            throw failure("receiver_overloaded");
          }
          arriving.add(giveWay);
          for (const oldest of arriving) {
            if (cost - held <= left) {
              break;
            }
            oldest();
            if (oldest === giveWay) {
              throw failure("receiver_overloaded");
            }
          }
          left -= cost - held;
          held = cost;
        };
      },
      keep() {
        arriving.delete(giveWay);
        kept.set(release, Date.now());
        keptBytes += held;
      },
      release,
    };
  };

  /** Lets go of deliveries that take too long. */
  function forget(): void {
    for (const [release, since] of kept) {
      if (Date.now() - since > KEPT_MS) {
        release();
      }
    }
  }
}
