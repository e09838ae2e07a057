//! `eventName`: one name, or a list of names.

use super::{
    IssueCode,
    negation::is_negated,
    placeholder,
    report::Findings,
    slices::{from, has},
    spelling::{MAX_MISSPELLED, folded, words},
    surroundings,
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

const NEGATION: &str =
    "If this event is to be left out: there is no negation. An event that is not listed is not delivered.";

fn check_unknown(name: &str, at: &str, findings: &mut Findings) {
    let is_negated = is_negated(name);
    let length = name.chars().count();
    let placeholder = placeholder::in_name(name);
    let around = surroundings::find(name).or_else(|| {
        let is_one = surroundings::is_punctuated(name) && !is_joined(name);
        is_one.then_some(IssueCode::ValuePunctuated)
    });
    if placeholder == Some(IssueCode::Placeholder) {
        return findings.add(at, IssueCode::Placeholder);
    }
    // The list as text.
    if name.trim().starts_with('[') && has(name, "\"") {
        return findings.add(at, IssueCode::EventNameJoined);
    }
    if let Some(code) = around {
        if is_negated {
            return findings.explain(at, code, NEGATION);
        }
        let inner = surroundings::is_about(code).then(|| surroundings::inner(name));
        let meant = inner.filter(|inner| events::find(inner).is_some());
        return findings.suggest(at, code, meant.as_deref());
    }
    if placeholder.is_none() && is_negated {
        return findings.explain(at, IssueCode::EventNameUnknown, NEGATION);
    }
    if placeholder.is_none() && is_wildcard(name) {
        let matched = if length <= MAX_MISSPELLED { matched(name) } else { current().collect() };
        return findings.explain(at, IssueCode::EventNameWildcard, &listed(&matched));
    }
    if length <= MAX_MISSPELLED
        && let Some(meant) = meant(&folded(name))
    {
        return findings.suggest(at, IssueCode::EventNameMisspelled, Some(meant));
    }
    if is_joined(name) {
        return findings.add(at, IssueCode::EventNameJoined);
    }
    if placeholder.is_some() {
        return findings.add(at, IssueCode::PlaceholderLikely);
    }
    if length > MAX_MISSPELLED {
        return findings.add(at, IssueCode::EventNameUnknown);
    }
    let parts = Parts::of(name);
    match parts.similar() {
        Some(similar) => findings.suggest(at, IssueCode::EventNameUnknown, Some(similar)),
        None => match parts.of_this_kind() {
            kind if kind.is_empty() => findings.add(at, IssueCode::EventNameUnknown),
            kind => findings.explain(at, IssueCode::EventNameUnknown, &listed(&kind)),
        },
    }
}

/// Verbs that mean the same, by their stems. `created` and `deleted` are as near to each
/// other as misspellings are, and mean the opposite.
const VERBS: [&[&str]; 3] = [
    &["creat", "add", "insert", "new"],
    &["delet", "remov", "destroy", "drop"],
    &["edit", "updat", "modif", "chang", "sav", "stor"],
];

/// A name as what something happened to, and what happened.
struct Parts {
    whole: String,
    noun: String,
    verb: String,
    /// Whether more is said after the verb: `project_created_failed` is no `project_created`.
    is_qualified: bool,
}

/// What may stand after the verb and changes nothing.
const AFTER_VERB: &[&str] =
    &["event", "events", "hook", "webhook", "notification", "to", "from", "in", "of", "company", "project"];

impl Parts {
    fn of(name: &str) -> Self {
        let whole = folded(name);
        let words = words(name);
        if words.len() < 2 {
            // `projectdeleted`: from the last stem on.
            let starts = VERBS.iter().flat_map(|stems| stems.iter()).filter_map(|stem| last(&whole, stem));
            let start = starts.filter(|start| *start > 0).max().unwrap_or(whole.len());
            let verb = from(&whole, start).to_owned();
            let noun = whole.strip_suffix(&verb).unwrap_or(&whole).to_owned();
            return Self { whole, noun, verb, is_qualified: false };
        }
        // `project_deleted_event` and `deleted_project` say the same.
        let at = words.iter().rposition(|word| group(word).is_some()).unwrap_or(words.len() - 1);
        let (before, after) = words.split_at(at);
        let (verb, rest) =
            after.split_first().map_or((String::new(), after), |(verb, rest)| (verb.clone(), rest));
        let is_known = |word: &String| {
            let version = word.strip_prefix('v').unwrap_or(word);
            version.bytes().all(|byte| byte.is_ascii_digit()) || AFTER_VERB.contains(&word.as_str())
        };
        let is_qualified = !before.is_empty() && !rest.iter().all(is_known);
        // `new_project_created` says its verb twice.
        let is_noun = |word: &&String| group(word).is_none_or(|said| group(&verb) != Some(said));
        let noun: Vec<_> =
            if before.is_empty() { rest } else { before }.iter().filter(is_noun).cloned().collect();
        Self { whole, noun: noun.join(""), verb, is_qualified }
    }

    /// The nearest event of which the same is said.
    fn similar(&self) -> Option<&'static str> {
        let near = events::all().iter().filter_map(|event| {
            let known = Self::of(event.name);
            let distance = strsim::osa_distance(&self.noun, &known.noun);
            // `failedconfiguration` is none, and `no`, `un` and `non` are no slips of the pen.
            let is_same_noun = distance <= 2
                && distance * 3 <= self.noun.len().max(known.noun.len())
                && !(self.noun.starts_with("no") || self.noun.starts_with("un"));
            let is_slip = strsim::osa_distance(&self.whole, &known.whole) <= 1;
            let is_same =
                is_slip || !self.is_qualified && is_same_noun && is_same_verb(&self.verb, &known.verb);
            is_same.then(|| (strsim::osa_distance(&self.whole, &known.whole), event.name))
        });
        near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
    }

    /// The events about the same thing.
    fn of_this_kind(&self) -> Vec<&'static str> {
        let is_same = |known: &&str| {
            let known = Self::of(known).noun;
            !self.noun.is_empty() && strsim::osa_distance(&self.noun, &known) * 3 <= known.len()
        };
        current().filter(is_same).collect()
    }
}

