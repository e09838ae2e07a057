// @ts-check
/**
 * How pasted requests are read. Where the rule is a convention, the expectations
 * are written by hand. For quoting, the oracle is the shell itself, in which curl
 * is a function that prints its words. For the meaning of these words, the oracle
 * is curl, where it is installed.
 */

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";

import * as esbuild from "esbuild";
import { root } from "../harness/checkout.js";

const { outputFiles } = await esbuild.build({
  entryPoints: [join(root, "pkg/src/request/pasted-request.ts")],
  bundle: true,
  write: false,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  logLevel: "silent",
});
const script = /** @type {esbuild.OutputFile} */ (outputFiles[0]).text;
/** @type {{ readPastedRequest(text: string): import("../../pkg/src/request/pasted-request.ts").PastedRequest | undefined }} */
const { readPastedRequest } = await import(`data:text/javascript,${encodeURIComponent(script)}`);

const TOKEN = "0123456789abcdef".repeat(4);
const PAYLOAD = '{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{}}';

const utf8 = (/** @type {Uint8Array} */ bytes) => Buffer.from(bytes).toString();

/** The parts of a request that are compared, with the payload as a string. */
function read(/** @type {string} */ text) {
  const request = readPastedRequest(text);
  return request && { ...request, payload: utf8(request.payload) };
}

/** @param {string} text @param {Record<string, unknown>} expected */
function reads(text, expected) {
  const request = read(text);
  assert.ok(request, `not recognised: ${text}`);
  for (const [name, value] of Object.entries({ doubts: [], ...expected })) {
    assert.deepEqual(request[/** @type {keyof typeof request} */ (name)], value, `${name} of ${text}`);
  }
}

/** The same numbers in every run, so that a failure can be repeated. */
function random(seed = 1) {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (/** @type {number} */ limit) => Math.floor(next() * limit);
  /** @type {<Item>(items: ArrayLike<Item>) => Item} */
  const pick = (items) => /** @type {any} */ (items[below(items.length)]);
  return {
    below,
    pick,
    text: (/** @type {ArrayLike<string>} */ parts, /** @type {number} */ most) =>
      Array.from({ length: below(most + 1) }, () => pick(parts)).join(""),
  };
}

test("an HTTP message, byte for byte", () => {
  const head = `POST /hook HTTP/1.1\r\nHost: example.org\r\nX-Mia-Token: ${TOKEN}\r\nUser-Agent: axios\r\n`;
  reads(`${head}\r\n${PAYLOAD}`, {
    form: "http",
    payload: PAYLOAD,
    token: TOKEN,
    headerName: "X-Mia-Token",
    ignored: ["method POST", "header host", "header user-agent"],
  });
  reads(`${head.replaceAll("\r", "")}\n${PAYLOAD}`, { payload: PAYLOAD, token: TOKEN });
  reads(`\n\n  ${head}\r\n${PAYLOAD}`, { payload: PAYLOAD });
  reads(`${head}\r\n{\r\n  "a": "é😀\u2028"\r\n}\r\n`, { payload: '{\r\n  "a": "é😀\u2028"\r\n}\r\n' });
  reads(`${head}\r\n\r\n{}`, { payload: "\r\n{}" });
  reads(`${head}\r\n\ufeff{}`, { payload: "\ufeff{}" });
  reads(`POST / HTTP/2\nx-MIA-signature:\t ${TOKEN} \n\n{}`, {
    payload: "{}",
    token: TOKEN,
    headerName: "x-MIA-signature",
  });
  reads(`POST / HTTP/1.1\nX-Mia-Token:\n ${TOKEN}\n\n{}`, { token: ` ${TOKEN}` });
  reads("POST / HTTP/1.1\nHost: a\nnonsense\n\n{}", {
    payload: "{}",
    ignored: ["method POST", "line without a name", "header host"],
  });
  reads("POST / HTTP/1.1\n\n{}", { payload: "{}", token: undefined, headerName: undefined });
});

