//! The tables of codes: a delivery's, a subscription's, and why nothing is delivered.

use std::fmt::Write as _;

use anyhow::Result;
use mia_webhooks::{
    Code, EVENT_ID_HEADER, EVENT_LATEST_HEADER, NotDelivered, TOKEN_HEADER, TOKEN_HEADERS,
    diagnose::{Deviation, Hint},
    replay::Limits,
    subscription::{IssueCode, MAX_JSON_BYTES},
};
use serde_json::json;

use super::{
    DO_NOT_EDIT,
    events::{Event, company_id_paths, project_id_paths},
};

pub fn typescript(events: &[Event]) -> Result<String> {
    let mut text = format!("// {DO_NOT_EDIT}\n\n");
    rows(
        &mut text,
        "CODES",
        "What verifying answers: name, HTTP status, summary and hint, by the code's number.",
        |code| !code.is_receivers(),
    )?;
    rows(
        &mut text,
        "RECEIVER_CODES",
        "What only a receiver answers; the status `null` is the origin's own. Apart, so that verifying does not carry it.",
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
    let reasons = NotDelivered::ALL.iter().map(|reason| (reason.name(), reason.message()));
    union(&mut text, "NotDelivered", "Why a subscription does not bring an event.", reasons)?;

    text += "/** The reasons in sentences. */\nexport const NOT_DELIVERED: Readonly<Record<NotDelivered, string>> = {\n";
    for reason in NotDelivered::ALL {
        writeln!(text, "  {}: {},", reason.name(), json!(reason.message()))?;
    }
    let aliases: serde_json::Map<_, _> = events
        .iter()
        .filter_map(|event| Some((event.event_name.clone(), json!(event.alias_of.as_ref()?))))
        .collect();
    writeln!(
        text,
        "}};\n\n\
         /** The header that a request is signed with unless told otherwise. */\n\
         export const TOKEN_HEADER = {};\n\n\
         /** Every header that may carry the token. */\n\
         export const TOKEN_HEADERS = {};\n\n\
         /** The header that tells an origin the id of an event: the SHA-256 of its payload. */\n\
         export const EVENT_ID_HEADER = {};\n\n\
         /** The header that tells an origin whether no newer event was committed before. */\n\
         export const EVENT_LATEST_HEADER = {};\n\n\
         /** How much the replay guard remembers, and for how long, unless told otherwise. */\n\
         export const REPLAY_LIMITS = {};\n\n\
         /** Where an event carries its company's id. */\n\
         export const COMPANY_ID_PATHS = {};\n\n\
         /** Where an event carries its project's id. */\n\
         export const PROJECT_ID_PATHS = {};\n\n\
         /** Older names of events, and the newer name of the same event. */\n\
         export const EVENT_ALIASES: Readonly<Record<string, string>> = {};\n\n\
         /** The longest JSON text of a subscription, in bytes. */\n\
         export const MAX_JSON_BYTES = {MAX_JSON_BYTES};",
        json!(TOKEN_HEADER),
        json!(TOKEN_HEADERS),
        json!(EVENT_ID_HEADER),
        json!(EVENT_LATEST_HEADER),
        replay_limits(),
        json!(company_id_paths(events)),
        json!(project_id_paths(events)),
        json!(aliases),
    )?;
    Ok(text)
}

fn rows(text: &mut String, name: &str, about: &str, is_in: impl Fn(Code) -> bool) -> Result<()> {
    writeln!(text, "/** {about} */\nexport const {name}: Readonly<Record<number, CodeRow>> = {{")?;
    for &code in Code::ALL.iter().filter(|&&code| is_in(code)) {
        let row = json!([code.name(), code.status(), code.summary(), code.hint()]);
        writeln!(text, "  {}: {row},", code as u8)?;
    }
    *text += "};\n\n";
    Ok(())
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
         Names never change; new ones are added.\n\n\
         ## Of a delivery\n\n\
         Every answer of this project is one of these codes: `WebhookError.code` and the `code` of a log\n\
         line in JavaScript, `Code` in Rust. Numbers never change either: rows are only appended.\n\
         The status goes to the caller of the webhook. Nothing else does: the hint is for the operator.\n\n\
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
    text += "\n## Of a subscription\n\n\
         What `validateSubscription` reports: `issues[].code` in JavaScript, `IssueCode` in Rust. An error is\n\
         what the Console cannot take, or what surely was not meant. A warning works, but is unsafe, or a\n\
         part of it has no effect; `strict` makes warnings count.\n\n\
         | code | severity | what is wrong | what to do |\n|---|---|---|---|\n";
    for code in IssueCode::ALL {
        let severity = code.severity().name();
        writeln!(text, "| `{}` | {severity} | {} | {} |", code.name(), code.message(), code.fix())?;
    }
    text += "\n## Of an event that is not delivered\n\n\
         What `delivers` answers: `reason` in JavaScript, `NotDelivered` in Rust.\n\n\
         | reason | what it means |\n|---|---|\n";
    for reason in NotDelivered::ALL {
        writeln!(text, "| `{}` | {} |", reason.name(), reason.message())?;
    }
    text += "\n## Of a token that does not match\n\n\
         How such a token was made, proved by the same digest: `deviations[].code` in JavaScript, `Deviation` in\n\
         Rust. A token can deviate in up to three things at once.\n\n\
         | deviation | blame | what happened | what to do |\n|---|---|---|---|\n";
    for deviation in Deviation::ALL {
        let (name, blame) = (deviation.name(), deviation.blame().name());
        writeln!(text, "| `{name}` | {blame} | {} | {} |", deviation.message(), deviation.fix())?;
    }
    text += "\nWhat makes a mistake likely where nothing is proved: `hints[].code` in JavaScript, `Hint` in Rust.\n\n\
         | hint | blame | what is conspicuous | what to do |\n|---|---|---|---|\n";
    for hint in Hint::ALL {
        let (name, blame) = (hint.name(), hint.blame().name());
        writeln!(text, "| `{name}` | {blame} | {} | {} |", hint.message(), hint.fix())?;
    }
    Ok(text)
}
