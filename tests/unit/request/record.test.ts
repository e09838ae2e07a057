/** Requests that programs recorded, or that a browser copied as a call of fetch. */

import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { PAYLOAD, TOKEN, random, read, reads } from "./reading.js";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const NON_ASCII = '{"eventName":"x","a":"é😀\\n"}\r\n';
const headers = { "Content-Type": "application/json", "X-Mia-Token": TOKEN };
const multiValueHeaders = { "Content-Type": ["application/json"], "X-Mia-Token": [TOKEN] };
const list = Object.entries(headers).map(([name, value]) => ({ name, value }));

describe("an object with headers and a body", () => {
  const rows: readonly (readonly [kind: string, record: object, payload: string, doubts?: readonly string[]])[] = [
    [
      "API Gateway, REST",
      {
        resource: "/hook",
        httpMethod: "POST",
        headers,
        multiValueHeaders,
        requestContext: {},
        body: PAYLOAD,
        isBase64Encoded: false,
      },
      PAYLOAD,
    ],
    [
      "API Gateway, REST, in base64",
      { httpMethod: "POST", headers, multiValueHeaders, body: base64(NON_ASCII), isBase64Encoded: true },
      NON_ASCII,
    ],
    [
      "API Gateway, HTTP",
      {
        version: "2.0",
        headers: { "x-mia-token": TOKEN },
        cookies: [],
        requestContext: { http: { method: "POST" } },
        body: NON_ASCII,
        isBase64Encoded: false,
      },
      NON_ASCII,
    ],
    [
      "a load balancer",
      { requestContext: { elb: {} }, multiValueHeaders, body: PAYLOAD, isBase64Encoded: false },
      PAYLOAD,
    ],
    ["in an event of a test", { name: "test", event: { headers, body: PAYLOAD } }, PAYLOAD],
    ["Azure", { method: "POST", url: "https://a.b", headers, body: { eventName: "x" }, rawBody: PAYLOAD }, PAYLOAD],
    ["Google Cloud's log", { insertId: "1", jsonPayload: { request: { headers, body: PAYLOAD } } }, PAYLOAD],
    [
      "Express",
      { headers: { "x-mia-token": TOKEN }, body: { eventName: "x", a: 1.5 } },
      '{"eventName":"x","a":1.5}',
      ["body_changed"],
    ],
    ["a Buffer", { headers, body: { type: "Buffer", data: [...Buffer.from(NON_ASCII)] } }, NON_ASCII],
    ["Node", { rawHeaders: Object.entries(headers).flat(), method: "POST", body: PAYLOAD }, PAYLOAD],
    ["webhook.site", { uuid: "1", method: "POST", headers: multiValueHeaders, content: PAYLOAD }, PAYLOAD],
    ["a list of webhook.site", { data: [{ method: "POST", headers: multiValueHeaders, content: PAYLOAD }] }, PAYLOAD],
    [
      "Postman",
      {
        name: "x",
        request: {
          method: "POST",
          header: list.map(({ name, value }) => ({ key: name, value })),
          body: { mode: "raw", raw: NON_ASCII },
          url: {},
        },
      },
      NON_ASCII,
    ],
    [
      "Insomnia",
      { resources: [{ method: "POST", headers: list, body: { mimeType: "application/json", text: PAYLOAD } }] },
      PAYLOAD,
    ],
    ["headers as lines", { headers: `Host: a\r\nX-Mia-Token: ${TOKEN}\r\n`, raw_body: PAYLOAD }, PAYLOAD],
    ["headers as pairs", { headers: Object.entries(headers), body: PAYLOAD }, PAYLOAD],
    ["without a body", { headers, body: null, isBase64Encoded: false }, "", ["body_missing"]],
    ["base64 that is none", { headers, body: "{}", isBase64Encoded: true }, "", ["body_missing"]],
    ["base64 that nothing says", { headers, body: base64(PAYLOAD) }, base64(PAYLOAD), ["body_encoded"]],
    [
      "the length of another body",
      { headers: { ...headers, "Content-Length": "3" }, body: "{}" },
      "{}",
      ["content_length_differs"],
    ],
    ["two tokens", { headers: { "x-mia-token": [TOKEN, "f".repeat(64)] }, body: "{}" }, "{}", ["several_tokens"]],
    ["a form", { headers, body: { mode: "formdata", formdata: [] } }, "", ["body_missing"]],
  ];
  for (const [kind, record, payload, doubts = []] of rows) {
    test(kind, () => {
      for (const text of [
        JSON.stringify(record),
        JSON.stringify(record, null, 2),
        `2026-01-02T03:04:05Z INFO ${JSON.stringify(record)}\n`,
      ]) {
        reads(text, { payload, doubts, token: TOKEN });
      }
    });
  }

  test("what Node prints of one", () => {
    reads(
      `{\n  method: 'POST',\n  headers: {\n    host: 'a.b',\n    'x-mia-token': '${TOKEN}'\n  },\n  body: '{"a":"it\\'s"}',\n  query: [Object: null prototype] {},\n  cb: [Function (anonymous)]\n}`,
      { form: "record", payload: `{"a":"it's"}`, token: TOKEN },
    );
    // What Python prints.
    reads(`{'headers': {'X-Mia-Token': '${TOKEN}'}, 'body': 'e30=', 'isBase64Encoded': True, 'a': None}`, {
      payload: "{}",
      token: TOKEN,
    });
    reads(`req { headers: { 'x-mia-token': '${TOKEN}' }, body: <Buffer 7b 7d> }`, { payload: "{}", token: TOKEN });
    reads(`{ headers: { 'x-mia-token': '${TOKEN}' }, body: <Buffer 7b 7d ... 21 more bytes> }`, {
      payload: "",
      doubts: ["variable", "body_missing"],
    });
    reads(`{ headers: { 'x-mia-token': '${TOKEN}' }, body: { eventName: 'x', payload: [Object] } }`, {
      token: TOKEN,
      doubts: ["body_changed"],
    });
  });

  test("several requests: the one with a token, and a refusal where there is another", () => {
    const other = "f".repeat(64);
    const one = (token: string | undefined, body: string) => ({
      headers: { host: "a", ...(token && { "X-Mia-Token": token }) },
      body,
    });
    reads(JSON.stringify([one(undefined, "a"), one(TOKEN, "b")]), { payload: "b", token: TOKEN });
    reads(JSON.stringify([one(TOKEN, "b"), one(other, "c")]), { form: "refused", doubts: ["several_requests"] });
    reads(JSON.stringify([one(TOKEN, "b"), one(TOKEN, "b")]), { payload: "b" });
  });

  test("the messages of queues and buses are named", () => {
    for (const message of [
      {
        Records: [{ messageId: "1", receiptHandle: "a", body: PAYLOAD, messageAttributes: {}, eventSource: "aws:sqs" }],
      },
      { Type: "Notification", MessageId: "1", TopicArn: "arn:aws:sns:a", Message: PAYLOAD },
      { version: "0", id: "1", "detail-type": "x", source: "y", detail: JSON.parse(PAYLOAD) },
      { message: { data: base64(PAYLOAD), messageId: "1" }, subscription: "projects/a" },
      { awslogs: { data: "H4s" } },
    ]) {
      reads(JSON.stringify(message, null, 1), { form: "refused", payload: "", token: undefined, doubts: ["envelope"] });
    }
    assert.equal(read(PAYLOAD), undefined);
    assert.equal(read('{"headers":{"a":"b"}}'), undefined);
  });
});

