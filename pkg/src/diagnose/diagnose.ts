/** The search for how a token was made. */

// Imported first: in a bundle, text before the module costs 1 kB after gzip.
import { type Diagnosing, engine, openSearch } from "./engine.js";

import {
  type Blame,
  DEVIATIONS,
  type DeviationCode,
  type FindingRow,
  GENERAL_HINTS,
  HASHES,
  HINTS,
  type HintCode,
  NOTATIONS,
  SIGNED_PARTS,
} from "../generated/findings.js";
import { WebhookError } from "../index.js";
import { type Bytes, payloadBytes, toBytes, typeName } from "../verify/bytes.js";
import { ENGLISH, inOne } from "./in-one.js";

/** What to explain. */
export interface Question {
  /** The payload, as it arrived. Above {@link MAX_DIAGNOSED_BYTES} (1 MiB) it is only tried as it is. */
  readonly payload: Bytes;
  /** The token, as it is in the header. */
  readonly token: string;
  /** The secret that the token should be made with. */
  readonly secret: Bytes;
  /** Other secrets that it may be made with. */
  readonly otherSecrets?: readonly Bytes[] | undefined;
}

/** One thing that is wrong. Holds no part of the payload, token or secrets. */
export interface Finding<Code extends string = DeviationCode | HintCode> {
  /** Which one it is; stable. */
  readonly code: Code;
  /** Where to look. */
  readonly blame: Blame;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** The result of a search. */
export interface Diagnosis {
  /**
   * `"valid"`; or the first deviation, if any are proved; or `"unfinished"`, if the
   * time ran out. Otherwise everything was tried, and it is the first hint, if
   * something stands out, or else `"no_cause_found"`.
   */
  readonly code: "valid" | "unfinished" | "no_cause_found" | DeviationCode | HintCode;
  /** What was found, in one or two sentences: the messages of all deviations, in one. */
  readonly message: string;
  /** Whether the token is right, and in a form that is accepted. */
  readonly isValid: boolean;
  /**
   * Whether the search came to its end. If not, the time ran out before everything
   * was tried: that nothing is proved means nothing then.
   */
  readonly isFinished: boolean;
  /** Whether it is known how the token was made: a candidate has the same digest. */
  readonly isProved: boolean;
  /** Whether the token does not depend on a secret, so that anybody can make it. */
  readonly isWeak: boolean;
  /** The proved deviations of the token; empty if it is valid or nothing was found. */
  readonly deviations: readonly Finding<DeviationCode>[];
  /**
   * If nothing is proved: what to look at, in this order. First what stands out, then
   * what is left to check in any case. Not proofs.
   */
  readonly hints: readonly Finding<HintCode>[];
  /** How many candidates were hashed. */
  readonly tried: number;
  /** What the candidates were made of. */
  readonly searched: Searched;
}

/** What a search tried. It combines the likely ones of these. */
export interface Searched {
  /** How many different forms of the payload were made. */
  readonly payloads: number;
  /** How many different forms of the secrets there are. */
  readonly secrets: number;
  /** How many ways to combine payload and secret make a digest as long as the token. */
  readonly constructions: number;
  /** How many ways there are to read the token; 0 if it is no digest in any form. */
  readonly tokens: number;
}

/** How a token was made, with the bytes themselves. `secret` must not be shown. */
export interface Signed {
  /** The payload that was hashed. */
  readonly payload: Uint8Array;
  /** The secret that was hashed. */
  readonly secret: Uint8Array;
  /** The bytes between them; often none. */
  readonly between: Uint8Array;
  /**
   * What was hashed, in this order. `"digest"` is the hash of everything before it, and
   * `"digits"` are its hexadecimal digits: what comes before them is not hashed again.
   */
  readonly order: readonly (typeof SIGNED_PARTS)[number][];
  /** Whether it is an HMAC (RFC 2104) of the first part of `order`, with the second as its key. */
  readonly isKeyed: boolean;
  /** The hash function. */
  readonly hash: (typeof HASHES)[number];
  /** How the digest is written. */
  readonly notation: (typeof NOTATIONS)[number];
}

/** How long a search may take as a whole. */
export interface SearchOptions {
  /**
   * For how many milliseconds it may compute: 2,000 by default, `Infinity` for no
   * limit. The time between slices does not count, nor does the preparation, which takes
   * less than a second for 1 MiB. The clock is read after each MiB
   * that is hashed: docs/performance.md says how much later a search may end.
   */
  readonly maxMs?: number | undefined;
  /**
   * The clock, in milliseconds: `performance.now` by default. Where it stands still
   * while code runs, as in a Cloudflare Worker, no time is counted.
   */
  readonly clock?: (() => number) | undefined;
}

/** How far a search may go before it returns. */
export interface Budget {
  /** How many candidates are tried: 1 to 4,294,967,295. */
  readonly candidates?: number | undefined;
  /**
   * How many bytes of payloads are made and hashed: 1 to 4,294,967,295. Every call
   * makes progress, however small, and goes over by at most one candidate for each MiB.
   */
  readonly bytes?: number | undefined;
}

/** A search that is done in slices: each call goes on where the last one stopped. */
export interface DiagnosisSearch {
  /** How many candidates were hashed so far. */
  readonly tried: number;
  /**
   * Goes on until the budget is spent. Returns the diagnosis when there is one, or
   * when the search's time is over, and the same one from then on.
   *
   * @throws WebhookError `engine_unavailable` if the module failed in between.
   * @throws TypeError after `cancel`.
   */
  goOn(budget?: Budget): Diagnosis | undefined;
  /**
   * What was signed in place of the payload and the secret, once that is proved;
   * `undefined` before, if nothing is proved, and after `cancel`. It is kept apart from the
   * diagnosis, which holds no part of a payload or secret and can be shown to anybody.
   */
  signed(): Signed | undefined;
  /**
   * Stops the search, frees its memory and forgets what was signed. Call it if you leave a
   * search unfinished.
   */
  cancel(): void;
}

const ALL = 0xffff_ffff;

/** Reasons with few deviations come first: a longer search seldom finds more. */
const DEFAULT_MAX_MS = 2_000;

/** How many bytes are hashed between two looks at the clock: some 3 ms. */
const STEP_BYTES = 1 << 20;

/**
 * Finds out how a token was made: from which payload, secret and construction, and
 * how it was written. A proof is the same digest. A token that is explained still
 * does not verify.
 *
 * A search that finds nothing hashes some 10,000 to 50,000 candidates, or stops after
 * `maxMs` and says so: `isFinished` is `false`. Whether the token is valid is known
 * even then. Times are in docs/performance.md. To draw or cancel in between, use
 * {@link startDiagnosis}.
 *
 * @throws TypeError for a payload or secret that is neither a string nor bytes, for
 * other secrets that are not a list, for a token that is not a string, and for a `maxMs` that is not a number above 0.
 * @throws WebhookError `engine_unavailable` where WebAssembly is forbidden.
 *
 * @example
 * ```ts
 * import { diagnose } from "mia-webhooks/diagnose";
 *
 * // `echo` put a newline after the payload before it was signed.
 * const { code, deviations } = diagnose({
 *   payload: "{}",
 *   token: "77dd090651077376a0246b2cf63e636d0bb8e4065c2b2d68d3e7668bab6cf717",
 *   secret: "secret",
 * });
 * code; // "payload_final_newline_added"
 * deviations[0]?.blame; // "payload"
 * ```
 */
export function diagnose(question: Question, options?: SearchOptions): Diagnosis {
  const search = startDiagnosis(question, options);
  let diagnosis: Diagnosis | undefined;
  do {
    diagnosis = search.goOn();
  } while (diagnosis === undefined);
  return diagnosis;
}

/**
 * Starts a search that is done in slices. It computes for `maxMs` in all of them
 * together.
 *
 * @throws TypeError for a payload or secret that is neither a string nor bytes, for
 * other secrets that are not a list, for a token that is not a string, and for a `maxMs` that is not a number above 0.
 * @throws WebhookError `engine_unavailable` where WebAssembly is forbidden.
 *
 * @example
 * ```ts
 * import { startDiagnosis } from "mia-webhooks/diagnose";
 *
 * const search = startDiagnosis({ payload: "{}", token: "00", secret: "secret" });
 * let diagnosis = search.goOn({ candidates: 100 });
 * while (diagnosis === undefined) {
 *   diagnosis = search.goOn({ candidates: 100 }); // draw or cancel here
 * }
 * diagnosis.isProved; // false
 * diagnosis.hints[0]?.code; // "token_no_digest"
 * ```
 */
export function startDiagnosis(
  { payload, token, secret, otherSecrets = [] }: Question,
  { maxMs = DEFAULT_MAX_MS, clock = () => performance.now() }: SearchOptions = {},
): DiagnosisSearch {
  if (typeof token !== "string") {
    throw new TypeError(`token must be a string, not ${typeName(token)}`);
  }
  if (!(typeof maxMs === "number" && maxMs > 0)) {
    throw new TypeError("maxMs must be a number above 0");
  }
  if (!Array.isArray(otherSecrets)) {
    throw new TypeError(`otherSecrets must be a list of secrets, not ${typeName(otherSecrets)}`);
  }
  const secrets = [
    toBytes(secret, "secret"),
    ...otherSecrets.map((one, place) => toBytes(one, `otherSecrets[${place}]`)),
  ];
  return new Search(openSearch(payloadBytes(payload), token, secrets), maxMs, clock);
}

class Search implements DiagnosisSearch {
  #search: Diagnosing | undefined;
  readonly #instance = engine.instance();
  #diagnosis: Diagnosis | undefined;
  #signed: Signed | undefined;
  #tried = 0;
  #leftMs: number;
  readonly #clock: () => number;

