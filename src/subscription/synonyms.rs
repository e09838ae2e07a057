//! Which field a name means that is none of ours: `companyId`, `endpoint`, `ca_cert`.
//!
//! To drop a field that should limit the events widens the scope to every company. So a
//! name that sounds like a filter is never called superfluous.

use super::{fields::DOTTED_PROXY_URL, input::Value, negation::is_negated, spelling::words};

/// What a name means.
pub(super) enum Meaning {
    /// One of our fields.
    Field(&'static str),
    /// Something that would limit or turn around which events are delivered, and that no
    /// field can say.
    Filter,
    Unknown,
}

/// With one of these, a name says which events are *not* meant, or which secret no longer.
const TURNED: &str = " block blocked deny denied disabled exclude excluded excludes former ignored inactive old omit paused previous suspended ";

/// Beside such a word, these are about the connection or about a secret that no longer is
/// one, and no filter.
const NO_FILTER: &str =
    " ca cert certificate check key proxy secret secrets ssl tls token validation verification verify ";

/// Each meaning and the words for it. The first row with a word of the name counts: the
/// company's secret is a secret, and the company of an event is a company.
const ROWS: &[(&str, &str)] = &[
    (DOTTED_PROXY_URL, " proxy "),
    ("secret", " secret secrets token password signature hmac passphrase segreto "),
    (
        "base64CA",
        " ca cacert cacrt cert certs certificate certificates certificato crt pem bundle authority ",
    ),
    (
        "tenantId",
        " tenant tenants company companies org orgs organization organizations organisation organisations azienda ",
    ),
    ("projectId", " project projects proj progetto progetti "),
    ("target", " url uri endpoint destination address href callback receiver "),
    ("eventName", " event events topic topics trigger triggers evento eventi "),
    ("target", " webhook hook link listener "),
];

const FILTERS: &str = " account accounts application applications branch client clients cluster component components customer \
     customers environment environments env filter filters group groups includes include namespace namespaces only \
     pipeline repository resource resources scope scopes service services stage team teams where workspace workspaces ";

/// What may stand beside the word for a company or a project, and the value is still its id:
/// the tag of a project is none, and another company's id is not the company's.
const OF_ID: &str = " id ids name names slug key keys code uid uuid ref identifier list mia console platform owner my webhook \
     current event events ";

/// What a switch is called that stops the deliveries, and one that starts them.
const OFF: &str = " disabled disable paused pause inactive suspended suspend stopped muted deactivated off ";
const ON: &str = " enabled enable active activated status state on ";

/// Whether a field switches the subscription off: `enabled: false` as much as
/// `disabled: true`. `None` if it is no switch.
pub(super) fn is_off(name: &str, value: &Value) -> Option<bool> {
    let mut words = words(name);
    words.retain(|word| !is_in(" is webhook subscription ", word));
    let [word] = words.as_slice() else { return None };
    let said = match value {
        Value::Bool(false) => "false",
        Value::Text(text) => &text.to_ascii_lowercase(),
        _ => "",
    };
    let is_false = is_in(" false no 0 off ", said);
    if is_in(OFF, word) { Some(!is_false) } else { is_in(ON, word).then(|| is_false || is_in(OFF, said)) }
}

/// Whether a name says which ones are *not* meant.
pub(super) fn is_turned(name: &str) -> bool {
    is_negated(name) || matches!(name.chars().next_back(), Some('!' | '~' | '\u{ac}' | '\u{2260}'))
}

pub(super) fn meaning(name: &str) -> Meaning {
    // `tenantID`, `caCert` and `base64Ca` are parted by case; what is not parted has rows of
    // its own.
    let words = words(name);
    let has = |list: &str| {
        words.iter().any(|word| is_in(list, word.strip_suffix("id").unwrap_or(word)) || is_in(list, word))
    };
    let starts = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    if is_turned(name) || has(TURNED) || starts(&["exclud", "ignor", "except", "without"]) {
        // `old` alone says nothing of what.
        let is_bare = words.len() == 1 && has(" former no not old previous ");
        return if is_bare || has(NO_FILTER) { Meaning::Unknown } else { Meaning::Filter };
    }
    let is_key = words.len() > 1 && words.last().is_some_and(|last| last == "key");
    if is_key {
        return Meaning::Field("secret");
    }
    // What is not parted at all: `companyname`.
    let (field, list) = match ROWS.iter().find(|(_, list)| has(list)) {
        Some((field, list)) => (*field, *list),
        None if starts(&["tenant", "compan", "organi"]) => ("tenantId", ""),
        None if starts(&["project"]) => ("projectId", ""),
        None if has(FILTERS) => return Meaning::Filter,
        None => return Meaning::Unknown,
    };
    let is_of_id = |word: &String| {
        let bare = word.strip_suffix("id").unwrap_or(word);
        is_in(list, word)
            || is_in(list, bare)
            || is_in(OF_ID, word)
            || list.is_empty() && OF_ID.split(' ').any(|end| !end.is_empty() && word.ends_with(end))
    };
    if field.ends_with("Id") && !words.iter().all(is_of_id) {
        return Meaning::Filter;
    }
    Meaning::Field(field)
}

/// The lists have a space before and after each word.
fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|other| other == word)
}
