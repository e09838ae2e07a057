// Written by `cargo xtask generate`; edit the tables under src/ instead.

/** The answers of verifying: name, HTTP status, summary and hint, by the code's number. With holes, which are smaller than numbers. */
export const CODES = [
,,,
  ["token_missing",401,"The request has no token header.","The subscription has no secret, or a proxy removes the header."],
  ["token_malformed",401,"A token header is not 64 hexadecimal digits with an optional sha256= prefix.","It was empty, sent twice or altered. Check the proxies."],
  ["token_mismatch",401,"The token does not match this payload and any of the secrets.","The secret is not the Console's (look for line breaks or quotes around it), something changed the body, or the request is forged."],
  ["method_not_allowed",405,"The request is not a POST.","Something other than the Console is calling, or a redirect made a GET of its POST."],,
  ["payload_too_large",413,"The payload is larger than the limit.","Raise maxBytes if genuine events are this large."],
  ["payload_encoded",415,"The request has a Content-Encoding.","Turn off request compression in the proxies."],
  ["payload_consumed",500,"The request's body was already read.","A middleware read it. Verify first, and pass the verified payload on."],
  ["payload_interrupted",400,"The request's body broke off.","The connection closed too soon. The sender must deliver again."],
  ["payload_timeout",408,"The request's body did not arrive in time.","The sender or a proxy is slow, or bodyTimeoutMs is too short."],
  ["event_malformed",400,"The payload verified, but it is not an event.","Its sender knows the secret. Read the reason."],,,,,,
  ["secret_missing",500,"No secret is configured.","Set the subscription's secret, or the variable that holds it."],
  ["secret_empty",500,"A secret is empty.","Its variable or file is empty."],
  ["secret_placeholder",500,"A secret is a placeholder such as \"undefined\".","A missing variable was turned into text. Set that variable."],
  ["secret_too_long",500,"A secret is longer than 4096 bytes.","Perhaps another file was read."],
  ["secret_too_many",500,"There are more than 8 secrets.","Keep the current and the previous one."],
  ["secret_suffix",500,"One secret ends with another.","Two payloads could share a token. Choose another."],,
  ["engine_unavailable",500,"The WebAssembly module could not be used.","Read the error's cause. In a browser, script-src needs 'wasm-unsafe-eval'; an edge runtime needs its export condition. Without WebAssembly, use another engine, a server or the Rust crate."],
] as Readonly<Record<number, CodeRow>>;

/** The row of `configuration_invalid`, for `receiverOptions`, which needs no other code of a receiver. */
export const CONFIGURATION_INVALID: CodeRow = ["configuration_invalid",500,"The receiver is not configured correctly.","Read the error's message: it names the setting."];