/// Which of the verbs a word is: a stem, and at most four letters after it.
fn group(word: &str) -> Option<usize> {
    let is_verb = |stem: &&str| word.strip_prefix(*stem).is_some_and(|end| end.len() <= 4);
    VERBS.iter().position(|stems| stems.iter().any(is_verb))
}

/// The last place of a stem.
fn last(text: &str, stem: &str) -> Option<usize> {
    text.as_bytes().windows(stem.len()).rposition(|window| window == stem.as_bytes())
}

fn is_same_verb(one: &str, known: &str) -> bool {
    match (group(one), group(known)) {
        (Some(one), Some(known)) => one == known,
        _ => strsim::osa_distance(one, known) <= 1,
    }
}

/// Events under their newest names.
fn current() -> impl Iterator<Item = &'static str> {
    let is_current = |event: &&KnownEvent| event.alias_of.is_none() && event.superseded_by.is_none();
    events::all().iter().filter(is_current).map(|event| event.name)
}

fn listed(names: &[&str]) -> String {
    let mut sentence = String::from("There are: ");
    for (index, name) in names.iter().enumerate() {
        sentence.push_str(if index == 0 { "" } else { ", " });
        sentence.push_str(name);
    }
    sentence.push('.');
    sentence
}

/// `*`, `all`, or an expression: no event has such characters in its name.
fn is_wildcard(name: &str) -> bool {
    name.contains(['*', '?', '^', '$', '|', '+', '(', ')', '[', ']', '\\', '%', '{'])
        || ["all", "any", "every", "everything", "allevents", "anyevent", "everyevent"]
            .contains(&folded(name).as_str())
}

/// The events with every literal part of a pattern, or all of them.
fn matched(pattern: &str) -> Vec<&'static str> {
    let is_literal = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let parts = || pattern.split(|c: char| !is_literal(c)).map(folded).filter(|part| !part.is_empty());
    let matched: Vec<_> = current().filter(|name| parts().all(|part| has(&folded(name), &part))).collect();
    if matched.is_empty() { current().collect() } else { matched }
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
