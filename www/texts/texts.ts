/** What the tester says: one catalogue, each text in every language. What one view says is in its folder. */

import { CODE_TEXTS } from "../code/texts.js";
import { FIELDS_TEXTS } from "../fields/texts.js";
import { LOCAL_TEXTS } from "../local/texts.js";
import { SIGN_TEXTS } from "../sign/texts.js";
import { SUBSCRIPTION_TEXTS } from "../subscription/texts.js";
import { VERIFY_TEXTS } from "../verify/texts.js";
import { localeOf } from "./locale.js";

export const LANGUAGES = ["en", "it"] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * Texts by their keys, in the order of the languages. `{n}` is a place for a value, and
 * `{n|# byte|# bytes}` for one text of two: of one thing, or of any other number. `#` is the number.
 */
export type Texts = Readonly<Record<string, readonly [en: string, it: string]>>;

const TEXTS = {
  title: ["Why does my token not match?", "Perché il mio token non corrisponde?"],
  offline: [
    "Works offline. Nothing you paste leaves this page.",
    "Funziona offline. Nulla di ciò che incolli esce da questa pagina.",
  ],
  views: ["Views", "Viste"],
  verify: ["Verify", "Verifica"],
  sign: ["Sign", "Firma"],
  subscription: ["Subscription", "Sottoscrizione"],
  code: ["Code", "Codice"],
  verdict: ["Verdict", "Esito"],
  missing: ["Still missing: {what}.", "Manca ancora: {what}."],
  refused: ["Something is wrong with the input.", "C'è un errore nei dati inseriti."],
  onlyVerified: [
    "Files and very long payloads can only be verified here.",
    "Qui i file e i payload molto lunghi si possono solo verificare.",
  ],
  addressWrong: [
    "Enter a full address, such as https://example.org/webhook.",
    "Inserisci un indirizzo completo, ad esempio https://example.org/webhook.",
  ],
  copy: ["Copy", "Copia"],
  copied: ["Copied", "Copiato"],
  notCopied: ["Could not copy", "Copia non riuscita"],

  ...FIELDS_TEXTS,
  ...VERIFY_TEXTS,
  ...SIGN_TEXTS,
  ...LOCAL_TEXTS,
  ...SUBSCRIPTION_TEXTS,
  ...CODE_TEXTS,
} as const satisfies Texts;

export type TextKey = keyof typeof TEXTS;

/** Every key; a test checks that each of them is used. */
export const TEXT_KEYS = Object.keys(TEXTS) as TextKey[];

/** Says a text with its `{places}` filled in. */
export type Say = (key: TextKey, places?: Readonly<Record<string, string | number>>) => string;

export function speaking(language: Language): Say {
  const numbers = new Intl.NumberFormat(localeOf(language));
  const plurals = new Intl.PluralRules(language);
  return (key, places = {}) =>
    TEXTS[key][LANGUAGES.indexOf(language)]!.replace(
      /\{(\w+)(?:\|(.*?)\|(.*?))?\}/g,
      (_, name: string, one?: string, other = "#") => {
        const value = places[name] ?? "";
        const text = one !== undefined && plurals.select(Number(value)) === "one" ? one : other;
        return text.replace("#", () => (typeof value === "number" ? numbers.format(value) : value));
      },
    );
}

/** The language of a tag such as `it-CH`; English for every language that is not here. */
export const languageOf = (tag: string | null | undefined): Language =>
  LANGUAGES.find((language) => tag?.toLowerCase().split("-")[0] === language) ?? "en";
