"""The part of `subscription.json` about the names of events."""

from __future__ import annotations

from typing import Any

from .subscription_case import AddCase, record
from .subscription_rules import LEGACY, MAX_NAMES


def add_names(add: AddCase) -> None:
    add_lists_and_other_names(add)
    add_spellings(add)
    add_unknown_names(add)


def add_lists_and_other_names(add: AddCase) -> None:
    def judged(id: str, flag: str, names: Any, *expected: str, **options: Any) -> None:
        add(id, flag, record(eventName=names), *expected, **options)

    flag = "event_name_blank"
    judged("rejects_empty_list_of_names", flag, [], "/eventName event_name_blank")
    judged("rejects_empty_name", flag, "", "/eventName event_name_blank")
    judged("rejects_blank_name", flag, " \n", "/eventName event_name_blank")
    judged("rejects_list_of_an_empty_name", flag, [""], "/eventName/0 event_name_blank")
    judged("rejects_blank_name_in_list", flag, ["tag_created", "\u3000"], "/eventName/1 event_name_blank")

    flag = "event_name_joined"
    for name, text in [
        ("comma", "project_created,service_created"),
        ("comma_and_space", "project_created, service_created"),
        ("semicolon", "project_created;service_created"),
        ("space", "project_created service_created"),
        ("line_break", "project_created\nservice_created"),
        ("comma_and_unknown_name", "something,project_created"),
        ("trailing_comma", "project_created,tag_created,"),
        ("alias", "company_user_added,user_edited"),
    ]:
        judged(f"warns_of_names_joined_by_{name}", flag, text, f"/eventName {flag}")
    judged(
        "warns_of_joined_names_in_list",
        flag,
        ["tag_deleted", "tag_created,tag_deleted"],
        f"/eventName/1 {flag}",
    )
    judged("accepts_unknown_names_joined", flag, "something,else", "/eventName event_name_unknown")
    judged(
        "accepts_one_name_and_comma",
        flag,
        "project_created,",
        "/eventName value_punctuated project_created",
        note="One part is no list.",
    )

    flag = "event_name_alias"
    for verb in ("added", "edited", "removed"):
        judged(
            f"warns_of_company_user_{verb}", flag, f"company_user_{verb}", f"/eventName {flag} user_{verb}"
        )
    judged(
        "warns_of_alias_beside_its_event",
        flag,
        ["user_added", "company_user_added"],
        f"/eventName/1 {flag} user_added",
        note="Two names of one event are not the same text.",
    )
    flag = "event_name_legacy"
    for name, current in LEGACY.items():
        judged(f"warns_of_{name}", flag, name, f"/eventName {flag} {current}")
    judged("warns_of_legacy_name_in_list", flag, ["project_user_added"], f"/eventName/0 {flag} user_added")

    flag = "event_name_duplicate"
    judged("warns_of_name_listed_twice", flag, ["tag_created", "tag_created"], f"/eventName/1 {flag}")
    judged(
        "warns_of_name_listed_three_times",
        flag,
        ["tag_created", "tag_deleted", "tag_created", "tag_created"],
        f"/eventName/2 {flag}",
        f"/eventName/3 {flag}",
    )
    judged(
        "warns_of_unknown_name_listed_twice",
        flag,
        ["something", "something"],
        "/eventName/0 event_name_unknown",
        "/eventName/1 event_name_unknown",
        f"/eventName/1 {flag}",
    )
    judged(
        "accepts_names_that_differ_in_case",
        flag,
        ["tag_created", "TAG_CREATED"],
        "/eventName/1 event_name_misspelled tag_created",
    )
    judged(
        "accepts_duplicates_of_no_text",
        flag,
        [1, 1],
        "/eventName/0 field_type",
        "/eventName/1 field_type",
    )

    flag = "too_large"
    names = [f"e{number}" for number in range(MAX_NAMES + 1)]
    unknown = (f"/eventName/{index} event_name_unknown" for index in range(MAX_NAMES))
    judged("accepts_100_names", flag, names[:MAX_NAMES], *unknown)
    judged("rejects_101_names", flag, names, "/eventName too_large")


def add_spellings(add: AddCase) -> None:
    flag = "event_name_misspelled"
    for name, text, meant in [
        ("in_camel_case", "projectCreated", "project_created"),
        ("in_upper_case", "PROJECT_CREATED", "project_created"),
        ("with_dash", "project-created", "project_created"),
        ("with_dot", "project.created", "project_created"),
        ("with_space", "project created", "project_created"),
        ("without_underscore", "projectcreated", "project_created"),
        ("with_leading_space", " project_created", "project_created"),
        ("with_trailing_space", "project_created ", "project_created"),
        ("with_final_line_break", "project_created\n", "project_created"),
        ("as_title_of_project", "Project Created", "project_created"),
        ("as_title_of_service", "Service Created", "service_created"),
        ("as_title_of_configuration", "Configuration Saved", "configuration_saved"),
        ("as_title_of_tag", "Tag or Version Created", "tag_created"),
        ("as_title_of_tag_in_lower_case", "tag or version created", "tag_created"),
        ("as_title_of_deleted_version", "Version Deleted", "tag_deleted"),
        ("as_title_with_underscores", "version_deleted", "tag_deleted"),
        ("as_title_of_user", "User added", "user_added"),
        ("as_title_of_user_in_company", "User added to Company", "user_added"),
        ("as_title_of_role_in_company", "User Company role edited", "user_edited"),
        ("as_title_of_user_in_project", "User removed from Project", "user_removed"),
        ("as_alias_in_camel_case", "companyUserAdded", "company_user_added"),
        ("as_legacy_name_in_camel_case", "projectUserRemoved", "project_user_removed"),
    ]:
        add(f"warns_of_name_{name}", flag, record(eventName=text), f"/eventName {flag} {meant}")


def add_unknown_names(add: AddCase) -> None:
    flag = "event_name_unknown"
    for text, meant in [
        ("project_create", "project_created"),
        ("porject_created", "project_created"),
        ("service_creatd", "service_created"),
        ("config_saved", None),
        ("configuration_save", "configuration_saved"),
        ("tag_updated", None),
        ("users_added", "user_added"),
        ("user_moved", None),
        ("company_users_edited", "company_user_edited"),
        ("environment_deployed", None),
        ("deploy", None),
        ("x", None),
        ("constructor", None),
        ("__proto__", None),
        ("toString", None),
    ]:
        suggestion = f" {meant}" if meant else ""
        id = f"warns_of_unknown_name_{text.strip('_').lower()}"
        add(id, flag, record(eventName=text), f"/eventName {flag}{suggestion}")
    add("warns_of_name_of_1000_letters", flag, record(eventName="tag_created" * 100), f"/eventName {flag}")
    add(
        "warns_of_name_in_other_script",
        flag,
        record(eventName="\u9879\u76ee\u5df2\u521b\u5efa"),
        f"/eventName {flag}",
    )
