//! `eventName`: one name, or a list of names.

use super::{
    IssueCode,
    report::Findings,
    spelling::{MAX_MISSPELLED, folded, nearest},
};
use crate::events::{self, KnownEvent};

/// More names than there will ever be events; this limit catches mistakes.
pub const MAX_EVENT_NAMES: usize = 100;

pub(super) fn check(names: &[(String, String)], findings: &mut Findings) {
    for (index, (name, at)) in names.iter().enumerate() {
        check_one(name, at, findings);
        if names[..index].iter().any(|(other, _)| other == name) {
            findings.add(at, IssueCode::EventNameDuplicate);
        }
    }
}

fn check_one(name: &str, at: &str, findings: &mut Findings) {
    if name.trim().is_empty() {
        return findings.add(at, IssueCode::EventNameBlank);
    }
    match events::find(name) {
        Some(KnownEvent { alias_of: Some(newer), .. }) => {
            findings.suggest(at, IssueCode::EventNameAlias, Some(newer));
        }
        Some(KnownEvent { superseded_by: Some(newer), .. }) => {
            findings.suggest(at, IssueCode::EventNameLegacy, Some(newer));
        }
        Some(_) => {}
        None => check_unknown(name, at, findings),
    }
}

fn check_unknown(name: &str, at: &str, findings: &mut Findings) {
    let length = name.chars().count();
    if length <= MAX_MISSPELLED
        && let Some(meant) = meant(&folded(name))
    {
        return findings.suggest(at, IssueCode::EventNameMisspelled, Some(meant));
    }
    if is_joined(name) {
        return findings.add(at, IssueCode::EventNameJoined);
    }
    let near = (length <= MAX_MISSPELLED)
        .then(|| {
            let names = events::all().iter().map(|event| event.name);
            nearest(name, names, |distance, known| distance * 3 <= known.len().max(length))
        })
        .flatten();
    findings.suggest(at, IssueCode::EventNameUnknown, near);
}

fn is_joined(text: &str) -> bool {
    let parts =
        || text.split(|c: char| matches!(c, ',' | ';') || c.is_whitespace()).filter(|part| !part.is_empty());
    parts().nth(1).is_some() && parts().any(|part| events::find(part).is_some())
}

/// The event that a name in another spelling means. A title from the documentation
/// means the event's newest name.
fn meant(key: &str) -> Option<&'static str> {
    let by_name = events::all().iter().find(|event| folded(event.name) == key).map(|event| event.name);
    by_name.or_else(|| {
        let event = events::all().iter().find(|event| folded(event.title) == key)?;
        event.alias_of.or(event.superseded_by).or(Some(event.name))
    })
}
