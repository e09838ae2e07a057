//! The one table of what can be wrong with a subscription.
//!
//! `cargo xtask generate` writes the TypeScript union and a table of
//! `docs/codes.md` from it.

use crate::finding::findings;

/// Whether a subscription can be used as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It works, but is unsafe, or a part of it has no effect.
    Warning,
    /// The Console cannot accept it, or nobody can have meant it.
    Error,
}

impl Severity {
    /// Both of them.
    pub const ALL: &'static [Self] = &[Self::Error, Self::Warning];

    /// `"error"` or `"warning"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

findings! {
    /// A rule for subscriptions.
    ///
    /// Names are stable; new rules may be added.
    ///
    /// ```
    /// use mia_webhooks::subscription::{IssueCode, Severity};
    /// assert_eq!(IssueCode::UrlPlainHttp.name(), "url_plain_http");
    /// assert_eq!(IssueCode::UrlPlainHttp.severity(), Severity::Warning);
    /// ```
    IssueCode,
    /// Whether the subscription can still be used.
    severity: Severity;

    Error JsonMalformed, "json_malformed",
        "The text is not JSON.",
        "Correct it at the place that the message names.";
    Error TooLarge, "too_large",
        "This is larger than any subscription.",
        "Check that you gave the right input.";
    Error NotAnObject, "not_an_object",
        "A subscription is an object with the fields eventName, target and secret.",
        "Give one record, not a list or a string.";
    Error FieldMissing, "field_missing",
        "A required field is missing.",
        "Add it. eventName, target and secret are required.";
    Error FieldType, "field_type",
        "The value has the wrong type.",
        "Give a string; eventName may also be a list of strings, and proxy is an object with a url. Instead of null, leave the field out. Do not leave out an id that you need: without it, more events are delivered.";
    Error FieldDuplicate, "field_duplicate",
        "The field is given more than once, and readers do not agree on which one counts.",
        "Keep one of them.";
    Error FieldMisspelled, "field_misspelled",
        "There is no such field, but there is one with almost the same spelling.",
        "Correct the name: as it is, the field has no effect.";
    Warning FieldUnknown, "field_unknown",
        "There is no such field, so it has no effect.",
        "Remove it. If it was meant to limit or stop deliveries, do that in another way.";

    Error IdBlank, "id_blank",
        "The id is empty.",
        "Give the id. Without the field, the events of every company and project are delivered.";
    Error IdControlCharacter, "id_control_character",
        "The id contains a control character, such as a line break or a tab.",
        "Copy the id again, without anything around it.";
    Warning IdIsName, "id_is_name",
        "This looks like a name that people read, not an id.",
        "Use the id from the Console: with a name, no event matches.";
    Warning IdShape, "id_shape",
        "This does not have the shape of a Console id: at most 63 letters, digits, '-', '_' and '.', the first and last a letter or digit.",
        "Compare it with the id in the Console, including spaces around it.";

    Error EventNameBlank, "event_name_blank",
        "No event is named.",
        "Name the event to listen to, for example project_created.";
    Warning EventNameMisspelled, "event_name_misspelled",
        "This is not how the event is spelled.",
        "Spell it as the Console does: lower case, with underscores.";
    Warning EventNameJoined, "event_name_joined",
        "These are several names in one string, which matches no event.",
        "Give a list of names.";
    Warning EventNameAlias, "event_name_alias",
        "This is another name of an event; the documentation of the Console uses both.",
        "Prefer the newer name, and make the receiver accept both.";
    Warning EventNameLegacy, "event_name_legacy",
        "Only old Consoles send this event.",
        "From Console 12.3 on, listen to the newer event.";
    Warning EventNameUnknown, "event_name_unknown",
        "The documentation of the Console has no event with this name.",
        "Check the spelling. If your Console has this event, nothing is wrong.";
    Warning EventNameDuplicate, "event_name_duplicate",
        "The event is listed more than once.",
        "Keep one of them.";

    Error UrlMalformed, "url_malformed",
        "This is not an absolute URL.",
        "Give the whole address, for example https://example.org/webhook.";
    Error UrlTooLong, "url_too_long",
        "The URL is longer than 8192 bytes.",
        "Give a shorter address.";
    Error UrlWhiteSpace, "url_white_space",
        "The URL contains white space or a control character.",
        "Remove it, or write %20 for a space.";
    Error UrlScheme, "url_scheme",
        "The URL's scheme is neither https nor http.",
        "Start the URL with https://.";
    Error UrlHostMissing, "url_host_missing",
        "The URL names no host.",
        "Write the host after two slashes, for example https://example.org/webhook.";
    Warning UrlCredentials, "url_credentials",
        "The URL contains a user name or a password: anyone who sees the record can read it.",
        "Remove it; the token proves who sent an event.";
    Warning UrlFragment, "url_fragment",
        "The part after # is never sent.",
        "Remove it, or write %23 for the character #.";
    Warning UrlPlainHttp, "url_plain_http",
        "Without TLS, anyone on the way can read the body.",
        "Use https.";
    Warning UrlLoopback, "url_loopback",
        "This is the sender's own machine: the Console would call itself.",
        "Give an address that the Console can reach.";
    Warning UrlPrivate, "url_private",
        "This is an address of a private network: the Console cannot reach it, or should not.",
        "Give a host name that the Console can resolve, or make sure that the Console runs in that network.";
    Warning UrlLinkLocal, "url_link_local",
        "This is a link-local address, which no router forwards.",
        "Give an address that the Console can reach.";
    Warning UrlMetadata, "url_metadata",
        "This is the metadata service of a cloud, which hands out credentials.",
        "Give the address of your receiver.";
    Warning UrlReserved, "url_reserved",
        "This address is reserved for a special purpose and belongs to no receiver.",
        "Give an address that the Console can reach.";
    Warning UrlClusterName, "url_cluster_name",
        "This is a name inside a cluster: nothing outside of that cluster can resolve it.",
        "If the Console runs in that cluster, nothing is wrong; for a name without a dot, the target must also be in the Console's own namespace. Otherwise, give a public host name.";
    Warning UrlLocalName, "url_local_name",
        "This is a name inside a private network: the Console cannot resolve it, or should not.",
        "Give a host name that the Console can resolve, or make sure that the Console runs in that network.";
    Warning UrlReservedName, "url_reserved_name",
        "The ending of this name is reserved: the public DNS has no such names.",
        "Give a host name that the Console can resolve.";
    Warning ProxyPlainHttp, "proxy_plain_http",
        "The connection to the proxy is not encrypted: anyone on the way sees which host is called, and the body too if the target is http.",
        "Use an https proxy, if there is one.";
    Warning ProxyCredentials, "proxy_credentials",
        "The proxy's URL contains credentials. They are allowed, but anyone who sees the record can read them.",
        "Prefer a proxy that recognises the Console by its address.";

    Error CertificateEncoding, "certificate_encoding",
        "This is neither base64 nor a certificate in PEM.",
        "Give the certificate authority as base64 of its PEM file.";
    Error CertificateMalformed, "certificate_malformed",
        "The content is not an X.509 certificate.",
        "Check the file with: openssl x509 -in ca.pem -noout -text";
    Error CertificatePrivateKey, "certificate_private_key",
        "This contains a private key. Anyone who sees the record has the key.",
        "Replace the key, and give only the certificate.";
    Error CertificateTrailingData, "certificate_trailing_data",
        "Bytes that are not a certificate follow the certificate.",
        "Export the certificate again.";
    Error CertificateExpired, "certificate_expired",
        "The certificate has expired: the Console cannot trust the target.",
        "Give the certificate that replaced it.";
    Error CertificateNotYetValid, "certificate_not_yet_valid",
        "The certificate is not valid yet.",
        "Wait, or correct the clock of the machine that made the certificate.";
    Warning CertificateNotAuthority, "certificate_not_authority",
        "This is not the certificate of an authority.",
        "Give the certificate of the authority that signed the target's certificate, not the target's own.";
    Warning CertificateSeveral, "certificate_several",
        "There are several certificates; each of them is trusted.",
        "Keep only the certificate of the authority that signed the target's certificate.";
    Warning CertificateSurroundings, "certificate_surroundings",
        "There is text around the certificate, which is ignored.",
        "Keep only the part from BEGIN CERTIFICATE to END CERTIFICATE.";
    Warning CertificateUnused, "certificate_unused",
        "The target is http, so the certificate is not used.",
        "Use an https target, or leave base64CA out.";

    Error SecretEmpty, "secret_empty",
        "The secret is empty: anyone could sign.",
        "Give a secret of 32 random bytes or more.";
    Error SecretBlank, "secret_blank",
        "The secret is only white space.",
        "Give a secret of 32 random bytes or more.";
    Error SecretPlaceholder, "secret_placeholder",
        "The secret is a placeholder that was never filled in.",
        "Set the variable that should replace it.";
    Error SecretTooLong, "secret_too_long",
        "The secret is longer than 4096 bytes.",
        "Check that the right file was read.";
    Warning SecretFinalNewline, "secret_final_newline",
        "The secret ends with a line break, most likely from the file that it was read from. The line break counts: a receiver without it refuses every event.",
        "Remove it on both sides.";
    Warning SecretOuterSpace, "secret_outer_space",
        "The secret starts or ends with white space. The white space counts, but is easily lost.",
        "Remove it on both sides.";
    Warning SecretQuoted, "secret_quoted",
        "The secret is in quotes. The quotes count, but are easily lost.",
        "Remove them on both sides.";
    Warning SecretVeryShort, "secret_very_short",
        "The secret is shorter than 16 bytes. Anyone who sees one delivery can guess the secret and sign their own events.",
        "Replace it now with 32 random bytes or more.";
    Warning SecretShort, "secret_short",
        "The secret is shorter than 32 bytes. Anyone who sees one delivery can try to guess the secret, as fast as their hardware allows.",
        "Use 32 random bytes or more.";
    Warning SecretMonotonous, "secret_monotonous",
        "The secret has few different characters, or repeats itself. Anyone who sees one delivery can try to guess the secret.",
        "Use 32 random bytes or more.";
    Warning SecretCommon, "secret_common",
        "The secret is a common word, or one from documentation. Anyone who guesses secrets tries such words first.",
        "Use 32 random bytes or more.";

    Error Placeholder, "placeholder",
        "A placeholder was not replaced.",
        "Put the real value in its place, or set the variable that should replace it.";
    Warning PlaceholderLikely, "placeholder_likely",
        "This looks like a placeholder that nobody replaced, or like a value that was cut or masked for display.",
        "Put the real value in its place. If it is the real one, nothing is wrong.";
    Error InvisibleCharacter, "invisible_character",
        "The value contains a character that cannot be seen, such as a zero-width space or a byte order mark.",
        "Type the value again instead of copying it.";
    Error ValueAssignment, "value_assignment",
        "This is a whole line of a file or a script, not the value alone.",
        "Give only the value, which comes after the name.";
    Error ValueQuoted, "value_quoted",
        "The value is in quotes, in backticks or in brackets.",
        "Remove them.";
    Error ValueEscaped, "value_escaped",
        "The value contains an escape that was written out, such as a backslash and an n.",
        "Give the value itself, as it was before it was written into code or JSON.";
    Warning ValuePunctuated, "value_punctuated",
        "The value ends with a comma or a semicolon, most likely copied along with it.",
        "Remove it, unless it belongs to the value.";
    Warning SecretInvisible, "secret_invisible",
        "The secret contains a character that cannot be seen, such as a zero-width space or a byte order mark. It counts, but is easily lost.",
        "Remove it on both sides.";
    Warning SecretAssignment, "secret_assignment",
        "This is a whole line of a file, a script or a request, not the secret alone.",
        "Give only the secret, which comes after the name, on both sides.";
    Warning SecretEscaped, "secret_escaped",
        "The secret contains an escape that was written out, such as a backslash and an n. Both characters count; the other side may read them as a line break.",
        "Remove it on both sides, unless it belongs to the secret.";
    Error UrlSchemeTwice, "url_scheme_twice",
        "The URL has its scheme twice.",
        "Keep one https:// at its start.";
    Error UrlSchemeMisspelled, "url_scheme_misspelled",
        "The start of the URL is misspelled.",
        "Start the URL with https://: five letters, a colon and two slashes.";
    Error UrlSchemeMissing, "url_scheme_missing",
        "The URL starts with its host: its scheme is missing.",
        "Write https:// before the host.";
    Error CertificateEscaped, "certificate_escaped",
        "The line breaks are written out as a backslash and an n.",
        "Give the base64 of the file itself: openssl base64 -A -in ca.pem";
    Error CertificateEncodedTwice, "certificate_encoded_twice",
        "This is base64 of base64.",
        "Encode the PEM file once: openssl base64 -A -in ca.pem";
    Error CertificateRequest, "certificate_request",
        "This is a certificate signing request (CSR), not a certificate.",
        "Give the certificate of the authority that signed the target's certificate.";
    Error CertificatePkcs7, "certificate_pkcs7",
        "This is a PKCS #7 bundle, which the Console does not read.",
        "Take the certificates out of it: openssl pkcs7 -in FILE -print_certs -out ca.pem";
    Error CertificatePkcs12, "certificate_pkcs12",
        "This is a PKCS #12 store, which usually holds a private key. Anyone who sees the record has the store.",
        "If it holds a key, replace the key. Take only the authority out of it: openssl pkcs12 -in FILE -cacerts -nokeys -out ca.pem";
    Error CertificateTrusted, "certificate_trusted",
        "This is a certificate with OpenSSL's own settings of trust (TRUSTED CERTIFICATE), which other programs do not read.",
        "Write it without them: openssl x509 -in FILE -out ca.pem";
    Error CertificatePublicKey, "certificate_public_key",
        "This is a public key, not a certificate.",
        "Give the certificate of the authority that signed the target's certificate.";
    Error CertificatePath, "certificate_path",
        "This is the name or the address of a file, not what is in it.",
        "Give the base64 of the file: openssl base64 -A -in FILE";
    Error FieldSynonym, "field_synonym",
        "There is no such field; another one has this meaning.",
        "Rename it: as it is, it has no effect.";
    Error FieldFilter, "field_filter",
        "There is no such field. It was probably meant to limit the events; as it has no effect, more events are delivered.",
        "Only tenantId, projectId and eventName limit the events. Say with them which events are meant, and let the receiver ignore the rest.";
    Warning EventNameWildcard, "event_name_wildcard",
        "The Console documents no wildcards: this is taken as a name, which no event has.",
        "List the names in eventName; it is required, so leaving it out does not mean every event.";
    Error RecordWrapped, "record_wrapped",
        "The record is inside this field.",
        "Give the record alone, without what is around it.";
    Warning IdWildcard, "id_wildcard",
        "The Console documents no wildcards: this is taken as an id, which nothing has.",
        "Give the id. If the events of every company and project are really meant, give neither tenantId nor projectId.";
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// The place: a JSON pointer (RFC 6901) into the input, `""` for all of it.
    pub path: String,
    /// The rule that is broken.
    pub code: IssueCode,
    /// An error, or a warning, which makes the subscription invalid in strict mode.
    pub severity: Severity,
    /// A sentence of this finding alone, after the message of its code.
    pub detail: Option<String>,
    /// What was most likely meant.
    pub suggestion: Option<String>,
}