  constructor(search: Diagnosing, maxMs: number, clock: () => number) {
    this.#search = search;
    this.#leftMs = maxMs;
    this.#clock = clock;
  }

  get tried(): number {
    return this.#tried;
  }

  goOn({ candidates = ALL, bytes = ALL }: Budget = {}): Diagnosis | undefined {
    for (const [name, value] of Object.entries({ candidates, bytes })) {
      if (!(Number.isInteger(value) && value >= 1 && value <= ALL)) {
        throw new TypeError(`${name} must be an integer from 1 to ${ALL}`);
      }
    }
    if (this.#diagnosis !== undefined) {
      return this.#diagnosis;
    }
    const search = this.#search;
    if (search === undefined) {
      throw new TypeError("the search was cancelled");
    }
    if (this.#instance !== engine.instance()) {
      throw new WebhookError("engine_unavailable", { detail: "The search was lost when the module failed." });
    }
    const last = this.#tried + candidates;
    for (let left = bytes; left > 0 && this.#tried < last && this.#diagnosis === undefined; left -= STEP_BYTES) {
      this.#diagnosis = this.#step(search, last - this.#tried, Math.min(left, STEP_BYTES));
    }
    if (this.#diagnosis !== undefined) {
      this.#signed = engine.call(() => readSigned(search));
      this.#free();
    }
    return this.#diagnosis;
  }

