//! The events of the Console, as its documentation lists them.
//!
//! `catalogue.json` is the truth; `cargo xtask generate` writes `table.rs` and
//! the TypeScript types from it. The catalogue is open: a Console may send events
//! that are not in it.

mod table;

pub use table::{COMPANY_ID_PATHS, PROJECT_ID_PATHS};

/// One event of the catalogue.
///
/// ```
/// use mia_webhooks::events;
///
/// let event = events::find("user_added").unwrap();
/// assert_eq!(event.since, "12.3.0");
/// assert_eq!(event.company_id_paths[0], ["payload", "resource", "companyId"]);
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownEvent {
    /// `eventName`.
    pub name: &'static str,
    /// What the documentation calls it.
    pub title: &'static str,
    /// The first version of the Console whose documentation lists it.
    pub since: &'static str,
    /// The newer name of the same event, if this is an older one.
    pub alias_of: Option<&'static str>,
    /// The event that newer Consoles send instead, if there is one.
    pub superseded_by: Option<&'static str>,
    /// Where the event carries its company's id: the current place first, then the
    /// places of older Consoles.
    pub company_id_paths: &'static [&'static [&'static str]],
    /// Where the event carries its project's id; empty for events of a company.
    pub project_id_paths: &'static [&'static [&'static str]],
}

/// Every known event, newer names before older ones.
///
/// ```
/// assert!(mia_webhooks::events::all().iter().any(|event| event.name == "tag_created"));
/// ```
#[must_use]
pub const fn all() -> &'static [KnownEvent] {
    table::EVENTS
}

/// The known event with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static KnownEvent> {
    all().iter().find(|event| event.name == name)
}

/// An example of the event with this name, as JSON.
///
/// ```
/// assert!(mia_webhooks::events::example("tag_created").unwrap().contains("v1.2.0"));
/// ```
#[must_use]
pub fn example(name: &str) -> Option<&'static str> {
    table::EXAMPLES.iter().find(|(known, _)| *known == name).map(|(_, json)| *json)
}

/// Whether two names mean the same event: the documentation mixes `user_added`
/// with `company_user_added`, so a Console may send either.
#[cfg(feature = "event")]
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || newest_name(one) == newest_name(other)
}

#[cfg(feature = "event")]
fn newest_name(name: &str) -> &str {
    find(name).and_then(|event| event.alias_of).unwrap_or(name)
}
