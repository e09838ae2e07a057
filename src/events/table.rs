//! The catalogue as tables. Written by `cargo xtask generate`; edit the tables under src/ instead.

use super::KnownEvent;

/// Every place where an event carries its company's id.
pub const COMPANY_ID_PATHS: &[&[&str]] = &[
    &["payload", "tenantId"],
    &["payload", "resource", "companyId"],
    &["payload", "companyId"],
    &["payload", "project", "tenantId"],
];

/// Every place where an event carries its project's id: the database id, or the
/// readable id.
pub const PROJECT_ID_PATHS: &[&[&str]] = &[
    &["payload", "projectId"],
    &["payload", "resource", "projectId"],
    &["payload", "project", "projectId"],
    &["payload", "project", "_id"],
];

pub(super) const EVENTS: &[KnownEvent] = &[
    KnownEvent {
        name: "project_created",
        title: "Project Created",
        since: "10.7.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "tenantId"], &["payload", "project", "tenantId"]],
        project_id_paths: &[
            &["payload", "projectId"],
            &["payload", "project", "projectId"],
            &["payload", "project", "_id"],
        ],
    },
    KnownEvent {
        name: "service_created",
        title: "Service Created",
        since: "10.7.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "tenantId"]],
        project_id_paths: &[&["payload", "projectId"]],
    },
    KnownEvent {
        name: "configuration_saved",
        title: "Configuration Saved",
        since: "13.4.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "tenantId"]],
        project_id_paths: &[&["payload", "projectId"]],
    },
    KnownEvent {
        name: "tag_created",
        title: "Tag or Version Created",
        since: "11.4.1",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "tenantId"], &["payload", "project", "tenantId"]],
        project_id_paths: &[
            &["payload", "projectId"],
            &["payload", "project", "projectId"],
            &["payload", "project", "_id"],
        ],
    },
    KnownEvent {
        name: "tag_deleted",
        title: "Version Deleted",
        since: "14.2.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "tenantId"], &["payload", "project", "tenantId"]],
        project_id_paths: &[
            &["payload", "projectId"],
            &["payload", "project", "projectId"],
            &["payload", "project", "_id"],
        ],
    },
    KnownEvent {
        name: "user_added",
        title: "User added",
        since: "12.3.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "resource", "companyId"], &["payload", "companyId"]],
        project_id_paths: &[&["payload", "resource", "projectId"], &["payload", "projectId"]],
    },
    KnownEvent {
        name: "user_edited",
        title: "User edited",
        since: "12.3.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "resource", "companyId"], &["payload", "companyId"]],
        project_id_paths: &[&["payload", "resource", "projectId"], &["payload", "projectId"]],
    },
    KnownEvent {
        name: "user_removed",
        title: "User removed",
        since: "12.3.0",
        alias_of: None,
        superseded_by: None,
        company_id_paths: &[&["payload", "resource", "companyId"], &["payload", "companyId"]],
        project_id_paths: &[&["payload", "resource", "projectId"], &["payload", "projectId"]],
    },
    KnownEvent {
        name: "company_user_added",
        title: "User added to Company",
        since: "12.1.0",
        alias_of: Some("user_added"),
        superseded_by: None,
        company_id_paths: &[&["payload", "companyId"]],
        project_id_paths: &[],
    },
    KnownEvent {
        name: "company_user_edited",
        title: "User Company role edited",
        since: "12.1.0",
        alias_of: Some("user_edited"),
        superseded_by: None,
        company_id_paths: &[&["payload", "companyId"]],
        project_id_paths: &[],
    },
    KnownEvent {
        name: "company_user_removed",
        title: "User removed from Company",
        since: "12.1.0",
        alias_of: Some("user_removed"),
        superseded_by: None,
        company_id_paths: &[&["payload", "companyId"]],
        project_id_paths: &[],
    },
    KnownEvent {
        name: "project_user_added",
        title: "User added to Project",
        since: "12.1.0",
        alias_of: None,
        superseded_by: Some("user_added"),
        company_id_paths: &[&["payload", "companyId"]],
        project_id_paths: &[&["payload", "projectId"]],
    },
    KnownEvent {
        name: "project_user_removed",
        title: "User removed from Project",
        since: "12.1.0",
        alias_of: None,
        superseded_by: Some("user_removed"),
        company_id_paths: &[&["payload", "companyId"]],
        project_id_paths: &[&["payload", "projectId"]],
    },
];