describe("fetch", () => {
  test("as Chrome, Edge and Firefox copy it, byte for byte", () => {
    const { text } = random(37);
    for (let run = 0; run < 100; run++) {
      const body = JSON.stringify(
        text(['"', "'", "`", "${", "\\", "é", "\u2028", "😀", "\n", "}", ")", ",", "//", "/*"], 12),
      );
      const options = {
        headers: { accept: "*/*", "x-mia-token": TOKEN },
        referrer: "https://a.b/",
        body,
        method: "POST",
        mode: "cors",
      };
      for (const before of ["", "await ", "const response = await "]) {
        reads(`${before}fetch("https://example.org/hook", ${JSON.stringify(options, null, 2)});`, {
          form: "fetch",
          payload: body,
          token: TOKEN,
          ignored: ["method POST", "header accept"],
        });
      }
    }
  });

  const T = `'X-Mia-Token': '${TOKEN}'`;
  for (const [options, payload, doubts = []] of [
    [`{ method: 'POST', headers: { ${T} }, body: '{"a":"\\u00e9\\x41\\'"}' }`, `{"a":"éA'"}`],
    [
      `{ method: "POST", headers: { ${T}, }, body: JSON.stringify({ b: 1, 2: [1.50, "x", null], a: { c: true } }) }`,
      '{"2":[1.5,"x",null],"b":1,"a":{"c":true}}',
    ],
    [`{ headers: { ${T} }, body: JSON.stringify({ a: 1 }, null, 2) }`, '{\n  "a": 1\n}'],
    [`{ headers: new Headers({ ${T} }), body: \`{\r\n"a":1}\` }`, '{\n"a":1}'],
    [`{ headers: { ${T} }, // the token\n body: '{"a":' + /* one */ "1}" }`, '{"a":1}'],
    [`{ headers: { ${T} }, body }`, "", ["variable", "body_missing"]],
    [`{ headers: { ${T} }, body: \`{"a":\${x}}\` }`, "", ["variable", "body_missing"]],
    [`{ headers: { ${T} }, body: JSON.stringify({ a: x }) }`, "", ["variable", "body_missing"]],
    [`{ headers: { ${T} }, body: '{}'.trim() }`, "", ["variable", "body_missing"]],
    [`{ headers: { ${T} } }`, "", ["body_missing"]],
  ] as const) {
    test(options, () => reads(`fetch("https://a.b", ${options})`, { form: "fetch", payload, doubts, token: TOKEN }));
  }

  test("a token that only the program knows", () => {
    reads("fetch('https://a.b', { headers: { 'X-Mia-Token': token }, body: '{}' })", {
      payload: "{}",
      token: undefined,
      doubts: ["token_not_read"],
    });
  });

  test("other code is named", () => {
    for (const code of [
      "fetch('https://a.b', options)",
      `fetch("https://a.b", { "headers": { "x-mia-token": "${TOKEN}" }, "body": "{`,
      `axios.post('https://a.b', {}, { headers: { ${T} } })`,
      `import requests\nrequests.post("https://a.b", headers={"X-Mia-Token": "${TOKEN}"}, data='{}')`,
      "const request = new XMLHttpRequest();\nrequest.open('POST', '/');",
    ]) {
      reads(code, { form: "refused", payload: "", doubts: ["program_code"] });
    }
  });
});

