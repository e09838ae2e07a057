/** Where the body of a request of Node's is: in what a parser left, or in its stream. */

import type { HostBody } from "../../receiver/host-request.js";
import { streamOf } from "./stream-body.js";
import type { NodeRequest, NodeResponse } from "./streams.js";

/** Where a parser leaves what it read. */
interface Parsed {
  readonly rawBody?: unknown;
  readonly body?: unknown;
}

/** The bytes, or the stream that has them; `undefined` if somebody took them from it. */
export function bodyOf(incoming: NodeRequest, outgoing: NodeResponse): Uint8Array | HostBody | undefined {
  const { rawBody, body } = incoming as Parsed;
  const kept = [rawBody, body].find((left) => ArrayBuffer.isView(left));
  if (kept !== undefined) {
    return kept as Uint8Array;
  }
  // A stream with an encoding gives text.
  return incoming.readableDidRead || incoming.readableEncoding ? undefined : streamOf(incoming, outgoing);
}
