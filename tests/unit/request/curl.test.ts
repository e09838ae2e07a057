/** A curl command: its options, and the words of its shell. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";
import { PAYLOAD, TOKEN, read, reads } from "./reading.js";

test("a curl command", () => {
  reads(
    `curl -X POST 'https://example.org/hook' -H 'X-Mia-Token: ${TOKEN}' -H "Accept: */*" --compressed --data-raw '${PAYLOAD}'`,
    {
      form: "curl",
      payload: PAYLOAD,
      token: TOKEN,
      headerName: "X-Mia-Token",
      ignored: ["method POST", "url", "header accept", "option --compressed"],
    },
  );
  const data = [
    ["-d {a}", "{a}", ["shell_expansion"]],
    ["-d a", "a"],
    ["-da", "a"],
    ["-sSfd a", "a"],
    ["-sda", "a"],
    ["--data a", "a"],
    ["--data=a", "a"],
    ["--data-ascii a", "a"],
    ["--data-binary a", "a"],
    ["--data-raw @a", "@a"],
    ["--json a", "a"],
    ["-d a -d b", "a&b"],
    ["-d a --data-raw ''", "a&"],
    ["-d '' -d b", "b"],
    ["-d a --json b", "ab"],
    ["--json a --json b -d c", "ab&c"],
    ["-d ''", ""],
    ["-d '-H'", "-H"],
    ["-o -d -d a", "a"],
    ["--user-agent --data -d a", "a"],
    ["-- -d a", "", ["body_missing"]],
    ["-d a --next -d b", "a"],
    ["-d", "", ["body_missing"]],
    ["", "", ["body_missing"]],
    ["-d @a", "", ["body_in_file", "data_not_binary"]],
    ["--data=@a", "", ["body_in_file", "data_not_binary"]],
    ["-d@a", "", ["body_in_file", "data_not_binary"]],
    ["--data-binary @a", "", ["body_in_file"]],
    ["--json @a", "", ["body_in_file"]],
    ["-T a", "", ["body_in_file"]],
    ["-d @- <<EOF\na\nEOF", "a"],
    ["--data-urlencode a=b", "", ["body_changed"]],
    ["-F a=b", "", ["body_changed"]],
    ["-G -d a", "a", ["body_missing"]],
    ["-d 'a", "a", ["body_missing"]],
    ['-d "a', "a", ["body_missing"]],
    ["-d $'a", "a", ["body_missing"]],
    ["-H 'Content-Length: 1' -d a", "a"],
    ["-H 'Content-Length: 2' -d a", "a", ["content_length_differs"]],
    ["-d a | jq .", "a"],
    ["-d a; curl -d b", "a"],
    ["-d a && echo -d b", "a"],
    ["-d a > out 2>&1 -d b", "a&b"],
    ["-d a # -d b", "a"],
    ["-d a#b", "a#b"],
    ["\\\n  -d \\\n  a", "a"],
    ["\\\r\n  -d a\r\n-d b", "a"],
  ];
  for (const [options, payload, doubts = []] of data) {
    reads(`curl http://a.b ${options}`, { form: "curl", payload, doubts });
  }
});

test("headers of a curl command", () => {
  for (const options of [
    "-H 'x-mia-token: t'",
    "-Hx-mia-token:t",
    "--header 'x-mia-token:t '",
    "--header='x-mia-token: t'",
    "-sH $'x-mia-token: \\x74'",
  ]) {
    reads(`curl ${options} -d a`, { payload: "a", token: "t", headerName: "x-mia-token" });
  }
  reads("curl -H 'X-Mia-Token: a' -H 'X-Mia-Token: b' -d a", { token: "a", doubts: ["several_tokens"] });
  reads("curl -H 'X-Mia-Token:' -H 'X-Mia-Signature: b' -d a", { token: "b" });
  reads("curl -H @file -d a", { token: undefined, ignored: ["headers in a file"], doubts: ["variable"] });
});

test("words that may come before curl", () => {
  for (const before of ["", "$ ", "  \n", "A=1 B='2 3' ", "# a comment\n\n", "TOKEN=1\n", "/usr/bin/", "$ A=1 /opt/"]) {
    reads(`${before}curl -d a`, { form: "curl", payload: "a" });
  }
  reads("curl.exe -d a", { payload: "a" });
  reads("TOKEN=hunter2 curl -d a", { ignored: ["variable TOKEN"] });
});

test("parts that the shell would have replaced", () => {
  for (const word of [
    '"$x"',
    '"${x}"',
    '"$(x)"',
    '"`x`"',
    "$x",
    "`x y`",
    "$(x y)",
    '"$1"',
    '"a`"',
    "*",
    "a?",
    "$\\\nx",
  ]) {
    assert.deepEqual(read(`curl -d ${word}`)?.doubts, ["shell_expansion"], word);
  }
  reads('curl -d "$(a (b) c) $d"', { payload: "$(a (b) c) $d", doubts: ["shell_expansion"] });
  for (const word of ["'$x `y` $(z)'", '"\\$x \\`y\\`"', '"5 $"', "$'$x'", '"a* {b}"', "\\$x"]) {
    assert.deepEqual(read(`curl -d ${word}`)?.doubts, [], word);
  }
  assert.deepEqual(read('curl -H "X-Mia-Token: $T" -d a')?.doubts, ["shell_expansion"]);
  // Neither the body nor the token is in doubt.
  assert.deepEqual(read('curl "$URL" -H "Authorization: $T" -d a')?.doubts, []);
});

test("bash's $'…'", () => {
  reads("curl -d $'\\n\\r\\t\\\\\\'\\\"\\a\\e\\0\\101\\x41\\u0041\\U00000041\\q\\cA\\u00e9\\u2028'", {
    payload: "\n\r\t\\'\"\x07\x1b\0AAAA\\q\x01é\u2028",
  });
  reads("curl -d $'\\xc3\\xa9\\303\\251'", { payload: "éé" });
  reads("curl -d $'\\u00414'", { payload: "A4" });
  // As Chrome writes an emoji.
  reads("curl -d $'\\ud83d\\ude00'", { payload: "😀" });
  assert.deepEqual(
    [...(readPastedRequest("curl -d$'\\xffé\\x80\\UFFFFFFFF'")?.payload ?? [])],
    [0xff, 0xc3, 0xa9, 0x80, 0xef, 0xbf, 0xbd],
  );
});