test("headers without a request line, if one of them is Mia's", () => {
  reads(`:authority: example.org\n:method: POST\nx-mia-token: ${TOKEN}\n\n{}`, {
    form: "http",
    payload: "{}",
    token: TOKEN,
    ignored: ["header :authority", "header :method"],
  });
  reads(`accept: */*\nX-Mia-Token: ${TOKEN}`, { payload: "", token: TOKEN, doubts: ["body_missing"] });
  reads(`accept: */*\nX-Mia-Event: 1\n\n{}`, { payload: "{}", token: undefined });
  reads(`POST https://example.org/hook\nX-Mia-Token: ${TOKEN}\n\n{}`, { payload: "{}", ignored: ["method POST"] });
  for (const text of [
    "accept: */*\n\n{}",
    "POST https://example.org/hook\nAccept: a\n\n{}",
    `hello\nX-Mia-Token: ${TOKEN}\n\n{}`,
  ]) {
    assert.equal(read(text), undefined, text);
  }
});

test("Content-Length", () => {
  const message = (/** @type {string} */ length, /** @type {string} */ body) =>
    `POST / HTTP/1.1\nContent-Length: ${length}\n\n${body}`;
  reads(message("2", "{}"), { payload: "{}", ignored: ["method POST"] });
  reads(message("2", "{}\n"), { payload: "{}" });
  reads(message("2", "{}\r\n"), { payload: "{}" });
  reads(message("3", "{}\r\n"), { payload: "{}\r" });
  reads(message("3", "{}\n"), { payload: "{}\n" });
  reads(message("4", "é😀"), { payload: "é😀", doubts: ["content_length_differs"] });
  reads(message("6", "é😀\n"), { payload: "é😀" });
  reads(message("0", ""), { payload: "" });
  reads(message("2", ""), { payload: "", doubts: ["body_missing"] });
  for (const [length, body] of [
    ["2", "{}\n\n"],
    ["2", "{} "],
    ["9", "{}"],
    ["many", "{}"],
    ["-2", "{}"],
    ["2, 2", "{}"],
  ]) {
    reads(message(/** @type {string} */ (length), /** @type {string} */ (body)), {
      payload: body,
      doubts: ["content_length_differs"],
    });
  }
  reads("POST / HTTP/1.1\nContent-Length: 2\nContent-Length: 3\n\n{}", { doubts: ["content_length_differs"] });
});

test("chunks", () => {
  const message = (/** @type {string} */ body) =>
    `POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Length: 1\r\n\r\n${body}`;
  reads(message("2\r\n{}\r\n0\r\n\r\n"), { payload: "{}" });
  reads(message("2\n{}\n0\n"), { payload: "{}" });
  reads(message("1;a=b\r\n{\r\n0A\r\n12345\r\n890\r\n00\r\nTrailer: x\r\n\r\n"), { payload: "{12345\r\n890" });
  reads(message("6\r\né😀\r\n0\r\n\r\n"), { payload: "é😀" });
  for (const body of [
    "{}",
    "2\r\n{}\r\n",
    "3\r\n{}\r\n0\r\n\r\n",
    "1\r\n{}\r\n0\r\n\r\n",
    "ffffffff\r\n{}",
    "2\r\n{}\r\n0\r\n\r\nHTTP",
    "2",
  ]) {
    reads(message(body), { payload: body, doubts: ["chunked"] });
  }
});

test("doubts of headers", () => {
  reads(`POST / HTTP/1.1\nX-Mia-Signature: a\nX-Mia-Token: b\n\n{}`, {
    token: "a",
    headerName: "X-Mia-Signature",
    doubts: ["several_tokens"],
  });
  reads("POST / HTTP/1.1\nContent-Encoding: gzip\n\nx", { doubts: ["content_encoded"] });
  reads("POST / HTTP/1.1\nContent-Encoding: Identity\n\nx", {});
  reads("curl a.b/c -H 'content-encoding: br' -d x", { doubts: ["content_encoded"] });
});

