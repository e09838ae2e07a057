//! The one table of codes.
//!
//! Every answer of this project is a row of this table: in Rust, across the wasm
//! border, in TypeScript and in the documentation. `cargo xtask generate` writes
//! `pkg/src/generated/tables.ts` and `docs/codes.md` from it; a test fails when
//! they are stale.

macro_rules! codes {
    ($( $variant:ident = $number:literal, $name:literal, $is_receivers:ident, $status:expr, $summary:literal, $hint:literal; )*) => {
        /// Why a webhook was, or was not, let through.
        ///
        /// The name ([`Code::name`]) and the number are stable: rows are only
        /// ever appended. The status is what a receiver answers. The hint is for
        /// the operator and is never sent to the sender.
        ///
        /// ```
        /// use mia_webhooks::Code;
        /// assert_eq!(Code::TokenMismatch.name(), "token_mismatch");
        /// assert_eq!(Code::TokenMismatch.status(), Some(401));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum Code {
            $( #[doc = $summary] $variant = $number, )*
        }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The stable name, as logs and `WebhookError.code` show it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The HTTP status that a receiver answers with, or `None` when it
            /// returns the origin's own status.
            #[must_use]
            pub const fn status(self) -> Option<u16> {
                match self { $( Self::$variant => $status, )* }
            }

            /// Whether only a receiver answers with this code: verifying a request
            /// never does.
            #[must_use]
            pub const fn is_receivers(self) -> bool {
                match self { $( Self::$variant => $is_receivers, )* }
            }

            /// What happened, in one sentence.
            #[must_use]
            pub const fn summary(self) -> &'static str {
                match self { $( Self::$variant => $summary, )* }
            }

            /// What the operator can do about it; empty for a success.
            #[must_use]
            pub const fn hint(self) -> &'static str {
                match self { $( Self::$variant => $hint, )* }
            }
        }
    };
}

/// Verifying a request can give this answer, and so can a receiver.
const EVERYWHERE: bool = false;

/// Only a receiver gives this answer. The package keeps these rows apart, so that
/// a bundle that only verifies does not carry them.
const RECEIVER: bool = true;

