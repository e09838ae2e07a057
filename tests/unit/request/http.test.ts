/** An HTTP message, or its headers as tools copy them. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, read, reads } from "./reading.js";

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
  reads(`${head}\r\n{\r\n  "a": "é😀\u2028"\r\n}\r\n`, {
    payload: '{\r\n  "a": "é😀\u2028"\r\n}\r\n',
    doubts: ["final_newline"],
  });
  reads(`${head}\r\n\r\n{}`, { payload: "\r\n{}" });
  reads(`${head}\r\n\ufeff{}`, { payload: "\ufeff{}" });
  reads(`POST / HTTP/2\nx-MIA-signature:\t ${TOKEN} \n\n{}`, {
    payload: "{}",
    token: TOKEN,
    headerName: "x-MIA-signature",
  });
  reads(`POST / HTTP/1.1\nX-Mia-Token:\n ${TOKEN}\n\n{}`, { token: TOKEN });
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
  for (const text of ["accept: */*\n\n{}", "POST https://example.org/hook\nAccept: a\n\n{}"]) {
    assert.equal(read(text), undefined, text);
  }
});

test("a line break at the end is in doubt where no Content-Length speaks for it", () => {
  for (const [text, payload, doubts] of [
    [`POST /a HTTP/1.1\nX-Mia-Token: ${TOKEN}\n\n${PAYLOAD}\n`, `${PAYLOAD}\n`, ["final_newline"]],
    [`x-mia-signature: ${TOKEN}\r\n\r\n[1]\r\n`, "[1]\r\n", ["final_newline"]],
    ["PUT / HTTP/2\n\na=b\n\n", "a=b\n\n", ["final_newline"]],
    ["PUT / HTTP/2\nContent-Length: 4\n\n[1]\n", "[1]\n", []],
    ["PUT / HTTP/2\nContent-Length: 3\n\n[1]\n", "[1]", []],
    ["PUT / HTTP/2\nTransfer-Encoding: chunked\n\n2\n{}\n0\n\n", "{}", []],
    ["PUT / HTTP/2\n\n[\n1\n]", "[\n1\n]", []],
  ] as const) {
    reads(text, { payload, doubts });
  }
});

test("Content-Length", () => {
  const message = (length: string, body: string) => `POST / HTTP/1.1\nContent-Length: ${length}\n\n${body}`;
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
  ] as const) {
    reads(message(/** @type {string} */ length, /** @type {string} */ body), {
      payload: body,
      doubts: ["content_length_differs"],
    });
  }
  reads("POST / HTTP/1.1\nContent-Length: 2\nContent-Length: 3\n\n{}", { doubts: ["content_length_differs"] });
});

