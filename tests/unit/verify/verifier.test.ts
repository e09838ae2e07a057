/** The ways to verify, side by side. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { Verifier, sign, verify } from "../../../pkg/src/index.js";

const any = (value: unknown) => value as never;
const token = sign("payload", "one");

describe("a token of any other type is no token", () => {
  const verifier = new Verifier("one");
  for (const other of [undefined, null, 0, 1n, true, {}, [token], new String(token), Symbol("t"), () => token]) {
    test(Object.prototype.toString.call(other), () => {
      assert.equal(verify("payload", any(other), "one"), false);
      assert.equal(verifier.verify("payload", any(other)), false);
      assert.equal(verifier.match("payload", any(other)), undefined);
      assert.equal(verifier.stream().update("payload").verify(any(other)), false);
    });
  }

  test("and a secret or payload that cannot be used is refused with it", () => {
    assert.throws(() => verify("payload", undefined, ""), { code: "secret_empty" });
    assert.throws(() => verify("payload", "junk", ""), { code: "secret_empty" });
    assert.throws(() => verify(any({}), undefined, "one"), TypeError);
    assert.throws(() => verifier.verify(any({}), undefined), TypeError);
    assert.throws(() => verifier.match(any({}), undefined), TypeError);
  });
});

test("a match tells the secret and the payload's id, and a wrong token neither", () => {
  const verifier = new Verifier({ old: "another", current: "one" });
  assert.deepEqual(verifier.match("payload", token), {
    secretId: "current",
    // printf payload | openssl dgst -sha256
    id: "239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5",
  });
  assert.equal(verifier.match("payload", sign("payload", "another"))?.secretId, "old");
  assert.equal(verifier.match("payload!", token), undefined);
  assert.equal(verifier.match("payload", "junk"), undefined);
});

describe("a stream", () => {
  test("verifies everything that was appended so far, again and again", () => {
    const stream = new Verifier(["two", "one"]).stream();
    assert.equal(stream.verify(sign("", "one")), true);
    assert.equal(stream.update("pay"), stream);
    assert.equal(stream.verify(sign("pay", "two")), true);
    assert.equal(stream.update("load").verify(token), true);
    assert.equal(stream.verify(token), true);
    assert.equal(stream.verify(sign("pay", "one")), false);
    assert.equal(stream.verify("junk"), false);
  });

  test("runs beside others, and beside every other call", () => {
    const verifier = new Verifier("one");
    const [one, other] = [verifier.stream(), verifier.stream()];
    one.update("pay");
    other.update("x");
    assert.equal(verifier.verify("payload", token), true);
    one.update("load");
    assert.equal(sign("payload", "one"), token);
    assert.equal(one.verify(token), true);
    assert.equal(other.verify(token), false);
    assert.equal(other.verify(sign("x", "one")), true);
  });

  test("takes pieces of any size", () => {
    const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i % 251);
    for (const sizes of [[200_000], [65_536, 65_537, 68_927], [1, 0, 131_072, 68_927]]) {
      const stream = new Verifier("one").stream();
      let at = 0;
      for (const size of sizes) {
        stream.update(bytes.subarray(at, (at += size)));
      }
      assert.equal(at, bytes.length);
      assert.equal(stream.verify(sign(bytes, "one")), true, `${sizes}`);
    }
  });
});
