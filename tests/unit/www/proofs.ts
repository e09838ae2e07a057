/** Tokens that a search explains: the vectors, with what was proved about them. */

import { readFileSync } from "node:fs";
import { type Diagnosis, startDiagnosis } from "../../../pkg/src/diagnose.js";
import { sign } from "../../../pkg/src/index.js";
import { type Signed, lanesOf } from "../../../www/verify/lanes.js";

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
const fromHex = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));
const vectors = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));

interface Delivery {
  readonly id: string;
  readonly payload: Uint8Array<ArrayBuffer>;
  readonly secret: string;
  readonly others: readonly string[];
  readonly token: string;
}

export interface Proved extends Delivery {
  readonly diagnosis: Diagnosis;
  readonly signed: Signed;
  readonly codes: readonly string[];
}

/** What is proved about a delivery; `undefined` if nothing deviates or nothing is proved. */
export function proofOf(delivery: Delivery): Proved | undefined {
  const { payload, secret, others, token } = delivery;
  const search = startDiagnosis({ payload, token, secret, otherSecrets: others }, { maxMs: Infinity });
  let diagnosis = search.goOn();
  while (diagnosis === undefined) {
    diagnosis = search.goOn();
  }
  const signed = search.signed();
  const codes = diagnosis.deviations.map(({ code }) => code);
  return signed && codes.length > 0 ? { ...delivery, diagnosis, signed, codes } : undefined;
}

/** A proof that must be there. */
export function proved(
  payload: string | Uint8Array<ArrayBuffer>,
  secret: string,
  token: string,
  ...others: string[]
): Proved {
  const bytes = typeof payload === "string" ? utf8(payload) : payload;
  const proof = proofOf({ id: "", payload: bytes, secret, others, token });
  if (proof === undefined) {
    throw new Error("nothing is proved");
  }
  return proof;
}

/** The lanes of a proof. */
export function lanesOfProof({ payload, secret, token, diagnosis, signed }: Proved) {
  let digestHere: string | undefined;
  try {
    digestHere = sign(payload, secret);
  } catch {
    // A secret that the package refuses.
  }
  return lanesOf({ payload, secret: utf8(secret), token }, { state: "proved", diagnosis, signed, digestHere });
}

let found: readonly Proved[] | undefined;

/** So many proofs of each deviation alone are enough here: the search has tests of its own. */
const ENOUGH = 1;

/** Proofs of every deviation: from diagnose.json, and from the matrix, which asks the same of every event. */
export function provedVectors(): readonly Proved[] {
  if (found === undefined) {
    const counts = new Map<string, number>();
    const isRare = (code: string) => (counts.get(code) ?? 0) < ENOUGH;
    found = [...deliveries()].flatMap(({ codes, ...delivery }) => {
      // Several deviations at once are always worth it.
      const proof = codes.length > 1 || codes.some(isRare) ? proofOf(delivery) : undefined;
      proof?.codes.forEach((code) => counts.set(code, (counts.get(code) ?? 0) + 1));
      return proof ?? [];
    });
  }
  return found;
}

function* deliveries(): Generator<Delivery & { readonly codes: readonly string[] }> {
  for (const { id, payload, secret, others, token, deviations } of vectors("diagnose").vectors) {
    yield { id, payload: fromHex(payload), secret, others, token, codes: deviations ?? [] };
  }
  const { payloads, cases } = vectors("diagnose-matrix");
  for (const [event, code, place, secret, others, token] of cases) {
    yield { id: `${event} ${code}`, payload: fromHex(payloads[place]), secret, others, token, codes: [code] };
  }
}
