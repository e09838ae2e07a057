//! Where an event carries the ids that a subscription's scope is compared with.

/// The places of a company's id in an event, newest first. The events about
/// users moved it into `resource` in Console 12.3.
///
/// ```
/// assert_eq!(mia_webhooks::COMPANY_ID_PATHS[0], ["payload", "tenantId"]);
/// ```
pub const COMPANY_ID_PATHS: &[&[&str]] = &[
    &["payload", "tenantId"],
    &["payload", "resource", "companyId"],
    &["payload", "companyId"],
    &["payload", "project", "tenantId"],
];

/// The places of a project's id in an event. `payload.projectId` is the
/// project's database id and `payload.project.projectId` the one that people
/// read; before Console 12.2 some events carried the other one, so a project
/// filter matches any of them.
///
/// ```
/// assert!(mia_webhooks::PROJECT_ID_PATHS.contains(&["payload", "projectId"].as_slice()));
/// ```
pub const PROJECT_ID_PATHS: &[&[&str]] = &[
    &["payload", "projectId"],
    &["payload", "project", "projectId"],
    &["payload", "project", "_id"],
    &["payload", "resource", "projectId"],
];