test("findings repeat no value of a header, no password and no URL", () => {
  for (const text of [
    "POST /hunter2 HTTP/1.1\nAuthorization: hunter2\nhunter2\n\n{}",
    "curl https://hunter2 -uhunter2 -u hunter2 --user=hunter2 -H 'Authorization: hunter2' -Hhunter2 -b hunter2 '--hunter2 x' --cookie hunter2 -d {} -X 'hunter2 x'",
    'curl.exe ^\n -Ahunter2 -H ^"Authorization: hunter2^" hunter2',
    JSON.stringify({
      method: "hunter2 x",
      url: "hunter2",
      headers: [
        { name: "Cookie", value: "hunter2" },
        { name: "hunter2 x", value: "" },
      ],
    }),
  ]) {
    const request = readPastedRequest(text);
    assert.ok(request);
    assert.doesNotMatch(JSON.stringify(request.ignored), /hunter2/, text);
  }
});

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
  const data = /** @type {const} */ ([
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
    ["-d @- <<EOF\na\nEOF", "", ["body_in_file", "data_not_binary"]],
    ["--data-urlencode a=b", "", ["body_missing"]],
    ["-F a=b", "", ["body_missing"]],
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
  ]);
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
  reads("curl -H @file -d a", { token: undefined, ignored: ["headers in a file"] });
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

