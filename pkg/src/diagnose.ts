/**
 * Why does this token not match?
 *
 * For the person who holds the secret: a page, a command line, a test. Not for a
 * receiver, which never says why. Nothing here runs in constant time.
 *
 * @packageDocumentation
 */

export {
  type Budget,
  type Diagnosis,
  type DiagnosisSearch,
  type Finding,
  type Question,
  type SearchOptions,
  diagnose,
  startDiagnosis,
} from "./diagnose/diagnose.js";
export { type Blame, type DeviationCode, type HintCode, MAX_DIAGNOSED_BYTES } from "./generated/findings.js";
