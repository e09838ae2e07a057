/** What a click can change in the fields, so that a delivery verifies. Changes nothing itself. */

import { Verifier, sign } from "mia-webhooks";
import { isSame, textOf } from "../bytes.js";
import { type Entered, type Proof } from "./lanes.js";
import type { Say } from "../texts/texts.js";

/** New values for some of the fields; what is left out stays. */
export interface Repair {
  readonly payload?: Uint8Array;
  /** `place`: which of the secrets it replaces; 0 is the first. Not to be shown unless the field shows it. */
  readonly secret?: { readonly text: string; readonly place: number };
  readonly token?: string;
  /** What the button says; `none`: nothing can be changed here. */
  readonly kind: "payload" | "secret" | "token" | "several" | "none";
  /** How many fields it changes. */
  readonly count: number;
  /** Whether the delivery is valid after it. If not, what is left is for the sender to fix. */
  readonly isWhole: boolean;
}

/** What was entered, with the secrets beside the first one. */
export type EnteredForRepair = Entered & { readonly otherSecrets?: readonly Uint8Array[] | undefined };

/**
 * What would make the delivery valid, or more nearly so. `undefined` if nothing deviates. A formula
 * cannot be repaired here. Neither can a secret that is no text, or that the package refuses.
 */
export function repairOf({ diagnosis, signed }: Proof, entered: EnteredForRepair): Repair | undefined {
  const { deviations } = diagnosis;
  if (deviations.length === 0) {
    return undefined;
  }
  const isBlamed = (...blames: string[]) => deviations.some(({ blame }) => blames.includes(blame));
  const secrets = [entered.secret ?? new Uint8Array(), ...(entered.otherSecrets ?? [])];
  const payload = isSame(entered.payload ?? new Uint8Array(), signed.payload) ? undefined : signed.payload;
  const secret = signed.order.includes("secret") ? secretRepair(signed.secret, secrets) : undefined;
  // The digits of another formula are not the right ones.
  const token =
    isBlamed("token") && !isBlamed("construction") ? attempt(() => sign(signed.payload, signed.secret)) : undefined;
  const changed = { ...(payload && { payload }), ...(secret && { secret }), ...(token !== undefined && { token }) };
  const kinds = Object.keys(changed) as ("payload" | "secret" | "token")[];
  const after = secrets.map((one, place) => (place === secret?.place ? signed.secret : one));
  const isWhole = attempt(() =>
    new Verifier(after as Uint8Array<ArrayBuffer>[]).verify(
      signed.payload as Uint8Array<ArrayBuffer>,
      token ?? entered.token,
    ),
  );
  return {
    ...changed,
    kind: kinds.length > 1 ? "several" : (kinds[0] ?? "none"),
    count: kinds.length,
    isWhole: isWhole === true,
  };
}

/** Which secret to replace, if none of them is the one that was used and the package accepts it. */
function secretRepair(signed: Uint8Array, secrets: readonly Uint8Array[]): Repair["secret"] {
  const text = textOf(signed);
  if (text === undefined || secrets.some((secret) => isSame(secret, signed))) {
    return undefined;
  }
  // Of two secrets, one may not end with the other: the one that is to be replaced often does.
  const place = secrets.findIndex((_, replaced) =>
    attempt(
      () =>
        new Verifier(
          secrets.map((secret, place) => (place === replaced ? signed : secret)) as Uint8Array<ArrayBuffer>[],
        ),
    ),
  );
  return place < 0 ? undefined : { text, place };
}

function attempt<Value>(made: () => Value): Value | undefined {
  try {
    return made();
  } catch {
    return undefined;
  }
}

/**
 * What the button says. The sentence for a secret says what changes in it, so it comes from
 * where that is known.
 */
export function repairLabel({ kind, count, isWhole }: Repair, say: Say, ofSecret: string): string {
  if (count > 1 && !isWhole) {
    return say("repairPart");
  }
  switch (kind) {
    case "payload":
      return say("repairPayload");
    case "secret":
      return ofSecret;
    case "token":
      return say("repairToken");
    case "several":
      return count === 2 ? say("repairBoth") : say("repairAll", { n: count });
    case "none":
      return say("repairSender");
  }
}