test("a curl command for cmd.exe", () => {
  // As Chrome escapes today.
  const escape = (/** @type {string} */ value) =>
    `^"${value
      .replace(/\\/g, "\\\\")
      .replace(/"/g, '\\"')
      .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, "^$&")
      .replace(/%(?=[a-zA-Z0-9_])/g, "%^")
      .replace(/\r?\n/g, "^\r\n\r\n")}^"`;
  const { pick, text } = random(7);
  for (let run = 0; run < 500; run++) {
    const payload = text(
      ["a", "PATH", '"', "\\", "%", "^", "&", "|", "<", "'", "$", "`", "{", "}", " ", "é", "\u2028", "😀", "!"],
      20,
    );
    const command = `curl ^"https://example.org/?a=b^&c=d^" ^\r\n  -H ^"x-mia-token: ${TOKEN}^" ^\r\n  -X POST ^${pick(["\n", "\r\n"])}  --data-raw ${escape(payload)}\r\n`;
    if (/\\(?![\\"]|$)/.test(payload)) {
      assert.deepEqual(read(command)?.doubts, ["shell_expansion"], command);
    } else {
      reads(command, { form: "curl", payload, token: TOKEN, ignored: ["url", "method POST"] });
    }
  }
  reads(`curl ^"a:b^" --data-raw ${escape("a\nb")}`, { payload: "a\nb", doubts: ["shell_expansion"] });
  reads(`curl "https://a.b" ^\n -H "X-Mia-Token: t" ^\n -d "{\\"a\\": \\"b\\\\\\"^c\\"\\"d\\"}"`, {
    payload: '{"a": "b\\"^c""d"}',
    token: "t",
  });
  reads('curl "https://a.b" ^\r\n -d "a ""b"" %c"', { payload: 'a "b" %c' });
  reads('curl "%URL%" ^\r\n -d "%BODY%"', { payload: "%BODY%", doubts: ["shell_expansion"] });
  reads('curl "%URL%" ^\r\n -d a & echo', { payload: "a" });
  reads('curl "a:b" ^\n -d "a', { payload: "a", doubts: ["body_missing"] });
});

test("a HAR", () => {
  const headers = [
    { name: "Host", value: "a" },
    { name: "X-Mia-Token", value: TOKEN },
  ];
  const request = {
    method: "POST",
    url: "https://a",
    headers,
    postData: { mimeType: "application/json", text: PAYLOAD },
  };
  const expected = {
    form: "har",
    payload: PAYLOAD,
    token: TOKEN,
    headerName: "X-Mia-Token",
    ignored: ["method POST", "header host"],
  };
  const other = { request: { method: "GET", url: "https://b", headers: [] } };
  reads(JSON.stringify(request), expected);
  reads(`\n${JSON.stringify({ request }, null, 2)}\n`, expected);
  reads(`\ufeff${JSON.stringify({ log: { entries: [null, other, { request }, other] } })}`, expected);
  reads(JSON.stringify({ log: { entries: [other] } }), { payload: "", token: undefined, doubts: ["body_missing"] });
  const bytes = Buffer.from([0, 255, 13, 10]);
  const binary = { ...request, postData: { text: bytes.toString("base64"), encoding: "base64" } };
  assert.deepEqual(Buffer.from(readPastedRequest(JSON.stringify(binary))?.payload ?? []), bytes);
  reads(JSON.stringify({ ...request, postData: { text: "!", encoding: "base64" } }), {
    payload: "",
    doubts: ["body_missing"],
  });
  reads(JSON.stringify({ ...request, postData: { params: [] } }), { doubts: ["body_missing"] });
  reads(JSON.stringify({ ...request, headers: [{ name: "content-length", value: "1" }] }), {
    doubts: ["content_length_differs"],
  });
  for (const value of [
    {},
    { headers: [] },
    { log: {} },
    { log: { entries: [] } },
    { log: { entries: [1, null, {}] } },
    { request: null },
    JSON.parse(PAYLOAD),
  ]) {
    assert.equal(read(JSON.stringify(value)), undefined);
  }
});

test("text that is none of the three", () => {
  for (const text of [
    "",
    " \n",
    PAYLOAD,
    "{",
    "[]",
    TOKEN,
    "hello",
    "curl",
    "curl is a tool",
    "curlew -d a",
    "wget http://a",
    "HTTP/1.1 200 OK\n\n{}",
    "echo a | curl -d @-",
    "A=1",
    "\ufeff",
  ]) {
    assert.equal(read(text), undefined, text);
  }
  for (const value of [undefined, null, 1, {}]) {
    assert.equal(readPastedRequest(/** @type {any} */ (value)), undefined);
  }
});

test("at most 16 MiB of UTF-8", () => {
  const head = "POST / HTTP/1.1\n\n";
  const most = 16 * 1024 * 1024 - head.length;
  assert.equal(readPastedRequest(head + "a".repeat(most))?.payload.length, most);
  assert.equal(readPastedRequest(head + "a".repeat(most + 1)), undefined);
  assert.equal(readPastedRequest(head + "é".repeat(most / 2 + 1)), undefined);
});

const SOUP = [
  "'",
  '"',
  "$",
  "`",
  "\\",
  "\r\n",
  "\n",
  "\t",
  " ",
  "é",
  "😀",
  "\u2028",
  "{",
  "}",
  "a",
  "!",
  "#",
  "&",
  "%",
  "^",
  "*",
  "~",
  "$(",
  "$'",
  '"\\"',
  "\\u0041",
  "@",
  "=",
];
const singleQuoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The words that a shell passes to curl, for each command of a script.
 *
 * @param {string} shell
 * @param {string[]} commands
 */
function wordsOf(shell, commands) {
  const script = `PATH=/nonexistent\ncurl() { printf '%s\\0' "$@"; printf 'END-OF-WORDS\\0'; }\n${commands.join("\n")}\n`;
  const env = { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" };
  const { stdout, status } = spawnSync(shell, ["-s"], { input: script, env, maxBuffer: 2 ** 28 });
  if (status !== 0 && status !== 127) {
    return undefined;
  }
  const words = stdout
    .toString("latin1")
    .split("\0")
    .map((word) => Buffer.from(word, "latin1"));
  /** @type {Buffer[][]} */
  const lists = [[]];
  for (const word of words) {
    if (word.equals(Buffer.from("END-OF-WORDS"))) {
      lists.push([]);
    } else {
      lists.at(-1)?.push(word);
    }
  }
  return lists.slice(0, -1);
}

const has = (/** @type {string} */ program) => spawnSync(program, ["--version"]).error === undefined;
const withoutBash = !has("bash") && "bash is the oracle";
const withoutSh = process.platform === "win32" && "sh is the oracle";

test("quoted words are the words that sh passes to curl", { skip: withoutSh }, () => {
  const { pick, text } = random(11);
  const doubleQuoted = (/** @type {string} */ value) => `"${value.replace(/["\\$`]/g, "\\$&")}"`;
  const backslashed = (/** @type {string} */ value) =>
    value.replace(/[^]/gu, (char) => (char === "\n" ? "'\n'" : `\\${char}`));
  const cases = Array.from({ length: 3000 }, (_, index) => {
    const payload = text(SOUP, 40);
    const token = text(["'", '"', "\\", "$", "`", "a", "é"], 8);
    const quoted =
      index % 3 === 0
        ? singleQuoted(payload)
        : [...payload].map((char) => pick([singleQuoted, doubleQuoted, backslashed])(char)).join("");
    const command = `curl${pick([" ", " \\\n  ", "\t"])}-H ${singleQuoted(`X-Mia-Token: ${token}`)} --data-raw ${quoted || "''"}`;
    return { payload, token, command };
  });
  const lists =
    wordsOf(
      "sh",
      cases.map(({ command }) => command),
    ) ?? [];
  assert.equal(lists.length, cases.length);
  cases.forEach(({ payload, token, command }, index) => {
    const request = readPastedRequest(command);
    const [, header, , data] = lists[index] ?? [];
    assert.deepEqual(Buffer.from(request?.payload ?? []), data, command);
    assert.equal(utf8(request?.payload ?? new Uint8Array()), payload, command);
    assert.equal(`X-Mia-Token: ${request?.token ?? ""}`, String(header), command);
    assert.equal(request?.token ?? "", token);
    assert.deepEqual(request?.doubts, [], command);
  });
});

