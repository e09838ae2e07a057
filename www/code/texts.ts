/** What the view Code says, in every language. */

import type { Texts } from "../texts/texts.js";

export const CODE_TEXTS = {
  codeWhich: ["What the program does", "Che cosa fa il programma"],
  codeReceive: ["Receive", "Ricevi"],
  codeSend: ["Send", "Invia"],
  codeFramework: ["Framework", "Framework"],
  codeHashFirst: ["In your receiver: hash first, parse later", "Nel tuo ricevitore: prima l'hash, poi il parsing"],
  codeMarked: [
    "The marked lines take the raw body, before anything parses it.",
    "Le righe evidenziate prendono il corpo grezzo, prima di qualsiasi parsing.",
  ],
  codeEnvironment: [
    "The program reads the secret from the environment variable MIA_WEBHOOK_SECRET.",
    "Il programma legge il segreto dalla variabile d'ambiente MIA_WEBHOOK_SECRET.",
  ],
  codeLanguage: ["Language", "Linguaggio"],
  codeAddress: ["Address", "Indirizzo"],
  codeWithSecret: ["Put my secret in the code", "Scrivi il mio segreto nel codice"],
  codeHasSecret: [
    "This program contains your secret. Do not share it.",
    "Questo programma contiene il tuo segreto. Non condividerlo.",
  ],
  codeHasToken: [
    "This command contains the finished token: curl cannot compute it.",
    "Questo comando contiene il token già calcolato: curl non può calcolarlo.",
  ],
  codeNeedsSecret: [
    "Enter the secret: curl cannot compute the token. The other programs read the secret from the environment.",
    "Inserisci il segreto: curl non può calcolare il token. Gli altri programmi leggono il segreto dall'ambiente.",
  ],
  codeNeedsPayload: ["Enter a payload to send.", "Inserisci il payload da inviare."],
} as const satisfies Texts;
