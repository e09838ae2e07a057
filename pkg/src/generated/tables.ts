// Written by `cargo xtask generate`; edit the tables under src/ instead.

/** Name, HTTP status (`null`: the origin's own), summary and hint, by the code's number less one. */
export const CODES = [
  ["accepted",200,"The event is genuine and was delivered.",""],
  ["unhandled",204,"The event is genuine, and no handler is registered for its name.","Register a handler for this eventName, or one for \"*\"."],
  ["token_missing",401,"The request carries no token header.","Check that the subscription has a secret and that no proxy removes X-Mia-Token or X-Mia-Signature."],
  ["token_malformed",401,"A token header is not 64 hexadecimal digits with an optional sha256= prefix.","It was empty, sent twice or altered. Check the proxies in front of this receiver."],
  ["token_mismatch",401,"The token does not belong to this payload and any of the secrets.","The request is forged, or the secret is not the Console's (look for a final newline in a secret file), or something changed the body before it was hashed."],
  ["method_not_allowed",405,"The request is not a POST.","Something other than the Console is calling this address."],
  ["path_unknown",404,"No subscription is configured for this path.","Compare the subscription's target in the Console with the paths of this receiver."],
  ["payload_too_large",413,"The payload is larger than the limit.","Raise maxBytes if genuine events are this large."],
  ["payload_encoded",415,"The request carries a Content-Encoding.","The token covers the raw body. Turn off request compression in the proxies in front of this receiver."],
  ["payload_consumed",500,"The request's body was already read.","A middleware read it before it could be verified. Verify first, and hand the verified payload on."],
  ["payload_interrupted",400,"The request's body broke off.","The connection closed too soon. The sender has to deliver the event again."],
  ["payload_timeout",408,"The request's body did not arrive in time.","Raise bodyTimeoutMs if genuine senders are this slow."],
  ["event_malformed",400,"The payload verified, but it is not an event.","Something that knows the secret sent a body that is not {eventName, eventTimestamp, payload}."],
  ["event_out_of_scope",403,"The event is genuine, but outside the scope of this subscription.","Compare the subscription's tenantId, projectId and eventName in the Console with those of this receiver."],
  ["origin_refused",null,"The event was forwarded, and the origin answered with a status other than 2xx.","Read the origin's log. Its status was returned to the Console."],
  ["origin_unreachable",502,"The origin could not be reached.","Check the origin's address and certificate, and that it is running."],
  ["origin_timeout",504,"The origin did not answer in time.","Make the origin acknowledge first and work afterwards, or raise originTimeoutMs."],
  ["handler_failed",500,"The handler threw.","Read the error that onResult was given. The event was not acknowledged."],
  ["secret_missing",500,"No secret is configured.","Set the secret of the subscription. Without one nothing can be verified."],
  ["secret_empty",500,"A secret is empty.","The variable or file that holds it exists but is empty. With an empty secret everybody could sign."],
  ["secret_placeholder",500,"A secret is the text \"undefined\" or \"null\".","A missing variable became text on its way. Set the variable."],
  ["secret_too_long",500,"A secret is longer than 4096 bytes.","Check that the right file was read."],
  ["secret_too_many",500,"There are more than 8 secrets.","Keep the current one and those being rotated out."],
  ["secret_suffix",500,"One secret ends with another.","Payload and secret are joined without a separator, so such a pair makes two payloads share a token. Remove the repeated secret, or choose an unrelated one."],
  ["configuration_invalid",500,"The receiver is not configured correctly.","Read the message beside this code; it names the setting."],
  ["engine_unavailable",500,"The WebAssembly module could not be used.","The runtime or the page's policy forbids it. A page needs 'wasm-unsafe-eval' in its script-src; an edge runtime needs its own export condition (workerd, edge-light)."],
] as const;

/** Why a webhook was, or was not, let through. Names are stable; new ones may be added. */
export type Code =
  /** The event is genuine and was delivered. */
  | "accepted"
  /** The event is genuine, and no handler is registered for its name. */
  | "unhandled"
  /** The request carries no token header. */
  | "token_missing"
  /** A token header is not 64 hexadecimal digits with an optional sha256= prefix. */
  | "token_malformed"
  /** The token does not belong to this payload and any of the secrets. */
  | "token_mismatch"
  /** The request is not a POST. */
  | "method_not_allowed"
  /** No subscription is configured for this path. */
  | "path_unknown"
  /** The payload is larger than the limit. */
  | "payload_too_large"
  /** The request carries a Content-Encoding. */
  | "payload_encoded"
  /** The request's body was already read. */
  | "payload_consumed"
  /** The request's body broke off. */
  | "payload_interrupted"
  /** The request's body did not arrive in time. */
  | "payload_timeout"
  /** The payload verified, but it is not an event. */
  | "event_malformed"
  /** The event is genuine, but outside the scope of this subscription. */
  | "event_out_of_scope"
  /** The event was forwarded, and the origin answered with a status other than 2xx. */
  | "origin_refused"
  /** The origin could not be reached. */
  | "origin_unreachable"
  /** The origin did not answer in time. */
  | "origin_timeout"
  /** The handler threw. */
  | "handler_failed"
  /** No secret is configured. */
  | "secret_missing"
  /** A secret is empty. */
  | "secret_empty"
  /** A secret is the text "undefined" or "null". */
  | "secret_placeholder"
  /** A secret is longer than 4096 bytes. */
  | "secret_too_long"
  /** There are more than 8 secrets. */
  | "secret_too_many"
  /** One secret ends with another. */
  | "secret_suffix"
  /** The receiver is not configured correctly. */
  | "configuration_invalid"
  /** The WebAssembly module could not be used. */
  | "engine_unavailable";

/** The header that a request is signed with unless told otherwise. */
export const TOKEN_HEADER = "X-Mia-Token";

/** Every header that may carry the token. */
export const TOKEN_HEADERS = ["X-Mia-Token","X-Mia-Signature"];

/** Where an event carries its company's id, newest place first. */
export const COMPANY_ID_PATHS = [["payload","tenantId"],["payload","resource","companyId"],["payload","companyId"],["payload","project","tenantId"]];

/** Where an event carries its project's id. */
export const PROJECT_ID_PATHS = [["payload","projectId"],["payload","project","projectId"],["payload","project","_id"],["payload","resource","projectId"]];
