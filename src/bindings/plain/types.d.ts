// Types of mia-webhooks. Written by `cargo xtask generate`; edit the tables under src/ instead.

/** Bytes, or a string that stands for its UTF-8. */
export type Bytes = string | ArrayBuffer | ArrayBufferView;

/** A token: the header's value, as it arrived. A value that is not a string is not a token. */
export type Token = string | null | undefined;

/** A shared secret: its bytes, or a string that stands for its UTF-8. Never trimmed. */
export type Secret = Bytes;

/** One secret, several, or several with a name each: at most 8, of at most 4096 bytes. */
export type Secrets = Secret | readonly Secret[] | Readonly<Record<string, Secret>>;

/** What `sign` and `verify` throw for secrets that must not be used. */
export interface WebhookError extends Error {
  readonly name: "WebhookError";
  /** Stable; see the table of codes. */
  readonly code: Code;
  /** The HTTP status that a receiver answers with. */
  readonly status: number;
  /** What the operator can do. Never send it to the sender. */
  readonly hint: string;
}

/** Why secrets must not be used. Names are stable; new ones may be added. */
export type Code =
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
  | "secret_suffix";

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

/** A subscription's record, as the Console keeps it. */
export interface Subscription {
  /** Only events of this company are delivered. */
  readonly tenantId?: string | undefined;
  /** Only events of this project are delivered: its database id, or its readable id. */
  readonly projectId?: string | undefined;
  /** The event to listen to, or a list of events. Unknown names are allowed. */
  readonly eventName: string | readonly string[];
  /** The URL of the HTTP endpoint that receives the events: absolute, https or http. */
  readonly target: string;
  /** The certificate authority of the target, as base64 of its PEM. */
  readonly base64CA?: string | undefined;
  /** The shared secret, best 32 random bytes or more. It is hashed after the payload, exactly as it is. */
  readonly secret: string;
  /** The proxy through which the target is reached. */
  readonly proxy?: { readonly url: string } | undefined;
}

/** One finding. Contains no part of a secret or a private key. */
export interface Issue {
  /** The place: a JSON pointer (RFC 6901), `""` for all of it. */
  readonly path: string;
  /** Which rule it is; stable. */
  readonly code: IssueCode;
  /** With an error, the Console cannot accept the subscription or nobody can have meant it. With a warning, it works, but is unsafe or a part of it has no effect. */
  readonly severity: "error" | "warning";
  /** What is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** What was most likely meant. */
  readonly suggestion?: string;
}

/** A certificate of `base64CA`. Its signature is not checked: the Console does that when it connects. */
export interface Certificate {
  /** Whose it is, as RFC 4514 writes names. */
  readonly subject: string;
  /** Who signed it. */
  readonly issuer: string;
  /** Valid from, in milliseconds since the Unix epoch. */
  readonly notBefore: number;
  /** Valid until, in milliseconds since the Unix epoch. */
  readonly notAfter: number;
  /** Whether it may sign other certificates. */
  readonly isAuthority: boolean;
  /** The SHA-256 of its DER: 64 lower-case hexadecimal digits. */
  readonly fingerprint: string;
}

/** What validation found. */
export interface SubscriptionReport {
  /** No error, and with `strict` no warning. */
  readonly valid: boolean;
  /** Everything that was found, field by field. */
  readonly issues: readonly Issue[];
  /** The subscription when it is valid: as it was given, the proxy nested, the certificate as base64 of PEM. */
  readonly subscription?: Subscription;
  /** What it covers, when it is valid. */
  readonly coverage?: { readonly kind: "instance" | "company" | "project"; readonly text: string };
  /** What `base64CA` holds, when it could be read, and how it was given. */
  readonly authority?: {
    readonly form: "pem" | "base64-pem" | "base64-der";
    readonly certificates: readonly Certificate[];
  };
}

/** How a subscription is validated. */
export interface ValidateOptions {
  /** The time at which certificates must be valid: a date, or milliseconds since the Unix epoch. Now by default. */
  readonly now?: Date | number | undefined;
  /** Whether a warning makes the subscription invalid too. */
  readonly strict?: boolean | undefined;
}
