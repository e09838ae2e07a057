//! The one table of codes.
//!
//! Every answer that this project gives, in Rust, over the wasm border, in
//! TypeScript and in the documentation, is a row of this table.
//! `cargo xtask generate` writes `pkg/src/generated/tables.ts` and
//! `docs/codes.md` from it; a test fails when they are stale.

macro_rules! codes {
    ($( $variant:ident = $number:literal, $name:literal, $status:expr, $summary:literal, $hint:literal; )*) => {
        /// Why a webhook was, or was not, let through.
        ///
        /// The name ([`Code::name`]) and the number are stable: rows are only
        /// ever appended. The status is what a receiver answers; the hint is
        /// for the operator and is never sent to the caller of the webhook.
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
            /// Every row, in the order of its number.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The stable name, as it stands in logs and in `WebhookError.code`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The HTTP status that a receiver answers with, or `None` where
            /// the origin's own status is returned.
            #[must_use]
            pub const fn status(self) -> Option<u16> {
                match self { $( Self::$variant => $status, )* }
            }

            /// Whether a receiver alone answers with it: verifying a request does not.
            #[must_use]
            pub const fn is_receivers(self) -> bool {
                matches!(
                    self,
                    Self::Accepted
                        | Self::Unhandled
                        | Self::PathUnknown
                        | Self::EventOutOfScope
                        | Self::OriginRefused
                        | Self::OriginUnreachable
                        | Self::OriginTimeout
                        | Self::HandlerFailed
                        | Self::ConfigurationInvalid
                        | Self::EventDuplicate
                        | Self::EventInProgress
                        | Self::EventStale
                        | Self::EventFromFuture
                        | Self::EventExpired
                        | Self::ReplayStoreUnreachable
                        | Self::CommitFailed
                        | Self::ClaimLost
                )
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

codes! {
    Accepted = 1, "accepted", Some(200),
        "The event is genuine and was delivered.",
        "";
    Unhandled = 2, "unhandled", Some(204),
        "The event is genuine, and no handler is registered for its name.",
        "Register a handler for this eventName, or one for \"*\".";
    TokenMissing = 3, "token_missing", Some(401),
        "The request carries no token header.",
        "Check that the subscription has a secret and that no proxy removes X-Mia-Token or X-Mia-Signature.";
    TokenMalformed = 4, "token_malformed", Some(401),
        "A token header is not 64 hexadecimal digits with an optional sha256= prefix.",
        "It was empty, sent twice or altered. Check the proxies in front of this receiver.";
    TokenMismatch = 5, "token_mismatch", Some(401),
        "The token does not belong to this payload and any of the secrets.",
        "The request is forged, or the secret is not the Console's (look for a final newline in a secret file), or something changed the body before it was hashed.";
    MethodNotAllowed = 6, "method_not_allowed", Some(405),
        "The request is not a POST.",
        "Something other than the Console is calling this address.";
    PathUnknown = 7, "path_unknown", Some(404),
        "No subscription is configured for this path.",
        "Compare the subscription's target in the Console with the paths of this receiver.";
    PayloadTooLarge = 8, "payload_too_large", Some(413),
        "The payload is larger than the limit.",
        "Raise maxBytes if genuine events are this large.";
    PayloadEncoded = 9, "payload_encoded", Some(415),
        "The request carries a Content-Encoding.",
        "The token covers the raw body. Turn off request compression in the proxies in front of this receiver.";
    PayloadConsumed = 10, "payload_consumed", Some(500),
        "The request's body was already read.",
        "A middleware read it before it could be verified. Verify first, and hand the verified payload on.";
    PayloadInterrupted = 11, "payload_interrupted", Some(400),
        "The request's body broke off.",
        "The connection closed too soon. The sender has to deliver the event again.";
    PayloadTimeout = 12, "payload_timeout", Some(408),
        "The request's body did not arrive in time.",
        "Raise bodyTimeoutMs if genuine senders are this slow.";
    EventMalformed = 13, "event_malformed", Some(400),
        "The payload verified, but it is not an event.",
        "Something that knows the secret sent a body that is not {eventName, eventTimestamp, payload}.";
    EventOutOfScope = 14, "event_out_of_scope", Some(403),
        "The event is genuine, but outside the scope of this subscription.",
        "Compare the subscription's tenantId, projectId and eventName in the Console with those of this receiver.";
    OriginRefused = 15, "origin_refused", None,
        "The event was forwarded, and the origin answered with a status other than 2xx.",
        "Read the origin's log. Its status was returned to the Console.";
    OriginUnreachable = 16, "origin_unreachable", Some(502),
        "The origin could not be reached.",
        "Check the origin's address and certificate, and that it is running.";
    OriginTimeout = 17, "origin_timeout", Some(504),
        "The origin did not answer in time.",
        "Make the origin acknowledge first and work afterwards, or raise originTimeoutMs.";
    HandlerFailed = 18, "handler_failed", Some(500),
        "The handler threw.",
        "Read the error that onResult was given. The event was not acknowledged.";
    SecretMissing = 19, "secret_missing", Some(500),
        "No secret is configured.",
        "Set the subscription's secret. Without one nothing can be verified.";
    SecretEmpty = 20, "secret_empty", Some(500),
        "A secret is empty.",
        "The variable or file that holds it exists but is empty. With an empty secret everybody could sign.";
    SecretPlaceholder = 21, "secret_placeholder", Some(500),
        "A secret is the text \"undefined\" or \"null\".",
        "A missing variable became text on its way. Set the variable.";
    SecretTooLong = 22, "secret_too_long", Some(500),
        "A secret is longer than 4096 bytes.",
        "Check that the right file was read.";
    SecretTooMany = 23, "secret_too_many", Some(500),
        "There are more than 8 secrets.",
        "Keep the current one and those being rotated out.";
    SecretSuffix = 24, "secret_suffix", Some(500),
        "One secret ends with another.",
        "Such a pair makes two payloads share a token. Remove the repeated secret, or choose an unrelated one.";
    ConfigurationInvalid = 25, "configuration_invalid", Some(500),
        "The receiver is not configured correctly.",
        "Read the message beside this code; it names the setting.";
    EngineUnavailable = 26, "engine_unavailable", Some(500),
        "The WebAssembly module could not be used.",
        "A page's policy needs 'wasm-unsafe-eval' in its script-src; an edge runtime needs its export condition (workerd, edge-light).";
    EventDuplicate = 27, "event_duplicate", Some(200),
        "The event was delivered before. It was acknowledged, and not delivered again.",
        "Nothing: the sender retried, or the request was replayed.";
    EventInProgress = 28, "event_in_progress", Some(409),
        "Another delivery of the same event is under way.",
        "Nothing: when it fails, or its lease ends, a retry is let through.";
    EventStale = 29, "event_stale", Some(400),
        "The event is older than what the replay guard remembers.",
        "It is a replay, or it came too late. Raise windowMs or cap if genuine events come this late.";
    EventFromFuture = 30, "event_from_future", Some(400),
        "The event's eventTimestamp is too far in the future.",
        "Compare the clocks of the Console and of this receiver, or raise maxSkewMs.";
    EventExpired = 31, "event_expired", Some(400),
        "The event is older than maxAgeMs.",
        "Raise maxAgeMs if genuine events come this late.";
    ReplayStoreUnreachable = 32, "replay_store_unreachable", Some(503),
        "The replay guard's store could not be asked, so nothing was let through.",
        "Read the error that onResult was given, and check the store. With failOpen events pass unguarded.";
    CommitFailed = 33, "commit_failed", None,
        "The event was delivered, but the replay guard could not record it.",
        "Check the store. Until the lease ends the event is held back; after that a replay of it would pass once.";
    ClaimLost = 34, "claim_lost", None,
        "The event was delivered, but so late that its lease had ended and another delivery could begin.",
        "It may have been delivered twice. Raise leaseMs over the longest time that the origin or the handler takes. After a restart of the store it may also be a commit whose answer was lost.";
}

impl core::fmt::Display for Code {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.summary())
    }
}

impl core::error::Error for Code {}
