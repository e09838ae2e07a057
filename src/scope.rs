//! Which events a subscription matches.

#[cfg(feature = "event")]
use crate::{COMPANY_ID_PATHS, Event, PROJECT_ID_PATHS, events};

use crate::reason::reasons;

/// The filter of a subscription. An event must fit every field that is set.
///
/// ```
/// use mia_webhooks::{Event, ScopeMismatch, Scope, Secret, Verifier};
///
/// let scope = Scope { event_names: Some(vec!["tag_created".into()]), ..Scope::default() };
/// # let verifier = Verifier::new([Secret::new("secret")?])?;
/// # let payload = br#"{"eventName":"tag_deleted","eventTimestamp":123456,"payload":{}}"#;
/// # let token = verifier.sign(payload).to_string();
/// let event = Event::parse(&verifier.verify(payload, Some(token.as_bytes()))?)?;
/// assert_eq!(scope.matches(&event), Err(ScopeMismatch::EventNameDiffers));
/// # Ok::<(), mia_webhooks::Code>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only events of this company.
    pub tenant_id: Option<String>,
    /// Only events of this project: its database id, or its readable id.
    pub project_id: Option<String>,
    /// Only events with these names.
    pub event_names: Option<Vec<String>>,
}

reasons! {
    /// Why a subscription does not match an event. Names are stable; new ones may be added.
    ScopeMismatch;
    EventNameDiffers, "event_name_differs", "The subscription does not listen to this event.";
    CompanyDiffers, "company_differs", "The event belongs to another company.";
    CompanyAbsent, "company_absent", "The event has no company id, but the subscription asks for one.";
    ProjectDiffers, "project_differs", "The event belongs to another project.";
    ProjectAbsent, "project_absent", "The event has no project id, but the subscription asks for one.";
}

#[cfg(feature = "event")]
impl Scope {
    /// Whether the Console delivers this event to a subscription with this scope.
    ///
    /// Ids are compared in every place where events carry them
    /// ([`COMPANY_ID_PATHS`], [`PROJECT_ID_PATHS`]). A project may be given by its
    /// database id or by its readable id.
    ///
    /// # Errors
    /// The first part of the scope that does not fit: name, company, project.
    pub fn matches(&self, event: &Event) -> Result<(), ScopeMismatch> {
        let listens = |name: &String| events::is_same(name, event.name());
        if self.event_names.as_ref().is_some_and(|names| !names.iter().any(listens)) {
            return Err(ScopeMismatch::EventNameDiffers);
        }
        if let Some(id) = &self.tenant_id {
            carries(event, COMPANY_ID_PATHS, id).map_err(|found| {
                if found { ScopeMismatch::CompanyDiffers } else { ScopeMismatch::CompanyAbsent }
            })?;
        }
        if let Some(id) = &self.project_id {
            carries(event, PROJECT_ID_PATHS, id).map_err(|found| {
                if found { ScopeMismatch::ProjectDiffers } else { ScopeMismatch::ProjectAbsent }
            })?;
        }
        Ok(())
    }
}

impl Scope {
    /// What the scope covers: `"instance"`, `"company"` or `"project"`.
    #[must_use]
    pub const fn coverage(&self) -> &'static str {
        match (&self.tenant_id, &self.project_id) {
            (_, Some(_)) => "project",
            (Some(_), None) => "company",
            (None, None) => "instance",
        }
    }
}

/// Whether an event has this id in one of these places; the error says whether it
/// has another one.
#[cfg(feature = "event")]
fn carries(event: &Event, places: &[&[&str]], id: &str) -> Result<(), bool> {
    let mut found = false;
    for place in places {
        if let Some(value) = at(event, place) {
            if value == id {
                return Ok(());
            }
            found = true;
        }
    }
    Err(found)
}

#[cfg(feature = "event")]
fn at<'e>(event: &'e Event, place: &[&str]) -> Option<&'e str> {
    let ["payload", first, rest @ ..] = place else { return None };
    rest.iter()
        .try_fold(event.payload().get(*first)?, |value: &serde_json::Value, key| value.get(*key))?
        .as_str()
}

impl Scope {
    /// Without the standard library's formatting, which the `subscription` module does not have.
    pub(crate) fn in_words(&self) -> String {
        let events =
            self.event_names.as_ref().map_or_else(|| "Every event".to_owned(), |names| names.join(", "));
        let place: &[&str] = match (&self.tenant_id, &self.project_id) {
            (None, None) => &[" in the whole Console instance, all companies and projects included."],
            (Some(tenant_id), None) => &[" in the company ", tenant_id, ", all of its projects included."],
            (None, Some(project_id)) => &[" in the project ", project_id, "."],
            (Some(tenant_id), Some(project_id)) => {
                &[" in the project ", project_id, ", if it belongs to the company ", tenant_id, "."]
            }
        };
        events + &place.concat()
    }
}

impl core::fmt::Display for Scope {
    /// The scope in words.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&self.in_words())
    }
}