codes! {
    Accepted = 1, "accepted", RECEIVER, Some(200),
        "The event is genuine and was delivered.",
        "";
    Unhandled = 2, "unhandled", RECEIVER, Some(204),
        "The event is genuine, but no handler is registered for its name.",
        "Register a handler for this eventName, or one for \"*\".";
    TokenMissing = 3, "token_missing", EVERYWHERE, Some(401),
        "The request has no token header.",
        "The subscription has no secret, or a proxy removes the header.";
    TokenMalformed = 4, "token_malformed", EVERYWHERE, Some(401),
        "A token header is not 64 hexadecimal digits with an optional sha256= prefix.",
        "It was empty, sent twice or altered. Check the proxies.";
    TokenMismatch = 5, "token_mismatch", EVERYWHERE, Some(401),
        "The token does not match this payload and any of the secrets.",
        "The secret is not the Console's (look for line breaks or quotes around it), something changed the body, or the request is forged.";
    MethodNotAllowed = 6, "method_not_allowed", EVERYWHERE, Some(405),
        "The request is not a POST.",
        "Something other than the Console is calling, or a redirect made a GET of its POST.";
    PathUnknown = 7, "path_unknown", RECEIVER, Some(404),
        "No subscription is configured for this path.",
        "Compare the subscription's target in the Console with the paths of this receiver.";
    PayloadTooLarge = 8, "payload_too_large", EVERYWHERE, Some(413),
        "The payload is larger than the limit.",
        "Raise maxBytes if genuine events are this large.";
    PayloadEncoded = 9, "payload_encoded", EVERYWHERE, Some(415),
        "The request has a Content-Encoding.",
        "Turn off request compression in the proxies.";
    PayloadConsumed = 10, "payload_consumed", EVERYWHERE, Some(500),
        "The request's body was already read.",
        "A middleware read it. Verify first, and pass the verified payload on.";
    PayloadInterrupted = 11, "payload_interrupted", EVERYWHERE, Some(400),
        "The request's body broke off.",
        "The connection closed too soon. The sender must deliver again.";
    PayloadTimeout = 12, "payload_timeout", EVERYWHERE, Some(408),
        "The request's body did not arrive in time.",
        "The sender or a proxy is slow, or bodyTimeoutMs is too short.";
    EventMalformed = 13, "event_malformed", EVERYWHERE, Some(400),
        "The payload verified, but it is not an event.",
        "Its sender knows the secret. Read the reason.";
    EventOutOfScope = 14, "event_out_of_scope", RECEIVER, Some(403),
        "The event is genuine, but outside the scope of this subscription.",
        "Compare the subscription's tenantId, projectId and eventName in the Console with this receiver's.";
    OriginRefused = 15, "origin_refused", RECEIVER, None,
        "The event was forwarded, and the origin answered with a status other than 2xx.",
        "Read the origin's log. Its status was returned to the Console.";
    OriginUnreachable = 16, "origin_unreachable", RECEIVER, Some(502),
        "The origin could not be reached.",
        "Check the origin's address and certificate, and that it is running. The error is in the log's detail, or onResult received it.";
    OriginTimeout = 17, "origin_timeout", RECEIVER, Some(504),
        "The origin did not answer in time.",
        "Make the origin answer first and do its work afterwards, or raise originTimeoutMs.";
    HandlerFailed = 18, "handler_failed", RECEIVER, Some(500),
        "The handler threw an error.",
        "Read the error: detail in the log has it, or onResult received it. The event was not acknowledged.";
    SecretMissing = 19, "secret_missing", EVERYWHERE, Some(500),
        "No secret is configured.",
        "Set the subscription's secret, or the variable that holds it.";
    SecretEmpty = 20, "secret_empty", EVERYWHERE, Some(500),
        "A secret is empty.",
        "Its variable or file is empty.";
    SecretPlaceholder = 21, "secret_placeholder", EVERYWHERE, Some(500),
        "A secret is a placeholder such as \"undefined\".",
        "A missing variable was turned into text. Set that variable.";
    SecretTooLong = 22, "secret_too_long", EVERYWHERE, Some(500),
        "A secret is longer than 4096 bytes.",
        "Perhaps another file was read.";
    SecretTooMany = 23, "secret_too_many", EVERYWHERE, Some(500),
        "There are more than 8 secrets.",
        "Keep the current and the previous one.";
    SecretSuffix = 24, "secret_suffix", EVERYWHERE, Some(500),
        "One secret ends with another.",
        "Two payloads could share a token. Choose another.";
    ConfigurationInvalid = 25, "configuration_invalid", RECEIVER, Some(500),
        "The receiver is not configured correctly.",
        "Read the error's message: it names the setting.";
    EngineUnavailable = 26, "engine_unavailable", EVERYWHERE, Some(500),
        "The WebAssembly module could not be used.",
        "Read the error's cause. In a browser, script-src needs 'wasm-unsafe-eval'; an edge runtime needs its export condition. Without WebAssembly, use another engine, a server or the Rust crate.";
    EventDuplicate = 27, "event_duplicate", RECEIVER, Some(200),
        "The event was delivered before. It was acknowledged, but not delivered again.",
        "Do nothing: the sender retried, or the request was replayed.";
    EventInProgress = 28, "event_in_progress", RECEIVER, Some(409),
        "Another delivery of the same event is under way.",
        "Do nothing: a retry is let through if that delivery fails or its lease ends.";
    EventStale = 29, "event_stale", RECEIVER, Some(400),
        "The event is older than what the replay guard remembers.",
        "It is a replay, or it came too late. Raise windowMs or cap if genuine events come this late.";
    EventFromFuture = 30, "event_from_future", RECEIVER, Some(400),
        "The event's eventTimestamp is too far in the future.",
        "Compare the clocks of the Console and of this receiver, or raise maxSkewMs.";
    EventExpired = 31, "event_expired", RECEIVER, Some(400),
        "The event is older than maxAgeMs.",
        "Raise maxAgeMs if genuine events come this late.";
    ReplayStoreUnreachable = 32, "replay_store_unreachable", RECEIVER, Some(503),
        "The replay guard could not reach its store, so the event was not let through.",
        "Read the error (detail in the log, or what onResult received), and check the store. With failOpen, events pass unguarded.";
    CommitFailed = 33, "commit_failed", RECEIVER, None,
        "The event was delivered, but the replay guard could not record it.",
        "Check the store. Until the lease ends, the event is held back. After that, a replay of it would pass once.";
    ClaimLost = 34, "claim_lost", RECEIVER, None,
        "The event was delivered, but its lease had ended by then and another delivery could begin.",
        "The event may have been delivered twice. Raise leaseMs above the longest time that the origin or the handler takes. After a restart of the store, the answer to a successful commit may also have been lost.";
    UnexpectedError = 35, "unexpected_error", RECEIVER, Some(500),
        "The receiver met an unexpected error.",
        "Read the error (detail in the log, or what onResult received). The event was not acknowledged. If the error comes from this package, and not from your code or your store, report it.";
    RequestMalformed = 36, "request_malformed", RECEIVER, Some(400),
        "The request's address cannot be read.",
        "Its Host header or its path is broken, or what made the Request gave it no absolute address. The Console sends neither.";
    ReceiverOverloaded = 37, "receiver_overloaded", RECEIVER, Some(503),
        "The bodies of other requests take all the memory that the receiver may use for them.",
        "Somebody holds many requests open, or the origin is slow. The bodies that began to arrive first are refused first. Raise maxBufferedBytes if genuine events are refused.";
    OriginAnswerInvalid = 38, "origin_answer_invalid", RECEIVER, Some(502),
        "The origin answered with something that is not a final HTTP answer.",
        "Its status must be between 200 and 599. An origin must not switch protocols for a webhook.";
    Authorized = 39, "authorized", RECEIVER, Some(200),
        "The event is genuine, and the gateway that asked may pass it on.",
        "";
    SecretsUnavailable = 40, "secrets_unavailable", RECEIVER, Some(503),
        "The function or the file that holds the secrets did not give them.",
        "Read the error that onResult received. The sender was told to try again, and a later request asks again.";
}

impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.summary())
    }
}

impl core::error::Error for Code {}
