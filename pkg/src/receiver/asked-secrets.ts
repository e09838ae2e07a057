/** Secrets that are asked for: at the first request, after a failure, and again where their function wishes it. */

import { type Secrets, type Verifier, WebhookError } from "../index.js";
import { failure } from "./codes.js";
import { copiedSecrets } from "./copied-secrets.js";
import { duration } from "./duration.js";
import { logLine } from "./log-line.js";
import { kindOf } from "./thrown.js";
import { within } from "./within.js";

/**
 * Gives secrets when they are needed: at the first request that may be genuine, and again
 * after a failure. It is asked once for all requests that wait for it, and each waits 5
 * seconds at most. Where it throws, or takes longer, the sender gets 503 and the log says
 * `secrets_unavailable`, with the kind of what was thrown and never its message; where what
 * it returns is no secret, the log has the code of that.
 *
 * Forged requests can cause calls too, so there are limits. After a second failure in a row
 * it is not called for 250 milliseconds, then for 500 and so on, up to 5 seconds (or
 * `refreshMs`, if that is less): requests get the same failure meanwhile. While a call has no
 * answer there is no other one for 10 seconds, then for 20, and later for 60.
 *
 * Give it `refreshMs` where the secrets can change while the program runs.
 *
 * @example
 * ```ts
 * import { type SecretsFunction, createReceiver } from "mia-webhooks/receiver";
 *
 * // For example from a manager of secrets.
 * const readSecret = async () => "it's a secret to everybody";
 * const secrets: SecretsFunction = Object.assign(readSecret, { refreshMs: 60_000 });
 * secrets.refreshMs; // 60_000
 *
 * const receiver = createReceiver({ secrets, on: { "*": (event) => console.log(event.eventName) } });
 * ```
 */
export interface SecretsFunction {
  (): Secrets | undefined | Promise<Secrets | undefined>;
  /**
   * How old secrets may be, in milliseconds. Older ones are asked for again before a
   * request is verified, so that a secret which is taken back stops working. And where a
   * token does not match, they are asked for again at once, though for such requests only
   * once in this time; the token is then compared with the new ones. Without it, they are
   * never asked for again. A whole number from 1 to 2,147,483,647: with another one, making
   * the receiver throws a `TypeError` or a `RangeError`.
   *
   * Who sends wrong tokens can use up that one question, and an event with a new secret is
   * then refused with 401 until this time has passed. So let the receiver have both secrets
   * first, wait this long, and only then change the secret in the Console.
   *
   * Where asking fails, and for other requests while an answer is on its way, the old
   * secrets stay in use, until ten times this time has passed since they were last seen to
   * be right.
   */
  readonly refreshMs?: number | undefined;
}

/** How long a request waits for the function, in milliseconds. */
const LONGEST_MS = 5_000;

/** How often a refresh may fail, one after the other, before the old secrets are given up. */
const FAILURES = 10;

/**
 * How long nothing is asked after the second failure in a row, in milliseconds. It doubles
 * with each further one, up to the longest pause. After the first there is none: who tries
 * again at once is served.
 */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

/**
 * How long a question without an answer is the only one, in milliseconds; twice as long
 * with each further one. In workerd, a question ends unanswered with the request that asked it.
 */
const FIRST_PATIENCE_MS = 10_000;
const LONGEST_PATIENCE_MS = 60_000;

/** A call of the function that has not ended. */
interface Question {
  readonly answer: Promise<Verifier>;
  readonly number: number;
  readonly since: number;
}

/** The secrets of one subscription whose function was asked, or will be. */
export class AskedSecrets {
  readonly #secrets: SecretsFunction;
  readonly #verifierOf: (secrets: Secrets) => Verifier;
  readonly #path: string | undefined;
  readonly #refreshMs: number;
  /** The secrets that may be used, and with which question and when they were asked for. */
  #known: { readonly verifier: Verifier; readonly question: number; readonly since: number } | undefined;
  /** The last question, while it has no answer. */
  #open: Question | undefined;
  /** How many questions were asked, one after the other, while the one before had no answer. */
  #unanswered = 0;
  #questions = 0;
  #askedAt = 0;
  #askedForTokenAt = 0;
  /** The last failure, and how many there were in a row. */
  #failed: { readonly error: WebhookError; readonly at: number; readonly times: number } | undefined;
  #hasWarned = false;

  /** @throws TypeError, RangeError for a `refreshMs` that cannot be used. */
  constructor(secrets: SecretsFunction, verifierOf: (secrets: Secrets) => Verifier, path: string | undefined) {
    this.#secrets = secrets;
    this.#verifierOf = verifierOf;
    this.#path = path;
    const { refreshMs } = secrets;
    this.#refreshMs = refreshMs === undefined ? Infinity : duration(refreshMs, "secrets.refreshMs");
  }

