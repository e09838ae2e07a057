// Written by `cargo xtask generate`; edit the tables under src/ instead.

import type { IssueCode } from "./tables.js";

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

/** The fields of a subscription, in the order in which findings are reported. */
export const SUBSCRIPTION_FIELDS = [
  {"isRequired":false,"name":"tenantId"},
  {"isRequired":false,"name":"projectId"},
  {"isRequired":true,"name":"eventName"},
  {"isRequired":true,"name":"target"},
  {"isRequired":false,"name":"base64CA"},
  {"isRequired":true,"name":"secret"},
  {"isRequired":false,"name":"proxy"},
] as const;

/** The rules, by the place that the module returns. */
export const ISSUES: readonly (readonly [code: IssueCode, severity: Issue["severity"], message: string, fix: string])[] = [
  ["json_malformed","error","The text is not JSON.","Correct it at the place that the message names."],
  ["too_large","error","This is larger than any subscription.","Check that you gave the right input."],
  ["not_an_object","error","A subscription is an object with the fields eventName, target and secret.","Give one record, not a list or a string."],
  ["field_missing","error","A required field is missing.","Add it. eventName, target and secret are required."],
  ["field_type","error","The value has the wrong type.","Give a string; eventName may also be a list of strings, and proxy is an object with a url. Instead of null, leave the field out. Do not leave out an id that you need: without it, more events are delivered."],
  ["field_duplicate","error","The field is given more than once, and readers do not agree on which one counts.","Keep one of them."],
  ["field_misspelled","error","There is no such field, but there is one with almost the same spelling.","Correct the name: as it is, the field has no effect."],
  ["field_unknown","warning","There is no such field, so it has no effect.","Remove it. If it was meant to limit or stop deliveries, do that in another way."],
  ["id_blank","error","The id is empty.","Give the id. Without the field, the events of every company and project are delivered."],
  ["id_control_character","error","The id contains a control character, such as a line break or a tab.","Copy the id again, without anything around it."],
  ["id_is_name","warning","This looks like a name that people read, not an id.","Use the id from the Console: with a name, no event matches."],
  ["id_shape","warning","This does not have the shape of a Console id: at most 63 letters, digits, '-', '_' and '.', the first and last a letter or digit.","Compare it with the id in the Console, including spaces around it."],
  ["event_name_blank","error","No event is named.","Name the event to listen to, for example project_created."],
  ["event_name_misspelled","warning","This is not how the event is spelled.","Spell it as the Console does: lower case, with underscores."],
  ["event_name_joined","warning","These are several names in one string, which matches no event.","Give a list of names."],
  ["event_name_alias","warning","This is another name of an event; the documentation of the Console uses both.","Prefer the newer name, and make the receiver accept both."],
  ["event_name_legacy","warning","Only old Consoles send this event.","From Console 12.3 on, listen to the newer event."],
  ["event_name_unknown","warning","The documentation of the Console has no event with this name.","Check the spelling. If your Console has this event, nothing is wrong."],
  ["event_name_duplicate","warning","The event is listed more than once.","Keep one of them."],
  ["url_malformed","error","This is not an absolute URL.","Give the whole address, for example https://example.org/webhook."],
  ["url_too_long","error","The URL is longer than 8192 bytes.","Give a shorter address."],
  ["url_white_space","error","The URL contains white space or a control character.","Remove it, or write %20 for a space."],
  ["url_scheme","error","The URL's scheme is neither https nor http.","Start the URL with https://."],
  ["url_host_missing","error","The URL names no host.","Write the host after two slashes, for example https://example.org/webhook."],
  ["url_credentials","warning","The URL contains a user name or a password: anyone who sees the record can read it.","Remove it; the token proves who sent an event."],
  ["url_fragment","warning","The part after # is never sent.","Remove it, or write %23 for the character #."],
  ["url_plain_http","warning","Without TLS, anyone on the way can read the body.","Use https."],
  ["url_loopback","warning","This is the sender's own machine: the Console would call itself.","Give an address that the Console can reach."],
  ["url_private","warning","This is an address of a private network: the Console cannot reach it, or should not.","Give a host name that the Console can resolve, or make sure that the Console runs in that network."],
  ["url_link_local","warning","This is a link-local address, which no router forwards.","Give an address that the Console can reach."],
  ["url_metadata","warning","This is the metadata service of a cloud, which hands out credentials.","Give the address of your receiver."],
  ["url_reserved","warning","This address is reserved for a special purpose and belongs to no receiver.","Give an address that the Console can reach."],
  ["url_cluster_name","warning","This is a name inside a cluster: nothing outside of that cluster can resolve it.","If the Console runs in that cluster, nothing is wrong; for a name without a dot, the target must also be in the Console's own namespace. Otherwise, give a public host name."],
  ["url_local_name","warning","This is a name inside a private network: the Console cannot resolve it, or should not.","Give a host name that the Console can resolve, or make sure that the Console runs in that network."],
  ["url_reserved_name","warning","The ending of this name is reserved: the public DNS has no such names.","Give a host name that the Console can resolve."],
  ["proxy_plain_http","warning","The connection to the proxy is not encrypted: anyone on the way sees which host is called, and the body too if the target is http.","Use an https proxy, if there is one."],
  ["proxy_credentials","warning","The proxy's URL contains credentials. They are allowed, but anyone who sees the record can read them.","Prefer a proxy that recognises the Console by its address."],
  ["certificate_encoding","error","This is neither base64 nor a certificate in PEM.","Give the certificate authority as base64 of its PEM file."],
  ["certificate_malformed","error","The content is not an X.509 certificate.","Check the file with: openssl x509 -in ca.pem -noout -text"],
  ["certificate_private_key","error","This contains a private key. Anyone who sees the record has the key.","Replace the key, and give only the certificate."],
  ["certificate_trailing_data","error","Bytes that are not a certificate follow the certificate.","Export the certificate again."],
  ["certificate_expired","error","The certificate has expired: the Console cannot trust the target.","Give the certificate that replaced it."],
  ["certificate_not_yet_valid","error","The certificate is not valid yet.","Wait, or correct the clock of the machine that made the certificate."],
  ["certificate_not_authority","warning","This is not the certificate of an authority.","Give the certificate of the authority that signed the target's certificate, not the target's own."],
  ["certificate_several","warning","There are several certificates; each of them is trusted.","Keep only the certificate of the authority that signed the target's certificate."],
  ["certificate_surroundings","warning","There is text around the certificate, which is ignored.","Keep only the part from BEGIN CERTIFICATE to END CERTIFICATE."],
  ["certificate_unused","warning","The target is http, so the certificate is not used.","Use an https target, or leave base64CA out."],
  ["secret_empty","error","The secret is empty: anyone could sign.","Give a secret of 32 random bytes or more."],
  ["secret_blank","error","The secret is only white space.","Give a secret of 32 random bytes or more."],
  ["secret_placeholder","error","The secret is a placeholder that was never filled in.","Set the variable that should replace it."],
  ["secret_too_long","error","The secret is longer than 4096 bytes.","Check that the right file was read."],
  ["secret_final_newline","warning","The secret ends with a line break, most likely from the file that it was read from. The line break counts: a receiver without it refuses every event.","Remove it on both sides."],
  ["secret_outer_space","warning","The secret starts or ends with white space. The white space counts, but is easily lost.","Remove it on both sides."],
  ["secret_quoted","warning","The secret is in quotes. The quotes count, but are easily lost.","Remove them on both sides."],
  ["secret_very_short","warning","The secret is shorter than 16 bytes. Anyone who sees one delivery can guess the secret and sign their own events.","Replace it now with 32 random bytes or more."],
  ["secret_short","warning","The secret is shorter than 32 bytes. Anyone who sees one delivery can try to guess the secret, as fast as their hardware allows.","Use 32 random bytes or more."],
  ["secret_monotonous","warning","The secret has few different characters, or repeats itself. Anyone who sees one delivery can try to guess the secret.","Use 32 random bytes or more."],
  ["secret_common","warning","The secret is a common word, or one from documentation. Anyone who guesses secrets tries such words first.","Use 32 random bytes or more."],
  ["placeholder","error","A placeholder was not replaced.","Put the real value in its place, or set the variable that should replace it."],
  ["placeholder_likely","warning","This looks like a placeholder that nobody replaced, or like a value that was cut or masked for display.","Put the real value in its place. If it is the real one, nothing is wrong."],
  ["invisible_character","error","The value contains a character that cannot be seen, such as a zero-width space or a byte order mark.","Type the value again instead of copying it."],
  ["value_assignment","error","This is a whole line of a file or a script, not the value alone.","Give only the value, which comes after the name."],
  ["value_quoted","error","The value is in quotes, in backticks or in brackets.","Remove them."],
  ["value_escaped","error","The value contains an escape that was written out, such as a backslash and an n.","Give the value itself, as it was before it was written into code or JSON."],
  ["value_punctuated","warning","The value ends with a comma or a semicolon, most likely copied along with it.","Remove it, unless it belongs to the value."],
  ["secret_invisible","warning","The secret contains a character that cannot be seen, such as a zero-width space or a byte order mark. It counts, but is easily lost.","Remove it on both sides."],
  ["secret_assignment","warning","This is a whole line of a file, a script or a request, not the secret alone.","Give only the secret, which comes after the name, on both sides."],
  ["secret_escaped","warning","The secret contains an escape that was written out, such as a backslash and an n. Both characters count; the other side may read them as a line break.","Remove it on both sides, unless it belongs to the secret."],
  ["url_scheme_twice","error","The URL has its scheme twice.","Keep one https:// at its start."],
  ["url_scheme_misspelled","error","The start of the URL is misspelled.","Start the URL with https://: five letters, a colon and two slashes."],
  ["url_scheme_missing","error","The URL starts with its host: its scheme is missing.","Write https:// before the host."],
  ["certificate_escaped","error","The line breaks are written out as a backslash and an n.","Give the base64 of the file itself: openssl base64 -A -in ca.pem"],
  ["certificate_encoded_twice","error","This is base64 of base64.","Encode the PEM file once: openssl base64 -A -in ca.pem"],
  ["certificate_request","error","This is a certificate signing request (CSR), not a certificate.","Give the certificate of the authority that signed the target's certificate."],
  ["certificate_pkcs7","error","This is a PKCS #7 bundle, which the Console does not read.","Take the certificates out of it: openssl pkcs7 -in FILE -print_certs -out ca.pem"],
  ["certificate_pkcs12","error","This is a PKCS #12 store, which usually holds a private key. Anyone who sees the record has the store.","If it holds a key, replace the key. Take only the authority out of it: openssl pkcs12 -in FILE -cacerts -nokeys -out ca.pem"],
  ["certificate_trusted","error","This is a certificate with OpenSSL's own settings of trust (TRUSTED CERTIFICATE), which other programs do not read.","Write it without them: openssl x509 -in FILE -out ca.pem"],
  ["certificate_public_key","error","This is a public key, not a certificate.","Give the certificate of the authority that signed the target's certificate."],
  ["certificate_path","error","This is the name or the address of a file, not what is in it.","Give the base64 of the file: openssl base64 -A -in FILE"],
  ["field_synonym","error","There is no such field; another one has this meaning.","Rename it: as it is, it has no effect."],
  ["field_filter","error","There is no such field. It was probably meant to limit the events; as it has no effect, more events are delivered.","Only tenantId, projectId and eventName limit the events. Say with them which events are meant, and let the receiver ignore the rest."],
  ["event_name_wildcard","warning","The Console documents no wildcards: this is taken as a name, which no event has.","List the names in eventName; it is required, so leaving it out does not mean every event."],
  ["record_wrapped","error","The record is inside this field.","Give the record alone, without what is around it."],
  ["id_wildcard","warning","The Console documents no wildcards: this is taken as an id, which nothing has.","Give the id. If the events of every company and project are really meant, give neither tenantId nor projectId."],
];
