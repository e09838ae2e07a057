//! The tables of codes, of issues and of reasons why a subscription does not match,
//! and `docs/codes.md` with these and the findings of a diagnosis.

use std::fmt::Write as _;

use anyhow::Result;
use mia_webhooks::{
    Code, EVENT_ID_HEADER, EVENT_LATEST_HEADER, EventProblem, MAX_SECRET_BYTES, MAX_SECRETS, MAX_TOKEN_BYTES,
    ScopeMismatch, TOKEN_HEADER, TOKEN_HEADERS,
    diagnose::{Deviation, Hint},
    replay::Limits,
    subscription::{
        ADDRESS_BLOCKS, HOST_NAMES, IssueCode, MAX_JSON_BYTES, REGISTRIES_DATE, SECRET_PLACEHOLDERS,
        SECRET_TEMPLATES, SpecialHost,
    },
};
use serde_json::json;

use super::{
    DO_NOT_EDIT,
    events::{Event, company_id_paths, project_id_paths},
    sizes::{INPUT_BYTES, MAX_TOKENS, TOKEN_SLOT_BYTES},
};

pub fn typescript(events: &[Event]) -> Result<String> {
    let mut text = format!("// {DO_NOT_EDIT}\n\n");
    rows(
        &mut text,
        "CODES",
        "The answers of verifying: name, HTTP status, summary and hint, by the code's number. With holes, which are smaller than numbers.",
        |code| !code.is_receivers(),
    )?;
    writeln!(
        text,
        "/** The row of `configuration_invalid`, for `receiverOptions`, which needs no other code of a receiver. */\n\
         export const CONFIGURATION_INVALID: CodeRow = {};\n",
        row(Code::ConfigurationInvalid)
    )?;
    rows(
        &mut text,
        "RECEIVER_CODES",
        "The answers of a receiver alone; the status `null` means the origin's own. Kept apart, so that a bundle that only verifies does not carry them.",
        Code::is_receivers,
    )?;
    let codes = Code::ALL.iter().map(|code| (code.name(), code.summary()));
    union(
        &mut text,
        "Code",
        "Why a webhook was, or was not, let through. Names are stable; new ones may be added.",
        codes,
    )?;
    text += "/** A row of the table of codes. */\n";
    text += "export type CodeRow = readonly [code: Code, status: number | null, summary: string, hint: string];\n\n";
    let issues = IssueCode::ALL.iter().map(|code| (code.name(), code.message()));
    union(
        &mut text,
        "IssueCode",
        "A rule for subscriptions. Names are stable; new ones may be added.",
        issues,
    )?;
    let reasons = ScopeMismatch::ALL.iter().map(|reason| (reason.name(), reason.message()));
    union(&mut text, "ScopeMismatch", "Why a subscription does not match an event.", reasons)?;
    let problems = EventProblem::ALL.iter().map(|problem| (problem.name(), problem.message()));
    union(
        &mut text,
        "EventProblem",
        "Why a payload that verified is not an event. Names are stable; new ones may be added.",
        problems,
    )?;

    text += "/** The reasons as sentences. */\nexport const SCOPE_MISMATCHES: Readonly<Record<ScopeMismatch, string>> = {\n";
    for reason in ScopeMismatch::ALL {
        writeln!(text, "  {}: {},", reason.name(), json!(reason.message()))?;
    }
    let aliases: serde_json::Map<_, _> = events
        .iter()
        .filter_map(|event| Some((event.event_name.clone(), json!(event.alias_of.as_ref()?))))
        .collect();
    writeln!(
        text,
        "}};\n\n\
         /** The header that carries the token of a request by default. */\n\
         export const TOKEN_HEADER = {};\n\n\
         /** Every header that may carry the token. */\n\
         export const TOKEN_HEADERS = {};\n\n\
         /** The header that tells an origin the id of an event: the SHA-256 of its payload. */\n\
         export const EVENT_ID_HEADER = {};\n\n\
         /** The header that tells an origin whether the event is the newest so far. */\n\
         export const EVENT_LATEST_HEADER = {};\n\n\
         /** How much the replay guard remembers by default, and for how long. */\n\
         export const REPLAY_LIMITS = {};\n\n\
         /** Where an event carries its company's id. */\n\
         export const COMPANY_ID_PATHS = {};\n\n\
         /** Where an event carries its project's id. */\n\
         export const PROJECT_ID_PATHS = {};\n\n\
         /** Older names of events, and the newer name of the same event. */\n\
         export const EVENT_ALIASES: Readonly<Record<string, string>> = {};\n\n\
         /** The names of the known events, older ones included. */\n\
         export const EVENT_NAMES: readonly string[] = {};\n\n\
         /** The longest JSON text of a subscription, in bytes. */\n\
         export const MAX_JSON_BYTES = {MAX_JSON_BYTES};\n\n\
         /** What a missing secret is turned into: no secret is one of these. */\n\
         export const SECRET_PLACEHOLDERS: readonly string[] = {};\n\n\
         /** What stands around a place that a template leaves to be filled in, and whether only a name between makes it one. */\n\
         export const SECRET_TEMPLATES: readonly (readonly [open: string, close: string, isNamed: boolean])[] = {};\n\n\
         /** The longest token header value, in bytes. */\n\
         export const MAX_TOKEN_BYTES = {MAX_TOKEN_BYTES};\n\n\
         /** The most secrets that may verify together. */\n\
         export const MAX_SECRETS = {MAX_SECRETS};\n\n\
         /** The longest secret, in bytes. */\n\
         export const MAX_SECRET_BYTES = {MAX_SECRET_BYTES};\n\n\
         /** How many bytes of a payload cross into the `verify` module in one call. */\n\
         export const INPUT_BYTES = {INPUT_BYTES};\n\n\
         /** The most token headers of one request. */\n\
         export const MAX_TOKENS = {MAX_TOKENS};\n\n\
         /** The size of a token's slot in the `verify` module, in bytes. */\n\
         export const TOKEN_SLOT_BYTES = {TOKEN_SLOT_BYTES};",
        json!(TOKEN_HEADER),
        json!(TOKEN_HEADERS),
        json!(EVENT_ID_HEADER),
        json!(EVENT_LATEST_HEADER),
        replay_limits(),
        json!(company_id_paths(events)),
        json!(project_id_paths(events)),
        json!(aliases),
        json!(events.iter().map(|event| &event.event_name).collect::<Vec<_>>()),
        json!(SECRET_PLACEHOLDERS),
        json!(SECRET_TEMPLATES),
    )?;
    Ok(text)
}

