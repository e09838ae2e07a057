/** How shells split a command into words, case by case; tests/tester/pasted-request.test.js asks the shells. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";
import { fromBase64 } from "../../../pkg/src/request/text.js";
import { read, reads } from "./reading.js";

const CLEAN: readonly string[] = [];
const EXPANDS = ["shell_expansion"];
const OPEN = ["body_missing"];
type Case = readonly [word: string, payload: string, doubts?: readonly string[]];
/** The payload of `curl -d …`, and its doubts. */
const cases = (rows: readonly Case[]) => {
  for (const [word, payload, doubts = CLEAN] of rows) {
    test(JSON.stringify(word), () => reads(`curl -d ${word}`, { payload, doubts }));
  }
};

describe("quotes", () => {
  cases([
    ["''", ""],
    ["'a''b'\"c\"d", "abcd"],
    [`'a\\b$c\`d"e'`, `a\\b$c\`d"e`],
    ['"a\\"b\\\\c\\$d\\`e"', 'a"b\\c$d`e'],
    ['"a\\bc\\\'d"', "a\\bc\\'d"],
    ['"a\\\nb"', "ab"],
    ['"a\\', "a\\", OPEN],
    ["a\\ b\\'c\\\"d\\\\e", "a b'c\"d\\e"],
    ["a\\\nb", "ab"],
    ["a\\\r\nb", "ab"],
    ["a\\\rb", "a\rb"],
    ["a\\", "a\\", ["cut_off"]],
    ['$"a"', "a"],
    ['$"a', "a", OPEN],
    ["'a", "a", OPEN],
    ['"a', "a", OPEN],
    ["$'a", "a", OPEN],
    ["$'a\\'", "a'", OPEN],
    ["'a'\t-d\tb", "a&b"],
    ["a\rb", "a\rb"],
    ["a'#'b#c", "a#b#c"],
  ]);
});

describe("the end of a command", () => {
  cases([
    ["a;-d b", "a"],
    ["a&-d b", "a"],
    ["a|-d b", "a"],
    ["a\n-d b", "a"],
    ["a\r\n-d b", "a"],
    ["a #-d b", "a"],
    ["a #b\n-d c", "a"],
    ["a # b", "a"],
    ["a >b -d c", "a&c"],
    ["a >>b -d c", "a&c"],
    ["a <b -d c", "a&c"],
    ["a 2>b -d c", "a&c"],
    ["a 2>&1 -d c", "a&c"],
    ["a >|b -d c", "a&c"],
    ["a <>b -d c", "a&c"],
    ["a > b -d c", "a&c"],
    ["a>b -d c", "a&c"],
    ["22>b -d c", "22&c"],
    ["a >", "a"],
  ]);

  test("what comes before curl", () => {
    for (const before of [
      "A=1 ",
      "_a9=' ' ",
      "A=1\n",
      "A=1;",
      "$ ",
      "% ",
      "# x\n",
      "#\n",
      "A= ",
      `${"a".repeat(61)}=1 `,
    ]) {
      assert.equal(read(`${before}curl -d a`)?.payload, "a", before);
    }
    for (const before of ["9=1 ", "a-b=1 ", "=1 ", "echo ", "$$ ", `${"a".repeat(62)}=1 `, "a\r\n", "a & "]) {
      // Other words, which are not read.
      reads(`${before}curl -d a`, { payload: "a", ignored: [] });
    }
    reads("A=1 B=2 A=3 curl -d a", { ignored: ["variable A", "variable B"] });
  });

  test("the word is curl, by whatever path", () => {
    for (const word of ["curl", "CURL", "curl.exe", "/usr/bin/curl", "./curl", "'C:\\x\\curl.exe'", "'/a b/curl'"]) {
      assert.equal(read(`${word} -d a`)?.payload, "a", word);
    }
    for (const word of ["xcurl", "curlx", "curl.exe.x", "curl/x", "c'u'", "curl-"]) {
      assert.equal(read(`${word} -d a`), undefined, word);
    }
    assert.equal(read(`/${"x".repeat(1000)}/curl -d a`)?.payload, "a");
  });
});