  signed(): Signed | undefined {
    return this.#signed;
  }

  #step(search: Diagnosing, candidates: number, bytes: number): Diagnosis | undefined {
    const started = this.#clock();
    const isOver = engine.call(() => search.go_on(candidates, bytes));
    this.#leftMs -= this.#clock() - started;
    return engine.call(() => {
      this.#tried = search.tried();
      // The first candidate says whether the token is valid.
      const isLate = this.#leftMs <= 0 && this.#tried > 0;
      return isOver || isLate ? read(search, isOver) : undefined;
    });
  }

  cancel(): void {
    this.#signed = undefined;
    this.#free();
  }

  #free(): void {
    // The search of a lost instance was lost with it.
    if (this.#instance === engine.instance()) {
      this.#search?.free();
    }
    this.#search = undefined;
  }
}

function read(search: Diagnosing, isFinished: boolean): Diagnosis {
  const found = search.found();
  const deviations = findings(DEVIATIONS, found ?? []);
  const hints = findings(HINTS, found === undefined ? search.hints() : []);
  const [payloads = 0, secrets = 0, constructions = 0, tokens = 0] = search.searched();
  const isSilent = hints[0] === undefined || GENERAL_HINTS.includes(hints[0].code);
  const nothing = isFinished ? "no_cause_found" : "unfinished";
  const first = deviations[0] ?? (isFinished && !isSilent ? hints[0] : undefined);
  const code = first?.code ?? (found === undefined ? nothing : "valid");
  return {
    code,
    message: found === undefined ? (first?.message ?? SAID[nothing]) : inOne(deviations, ENGLISH) || SAID.valid,
    isValid: found?.length === 0,
    isFinished,
    isProved: found !== undefined,
    isWeak: search.is_weak(),
    deviations,
    hints,
    tried: search.tried(),
    searched: { payloads, secrets, constructions, tokens },
  };
}

const SAID = {
  valid: "The token matches.",
  no_cause_found: "No known mistake explains this token.",
  unfinished: "The time ran out before every known mistake was tried.",
};

function readSigned(search: Diagnosing): Signed | undefined {
  const [payload, secret, between] = [search.signed_payload(), search.signed_secret(), search.signed_between()];
  const places = Array.from(search.signed_order() ?? []);
  const [isKeyed, hash, notation] = places.splice(-3) as [number, number, number];
  // The module and the tables are written from one source.
  return payload && secret && between
    ? {
        payload,
        secret,
        between,
        order: places.map((place) => SIGNED_PARTS[place] as (typeof SIGNED_PARTS)[number]),
        isKeyed: isKeyed === 1,
        hash: HASHES[hash] as (typeof HASHES)[number],
        notation: NOTATIONS[notation] as (typeof NOTATIONS)[number],
      }
    : undefined;
}

const findings = <Code extends string>(
  table: readonly FindingRow<Code>[],
  places: Iterable<number>,
): readonly Finding<Code>[] =>
  Array.from(places, (place) => {
    // The module and the table are written from one source.
    const [code, blame, message, fix] = table[place] as FindingRow<Code>;
    return { code, blame, message, fix };
  });
