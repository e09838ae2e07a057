/**
 * Reads a request that a program recorded: a HAR, the event of an API gateway or of
 * a function, the export of a tool, or what a log shows of one. What they have in
 * common is an object with headers and a body.
 */

import { type PastedRequest, Findings, TOKEN_NAMES, chosen, refused, trimmed } from "./findings.js";
import { UNKNOWN, Values } from "./values.js";
import { fromBase64, utf8 } from "./text.js";

type Pairs = readonly (readonly [name: string, value: string])[];
type Fields = Readonly<Record<string, unknown>>;

const HEADERS = /^(?:multivalue|request|raw)?[_-]?headers?$/i;
/** The names of a body, those of the raw one first. */
const BODIES = [
  /^raw[_-]?(?:body|data|payload)$|^(?:body|content)[_-]?raw$/i,
  /^body$/i,
  /^(?:request|post)[_-]?(?:body|data)$/i,
  /^(?:content|data|payload|text)$/i,
];
/** Objects that are looked at in search of a request. */
const MAX_OBJECTS = 20_000;
/** What only the messages of queues and buses have. */
const ENVELOPE = /"(?:receiptHandle|TopicArn|awslogs|detail-type|ackId|kinesis|messageId|enqueuedTimeUtc)"\s*:/i;

/** `null`: an event, whatever its payload is like. */
export function readRecord(text: string): PastedRequest | null | undefined {
  if (!/^[{[]/.test(text)) {
    return undefined;
  }
  const root = parsed(text);
  const request = isEvent(root) ? null : recordIn(root);
  return request === undefined && ENVELOPE.test(text) ? refused("envelope") : request;
}

/** A record after other text, as in a log. */
export function readDump(text: string): PastedRequest | undefined {
  const start = /header/i.test(text) ? text.indexOf("{") : -1;
  return start < 0 ? undefined : recordIn(parsed(text.slice(start)));
}

function recordIn(root: unknown): PastedRequest | undefined {
  return chosen(requestsIn(root).map((one) => recordRequest(one)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return new Values(text, 0).single();
    } catch {
      // Neither, or nested deeper than the engine's stack.
      return undefined;
    }
  }
}

/** Its headers, body and method. */
export function recordRequest(record: Fields, form?: "fetch" | "powershell"): PastedRequest {
  const findings = new Findings();
  const { method } = record;
  if (typeof method === "string") {
    findings.method(method);
  }
  for (const [name, value] of pairsOf(record)) {
    findings.header(name, value);
  }
  const [name, body] = bodyOf(record) ?? [];
  if (body === UNKNOWN || record["headers"] === UNKNOWN || record["undefined"] === UNKNOWN) {
    findings.doubts.add("variable");
  }
  const payload = bytesOf(body, record, findings);
  if (!payload || (payload.length === 0 && findings.statedLength() !== 0)) {
    findings.doubts.add("body_missing");
  } else {
    findings.checkLength(payload);
  }
  const isHar = Array.isArray(record["headers"]) && (name === undefined || name === "postData");
  return findings.request(form ?? (isHar ? "har" : "record"), payload ?? new Uint8Array());
}

function requestsIn(root: unknown): Fields[] {
  const found: Fields[] = [];
  const waiting = [root];
  for (let at = 0; at < waiting.length && at < MAX_OBJECTS; at++) {
    const one = waiting[at];
    // An event's payload may have the fields of a request.
    if (!isObject(one) || isEvent(one)) {
      continue;
    }
    if (isRequest(one)) {
      found.push(one);
    }
    for (const [key, value] of Object.entries(one)) {
      if (isObject(value) && !/^(?:res|response|__proto__)$/i.test(key)) {
        waiting.push(value);
      }
    }
  }
  return found;
}

const isEvent = (one: unknown): boolean => isObject(one) && typeof one["eventName"] === "string" && "payload" in one;

/** Any JSON may have "headers"; a request also has a token, a body, a method or a URL. */
function isRequest(one: Fields): boolean {
  const pairs = pairsOf(one);
  const isNamed = typeof one["method"] === "string" || typeof one["url"] === "string";
  return pairs.length === 0
    ? Array.isArray(one["headers"]) && isNamed
    : hasToken(pairs) || isNamed || bodyOf(one) !== undefined;
}

const hasToken = (pairs: Pairs): boolean => pairs.some(([name]) => TOKEN_NAMES.includes(name.toLowerCase()));

/** Of several objects with headers, the one with a token. */
function pairsOf(record: Fields): Pairs {
  const all = Object.entries(record).flatMap(([key, value]) => (HEADERS.test(key) ? [pairsIn(value)] : []));
  return all.find(hasToken) ?? all.find(({ length }) => length > 0) ?? [];
}

/** As an object, a list of pairs or of names and values, or lines. */
function pairsIn(headers: unknown): Pairs {
  if (typeof headers === "string") {
    return headers.split("\n").flatMap((line) => pair(line.slice(0, line.indexOf(":")), line.replace(/^[^:]*:/, "")));
  }
  if (!Array.isArray(headers)) {
    return isObject(headers) ? Object.entries(headers).flatMap(([name, value]) => pair(name, value)) : [];
  }
  if (headers.length > 1 && headers.every((part) => typeof part === "string")) {
    return headers.flatMap((name, at) => (at % 2 === 0 ? pair(name, headers[at + 1]) : []));
  }
  return headers.flatMap((header: unknown) => {
    if (Array.isArray(header)) {
      return pair(header[0], header[1]);
    }
    return isObject(header) && header["disabled"] !== true
      ? pair(header["name"] ?? header["key"], header["value"] ?? header["values"])
      : [];
  });
}

function pair(name: unknown, value: unknown): Pairs {
  const values = Array.isArray(value) ? value : [value];
  return values.flatMap((one) =>
    typeof name === "string" && name !== "" && typeof one === "string" ? [[name, trimmed(one)]] : [],
  );
}

function bodyOf(record: Fields): [name: string, body: unknown] | undefined {
  for (const names of BODIES) {
    const found = Object.entries(record).find(([key, value]) => names.test(key) && value !== null);
    if (found) {
      return found;
    }
  }
  return undefined;
}

function bytesOf(body: unknown, { isBase64Encoded, encoding }: Fields, findings: Findings): Uint8Array | undefined {
  if (typeof body === "string") {
    return String(isBase64Encoded) === "true" || encoding === "base64" ? fromBase64(body) : utf8(body);
  }
  if (!isObject(body)) {
    return undefined;
  }
  const { type, data, text, raw } = body;
  if (type === "Buffer" && Array.isArray(data)) {
    return Uint8Array.from(data as number[]);
  }
  // The body of HAR and of API clients is an object with its text and its kind.
  const inner = text ?? raw;
  if (typeof inner === "string" && Object.keys(body).every((key) => !/^event/.test(key))) {
    return bytesOf(inner, body, findings);
  }
  if (["params", "mode", "mimeType", "text"].some((key) => key in body)) {
    return undefined;
  }
  findings.doubts.add("body_changed");
  return utf8(JSON.stringify(body));
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null;
}

/** A call of fetch, as browsers copy it. */
export function readFetch(text: string): PastedRequest | undefined {
  const call = /\bfetch\s*\(/.exec(text);
  if (!call) {
    return undefined;
  }
  try {
    const [, options] = new Values(text, call.index + call[0].length).list(")");
    if (isObject(options)) {
      return recordRequest(options, "fetch");
    }
  } catch {
    // It is cut off, or no JavaScript.
  }
  return refused("program_code");
}
