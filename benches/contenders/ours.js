// @ts-check
/** The package as its README shows it: three arguments, and no verifier made before. */

import { verify } from "mia-webhooks";

/** @type {import("./contender.js").Contender} */
export const ours = {
  name: "mia-webhooks",
  prepare: ({ payload, secret, token, forged }) => ({
    good: () => verify(payload, token, secret),
    bad: () => verify(payload, forged, secret),
  }),
};