  /**
   * The verifier for a request.
   *
   * @throws WebhookError `secrets_unavailable`, or the code of what is wrong with the secrets.
   */
  current(): Verifier | Promise<Verifier> {
    const known = this.#usable();
    // Who asked waits for the answer, and the others need not.
    const isAsked = age(this.#askedAt) < this.#refreshMs || (this.#open !== undefined && !this.#mayAskBeside());
    return known !== undefined && isAsked ? known.verifier : this.#refreshed();
  }

  /** The verifier of newer secrets, for a token that another one refused; `undefined` if there are none. */
  async newerThan(verifier: Verifier): Promise<Verifier | undefined> {
    if (this.#known?.verifier === verifier && this.#mayAskForToken()) {
      await this.#refreshed().catch(() => {});
    }
    return this.#known?.verifier === verifier ? undefined : this.#known?.verifier;
  }

  /** What is known, if it is not too old. */
  #usable() {
    const known = this.#known;
    return known !== undefined && age(known.since) < FAILURES * this.#refreshMs ? known : undefined;
  }

  /** Anybody can send wrong tokens, and as many as they like. */
  #mayAskForToken(): boolean {
    if (this.#open !== undefined) {
      return !isLate(this.#open);
    }
    const isDue = age(this.#askedForTokenAt) >= this.#refreshMs && this.#failedNow() === undefined;
    if (isDue) {
      this.#askedForTokenAt = Date.now();
    }
    return isDue;
  }

  /** Whether the open question is so old that another one may be asked. */
  #mayAskBeside(): boolean {
    const patience = Math.min(FIRST_PATIENCE_MS * 2 ** (this.#unanswered - 1), LONGEST_PATIENCE_MS);
    return this.#open !== undefined && age(this.#open.since) >= patience;
  }

  /** The verifier of what is asked for now, or the one from before for as long as it may stand in. */
  async #refreshed(): Promise<Verifier> {
    try {
      return await this.#answer();
    } catch (error) {
      const known = this.#usable();
      if (known === undefined) {
        // A secret that was taken back must not work for as long as nothing can be asked.
        this.#known = undefined;
        throw error;
      }
      this.#warn(error as WebhookError);
      return known.verifier;
    }
  }

  async #answer(): Promise<Verifier> {
    const open = this.#mayAskBeside() ? undefined : this.#open;
    const failed = this.#failedNow();
    if (open !== undefined && isLate(open)) {
      throw unanswered(new Error(`the function for secrets has not answered for ${age(open.since)} ms`));
    } else if (open === undefined && failed !== undefined) {
      throw failed;
    }
    const { answer } = open ?? this.#ask();
    try {
      // With a timer of this request's own: in workerd, that of another ends with it.
      return await within(LONGEST_MS, answer, "the function for secrets");
    } catch (cause) {
      throw cause instanceof WebhookError ? cause : unanswered(cause);
    }
  }

  /** The last failure, while it is too early to ask again: anybody can make a receiver ask. */
  #failedNow(): WebhookError | undefined {
    const { error, at, times } = this.#failed ?? { at: 0, times: 0 };
    const pause = times < 2 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (times - 2), LONGEST_PAUSE_MS, this.#refreshMs);
    return age(at) < pause ? error : undefined;
  }

  #ask(): Question {
    const number = ++this.#questions;
    const since = (this.#askedAt = Date.now());
    this.#unanswered++;
    const answer = this.#verifierNow().then(
      (verifier) => {
        this.#end(number);
        // A late answer must not replace a newer one.
        if (number > (this.#known?.question ?? 0)) {
          this.#known = { verifier, since, question: number };
          this.#failed = undefined;
          this.#hasWarned = false;
        }
        return verifier;
      },
      (error: WebhookError) => {
        if (this.#end(number)) {
          this.#failed = { error, at: Date.now(), times: (this.#failed?.times ?? 0) + 1 };
        }
        throw error;
      },
    );
    // Perhaps nobody waits any more when it fails.
    answer.catch(() => {});
    return (this.#open = { answer, number, since });
  }

  /** The question has an answer. Returns whether it was the last one. */
  #end(number: number): boolean {
    const isLast = this.#open?.number === number;
    if (isLast) {
      this.#open = undefined;
      this.#unanswered = 0;
    }
    return isLast;
  }

  async #verifierNow(): Promise<Verifier> {
    const secrets = await this.#given();
    try {
      return this.#verifierOf(secrets as Secrets);
    } catch (error) {
      // Its words are of this package: they show no value.
      throw error instanceof TypeError ? failure("configuration_invalid", error, error.message) : error;
    }
  }

  async #given(): Promise<Secrets | undefined> {
    try {
      return copiedSecrets(await this.#secrets());
    } catch (cause) {
      const isOurs = cause instanceof WebhookError && cause.code === "secrets_unavailable";
      throw isOurs ? cause : failure("secrets_unavailable", cause, `The function threw ${kindOf(cause)}.`);
    }
  }

  /** Once for each time in which it fails. */
  #warn({ code, hint }: WebhookError): void {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      const left = `The secrets from before are used for ${(FAILURES * this.#refreshMs) / 1_000} seconds at most.`;
      console.warn(logLine({ message: "mia-webhooks", code, path: this.#path, hint: `${hint} ${left}` }));
    }
  }
}

const isLate = ({ since }: Question): boolean => age(since) >= LONGEST_MS;

const unanswered = (cause: unknown): WebhookError =>
  failure("secrets_unavailable", cause, `The function did not answer within ${LONGEST_MS / 1_000} seconds.`);

/** How long ago it was, in milliseconds; also where the clock was set back. */
const age = (time: number): number => Math.abs(Date.now() - time);
