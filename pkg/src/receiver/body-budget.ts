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

/**
 * Makes the budget of one receiver: a function that opens an account for a body.
 *
 * When the budget is full, the body that began to arrive first gives way. So who
 * holds back the ends of many bodies loses them, and a genuine event, which arrives
 * at once, passes. A body that verified never gives way, because its event is being
 * delivered; when such bodies alone fill the budget, new ones are refused.
 */
export function bodyBudget(bytes: number): () => HeldBody {
  let left = bytes;
  /** What gives its memory back; in the order in which the bodies began to arrive. */
  const arriving = new Set<() => void>();

  return () => {
    let held = 0;
    let stop: (error: WebhookError) => void;
    const release = () => {
      arriving.delete(giveWay);
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
          arriving.add(giveWay);
          for (const oldest of arriving) {
            if (size - held <= left) {
              break;
            }
            oldest();
          }
          if (!arriving.has(giveWay)) {
            throw failure("receiver_overloaded");
          }
          left -= size - held;
          held = size;
        };
      },
      keep: () => void arriving.delete(giveWay),
      release,
    };
  };
}
