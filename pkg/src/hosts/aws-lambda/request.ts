/** The request that an event holds. */

import { hostRequest } from "../../receiver/host-request.js";
import { bytesOf } from "./body.js";
import { type LambdaEvent, contextOf } from "./formats.js";

/** @throws TypeError for an event of another kind, such as one of a queue. */
export function requestOf(event: LambdaEvent): Request {
  const { httpMethod, rawPath, path = "/", body, isBase64Encoded } = event ?? {};
  const method = contextOf(event ?? {}).http?.method ?? httpMethod;
  if (typeof method !== "string") {
    const fields =
      Object.keys(event ?? {})
        .slice(0, 8)
        .join(", ") || "none";
    throw new TypeError(
      `this event is not an HTTP request (its fields: ${fields}). Call the function through a function URL, through API Gateway with a Lambda proxy integration, or by an Application Load Balancer; in the console's test, choose the template of one of them`,
    );
  }
  // Without a prototype: a sender chooses the names.
  const headers = Object.create(null) as Record<string, string[]>;
  for (const [name, values] of Object.entries(event.multiValueHeaders ?? event.headers ?? {})) {
    const lower = name.toLowerCase();
    headers[lower] = (headers[lower] ?? []).concat(values ?? []);
  }
  // Some of the formats hold the path without its escapes.
  const target = String(rawPath ?? path).replace(/[?#]/g, encodeURIComponent);
  return hostRequest({ method, target, headers, body: bytesOf(body ?? "", isBase64Encoded === true) });
}