/** The answers of a receiver alone; the status `null` means the origin's own. Kept apart, so that a bundle that only verifies does not carry them. */
export const RECEIVER_CODES = [
,
  ["accepted",200,"The event is genuine and was delivered.",""],
  ["unhandled",204,"The event is genuine, but no handler is registered for its name.","Register a handler for this eventName, or one for \"*\"."],,,,,
  ["path_unknown",404,"No subscription is configured for this path.","Compare the subscription's target in the Console with the paths of this receiver."],,,,,,,
  ["event_out_of_scope",403,"The event is genuine, but outside the scope of this subscription.","Compare the subscription's tenantId, projectId and eventName in the Console with this receiver's."],
  ["origin_refused",null,"The event was forwarded, and the origin answered with a status other than 2xx.","Read the origin's log. Its status was returned to the Console."],
  ["origin_unreachable",502,"The origin could not be reached.","Check the origin's address and certificate, and that it is running. The error is in the log's detail, or onResult received it."],
  ["origin_timeout",504,"The origin did not answer in time.","Make the origin answer first and do its work afterwards, or raise originTimeoutMs."],
  ["handler_failed",500,"The handler threw an error.","Read the error: detail in the log has it, or onResult received it. The event was not acknowledged."],,,,,,,
  CONFIGURATION_INVALID,,
  ["event_duplicate",200,"The event was delivered before. It was acknowledged, but not delivered again.","Do nothing: the sender retried, or the request was replayed."],
  ["event_in_progress",409,"Another delivery of the same event is under way.","Do nothing: a retry is let through if that delivery fails or its lease ends."],
  ["event_stale",400,"The event is older than what the replay guard remembers.","It is a replay, or it came too late. Raise windowMs or cap if genuine events come this late."],
  ["event_from_future",400,"The event's eventTimestamp is too far in the future.","Compare the clocks of the Console and of this receiver, or raise maxSkewMs."],
  ["event_expired",400,"The event is older than maxAgeMs.","Raise maxAgeMs if genuine events come this late."],
  ["replay_store_unreachable",503,"The replay guard could not reach its store, so the event was not let through.","Read the error (detail in the log, or what onResult received), and check the store. With failOpen, events pass unguarded."],
  ["commit_failed",null,"The event was delivered, but the replay guard could not record it.","Check the store. Until the lease ends, the event is held back. After that, a replay of it would pass once."],
  ["claim_lost",null,"The event was delivered, but its lease had ended by then and another delivery could begin.","The event may have been delivered twice. Raise leaseMs above the longest time that the origin or the handler takes. After a restart of the store, the answer to a successful commit may also have been lost."],
  ["unexpected_error",500,"The receiver met an unexpected error.","Read the error (detail in the log, or what onResult received). The event was not acknowledged. If the error comes from this package, and not from your code or your store, report it."],
  ["request_malformed",400,"The request's address cannot be read.","Its Host header or its path is broken, or what made the Request gave it no absolute address. The Console sends neither."],
  ["receiver_overloaded",503,"The bodies of other requests take all the memory that the receiver may use for them.","Somebody holds many requests open, or the origin is slow. The bodies that began to arrive first are refused first. Raise maxBufferedBytes if genuine events are refused."],
  ["origin_answer_invalid",502,"The origin answered with something that is not a final HTTP answer.","Its status must be between 200 and 599. An origin must not switch protocols for a webhook."],
  ["authorized",200,"The event is genuine, and the gateway that asked may pass it on.",""],
  ["secrets_unavailable",503,"The function or the file that holds the secrets did not give them.","Read the error that onResult received. The sender was told to try again, and a later request asks again."],
] as Readonly<Record<number, CodeRow>>;

/** Why a webhook was, or was not, let through. Names are stable; new ones may be added. */
export type Code =
  /** The event is genuine and was delivered. */
  | "accepted"
  /** The event is genuine, but no handler is registered for its name. */
  | "unhandled"
  /** The request has no token header. */
  | "token_missing"
  /** A token header is not 64 hexadecimal digits with an optional sha256= prefix. */
  | "token_malformed"
  /** The token does not match this payload and any of the secrets. */
  | "token_mismatch"
  /** The request is not a POST. */
  | "method_not_allowed"
  /** No subscription is configured for this path. */
  | "path_unknown"
  /** The payload is larger than the limit. */
  | "payload_too_large"
  /** The request has a Content-Encoding. */
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
  /** The handler threw an error. */
  | "handler_failed"
  /** No secret is configured. */
  | "secret_missing"
  /** A secret is empty. */
  | "secret_empty"
  /** A secret is a placeholder such as "undefined". */
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
  | "engine_unavailable"
  /** The event was delivered before. It was acknowledged, but not delivered again. */
  | "event_duplicate"
  /** Another delivery of the same event is under way. */
  | "event_in_progress"
  /** The event is older than what the replay guard remembers. */
  | "event_stale"
  /** The event's eventTimestamp is too far in the future. */
  | "event_from_future"
  /** The event is older than maxAgeMs. */
  | "event_expired"
  /** The replay guard could not reach its store, so the event was not let through. */
  | "replay_store_unreachable"
  /** The event was delivered, but the replay guard could not record it. */
  | "commit_failed"
  /** The event was delivered, but its lease had ended by then and another delivery could begin. */
  | "claim_lost"
  /** The receiver met an unexpected error. */
  | "unexpected_error"
  /** The request's address cannot be read. */
  | "request_malformed"
  /** The bodies of other requests take all the memory that the receiver may use for them. */
  | "receiver_overloaded"
  /** The origin answered with something that is not a final HTTP answer. */
  | "origin_answer_invalid"
  /** The event is genuine, and the gateway that asked may pass it on. */
  | "authorized"
  /** The function or the file that holds the secrets did not give them. */
  | "secrets_unavailable";

