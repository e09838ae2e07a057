//! The types of a subscription and of the report about it: for the package, and for
//! builds of the crate with plain wasm-bindgen.

use std::fmt::Write as _;

use anyhow::{Result, bail};
use mia_webhooks::{
    Code,
    subscription::{CertificateForm, FIELDS, IssueCode, Severity},
};
use serde_json::json;

use super::{DO_NOT_EDIT, codes::union};

/// For the package.
pub fn typescript() -> Result<String> {
    let mut text = format!("// {DO_NOT_EDIT}\n\nimport type {{ IssueCode }} from \"./tables.js\";\n\n");
    text += &interfaces()?;
    text += "\n/** The fields of a subscription, in the order in which findings are reported. */\n";
    text += "export const SUBSCRIPTION_FIELDS = [\n";
    for field in FIELDS {
        writeln!(text, "  {},", json!({ "name": field.name, "isRequired": field.is_required }))?;
    }
    text += "] as const;\n\n";
    text += "/** The rules, by the place that the module returns. */\n";
    text += "export const ISSUES: readonly (readonly [code: IssueCode, severity: Issue[\"severity\"], message: string, fix: string])[] = [\n";
    for code in IssueCode::ALL {
        writeln!(text, "  {},", json!([code.name(), code.severity().name(), code.message(), code.fix()]))?;
    }
    text += "];\n";
    Ok(text)
}

/// For the declarations that wasm-bindgen writes.
pub fn plain_types() -> Result<String> {
    let mut text = format!("// Types of mia-webhooks. {DO_NOT_EDIT}\n\n{PLAIN}\n");
    let codes = Code::ALL.iter().filter(|code| code.name().starts_with("secret_"));
    union(
        &mut text,
        "Code",
        "Why secrets must not be used. Names are stable; new ones may be added.",
        codes.map(|code| (code.name(), code.summary())),
    )?;
    let issues = IssueCode::ALL.iter().map(|code| (code.name(), code.message()));
    union(
        &mut text,
        "IssueCode",
        "A rule for subscriptions. Names are stable; new ones may be added.",
        issues,
    )?;
    text += &interfaces()?;
    Ok(text)
}

fn interfaces() -> Result<String> {
    let mut fields = String::new();
    for field in FIELDS {
        let r#type = match field.name {
            "eventName" => "string | readonly string[]",
            "proxy" => "{ readonly url: string }",
            "tenantId" | "projectId" | "target" | "base64CA" | "secret" => "string",
            other => bail!("no type for {other}"),
        };
        let (mark, or_undefined) = if field.is_required { ("", "") } else { ("?", " | undefined") };
        writeln!(
            fields,
            "  /** {} */\n  readonly {}{mark}: {type}{or_undefined};",
            field.description, field.name
        )?;
    }
    let either =
        |names: Vec<&str>| names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(" | ");
    let severity = either(Severity::ALL.iter().map(|severity| severity.name()).collect());
    let form = either(CertificateForm::ALL.iter().map(|form| form.name()).collect());
    Ok(TEMPLATE.replace("FIELDS\n", &fields).replace("SEVERITY", &severity).replace("FORM", &form))
}

const TEMPLATE: &str = r#"/** A subscription's record, as the Console keeps it. */
export interface Subscription {
FIELDS
}

/** One finding. Contains no part of a secret or a private key. */
export interface Issue {
  /** The place: a JSON pointer (RFC 6901), `""` for all of it. */
  readonly path: string;
  /** Which rule it is; stable. */
  readonly code: IssueCode;
  /** With an error, the Console cannot accept the subscription or nobody can have meant it. With a warning, it works, but is unsafe or a part of it has no effect. */
  readonly severity: SEVERITY;
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
    readonly form: FORM;
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
"#;

const PLAIN: &str = r#"/** Bytes, or a string that stands for its UTF-8. */
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
"#;
