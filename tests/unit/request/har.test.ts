/** A HAR, one of its entries, or the request of an entry. */

import assert from "node:assert/strict";
import { test } from "vitest";
import { readPastedRequest } from "../../../pkg/src/request/pasted-request.js";
import { PAYLOAD, TOKEN, read, reads } from "./reading.js";

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

test("what is not as it should be is left out", () => {
  const request = (fields: object) =>
    JSON.stringify({ method: "POST", headers: [], postData: { text: "a" }, ...fields });
  reads(request({}), { form: "har", payload: "a", ignored: ["method POST"] });
  reads(request({ method: undefined, url: "a" }), { payload: "a", ignored: [] });
  reads(request({ method: "a b" }), { ignored: ["method"] });
  reads(
    request({
      headers: [null, 7, {}, { name: "a" }, { value: "b" }, { name: 1, value: "b" }, { name: "c", value: "d" }],
    }),
    {
      ignored: ["method POST", "header c"],
    },
  );
  reads(request({ headers: [{ name: "a b", value: "" }] }), { ignored: ["method POST", "header"] });
  reads(request({ headers: [{ name: "X-Mia-Signature", value: " t\t" }] }), {
    token: "t",
    headerName: "X-Mia-Signature",
  });
  reads(request({ postData: { text: "YQ==", encoding: "base64" } }), { payload: "a" });
  reads(request({ postData: { text: "YQ==", encoding: "other" } }), { payload: "YQ==" });
  reads(request({ postData: { text: 7 } }), { payload: "", doubts: ["body_missing"] });
  reads(request({ postData: { text: "" } }), { payload: "", doubts: ["body_missing"] });
  reads(request({ postData: { text: "" }, headers: [{ name: "Content-Length", value: "0" }] }), { payload: "" });
  reads(request({ postData: "a" }), { payload: "a" });
  for (const fields of [{ headers: {} }, { headers: undefined }, { method: undefined }, { method: 7, url: 7 }]) {
    assert.equal(read(request(fields)), undefined);
  }
  for (const text of ["{", "{}", "{]", '{"log":[]}', `${'{"a":'.repeat(100_000)}`]) {
    assert.equal(read(text), undefined);
  }
  assert.equal(read(`{"__proto__":{"method":"POST","headers":[]}}`), undefined);
});
