/** What stands around a request, and what only the whole text can tell. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, read, reads } from "./reading.js";

const PRETTY = '{\n  "eventName": "x",\n\n  "a": 1\n}';
const HTTP = `POST /hook HTTP/1.1\nHost: a.b\nX-Mia-Token: ${TOKEN}\n\n${PRETTY}`;
const CURL = `curl -X POST https://a.b \\\n  -H 'X-Mia-Token: ${TOKEN}' \\\n  -d '${PAYLOAD}'`;
const expected = { payload: PRETTY, token: TOKEN };
const each = (text: string, change: (line: string, at: number) => string) => text.split("\n").map(change).join("\n");
const indented = (margin: string) => (text: string) => each(text, (line) => (line === "" ? "" : margin + line));

describe("around a request", () => {
  const ways: Readonly<Record<string, (text: string) => string>> = {
    "a fence": (text) => `\`\`\`http\n${text}\n\`\`\``,
    "a fence with CR LF": (text) => `\`\`\`\n${text}\r\n\`\`\`\r\n`,
    "a fence of waves": (text) => `~~~\n${text}\n~~~\n`,
    "a fence after prose": (text) => `This is what I get:\n\n\`\`\`\n${text}\n\`\`\`\n\nWhy?`,
    "a margin": indented("    "),
    "a margin of tabs": indented("\t"),
    "a margin of one space, and blank lines that have it": (text) => each(text, (line) => ` ${line}`),
    "a mail": (text) => each(text, (line) => `> ${line}`),
    "a mail without spaces after empty marks": (text) => each(text, (line) => (line === "" ? ">" : `> ${line}`)),
    "a mail in a mail": (text) => each(text, (line) => `>> ${line}`),
    "a fence in a mail": (text) => each(`\`\`\`http\n${text}\n\`\`\``, (line) => `> ${line}`),
    "a margin in a fence": (text) => `\`\`\`\n${indented("  ")(text)}\n\`\`\``,
    "a fence in a list": (text) => indented("   ")(`\`\`\`\n${text}\n\`\`\``),
  };
  for (const [name, wrap] of Object.entries(ways)) {
    test(name, () => {
      reads(wrap(HTTP), expected);
      reads(wrap(CURL), { payload: PAYLOAD, token: TOKEN });
      reads(`\n${wrap(HTTP)}`, expected);
    });
  }

  test("a margin that the first line lost", () => {
    reads(indented("    ")(HTTP).trimStart(), expected);
    reads(indented("\t")(HTTP.replaceAll("\n", "\r\n")).trimStart(), {
      ...expected,
      payload: PRETTY.replaceAll("\n", "\r\n"),
    });
  });

  test("a margin within the quotes of a shell may have been sent", () => {
    const command = indented("  ")(`curl https://a.b -H 'X-Mia-Token: ${TOKEN}' -d '[\n1]'`);
    reads(command, { payload: "[\n1]", doubts: ["body_changed"] });
  });

  test("backticks of a document", () => {
    reads(`\`curl https://a.b -H 'X-Mia-Token: ${TOKEN}' -d '[1]'\``, { payload: "[1]", token: TOKEN });
  });

  test("line numbers are refused", () => {
    for (const number of ["1 ", "1: ", " 1\t", "1| ", "1. "]) {
      const numbered = (text: string) => each(text, (line, at) => number.replace("1", String(at + 1)) + line);
      for (const text of [HTTP, JSON.stringify({ headers: { "X-Mia-Token": TOKEN }, body: "{}" }, null, 2)]) {
        reads(numbered(text), { form: "refused", doubts: ["token_not_read"] });
      }
      // The numbers are words of their own here, and in a body they would not be JSON.
      const command = read(numbered(CURL));
      assert.ok(command?.form === "refused" || command?.payload === PAYLOAD, number);
    }
  });
});

describe("an HTTP message among the lines of a tool", () => {
  const message = `POST /hook HTTP/1.1\r\nHost: a.b\r\nContent-Length: ${PRETTY.length}\r\nX-Mia-Token: ${TOKEN}\r\n\r\n${PRETTY}`;
  const answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  for (const [before, after] of [
    ["", `\n\n${answer}`],
    ["", `${"\n".repeat(4)}${answer}`],
    ["", `\r\n${answer}`],
    ["CONNECTED(00000003)\n---\nSSL-Session:\n    Session-ID: 00\n---\nread R BLOCK\n", `\n${answer}\nclosed\n`],
    ["Connected to a.b.\nEscape character is '^]'.\n", ""],
    ["$ nc a.b 80\n", "\n"],
  ] as const) {
    test(JSON.stringify(`${before}…${after}`), () => reads(before + message + after, expected));
  }

  test("a body that a tool has printed in its own way", () => {
    // As HTTPie prints it, and with the length that it sent.
    reads(`POST / HTTP/1.1\nContent-Length: 20\nX-Mia-Token: ${TOKEN}\n\n${PRETTY}\n\n\n\nHTTP/1.1 200 OK\n\nok`, {
      token: TOKEN,
      doubts: ["content_length_differs"],
    });
    reads(`POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\n\n{}\n\nHTTP/1.1 200 OK\n\nok`, {
      payload: "{}",
      doubts: ["body_missing"],
    });
  });

  const verbose = (token: string) =>
    `*   Trying 1.2.3.4:443...\n* Connected to a.b (1.2.3.4) port 443\n} [5 bytes data]\n> POST /hook HTTP/1.1\n> Host: a.b\n> X-Mia-Token: ${token}\n> \n* upload completely sent off: 71 bytes\n< HTTP/1.1 401 Unauthorized\n< X-Mia-Token: no\n< \n{ [2 bytes data]\n{}`;
  test("curl -v, which shows no body", () => {
    reads(verbose(TOKEN), { form: "http", payload: "", token: TOKEN, doubts: ["body_missing"] });
    reads(verbose(TOKEN).replaceAll("\n", "\r\n"), { payload: "", token: TOKEN, doubts: ["body_missing"] });
    reads(
      `> POST /hook HTTP/2\n> X-Mia-Token: ${TOKEN}\n>\n${PAYLOAD}\n* We are completely uploaded and fine\n< HTTP/2 200\n`,
      {
        payload: PAYLOAD,
        token: TOKEN,
      },
    );
  });

  test("the body behind bars, as Insomnia shows it", () => {
    reads(
      `* Preparing request\n> POST /hook HTTP/1.1\n> X-Mia-Token: ${TOKEN}\n\n| ${PAYLOAD}\n* done\n< HTTP/1.1 200 OK\n`,
      {
        payload: PAYLOAD,
        token: TOKEN,
      },
    );
  });

  test("curl --trace-ascii shows other bytes than were sent, and is refused", () => {
    reads(`=> Send header, 103 bytes (0x67)\n0000: POST / HTTP/1.1\n0011: X-Mia-Token: ${TOKEN}\n0060: \n`, {
      form: "refused",
      doubts: ["token_not_read"],
    });
  });
});

describe("doubts that the whole text raises", () => {
  for (const [text, doubts] of [
    ['POST / HTTP/1.1\n\n{"a":1', ["not_json"]],
    ["POST / HTTP/1.1\n\n[1,]", ["not_json"]],
    ['POST / HTTP/1.1\n\n"eventName":"x"', ["not_json"]],
    ['POST / HTTP/1.1\n\n{\\"eventName\\":1}', ["not_json"]],
    ["POST / HTTP/1.1\n\n{'eventName':1}", ["not_json"]],
    ["POST / HTTP/1.1\n\n{“eventName”:1}", ["typographic_quotes"]],
    ['POST / HTTP/1.1\n\n{"a":1}\n$ ', ["not_json"]],
    ['POST / HTTP/1.1\n\n\ufeff {"a":1}\n', ["final_newline"]],
    ["POST / HTTP/1.1\n\na=b", []],
    // An empty line after each line.
    [`POST / HTTP/1.1\n\nHost: a\n\nX-Mia-Token: ${TOKEN}\n\n{}`, ["not_json", "token_not_read"]],
    [`POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\n\nHost: a\n\n[1]`, ["not_json"]],
    [`POST / HTTP/1.1\n\nX-Mia-Token: ${TOKEN}\nHost: a`, ["token_not_read"]],
    ["POST / HTTP/1.1\n\n| {}", ["not_json"]],
    ["POST / HTTP/1.1\n\n&quot;eventName&quot;", ["not_json"]],
    ["POST / HTTP/1.1\n\n{\u00a0}", ["not_json"]],
    ['POST / HTTP/1.1\n\n{"a":"{{b}}"}', ["variable"]],
    ['POST / HTTP/1.1\n\n{"a":{"b":{}}}', []],
    ["POST / HTTP/1.1\n\neyJhIjoxfQ==", ["body_encoded"]],
    [`POST / HTTP/1.1\nX-Token: ${TOKEN}\n\n{}`, ["token_not_read"]],
    [`POST / HTTP/1.1\n# X-Mia-Token: ${TOKEN}\n\n{}`, ["token_not_read"]],
    [`POST / HTTP/1.1\n\n{"a":"${TOKEN}"}`, []],
    [`POST / HTTP/1.1\n\n{"a":"${TOKEN}0"}`, []],
    [`curl a.b/c -d '{}'\ncurl a.b/c -H 'X-Mia-Token: ${TOKEN}' -d '{}'`, []],
    [
      `curl a.b/c -H 'X-Mia-Token: ${TOKEN}' -d '{}'\ncurl a.b/c -H 'X-Mia-Token: ${"f".repeat(64)}' -d '{}'`,
      ["several_requests"],
    ],
    [`POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\n Host: a\n\n{}`, ["token_not_read"]],
  ] as const) {
    test(JSON.stringify(text), () => assert.deepEqual(read(text)?.doubts, doubts));
  }
});

describe("a token in a text that is not read", () => {
  const named = `x-mia-signature: ${TOKEN}`;
  for (const text of [
    `wget --header="${named}" --post-data='[1]' https://a.b`,
    `http POST a.b 'X-Mia-Token:${TOKEN}' a=1`,
    `xh post a.b X-Mia-Token:${TOKEN} <<< '[1]'`,
    `ssh host "curl -H '${named}' -d '[1]' https://a.b"`,
    `Accept\n*/*\nX-Mia-Token\n${TOKEN}\nHost\na.b`,
    `accept:\n*/*\nx-mia-token:\n${TOKEN}`,
    `It was refused, with "X-Mia-Token" = "${TOKEN}".`,
  ]) {
    test(text, () => {
      const request = read(text);
      assert.deepEqual([request?.doubts.includes("token_not_read") || request?.token === TOKEN], [true]);
      assert.equal(request?.token === undefined, request?.form === "refused");
    });
  }

  test("without its digits there is nothing to say", () => {
    for (const text of [
      "It sends X-Mia-Token: hex(sha256(payload + secret))",
      `${TOKEN}`,
      "the header x-mia-token is missing",
    ]) {
      assert.equal(read(text), undefined, text);
    }
  });
});

test("hard spaces that a document made", () => {
  reads(`curl\u00a0-H\u00a0'X-Mia-Token:\u00a0${TOKEN}'\u00a0-d\u00a0'{"a":\u00a01}' https://a.b`, {
    payload: '{"a": 1}',
    token: TOKEN,
    doubts: ["body_changed"],
  });
});

test("a token that was broken over several lines is whole again", () => {
  const [start, end] = [TOKEN.slice(0, 40), TOKEN.slice(40)];
  for (const text of [
    `POST / HTTP/1.1\nX-Mia-Token: ${start}\n${end}\nHost: a\n\n[1]`,
    `POST / HTTP/1.1\r\nX-Mia-Token: ${start}\r\n\t${end}\r\n\r\n[1]`,
    `X-Mia-Signature: ${start}\n  ${end.slice(0, 9)}\n  ${end.slice(9)}\n\n[1]`,
    `curl https://a.b -H "X-Mia-Token: ${start}\n${end}" -d '[1]'`,
    JSON.stringify({ headers: { "x-mia-token": `${start} ${end}` }, body: "[1]" }),
  ]) {
    reads(text, { token: TOKEN, payload: "[1]" });
  }
  // It is another number of digits, and stays as it is.
  reads(`POST / HTTP/1.1\nX-Mia-Token: ${start}\n ${end}0\n\n[1]`, {
    token: `${start} ${end}0`,
  });
});

describe("a body that is written in another way", () => {
  const hex = Buffer.from(PAYLOAD).toString("hex");
  const pairs = hex.match(/../g) as string[];
  for (const [body, doubt] of [
    [hex, "body_encoded"],
    [`0x${hex.toUpperCase()}`, "body_encoded"],
    [pairs.join(" "), "body_encoded"],
    [pairs.join(":"), "body_encoded"],
    [`\\x${pairs.join("\\x")}`, "body_encoded"],
    [`<Buffer ${pairs.slice(0, 50).join(" ")} ... 21 more bytes>`, "body_encoded"],
    ['00000000: 5b22 6122 2c31 5d                        ["a",1]', "body_encoded"],
    [JSON.stringify(PAYLOAD), "body_changed"],
    [JSON.stringify(JSON.stringify([1], null, 2)), "body_changed"],
    ['{"a":"\ufffd\ufffd"}', "body_changed"],
  ] as const) {
    test(body, () => reads(`POST / HTTP/1.1\nX-Mia-Token: ${TOKEN}\n\n${body}`, { payload: body, doubts: [doubt] }));
  }
  for (const body of ['"{"', '"[brackets]"', "7b", '["7b7b7b7b7b"]', "57bytes"]) {
    test(body, () => reads(`POST / HTTP/1.1\n\n${body}`, { payload: body }));
  }
});

test("several HTTP messages", () => {
  const get = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  const post = `POST /b HTTP/1.1\r\nX-Mia-Token: ${TOKEN}\r\nContent-Length: 3\r\n\r\n[1]`;
  const refused = { form: "refused", doubts: ["several_requests"] };
  for (const text of [
    `${get}${post}`,
    `${post}\r\n${get}`,
    `${get}HTTP/1.1 200 OK\r\n\r\nok\n${post}`,
    `${post}\n\n${post}`,
  ]) {
    reads(text, { form: "http", payload: "[1]", token: TOKEN });
  }
  reads(`${post}\n\n${post.replace("[1]", "[2]")}`, refused);
  reads(`${post}\n${post.replace(TOKEN, "f".repeat(64))}`, refused);
});