describe("what the shell would have replaced", () => {
  cases([
    ...[..."a1_{(@*#?$!-"].flatMap((next): Case[] => (next === "(" ? [] : [[`"$${next}"`, `$${next}`, EXPANDS]])),
    ...[..." %,.;=/é"].map((next): Case => [`"$${next}"`, `$${next}`]),
    ...[..."*?[{~"].flatMap((sign): Case[] => [
      [`a${sign}b`, `a${sign}b`, EXPANDS],
      [`'a${sign}b'`, `a${sign}b`],
      [`"a${sign}b"`, `a${sign}b`],
      [`a\\${sign}b`, `a${sign}b`],
    ]),
    ["a}b]c", "a}b]c"],
    ["$\\\na", "$a", EXPANDS],
    ["$\\a", "$a"],
    ["$", "$"],
    ["a$ -d b", "a$&b"],
    ["$(a (b) c)d -d e", "$(a (b) c)d&e", EXPANDS],
    ["$(a -d b", "$(a&b", EXPANDS],
    ["$(a $(b", "$(a", EXPANDS],
    ['"$(a \\" b)"', '$(a \\" b)', EXPANDS],
    ["`a b`c", "`a b`c", EXPANDS],
    ["`a -d b", "`a&b", EXPANDS],
    ["`a` -d `b", "`a`&`b", EXPANDS],
    ['"`a\\"b`"', '`a\\"b`', EXPANDS],
    ['"a" -d $b -d c', "a&$b&c", EXPANDS],
  ]);

  test("counts only in the word in which it is", () => {
    reads("curl -d a $b http://c.d/*", { payload: "a", doubts: [] });
    reads("curl $b -d a", { payload: "a", doubts: [] });
    reads("A=$b curl -d a", { payload: "a", doubts: [] });
    reads("curl >$b -d a", { payload: "a", doubts: [] });
  });
});

describe("bash's $'…', escape by escape", () => {
  const bytes = (word: string) => [...(readPastedRequest(`curl -d $'${word}'`)?.payload ?? assert.fail(word))];
  for (const [escape, expected] of [
    ["\\a", [7]],
    ["\\b", [8]],
    ["\\e", [27]],
    ["\\E", [27]],
    ["\\f", [12]],
    ["\\n", [10]],
    ["\\r", [13]],
    ["\\t", [9]],
    ["\\v", [11]],
    ["\\\\", [92]],
    ["\\'", [39]],
    ['\\"', [34]],
    ["\\?", [63]],
    ["\\q", [92, 113]],
    ["\\0", [0]],
    ["\\12", [10]],
    ["\\1234", [83, 52]],
    ["\\777", [255]],
    ["\\8", [92, 56]],
    ["\\x4", [4]],
    ["\\x41", [65]],
    ["\\x414", [65, 52]],
    ["\\x7f", [127]],
    ["\\x80", [128]],
    ["\\xFF", [255]],
    ["\\xg", [92, 120, 103]],
    ["\\u41", [65]],
    ["\\u00410", [65, 48]],
    ["\\u20AC", [0xe2, 0x82, 0xac]],
    ["\\U1F600", [0xf0, 0x9f, 0x98, 0x80]],
    ["\\U0001F6001", [0xf0, 0x9f, 0x98, 0x80, 49]],
    ["\\U10ffff", [0xf4, 0x8f, 0xbf, 0xbf]],
    ["\\U110000", [0xef, 0xbf, 0xbd]],
    ["\\ca", [1]],
    ["\\c?", [31]],
    ["\\c ", [92, 99, 32]],
    ["é\\xffé\\xfeé", [0xc3, 0xa9, 0xff, 0xc3, 0xa9, 0xfe, 0xc3, 0xa9]],
    ["漢\\xff", [0xe6, 0xbc, 0xa2, 0xff]],
  ] as const) {
    test(escape, () => assert.deepEqual(bytes(escape), expected));
  }

  test("bytes are kept from the place where a value begins", () => {
    const payload = (command: string) => [...(readPastedRequest(command)?.payload ?? [])];
    assert.deepEqual(payload("curl -d$'\\xff\\xfe'"), [0xff, 0xfe]);
    assert.deepEqual(payload("curl --data=$'a\\xff'"), [0x61, 0xff]);
    assert.deepEqual(payload("curl --data$'=\\xff'b"), [0xff, 0x62]);
    assert.equal(readPastedRequest("curl -H $'x-mia-token: \\xc3\\xa9' -d a")?.token, "é");
  });
});