/** A row of the table of codes. */
export type CodeRow = readonly [code: Code, status: number | null, summary: string, hint: string];

/** A rule for subscriptions. Names are stable; new ones may be added. */
export type IssueCode =
  /** The text is not JSON. */
  | "json_malformed"
  /** This is larger than any subscription. */
  | "too_large"
  /** A subscription is an object with the fields eventName, target and secret. */
  | "not_an_object"
  /** A required field is missing. */
  | "field_missing"
  /** The value has the wrong type. */
  | "field_type"
  /** The field is given more than once, and readers do not agree on which one counts. */
  | "field_duplicate"
  /** There is no such field, but there is one with almost the same spelling. */
  | "field_misspelled"
  /** There is no such field, so it has no effect. */
  | "field_unknown"
  /** The id is empty. */
  | "id_blank"
  /** The id contains a control character, such as a line break or a tab. */
  | "id_control_character"
  /** This looks like a name that people read, not an id. */
  | "id_is_name"
  /** This does not have the shape of a Console id: at most 63 letters, digits, '-', '_' and '.', the first and last a letter or digit. */
  | "id_shape"
  /** No event is named. */
  | "event_name_blank"
  /** This is not how the event is spelled. */
  | "event_name_misspelled"
  /** These are several names in one string, which matches no event. */
  | "event_name_joined"
  /** This is another name of an event; the documentation of the Console uses both. */
  | "event_name_alias"
  /** Only old Consoles send this event. */
  | "event_name_legacy"
  /** The documentation of the Console has no event with this name. */
  | "event_name_unknown"
  /** The event is listed more than once. */
  | "event_name_duplicate"
  /** This is not an absolute URL. */
  | "url_malformed"
  /** The URL is longer than 8192 bytes. */
  | "url_too_long"
  /** The URL contains white space or a control character. */
  | "url_white_space"
  /** The URL's scheme is neither https nor http. */
  | "url_scheme"
  /** The URL names no host. */
  | "url_host_missing"
  /** The URL contains a user name or a password: anyone who sees the record can read it. */
  | "url_credentials"
  /** The part after # is never sent. */
  | "url_fragment"
  /** Without TLS, anyone on the way can read the body. */
  | "url_plain_http"
  /** This is the sender's own machine: the Console would call itself. */
  | "url_loopback"
  /** This is an address of a private network: the Console cannot reach it, or should not. */
  | "url_private"
  /** This is a link-local address, which no router forwards. */
  | "url_link_local"
  /** This is the metadata service of a cloud, which hands out credentials. */
  | "url_metadata"
  /** This address is reserved for a special purpose and belongs to no receiver. */
  | "url_reserved"
  /** This is a name inside a cluster: nothing outside of that cluster can resolve it. */
  | "url_cluster_name"
  /** This is a name inside a private network: the Console cannot resolve it, or should not. */
  | "url_local_name"
  /** The ending of this name is reserved: the public DNS has no such names. */
  | "url_reserved_name"
  /** The connection to the proxy is not encrypted: anyone on the way sees which host is called, and the body too if the target is http. */
  | "proxy_plain_http"
  /** The proxy's URL contains credentials. They are allowed, but anyone who sees the record can read them. */
  | "proxy_credentials"
  /** This is neither base64 nor a certificate in PEM. */
  | "certificate_encoding"
  /** The content is not an X.509 certificate. */
  | "certificate_malformed"
  /** This contains a private key. Anyone who sees the record has the key. */
  | "certificate_private_key"
  /** Bytes that are not a certificate follow the certificate. */
  | "certificate_trailing_data"
  /** The certificate has expired: the Console cannot trust the target. */
  | "certificate_expired"
  /** The certificate is not valid yet. */
  | "certificate_not_yet_valid"
  /** This is not the certificate of an authority. */
  | "certificate_not_authority"
  /** There are several certificates; each of them is trusted. */
  | "certificate_several"
  /** There is text around the certificate, which is ignored. */
  | "certificate_surroundings"
  /** The target is http, so the certificate is not used. */
  | "certificate_unused"
  /** The secret is empty: anyone could sign. */
  | "secret_empty"
  /** The secret is only white space. */
  | "secret_blank"
  /** The secret is a placeholder that was never filled in. */
  | "secret_placeholder"
  /** The secret is longer than 4096 bytes. */
  | "secret_too_long"
  /** The secret ends with a line break, most likely from the file that it was read from. The line break counts: a receiver without it refuses every event. */
  | "secret_final_newline"
  /** The secret starts or ends with white space. The white space counts, but is easily lost. */
  | "secret_outer_space"
  /** The secret is in quotes. The quotes count, but are easily lost. */
  | "secret_quoted"
  /** The secret is shorter than 16 bytes. Anyone who sees one delivery can guess the secret and sign their own events. */
  | "secret_very_short"
  /** The secret is shorter than 32 bytes. Anyone who sees one delivery can try to guess the secret, as fast as their hardware allows. */
  | "secret_short"
  /** The secret has few different characters, or repeats itself. Anyone who sees one delivery can try to guess the secret. */
  | "secret_monotonous"
  /** The secret is a common word, or one from documentation. Anyone who guesses secrets tries such words first. */
  | "secret_common"
  /** A placeholder was not replaced. */
  | "placeholder"
  /** This looks like a placeholder that nobody replaced, or like a value that was cut or masked for display. */
  | "placeholder_likely"
  /** The value contains a character that cannot be seen, such as a zero-width space or a byte order mark. */
  | "invisible_character"
  /** This is a whole line of a file or a script, not the value alone. */
  | "value_assignment"
  /** The value is in quotes, in backticks or in brackets. */
  | "value_quoted"
  /** The value contains an escape that was written out, such as a backslash and an n. */
  | "value_escaped"
  /** The value ends with a comma or a semicolon, most likely copied along with it. */
  | "value_punctuated"
  /** The secret contains a character that cannot be seen, such as a zero-width space or a byte order mark. It counts, but is easily lost. */
  | "secret_invisible"
  /** This is a whole line of a file, a script or a request, not the secret alone. */
  | "secret_assignment"
  /** The secret contains an escape that was written out, such as a backslash and an n. Both characters count; the other side may read them as a line break. */
  | "secret_escaped"
  /** The URL has its scheme twice. */
  | "url_scheme_twice"
  /** The start of the URL is misspelled. */
  | "url_scheme_misspelled"
  /** The URL starts with its host: its scheme is missing. */
  | "url_scheme_missing"
  /** The line breaks are written out as a backslash and an n. */
  | "certificate_escaped"
  /** This is base64 of base64. */
  | "certificate_encoded_twice"
  /** This is a certificate signing request (CSR), not a certificate. */
  | "certificate_request"
  /** This is a PKCS #7 bundle, which the Console does not read. */
  | "certificate_pkcs7"
  /** This is a PKCS #12 store, which usually holds a private key. Anyone who sees the record has the store. */
  | "certificate_pkcs12"
  /** This is a certificate with OpenSSL's own settings of trust (TRUSTED CERTIFICATE), which other programs do not read. */
  | "certificate_trusted"
  /** This is a public key, not a certificate. */
  | "certificate_public_key"
  /** This is the name or the address of a file, not what is in it. */
  | "certificate_path"
  /** There is no such field; another one has this meaning. */
  | "field_synonym"
  /** There is no such field. It was probably meant to limit the events; as it has no effect, more events are delivered. */
  | "field_filter"
  /** The Console documents no wildcards: this is taken as a name, which no event has. */
  | "event_name_wildcard"
  /** The record is inside this field. */
  | "record_wrapped"
  /** The Console documents no wildcards: this is taken as an id, which nothing has. */
  | "id_wildcard";