test("$'…' is read as bash reads it", { skip: withoutBash }, () => {
  const { text } = random(13);
  const parts = [
    "\\n",
    "\\r",
    "\\t",
    "\\\\",
    "\\'",
    '\\"',
    "\\x4",
    "\\xe9",
    "\\xC3\\xA9",
    "\\u41",
    "\\u00e9",
    "\\u20ac",
    "\\U0001F600",
    "\\101",
    "\\7",
    "\\377",
    "\\q",
    "\\cA",
    "\\?",
    "\\\n",
    '"',
    "$a",
    "`",
    "é",
    "a",
    "F",
    "9",
    " ",
    "\n",
    "\\E",
  ];
  const commands = Array.from({ length: 2000 }, () => `curl --data-raw $'${text(parts, 15)}'"b"`);
  const lists = wordsOf("bash", commands) ?? [];
  assert.equal(lists.length, commands.length);
  commands.forEach((command, index) => {
    assert.deepEqual(Buffer.from(readPastedRequest(command)?.payload ?? []), lists[index]?.[1], command);
  });
});

test("random quotes are read as bash reads them, or are in doubt", { skip: withoutBash }, () => {
  const { text } = random(17);
  // No characters that could write a file or run a program.
  const parts = [
    "'",
    "'",
    '"',
    '"',
    "\\",
    "\\\n",
    " ",
    "\t",
    "\n",
    "$",
    "$a",
    "$'",
    "#",
    "a",
    "b",
    "é",
    "{",
    "}",
    " -d ",
    " -d ",
  ];
  let compared = 0;
  for (let run = 0; run < 600; run++) {
    const command = `curl -d ${text(parts, 14)}\n`;
    const words = wordsOf("bash", [command])?.[0];
    const request = readPastedRequest(command);
    if (!words || !request || request.doubts.length > 0) {
      continue;
    }
    // Only the form "-d value -d value …": others need curl itself.
    if (words.length % 2 === 1 || words.some((word, index) => index % 2 === 0 && String(word) !== "-d")) {
      continue;
    }
    const data = words.filter((_, index) => index % 2 === 1);
    compared++;
    let expected = "";
    data.forEach((word) => (expected += (expected && "&") + word));
    assert.equal(utf8(request.payload), expected, command);
  }
  assert.ok(compared > 50, `${compared}`);
});

