//! Which field a name means that is none of ours: `companyId`, `endpoint`, `ca_cert`.
//!
//! To drop a field that should limit the events widens the scope to every company. So a
//! name that sounds like a filter is never called superfluous.

use super::{fields::DOTTED_PROXY_URL, spelling::words};

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
const TURNED: &str = " block blocked deny denied disabled except exclude excluded excludes excluding former ignore ignored inactive no \
     not old omit paused previous skip suspended without ";

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

pub(super) fn meaning(name: &str) -> Meaning {
    // `tenantID`, `caCert` and `base64Ca` are parted by case; what is not parted has rows of
    // its own.
    let words = words(name);
    let has = |list: &str| {
        words.iter().any(|word| is_in(list, word.strip_suffix("id").unwrap_or(word)) || is_in(list, word))
    };
    let starts = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)));
    if has(TURNED) || starts(&["exclud", "ignor", "except", "without"]) {
        // `old` alone says nothing of what.
        let is_bare = words.len() == 1 && has(" former no not old previous ");
        return if is_bare || has(NO_FILTER) { Meaning::Unknown } else { Meaning::Filter };
    }
    let is_key = words.len() > 1 && words.last().is_some_and(|last| last == "key");
    if is_key {
        return Meaning::Field("secret");
    }
    match ROWS.iter().find(|(_, list)| has(list)) {
        Some((field, _)) => Meaning::Field(field),
        // What is not parted at all: `companyname`.
        None if starts(&["tenant", "compan", "organi"]) => Meaning::Field("tenantId"),
        None if starts(&["project"]) => Meaning::Field("projectId"),
        None if has(FILTERS) => Meaning::Filter,
        None => Meaning::Unknown,
    }
}

/// The lists have a space before and after each word.
fn is_in(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|other| other == word)
}
