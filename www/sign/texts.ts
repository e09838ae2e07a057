/** What the view Sign says, in every language. */

import type { Texts } from "../texts/texts.js";

export const SIGN_TEXTS = {
  signedToken: ["The token", "Il token"],
  signNeeds: [
    "Enter {what}: the token and a curl command appear here.",
    "Inserisci {what}: qui compaiono il token e un comando curl.",
  ],
  signReady: ["The token and the command are ready.", "Il token e il comando sono pronti."],
  signPayload: ["a payload", "un payload"],
  signSecret: ["a secret", "un segreto"],
  signCopyToken: ["Copy token", "Copia il token"],
  useToken: ["Check this token", "Verifica questo token"],
  signCurl: ["Send it with curl", "Invialo con curl"],
  signCopyCurl: ["Copy curl", "Copia curl"],
  signHeader: ["Header", "Header"],
  signUrl: ["Address", "Indirizzo"],
} as const satisfies Texts;