fn rows(text: &mut String, name: &str, about: &str, is_in: impl Fn(Code) -> bool) -> Result<()> {
    writeln!(text, "/** {about} */\nexport const {name} = [")?;
    // Of the number 0, which no code has.
    text.push(',');
    for &code in Code::ALL {
        if !is_in(code) {
            text.push(',');
            continue;
        }
        // It stands above, once.
        let row = if code == Code::ConfigurationInvalid {
            "CONFIGURATION_INVALID".into()
        } else {
            row(code).to_string()
        };
        write!(text, "\n  {row},")?;
    }
    text.truncate(text.trim_end_matches(',').len());
    *text += ",\n] as Readonly<Record<number, CodeRow>>;\n\n";
    Ok(())
}

fn row(code: Code) -> serde_json::Value {
    json!([code.name(), code.status(), code.summary(), code.hint()])
}

fn replay_limits() -> serde_json::Value {
    let Limits { window, cap, lease, max_skew, max_age: _ } = Limits::default();
    json!({ "windowMs": window, "cap": cap, "leaseMs": lease, "maxSkewMs": max_skew })
}

pub fn union<'c>(
    text: &mut String,
    name: &str,
    about: &str,
    members: impl Iterator<Item = (&'c str, &'c str)>,
) -> Result<()> {
    writeln!(text, "/** {about} */\nexport type {name} =")?;
    for (member, about) in members {
        writeln!(text, "  /** {about} */\n  | {member:?}")?;
    }
    text.pop();
    *text += ";\n\n";
    Ok(())
}