// A separate table, so that a module that needs no example carries none.
pub(super) const EXAMPLES: &[(&str, &str)] = &[
    (
        "project_created",
        r#"{"eventName":"project_created","eventTimestamp":1767225600000,"payload":{"project":{"_id":"65f1c0ffee0123456789abcd","areNamespacesCreated":[{"envId":"DEV","namespace":"demo-development"}],"environments":[{"envId":"DEV","isProduction":false,"label":"Development"}],"isRepositoryCreated":true,"name":"Demo","projectId":"demo","repository":{"providerId":"git-main"},"tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"},"projectId":"65f1c0ffee0123456789abcd","sourceTemplateId":"65f1c0ffee0123456789ab00","tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"}}"#,
    ),
    (
        "service_created",
        r#"{"eventName":"service_created","eventTimestamp":1767225600000,"payload":{"projectId":"65f1c0ffee0123456789abcd","repositoryURL":"https://git.example.org/acme/demo-api","serviceName":"demo-api","templateId":"65f1c0ffee0123456789ab01","tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"}}"#,
    ),
    (
        "configuration_saved",
        r#"{"eventName":"configuration_saved","eventTimestamp":1767225600000,"payload":{"author":{"id":"user-42","name":"Ada Example"},"previousChangesId":"1b7d440","projectId":"65f1c0ffee0123456789abcd","revisionName":"main","savedChangesId":"9f2c1e7","tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"}}"#,
    ),
    (
        "tag_created",
        r#"{"eventName":"tag_created","eventTimestamp":1767225600000,"payload":{"message":"cut 1.2.0","project":{"_id":"65f1c0ffee0123456789abcd","environments":[{"envId":"DEV","isProduction":false,"label":"Development"}],"name":"Demo","projectId":"demo","repository":{"providerId":"git-main"},"tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"},"projectId":"65f1c0ffee0123456789abcd","ref":"9f2c1e7","releaseDescription":"notes","tagName":"v1.2.0","tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"}}"#,
    ),
    (
        "tag_deleted",
        r#"{"eventName":"tag_deleted","eventTimestamp":1767225600000,"payload":{"project":{"_id":"65f1c0ffee0123456789abcd","environments":[{"envId":"DEV","isProduction":false,"label":"Development"}],"name":"Demo","projectId":"demo","repository":{"providerId":"git-main"},"tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"},"projectId":"65f1c0ffee0123456789abcd","tagName":"v1.2.0","tenantId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"}}"#,
    ),
    (
        "user_added",
        r#"{"eventName":"user_added","eventTimestamp":1767225600000,"payload":{"email":"ada@example.org","groupId":"grp-7","resource":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","environmentId":"DEV","projectId":"65f1c0ffee0123456789abcd"},"roleId":"guest","userId":"user-42"}}"#,
    ),
    (
        "user_edited",
        r#"{"eventName":"user_edited","eventTimestamp":1767225600000,"payload":{"email":"ada@example.org","groupId":"grp-7","resource":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","environmentId":"DEV","projectId":"65f1c0ffee0123456789abcd"},"roleId":"guest","userId":"user-42"}}"#,
    ),
    (
        "user_removed",
        r#"{"eventName":"user_removed","eventTimestamp":1767225600000,"payload":{"email":"ada@example.org","groupId":"grp-7","resource":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","environmentId":"DEV","projectId":"65f1c0ffee0123456789abcd"},"userId":"user-42"}}"#,
    ),
    (
        "company_user_added",
        r#"{"eventName":"company_user_added","eventTimestamp":1767225600000,"payload":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","email":"ada@example.org","groupId":"grp-7","roleId":"guest","userId":"user-42"}}"#,
    ),
    (
        "company_user_edited",
        r#"{"eventName":"company_user_edited","eventTimestamp":1767225600000,"payload":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","email":"ada@example.org","groupId":"grp-7","roleId":"guest","userId":"user-42"}}"#,
    ),
    (
        "company_user_removed",
        r#"{"eventName":"company_user_removed","eventTimestamp":1767225600000,"payload":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","email":"ada@example.org","groupId":"grp-7","userId":"user-42"}}"#,
    ),
    (
        "project_user_added",
        r#"{"eventName":"project_user_added","eventTimestamp":1767225600000,"payload":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","email":"ada@example.org","groupId":"grp-7","projectId":"65f1c0ffee0123456789abcd","roleId":"guest","userId":"user-42"}}"#,
    ),
    (
        "project_user_removed",
        r#"{"eventName":"project_user_removed","eventTimestamp":1767225600000,"payload":{"companyId":"7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36","email":"ada@example.org","groupId":"grp-7","projectId":"65f1c0ffee0123456789abcd","userId":"user-42"}}"#,
    ),
];
