/** What several findings say together, in each language. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import type { DeviationCode } from "../../../pkg/src/diagnose.js";
import { DEVIATIONS } from "../../../pkg/src/generated/findings.js";
import { joined } from "../../../www/texts/joined.js";

const found = DEVIATIONS.map(([code, blame, message, fix]) => ({ code, blame, message, fix }));
const of = (...codes: readonly DeviationCode[]) =>
  codes.map((code) => found.find((finding) => finding.code === code) ?? assert.fail(code));

describe("in Italian", () => {
  test.for([
    [[], ""],
    [["payload_minified"], "Il token è stato calcolato sullo stesso JSON, ma senza spazi e a capo."],
    [
      ["payload_minified", "payload_sorted_keys"],
      "Il token è stato calcolato sullo stesso JSON, ma senza spazi e a capo, e con le chiavi ordinate.",
    ],
    [
      ["payload_minified", "payload_sorted_keys", "payload_final_newline_added"],
      "Il token è stato calcolato sullo stesso JSON, ma senza spazi e a capo, con le chiavi ordinate, e con un a capo in fondo, o tra il corpo e il segreto.",
    ],
    [
      ["payload_lower_case", "secret_unquoted", "secret_upper_case"],
      "Il token è stato calcolato sullo stesso corpo, ma in minuscolo. Inoltre il token è stato calcolato con lo stesso segreto, ma senza le virgolette che lo racchiudono, e con la prima lettera o tutte le lettere maiuscole.",
    ],
    [
      ["payload_lower_case", "hmac", "token_quoted"],
      "Il token è stato calcolato sullo stesso corpo, ma in minuscolo. Inoltre il token è stato calcolato come HMAC, con il segreto come chiave. Inoltre il token è tra virgolette.",
    ],
    [
      ["secret_other", "secret_trimmed"],
      "Il token è stato calcolato con un altro dei segreti indicati, e senza gli spazi o gli a capo all'inizio e alla fine.",
    ],
    [
      ["payload_from_base64", "payload_lower_case"],
      "Qui il payload è in base64, ma il token è stato calcolato sui byte decodificati. Il token è stato calcolato sullo stesso corpo, ma in minuscolo.",
    ],
    [
      ["payload_from_envelope", "payload_from_base64"],
      "Qui il payload è un record che contiene il corpo, ma il token è stato calcolato solo su quel corpo. Al suo interno il corpo è in base64, ma il token è stato calcolato sui byte decodificati.",
    ],
  ] as const)("%j", ([codes, message]) => {
    assert.equal(joined(of(...codes), "it"), message);
  });
});

describe("in English", () => {
  test.for([
    [
      ["payload_minified", "token_prefixed"],
      "The token was made from the same JSON without spaces and line breaks. The token also has a prefix that receivers refuse.",
    ],
    [
      ["payload_lower_case", "hmac", "token_repeated"],
      "The token was made from the same body in lower case. The token was also made as an HMAC, with the secret as its key. The token is also there twice, one after the other.",
    ],
    [
      ["payload_from_envelope", "payload_from_base64"],
      "The payload here is a record that holds the body, but the token was made from that body alone. In it, the body is base64, but the token was made from the decoded bytes.",
    ],
  ] as const)("%j", ([codes, message]) => {
    assert.equal(joined(of(...codes), "en"), message);
  });
});

test("what shares its beginning in English shares it in Italian", () => {
  /** Another word for the token saves a few letters; a shared beginning saves more. */
  const FEW = 10;
  const sharing = (language: "en" | "it") =>
    found.flatMap((one) =>
      found
        .filter((other) => {
          const apart = `${joined([one], language)} ${joined([other], language)}`;
          return joined([one, other], language).length < apart.length - FEW;
        })
        .map((other) => `${one.code} ${other.code}`),
    );
  const english = sharing("en");
  assert.ok(english.includes("payload_minified payload_lower_case"));
  assert.ok(english.includes("secret_other secret_unquoted"));
  assert.ok(!english.includes("payload_minified secret_unquoted"));
  assert.ok(!english.includes("secret_unquoted secret_other"));
  assert.deepEqual(sharing("it"), english);
});