pub fn documentation() -> Result<String> {
    let mut text = format!(
        "# Codes\n\n<!-- {DO_NOT_EDIT} -->\n\n\
         Names never change, but new ones are added.\n\n\
         ## Deliveries\n\n\
         Every answer of this project is one of these codes: `WebhookError.code` and the `code` of a log\n\
         line in JavaScript, `Code` in Rust. Numbers never change either: rows are only appended.\n\
         The status goes to the sender. The hint does not: it is for the operator.\n\n\
         | # | code | status | what happened | what to do |\n|---|---|---|---|---|\n"
    );
    for code in Code::ALL {
        let status = code.status().map_or_else(|| "the origin's".to_owned(), |status| status.to_string());
        writeln!(
            text,
            "| {} | `{}` | {status} | {} | {} |",
            *code as u8,
            code.name(),
            code.summary(),
            code.hint()
        )?;
    }
    text += "\n## Subscriptions\n\n\
         `validateSubscription` reports these issues: `issues[].code` in JavaScript, `IssueCode` in Rust. An\n\
         error means that the Console cannot accept the subscription, or that nobody can have meant it. With a\n\
         warning, the subscription works, but it is unsafe or a part of it has no effect; with `strict`, a\n\
         warning makes it invalid too.\n\n\
         | code | severity | what is wrong | what to do |\n|---|---|---|---|\n";
    for code in IssueCode::ALL {
        let severity = code.severity().name();
        writeln!(text, "| `{}` | {severity} | {} | {} |", code.name(), code.message(), code.fix())?;
    }
    special_hosts(&mut text)?;
    text += "\n## Events that a subscription does not match\n\n\
         `matches` answers with one of these reasons: `reason` in JavaScript, `ScopeMismatch` in Rust.\n\n\
         | reason | what it means |\n|---|---|\n";
    for reason in ScopeMismatch::ALL {
        writeln!(text, "| `{}` | {} |", reason.name(), reason.message())?;
    }
    text += "\n## Payloads that are not events\n\n\
         `event_malformed` comes with one of these reasons: `reason` in JavaScript, `EventProblem` in Rust.\n\n\
         | reason | what it means |\n|---|---|\n";
    for problem in EventProblem::ALL {
        writeln!(text, "| `{}` | {} |", problem.name(), problem.message())?;
    }
    text += "\n## Tokens that do not match\n\n\
         Deviations say how a token was made, proved by the same digest: `deviations[].code` in JavaScript,\n\
         `Deviation` in Rust. The search combines up to three, besides those of how the token is written.\n\n\
         | deviation | blame | what happened | what to do |\n|---|---|---|---|\n";
    for deviation in Deviation::ALL {
        let (name, blame) = (deviation.name(), deviation.blame().name());
        writeln!(text, "| `{name}` | {blame} | {} | {} |", deviation.message(), deviation.fix())?;
    }
    text += "\nHints name likely mistakes when nothing is proved: `hints[].code` in JavaScript, `Hint` in Rust.\n\n\
         | hint | blame | what was noticed | what to do |\n|---|---|---|---|\n";
    for hint in Hint::ALL {
        let (name, blame) = (hint.name(), hint.blame().name());
        writeln!(text, "| `{name}` | {blame} | {} | {} |", hint.message(), hint.fix())?;
    }
    Ok(text)
}

fn special_hosts(text: &mut String) -> Result<()> {
    writeln!(
        text,
        "\n## Hosts of subscriptions\n\n\
         These hosts get a warning of the table above. The blocks are those of IANA's registries of special-purpose\n\
         addresses ([IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry),\n\
         [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry)) as of {REGISTRIES_DATE}, and some that stand\n\
         elsewhere. Of several rows, the first one counts. An IPv4 address inside an IPv6 address is judged\n\
         too; in `::ffff:0:0/96` and `64:ff9b::/96`, it alone is. Any other name without a dot is\n\
         `url_cluster_name`."
    )?;
    for (head, rows) in [("addresses", ADDRESS_BLOCKS), ("name", HOST_NAMES)] {
        writeln!(text, "\n| {head} | what it is | source | code |\n|---|---|---|---|")?;
        for SpecialHost { hosts, purpose, source, finding } in rows {
            writeln!(text, "| `{hosts}` | {purpose} | {source} | `{}` |", finding.name())?;
        }
    }
    Ok(())
}
