/** Every option of curl: whether the word after it is its value. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { read, reads } from "./reading.js";

/** The first columns of `curl --help all`, version 7.88, and the options with a value that came until 8.10. */
const rows = readFileSync(new URL("curl-options.txt", import.meta.url), "utf8")
  .trim()
  .split("\n");
const options = rows.map((row) => {
  const [, short, long, value] = /^(?:-(.), )?--(\S+)( [<[].*)?$/.exec(row) ?? assert.fail(row);
  return { short, long: long as string, hasValue: value !== undefined };
});
/** What a body is made from is tested in curl.test.ts. */
const isOther = ({ long }: { long: string }) =>
  !/^(data.*|json|header|request|form.*|url|upload-file|get|next)$/.test(long);

describe("an option is not read as another's value, nor its value as an option", () => {
  for (const option of options.filter(isOther)) {
    const { short, long, hasValue } = option;
    test(`--${long}`, () => {
      const value = hasValue ? " -dno" : "";
      reads(`curl a.b/c --${long}${value} -d a`, { payload: "a", ignored: ["url", `option --${long}`] });
      if (hasValue) {
        reads(`curl a.b/c --${long}=-dno -d a`, { payload: "a", ignored: ["url", `option --${long}`] });
      }
      if (short !== undefined) {
        reads(`curl a.b/c -${short}${value} -d a`, { payload: "a", ignored: ["url", `option -${short}`] });
        reads(`curl a.b/c ${hasValue ? `-${short}dno` : `-${short}da`} ${hasValue ? "-d a" : ""}`, { payload: "a" });
      }
    });
  }

  test("all of them were read", () => {
    assert.equal(options.length, rows.length);
    assert.ok(options.filter(({ hasValue }) => hasValue).length > 100);
    assert.ok(options.filter(({ hasValue }) => !hasValue).length > 80);
  });
});

describe("what an option does", () => {
  for (const [command, expected] of [
    ["-X PUT -d a", { ignored: ["method PUT", "url"] }],
    ["-XPUT -d a", { ignored: ["method PUT", "url"] }],
    ["--request=PUT -d a", { ignored: ["method PUT", "url"] }],
    ["-X 'a b' -d a", { ignored: ["method", "url"] }],
    ["--url b -d a", { ignored: ["url"] }],
    ["-d a -", { ignored: ["url"] }],
    ["-d a -- -d b", { payload: "a", ignored: ["url"] }],
    ["-d a --next -d b", { payload: "a", ignored: ["option --next", "url"] }],
    ["-G -d a", { payload: "a", doubts: ["body_missing"], ignored: ["option -G", "url"] }],
    ["--get -d a", { payload: "a", doubts: ["body_missing"], ignored: ["option --get", "url"] }],
    ["-T a", { payload: "", doubts: ["body_in_file"], ignored: ["option -T", "url"] }],
    ["--upload-file a", { payload: "", doubts: ["body_in_file"], ignored: ["option --upload-file", "url"] }],
    ["-F a=b", { doubts: ["body_changed"], ignored: ["option -F", "url"] }],
    ["--form a=b -d c", { payload: "c", doubts: ["body_changed"] }],
    ["--form-string a=b -d c", { payload: "c", doubts: ["body_changed"] }],
    ["--data-urlencode a=b -d c", { payload: "c", doubts: ["body_changed"] }],
    ["-d", { payload: "", doubts: ["body_missing"], ignored: ["option -d", "url"] }],
    ["--data", { payload: "", doubts: ["body_missing"], ignored: ["option --data", "url"] }],
    ["-d a -H", { payload: "a", ignored: ["option -H", "url"] }],
    ["-d a -X", { payload: "a", ignored: ["option -X", "url"] }],
    ["-d a --url", { payload: "a", ignored: ["option --url", "url"] }],
    ["-d a -T", { payload: "a", doubts: ["body_in_file"], ignored: ["option -T", "url"] }],
    ["-d a -Z -é", { payload: "a", ignored: ["option -Z", "option", "url"] }],
    ["-d a --Not-Known --ftp!", { payload: "a", ignored: ["option", "url"] }],
    [`-d a --${"x".repeat(31)}`, { payload: "a", ignored: [`option --${"x".repeat(31)}`, "url"] }],
    [`-d a --${"x".repeat(32)}`, { payload: "a", ignored: ["option", "url"] }],
    ["-d a --x.y-9 -: -#", { payload: "a", ignored: ["option --x.y-9", "option -:", "option -#", "url"] }],
    ["-d$'\\xff\\x41' -d b", { ignored: ["url"] }],
    ["--data=$'a\\xc3\\xa9'", { payload: "aé" }],
    [
      "-H a:b -H: -H 'no name' -H 'b c: d' -H @f -d a",
      { payload: "a", ignored: ["header a", "header", "headers in a file", "url"], doubts: ["variable"] },
    ],
    ["-H :method:x -d a", { payload: "a", ignored: ["header :method", "url"] }],
    [
      "-H 'x-mia-token;' -H x-mia-token: -d a",
      { payload: "a", token: undefined, ignored: ["header", "header x-mia-token", "url"] },
    ],
    ["-H 'X-Mia-Token : t ' -d a", { payload: "a", token: "t", headerName: "X-Mia-Token" }],
    ['-H "a: $b" -d a', { payload: "a" }],
    ["-H x-mia-token:$t -d a", { payload: "a", token: "$t", doubts: ["shell_expansion"] }],
    ["-d $a -d b", { payload: "$a&b", doubts: ["shell_expansion"] }],
    [
      "--json @f --data @g --data-ascii @h --data-binary @i",
      { payload: "", doubts: ["body_in_file", "data_not_binary"] },
    ],
    ["--data-binary @i", { payload: "", doubts: ["body_in_file"] }],
    ["--data-ascii @i", { payload: "", doubts: ["body_in_file", "data_not_binary"] }],
    ["-d a --data-raw @b", { payload: "a&@b" }],
    ["-d a -d @b -d c", { payload: "a&&c", doubts: ["body_in_file", "data_not_binary"] }],
    ["-H content-length:9 -d ''", { payload: "" }],
  ] as const) {
    test(`curl ${command}`, () => {
      const { ignored, ...others } = expected as { ignored?: readonly string[] };
      const text = `curl http://a.b ${command}`;
      reads(text, others);
      if (ignored !== undefined) {
        assert.deepEqual([...(read(text)?.ignored ?? [])].sort(), [...ignored].sort());
      }
    });
  }

  test("what is no option and no address is no command", () => {
    for (const text of ["curl is a tool", "curl", "curl a b", "curl -", "curl a-b"]) {
      assert.equal(read(text), undefined, text);
    }
    for (const text of ["curl a b/c", "curl a b:c", "curl a -b"]) {
      assert.equal(read(text)?.form, "curl", text);
    }
  });
});