test("chunks", () => {
  const message = (body: string) =>
    `POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\nContent-Length: 1\r\n\r\n${body}`;
  reads(message("2\r\n{}\r\n0\r\n\r\n"), { payload: "{}" });
  reads(message("2\n{}\n0\n"), { payload: "{}" });
  reads(message("1;a=b\r\n{\r\n0A\r\n12345\r\n890\r\n00\r\nTrailer: x\r\n\r\n"), {
    payload: "{12345\r\n890",
    doubts: ["not_json"],
  });
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

describe("the first line", () => {
  const long = "X".repeat(40);
  for (const [line, ignored] of [
    ["POST / HTTP/1.1", ["method POST"]],
    ["POST / HTTP/2", ["method POST"]],
    ["POST / HTTP/1.1  \r", ["method POST"]],
    ["POST https://example.org/hook?a=b HTTP/1.0", ["method POST"]],
    ["M-SEARCH * HTTP/1.1", ["method M-SEARCH"]],
    ["!#$%&'*+.^_`|~ / HTTP/1.1", ["method"]],
    [`${"X".repeat(20)} / HTTP/1.1`, [`method ${"X".repeat(20)}`]],
    [`${"X".repeat(21)} / HTTP/1.1`, ["method"]],
    [`${long} / HTTP/1.1`, ["method"]],
  ] as const) {
    test(`${line} is a request`, () => reads(`${line}\n\n{}`, { form: "http", payload: "{}", ignored }));
  }
  for (const line of [
    "POST / HTTP/11",
    "POST / HTTP/1.",
    "POST / HTTP/1.1x",
    "POST / HTTP/x",
    "POST  HTTP/1.1",
    "POST / / HTTP/1.1",
    " / HTTP/1.1",
    "PO ST / HTTP/1.1",
    "PÖST / HTTP/1.1",
    `${long}X / HTTP/1.1`,
    "x POST / HTTP/1.1",
  ]) {
    test(`${line} is none`, () => assert.equal(read(`${line}\n\n{}`), undefined));
  }

  for (const line of ["POST /", "GET /hook", "POST http://a", "POST https://a  \r", "ABCDEFGHIJ /"]) {
    test(`${line} is one before a header of Mia's`, () => {
      const ignored = [`method ${line.split(" ")[0]}`];
      reads(`${line}\nX-Mia-Token: t\n\n{}`, { payload: "{}", token: "t", ignored });
      assert.equal(read(`${line}\nX-Other: t\n\n{}`), undefined);
    });
  }
  for (const line of ["PO /", "ABCDEFGHIJK /", "post /", "POST a", "POST / /", "POST ftp://a", "xPOST /", "POST"]) {
    test(`${line} is none before a header of Mia's either`, () => {
      assert.equal(read(`${line}\nX-Mia-Token: t\n\n{}`), undefined);
    });
  }
});

describe("header lines", () => {
  const message = (lines: string) => `POST / HTTP/1.1\n${lines}\n\n{}`;
  for (const [lines, expected] of [
    ["X-Mia-Token: t", { token: "t", ignored: ["method POST"] }],
    ["X-Mia-Token:t", { token: "t" }],
    ["X-Mia-Token:\t t\t \r", { token: "t" }],
    ["X-Mia-Token :t", { token: "t" }],
    ["X-Mia-Token:\u00a0t", { token: "\u00a0t" }],
    ["X-Mia-Token: t:u", { token: "t:u" }],
    ["X-Mia-Token: t\n u\n\tv\r", { token: "t u v" }],
    ["X-Mia-Token:", { token: "" }],
    ["a: b\n\r", { payload: "\n{}" }],
    [" a: b", { ignored: ["method POST", "header a"] }],
    ["A-1: b\na-1: c", { ignored: ["method POST", "header a-1"] }],
    ["no name\na b: c\n:\n: a", { ignored: ["method POST", "line without a name"] }],
    [`${"x".repeat(200)}: a`, { ignored: ["method POST", `header ${"x".repeat(200)}`] }],
    [`${"x".repeat(201)}: a`, { ignored: ["method POST", "line without a name"] }],
    ["Transfer-Encoding: chunkedx", { payload: "{}" }],
    ["Transfer-Encoding: xchunked", { payload: "{}" }],
    ["Transfer-Encoding: chunked, gzip", { payload: "{}" }],
    ["Transfer-Encoding: gzip,chunked", { doubts: ["chunked"] }],
    ["transfer-encoding: gzip CHUNKED", { doubts: ["chunked"] }],
    ["Content-Encoding:", {}],
    ["Content-Encoding: xidentity", { doubts: ["content_encoded"] }],
    ["Content-Encoding: identityx", { doubts: ["content_encoded"] }],
    ["Content-Length: 2", { ignored: ["method POST"] }],
    ["Content-Length: 2\ncontent-length: 2", {}],
    ["Content-Length: 2\ncontent-length: 3", { doubts: ["content_length_differs"] }],
    ["Content-Length: 3\ncontent-length: 2", { doubts: ["content_length_differs"] }],
    ["Content-Length: 000000000000002", {}],
    ["Content-Length: 0000000000000002", { doubts: ["content_length_differs"] }],
    ["Content-Length: 2x", { doubts: ["content_length_differs"] }],
    ["Content-Length: x2", { doubts: ["content_length_differs"] }],
    ["X-Mia-Token: t\nx-mia-token: t", { token: "t", headerName: "X-Mia-Token", doubts: ["several_tokens"] }],
  ] as const) {
    test(JSON.stringify(lines), () => reads(message(lines), { payload: "{}", ...expected }));
  }

  test("without a request line, every line must be a header", () => {
    assert.equal(read("a: b\nno name\nX-Mia-Token: t\n\n{}"), undefined);
    reads("a: b\n c\nx-MIA-other: t\n\n{}", { payload: "{}", ignored: ["header a", "header x-mia-other"] });
    assert.equal(read("a: b\nxx-mia-token: t\n\n{}"), undefined);
  });
});

describe("the body", () => {
  for (const [body, expected] of [
    ["", { doubts: ["body_missing"] }],
    ["\n", { doubts: ["body_missing"] }],
    ["\n\n", { payload: "\n", doubts: ["final_newline"] }],
    ["\r\n{}", { payload: "{}" }],
    [" \n{}", { payload: "{}" }],
  ] as const) {
    test(JSON.stringify(body), () => reads(`POST / HTTP/1.1\na: b\n${body}`, { payload: "", ...expected }));
  }

  const chunked = (body: string) => `POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n${body}`;
  for (const [body, payload] of [
    ["0", ""],
    ["0\n", ""],
    ["0 \t;a=b\r\n", ""],
    ["00000001\na\n0", "a"],
    ["A\n0123456789\n0", "0123456789"],
    ["a \n0123456789\n0", "0123456789"],
    ["1\r\n\n\r\n0\r\n\r\n", "\n"],
    ["1\na\n1\nb\n0\nX-Trailer: c\n\n", "ab"],
  ] as const) {
    test(`${JSON.stringify(body)} in chunks`, () => reads(chunked(body), { payload }));
  }
  for (const body of [
    "000000001\na\n0",
    "1x\na\n0",
    "x1\na\n0",
    "1\na",
    "1\na\n",
    "1\nab0",
    "1\r\na\n0",
    "1\r\na\rb0",
    "2\na\n0",
    "0\nno trailer\n",
    "0\n: a\n",
    "1",
    "\n",
  ]) {
    test(`${JSON.stringify(body)} is not in chunks`, () =>
      reads(chunked(body), { payload: body, doubts: ["chunked"] }));
  }

  test("nothing is no chunk that is missing, but a body", () =>
    reads(chunked(""), { payload: "", doubts: ["body_missing"] }));
});
