/** Reads a HAR, one of its entries, or the request of an entry. */

import { fromBase64, utf8 } from "./text.js";
import { Findings, type PastedRequest, TOKEN_NAMES, trimmed } from "./findings.js";

export function readHar(text: string): PastedRequest | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    // Not JSON, or nested deeper than the engine's stack.
    return undefined;
  }
  const requests = harRequests(root);
  const request =
    requests.find((one) => harHeaders(one).some(([name]) => TOKEN_NAMES.includes(name.toLowerCase()))) ?? requests[0];
  if (!request) {
    return undefined;
  }
  const findings = new Findings();
  const method = field(request, "method");
  if (typeof method === "string") {
    findings.method(method);
  }
  for (const [name, value] of harHeaders(request)) {
    findings.header(name, value);
  }
  const payload = harPayload(field(request, "postData"));
  if (!payload || (payload.length === 0 && findings.statedLength() !== 0)) {
    findings.doubts.add("body_missing");
  } else {
    findings.checkLength(payload);
  }
  return findings.request("har", payload ?? new Uint8Array());
}

function harRequests(root: unknown): unknown[] {
  const entries = field(field(root, "log"), "entries");
  const candidates = Array.isArray(entries)
    ? entries.map((entry) => field(entry, "request"))
    : [field(root, "request"), root];
  // Any JSON may have "headers"; a request also has a method or a URL.
  return candidates.filter(
    (one) =>
      Array.isArray(field(one, "headers")) &&
      (typeof field(one, "method") === "string" || typeof field(one, "url") === "string"),
  );
}

function harHeaders(request: unknown): [name: string, value: string][] {
  const headers = field(request, "headers");
  return (Array.isArray(headers) ? headers : []).flatMap((header: unknown) => {
    const name = field(header, "name");
    const value = field(header, "value");
    return typeof name === "string" && typeof value === "string" ? [[name, trimmed(value)]] : [];
  });
}

function harPayload(postData: unknown): Uint8Array | undefined {
  const text = field(postData, "text");
  if (typeof text !== "string") {
    return undefined;
  }
  if (field(postData, "encoding") !== "base64") {
    return utf8(text);
  }
  return fromBase64(text);
}

function field(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null;
  return isObject && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
