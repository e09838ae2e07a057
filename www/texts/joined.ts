/** What several findings say together, in the reader's language. */

import type { Finding } from "mia-webhooks/diagnose";
import { ENGLISH, inOne, type Joining } from "../../pkg/src/diagnose/in-one.js";
import { FINDINGS_IT } from "./codes-it.js";
import type { Language } from "./texts.js";

const ITALIAN: Joining = {
  start:
    /^Il token è stato calcolato (sul|con )(?:lo stesso (?:JSON|corpo|segreto), ma |un altro dei segreti indicati\b)/,
  and: ", e ",
  subjects: [
    [/^Il token /, "Inoltre il token "],
    [/^Qui il payload /, "Al suo interno il corpo "],
  ],
};

/** The messages of these findings, in as few sentences as they need. */
export const joined = (findings: readonly Finding[], language: Language): string =>
  language === "it"
    ? inOne(
        findings.map(({ code }) => ({ message: FINDINGS_IT[code][0] })),
        ITALIAN,
      )
    : inOne(findings, ENGLISH);