/** Why a subscription does not match an event. */
export type ScopeMismatch =
  /** The subscription does not listen to this event. */
  | "event_name_differs"
  /** The event belongs to another company. */
  | "company_differs"
  /** The event has no company id, but the subscription asks for one. */
  | "company_absent"
  /** The event belongs to another project. */
  | "project_differs"
  /** The event has no project id, but the subscription asks for one. */
  | "project_absent";

/** Why a payload that verified is not an event. Names are stable; new ones may be added. */
export type EventProblem =
  /** It is not UTF-8. */
  | "not_utf8"
  /** It is not JSON. */
  | "not_json"
  /** It is not an object. */
  | "not_an_object"
  /** eventName is missing. */
  | "event_name_missing"
  /** eventName is not a string. */
  | "event_name_type"
  /** eventName is empty. */
  | "event_name_empty"
  /** eventTimestamp is missing. */
  | "event_timestamp_missing"
  /** eventTimestamp is not a number. */
  | "event_timestamp_type"
  /** eventTimestamp is not an integer from 0 to 2^53 - 1. */
  | "event_timestamp_range"
  /** payload is missing. */
  | "payload_missing"
  /** payload is not an object. */
  | "payload_type";

/** The reasons as sentences. */
export const SCOPE_MISMATCHES: Readonly<Record<ScopeMismatch, string>> = {
  event_name_differs: "The subscription does not listen to this event.",
  company_differs: "The event belongs to another company.",
  company_absent: "The event has no company id, but the subscription asks for one.",
  project_differs: "The event belongs to another project.",
  project_absent: "The event has no project id, but the subscription asks for one.",
};