describe("cmd.exe", () => {
  const word = (word: string) => `curl ^"http://a.b^" ^\r\n -d ${word}`;
  for (const [text, payload, doubts = CLEAN] of [
    ['^"a b^"', "a b"],
    ['"a b"', "a b"],
    ["a^ b", "a"],
    ['"a^b"', "a^b"],
    ["a^^b", "a^b"],
    ["a^&b^|c^<d^>e", "a&b|c<d>e"],
    ["a&b", "a"],
    ["a|b", "a"],
    ["a<b", "a"],
    ["a>b", "a"],
    ['"a&b|c<d>e"', "a&b|c<d>e"],
    ["a\nb", "a"],
    ["a\r\nb", "a"],
    ["a\r-d b", "a&b"],
    ['"a""b"', 'a"b'],
    ['"a"b"c"', "abc"],
    ['""', ""],
    ['"a\\"b"', 'a"b'],
    ['"a\\\\"', "a\\"],
    ['"a\\\\\\"b"', 'a\\"b'],
    ['"a\\b"', "a\\b"],
    ['"a\\\\b"', "a\\\\b", EXPANDS],
    ['"a\\\\\\b"', "a\\\\\\b"],
    ["%a%", "%a%", EXPANDS],
    ["%a", "%a"],
    ["%9%", "%9%"],
    ["%%", "%%"],
    ["^%a%", "%a%", EXPANDS],
    ["^%a^%", "%a%"],
    ['"%a%"', "%a%", EXPANDS],
    [`%${"a".repeat(61)}%`, `%${"a".repeat(61)}%`, EXPANDS],
    [`%${"a".repeat(62)}%`, `%${"a".repeat(62)}%`],
    ['"a\nb"', "a\nb", EXPANDS],
    ['"a\r\nb"', "a\r\nb", EXPANDS],
    ['^"a^\n\nb^"', "a\nb", EXPANDS],
    ['^"a^\r\n\r\nb^"', "a\nb", EXPANDS],
    ['^"a^\r\nb^"', "ab"],
    ['^"a^\rb^"', "a\rb"],
    ['"a', "a", OPEN],
    ["a^", "a", ["cut_off"]],
    ["a\t-d b", "a&b"],
    ['a ^\n -d "%b%"', "a&%b%", EXPANDS],
  ] as const) {
    test(JSON.stringify(text), () => reads(word(text), { form: "curl", payload, doubts }));
  }

  test("a doubt counts only in the word in which it is", () => {
    reads('curl "%URL%" ^\r\n -d a', { payload: "a", doubts: [] });
    reads('curl ^\r\n -d a "%URL%"', { payload: "a", doubts: [] });
    reads('curl ^\r\n "a\\\\b" -d a "c\\\\d"', { payload: "a", doubts: [] });
  });

  test("the first mark tells the shell", () => {
    reads(`curl 'a:b' -d '^"'`, { payload: '^"' });
    reads(`curl a:b \\\n -d '^"'`, { payload: '^"' });
    reads('curl a:b -d ^"a b^"', { payload: "a b" });
    reads("curl a:b ^\n -d a'b", { payload: "a'b" });
    reads("curl a:b ^\r -d a", { payload: "a" });
    reads("curl a:b -d a^b", { payload: "a^b" });
  });

  test("another program is none", () => {
    assert.equal(read('xcurl ^"http://a.b^" ^\r\n -d a'), undefined);
    assert.equal(read('^"C:\\x y\\curl.exe^" ^\r\n -d a')?.payload, "a");
    assert.equal(read('  curl ^"http://a.b^" ^\r\n -d a')?.payload, "a");
  });
});

describe("base64, as HAR has it", () => {
  for (const [text, expected] of [
    ["-_-_", [0xfb, 0xff, 0xbf]],
    ["+/+/", [0xfb, 0xff, 0xbf]],
    ["AA", [0]],
    ["AA==", [0]],
    ["A A\n=\t=", [0]],
    ["", []],
    ["!", undefined],
    ["A", undefined],
  ] as const) {
    test(JSON.stringify(text), () => {
      const bytes = fromBase64(text);
      assert.deepEqual(bytes && [...bytes], expected);
    });
  }
});