test("of the requests of a recording, the one with a token or a body", () => {
  const one = (body?: string, token?: string) => ({
    method: body === undefined ? "GET" : "POST",
    headers: { host: "a", ...(token && { "x-mia-token": token }) },
    ...(body !== undefined && { body }),
  });
  const refused = { form: "refused", doubts: ["several_requests"] };
  reads(JSON.stringify([one(), one("b")]), { payload: "b" });
  reads(JSON.stringify([one(), one("b"), one(), one("c", TOKEN)]), { payload: "c", token: TOKEN });
  reads(JSON.stringify([one(undefined, TOKEN), one("c", TOKEN)]), { payload: "c", token: TOKEN });
  reads(JSON.stringify([one("b", TOKEN), one("c", TOKEN)]), refused);
  reads(JSON.stringify([one("b"), one("c"), one()]), refused);
});

test("what a call of fetch does not say itself", () => {
  const call = (options: string) => `fetch("https://a.b", { method: "POST", ${options} })`;
  for (const [options, payload, doubts] of [
    ["body: JSON.stringify({ a: [1, , 3] })", "", ["variable", "body_missing"]],
    ["body: JSON.stringify([, 2])", "", ["variable", "body_missing"]],
    ["body: JSON.stringify([1,,])", "", ["variable", "body_missing"]],
    ["body: JSON.stringify([1, [2,],])", "[1,[2]]", []],
    ["body: '[1]', ...defaults", "[1]", ["variable"]],
    ["...(await options()), body: '[1]'", "[1]", ["variable"]],
  ] as const) {
    reads(call(options), { form: "fetch", payload, doubts });
  }
});
