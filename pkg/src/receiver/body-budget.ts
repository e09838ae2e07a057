/** How many bytes of bodies a receiver holds at the same time. */

import type { WebhookError } from "../index.js";
import type { Hold } from "../verify/read-payload.js";
import { failure } from "./codes.js";

/** The body of one request. */
export interface HeldBody {
  /** Counts its memory while it arrives. */
  hold(...stop: Parameters<Hold>): ReturnType<Hold>;
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
  const budget = new Budget(bytes);
  return () => new Account(budget);
}

class Budget {
  readonly bytes: number;
  left: number;
  /** The bodies that are arriving, in the order in which they began to. */
  readonly arriving = new Set<Account>();
  /** The bodies that verified and since when, oldest first; and how much they hold together. */
  readonly kept = new Map<Account, number>();
  keptBytes = 0;

  constructor(bytes: number) {
    this.bytes = bytes;
    this.left = bytes;
  }

  /** Lets go of deliveries that take too long. */
  forget(): void {
    for (const [account, since] of this.kept) {
      if (Date.now() - since > KEPT_MS) {
        account.release();
      }
    }
  }
}

// A class: an object that brings its functions with it takes five times as long to make.
class Account implements HeldBody {
  readonly #budget: Budget;
  #held = 0;
  #stop: ((error: WebhookError) => void) | undefined;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  hold(stop: (error: WebhookError) => void): (size: number) => void {
    this.#stop = stop;
    return (size) => this.#grow(size);
  }

  keep(): void {
    const budget = this.#budget;
    budget.arriving.delete(this);
    budget.kept.set(this, Date.now());
    budget.keptBytes += this.#held;
  }

  release(): void {
    const budget = this.#budget;
    budget.arriving.delete(this);
    budget.keptBytes -= budget.kept.delete(this) ? this.#held : 0;
    budget.left += this.#held;
    this.#held = 0;
  }

  #grow(size: number): void {
    const budget = this.#budget;
    const cost = Math.max(size, Math.min(LEAST, budget.bytes));
    if (cost > budget.bytes - budget.keptBytes) {
      budget.forget();
    }
    if (cost > budget.bytes - budget.keptBytes) {
      throw failure("receiver_overloaded");
    }
    budget.arriving.add(this);
    for (const oldest of budget.arriving) {
      if (cost - this.#held <= budget.left) {
        break;
      }
      oldest.#giveWay();
      if (oldest === this) {
        throw failure("receiver_overloaded");
      }
    }
    budget.left -= cost - this.#held;
    this.#held = cost;
  }

  #giveWay(): void {
    this.release();
    this.#stop?.(failure("receiver_overloaded"));
  }
}
