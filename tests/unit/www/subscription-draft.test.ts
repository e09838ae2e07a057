/** A subscription as the form has it, and as a record. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { EMPTY, linesOf, readRecord, recordOf, withoutCredentials } from "../../../www/subscription/draft.js";

const SECRET = "Zm9ydHktdHdvIGJ5dGVzIG9mIGVudHJvcHkgaGVyZSE";
/** A record with every field, in the Console's order. */
const WHOLE = {
  tenantId: "acme",
  projectId: "shop",
  eventName: ["tag_deleted", "tag_created"],
  target: "https://example.org/hook",
  base64CA: "TUlJQg==",
  secret: SECRET,
  proxy: { url: "http://me:pw@proxy.example.org:8080" },
};

describe("the record of a draft", () => {
  test("an empty form has the required fields", () => {
    assert.deepEqual(recordOf(EMPTY), { eventName: "", target: "", secret: "" });
  });

  test.for([
    [["tag_created"], false, "tag_created"],
    [["tag_created"], true, ["tag_created"]],
    [["tag_created", "tag_deleted"], false, ["tag_created", "tag_deleted"]],
    [[], true, []],
  ] as const)("the events %j, with a list of one %j, are %j", ([eventName, isList, written]) => {
    assert.deepEqual(recordOf({ ...EMPTY, eventName, isList })["eventName"], written);
  });
});

describe("a record that is read", () => {
  test.for([WHOLE, { ...WHOLE, eventName: "tag_created" }, { ...WHOLE, eventName: ["tag_created"] }])(
    "is written as it was: %j",
    (record) => {
      const read = readRecord(`\n ${JSON.stringify(record, null, 2)}\n`);
      assert.equal(JSON.stringify(read && recordOf(read.draft)), JSON.stringify(record));
      assert.deepEqual(read?.taken, Object.keys(record));
      assert.deepEqual(read?.leftOut, []);
    },
  );

  test("both names of the proxy's URL are read", () => {
    assert.equal(readRecord('{"proxy.url":"https://p.example.org/"}')?.draft.proxy, "https://p.example.org/");
  });

  test("what the form does not have, and what has the wrong type, is named and kept out", () => {
    const read = readRecord('{"target":"t","enabled":true,"secret":5,"eventName":["a",1],"proxy":{},"__proto__":1}');
    assert.deepEqual(read?.taken, ["target"]);
    assert.deepEqual(read?.leftOut, ["enabled", "__proto__"]);
    assert.deepEqual(read?.mistyped, ["secret", "eventName", "proxy"]);
    assert.equal(read?.draft.secret, "");
  });

  test.for(["", "secret", "null", "5", '"text"', "[]", "{}", '{"target":', '{"enabled":true}', '{"secret":5}'])(
    "%j is none",
    (text) => assert.equal(readRecord(text), undefined),
  );
});

describe("the lines of a record", () => {
  const shown = (unfinished: readonly string[]) => linesOf(WHOLE, new Set(unfinished));

  test("have neither the secret nor credentials", () => {
    const text = shown([])
      .map(({ text }) => text)
      .join("\n");
    assert.deepEqual(JSON.parse(text), {
      ...WHOLE,
      base64CA: "TUlJQg==…",
      secret: "••••••••",
      proxy: { url: "http://••••@proxy.example.org:8080" },
    });
  });

  test("are unfinished where their field is, however many it has", () => {
    const unfinished = (fields: readonly string[]) =>
      shown(fields).flatMap(({ text, isUnfinished }) => (isUnfinished ? [text.trim()] : []));
    assert.deepEqual(unfinished(["eventName"]), ['"eventName": [', '"tag_deleted",', '"tag_created"', "],"]);
    assert.deepEqual(unfinished(["proxy"]), ['"proxy": {', '"url": "http://••••@proxy.example.org:8080"', "}"]);
    assert.deepEqual(unfinished([]), []);
  });

  test("what may be a private key is not shown", () => {
    assert.ok(shown(["base64CA"]).some(({ text }) => text === '  "base64CA": "…",'));
  });
});

test.for([
  ["https://a:b@example.org/x@y", "https://••••@example.org/x@y"],
  ["https://a@b@example.org/", "https://••••@example.org/"],
  ["https://example.org/?a=b@c", "https://example.org/?a=b@c"],
  ["https://example.org/", "https://example.org/"],
] as const)("the credentials of %s are hidden", ([url, hidden]) => {
  assert.equal(withoutCredentials(url), hidden);
});