test("the body is the body that curl sends", { skip: !has("curl") && "curl is the oracle" }, async () => {
  /** @type {Map<string | undefined, { body: Buffer, token: unknown }>} */
  const received = new Map();
  const server = createServer((request, response) => {
    /** @type {Buffer[]} */
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      received.set(request.url, { body: Buffer.concat(parts), token: request.headers["x-mia-token"] });
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  const { pick, text, below } = random(19);
  const options = ["-d", "--data", "--data-raw", "--data-binary", "--data-ascii"];
  const commands = Array.from({ length: 60 }, (_, index) => {
    const data = Array.from({ length: 1 + below(3) }, () => {
      const value = singleQuoted(pick(["", "a", "-H", "é😀"]) + text(SOUP, 12).replace(/^@/, ""));
      return `${pick(["-s -H Accept:", "-sS", "-XPOST", "--compressed", "-sXPUT"])} ${pick(options)} ${value}`;
    });
    return `curl -q -sS --noproxy '*' http://127.0.0.1:${address.port}/${index} -H 'X-Mia-Token:  t${index} ' ${data.join(" \\\n ")}`;
  });
  const shell = spawn("sh", ["-c", commands.join(" || exit 1\n")], { stdio: ["ignore", "ignore", "inherit"] });
  const status = await new Promise((resolve) => shell.once("close", resolve));
  server.close();
  assert.equal(status, 0);
  commands.forEach((command, index) => {
    const request = readPastedRequest(command);
    assert.deepEqual(Buffer.from(request?.payload ?? []), received.get(`/${index}`)?.body, command);
    assert.equal(request?.token, received.get(`/${index}`)?.token, command);
  });
});

test("no input makes it throw", () => {
  const { below, pick, text } = random(23);
  const seeds = [
    `POST / HTTP/1.1\r\nX-Mia-Token: ${TOKEN}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    `POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\nContent-Length: 2\n\n{}\n`,
    `$ A=1 curl -sXPOST "http://a.b" \\\n -H $'X-Mia-Token: \\u0041\\xff' --data-raw '{"a":"$b"}' -d "\`c\`" > d`,
    `curl ^"http://a.b^" ^\r\n -H ^"X-Mia-Token: a^" ^\r\n --data-raw ^"^{^\\^"a^\\^":^%^A^}^"`,
    JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: "POST",
              headers: [{ name: "X-Mia-Token", value: "a" }],
              postData: { text: "e30=", encoding: "base64" },
            },
          },
        ],
      },
    }),
  ];
  const parts = [
    ...SOUP,
    "^",
    "^\r\n",
    "\\x",
    "\\U110000",
    "\ud800",
    "\udc00",
    "\0",
    "null",
    "[",
    "-",
    "--",
    ":",
    "<",
    "curl",
    "0\r\n",
    "ffffffff\n",
  ];
  let recognised = 0;
  for (let run = 0; run < 20_000; run++) {
    let mutant = pick(seeds);
    for (let change = below(4); change >= 0; change--) {
      const at = below(mutant.length + 1);
      mutant = mutant.slice(0, at) + text(parts, 3) + mutant.slice(at + below(6));
    }
    const request = readPastedRequest(mutant);
    if (request) {
      recognised++;
      assert.ok(request.payload instanceof Uint8Array);
      assert.equal(new Set(request.doubts).size, request.doubts.length);
    }
  }
  assert.ok(recognised > 5000, `${recognised}`);
});

test("the time grows with the length of the input, not with its square", () => {
  const openings = [
    "",
    "curl ",
    "curl -d ",
    "curl -d '",
    'curl -d "',
    "curl -d $'",
    'curl ^\n -d ^"',
    'curl ^\n -d "',
    "POST / HTTP/1.1\n",
    "POST / HTTP/1.1\n\n",
    "POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n",
    "X-Mia-Token: a\n",
    "POST ",
    "{",
  ];
  const fillings = [
    "\\",
    "\\\\ ",
    "'",
    '"',
    "{",
    "[",
    "$",
    "$(",
    "(",
    "`",
    "^",
    "^\n",
    "%",
    "%a",
    "a",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "a ",
    "-a ",
    "a=1 ",
    "$ ",
    ":",
    "a:\n",
    "a: b\n",
    " a\n",
    "1\na\n",
    "&",
    ";",
    "<",
    "2>",
    "#",
    "# \n",
    "\\x",
    "\\xff",
    "\\n",
    "*",
    "é",
    "@",
    "-d",
    "-d a ",
    "/",
  ];
  const million = new Set(["\\", "'", '"', "{"]);
  let slowest = { took: 0, of: "" };
  for (const opening of openings) {
    for (const filling of fillings) {
      const text = opening + filling.repeat(Math.ceil((million.has(filling) ? 1e6 : 3e5) / filling.length));
      const started = performance.now();
      readPastedRequest(text);
      const took = performance.now() - started;
      if (took > slowest.took) slowest = { took, of: JSON.stringify(opening + filling) };
    }
  }
  // With the square it would take minutes; the limit allows for a busy machine.
  assert.ok(slowest.took < 5000, `${slowest.took} ms: ${slowest.of}`);
});