/** The header that carries the token of a request by default. */
export const TOKEN_HEADER = "X-Mia-Token";

/** Every header that may carry the token. */
export const TOKEN_HEADERS = ["X-Mia-Token","X-Mia-Signature"];

/** The header that tells an origin the id of an event: the SHA-256 of its payload. */
export const EVENT_ID_HEADER = "X-Mia-Event-Id";

/** The header that tells an origin whether the event is the newest so far. */
export const EVENT_LATEST_HEADER = "X-Mia-Event-Latest";

/** How much the replay guard remembers by default, and for how long. */
export const REPLAY_LIMITS = {"cap":100000,"leaseMs":60000,"maxSkewMs":300000,"windowMs":604800000};

/** Where an event carries its company's id. */
export const COMPANY_ID_PATHS = [["payload","tenantId"],["payload","resource","companyId"],["payload","companyId"],["payload","project","tenantId"]];

/** Where an event carries its project's id. */
export const PROJECT_ID_PATHS = [["payload","projectId"],["payload","resource","projectId"],["payload","project","projectId"],["payload","project","_id"]];

/** Older names of events, and the newer name of the same event. */
export const EVENT_ALIASES: Readonly<Record<string, string>> = {"company_user_added":"user_added","company_user_edited":"user_edited","company_user_removed":"user_removed"};

/** The names of the known events, older ones included. */
export const EVENT_NAMES: readonly string[] = ["project_created","service_created","configuration_saved","tag_created","tag_deleted","user_added","user_edited","user_removed","company_user_added","company_user_edited","company_user_removed","project_user_added","project_user_removed"];

/** The longest JSON text of a subscription, in bytes. */
export const MAX_JSON_BYTES = 1048576;

/** What a missing secret is turned into: no secret is one of these. */
export const SECRET_PLACEHOLDERS: readonly string[] = ["undefined","null","NaN","[object Object]"];

/** What stands around a place that a template leaves to be filled in, and whether only a name between makes it one. */
export const SECRET_TEMPLATES: readonly (readonly [open: string, close: string, isNamed: boolean])[] = [["${","}",false],["{{","}}",false],["$(",")",false],["<",">",false],["%","%",true]];

/** The longest token header value, in bytes. */
export const MAX_TOKEN_BYTES = 71;

/** The most secrets that may verify together. */
export const MAX_SECRETS = 8;

/** The longest secret, in bytes. */
export const MAX_SECRET_BYTES = 4096;

/** How many bytes of a payload cross into the `verify` module in one call. */
export const INPUT_BYTES = 65536;

/** The most token headers of one request. */
export const MAX_TOKENS = 4;

/** The size of a token's slot in the `verify` module, in bytes. */
export const TOKEN_SLOT_BYTES = 72;
