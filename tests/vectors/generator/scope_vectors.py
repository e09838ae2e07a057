"""`scope.json`: which subscriptions match an event."""

from __future__ import annotations

import copy
from typing import Any, Iterator, Optional, Union

from .payloads import EXAMPLES, example
from .suite import Suite

NAMES = [event["eventName"] for event in EXAMPLES]
ALIASES = {
    "company_user_added": "user_added",
    "company_user_edited": "user_edited",
    "company_user_removed": "user_removed",
}
COMPANY_PLACES = ["tenantId", "resource.companyId", "companyId", "project.tenantId"]
PROJECT_PLACES = ["projectId", "project.projectId", "project._id", "resource.projectId"]

COMPANY = "7b9f6a52-3c1d-4e0a-9b57-0d2c4f8e1a36"
PROJECT = "65f1c0ffee0123456789abcd"
OTHER_COMPANY = "e8d3b1a0-0000-4000-8000-5c2f7a9d6e41"
OTHER_PROJECT = "65f1c0ffee0123456789abce"

Names = Union[str, "list[str]"]


def outcome(subscription: dict[str, Any], event: dict[str, Any]) -> str:
    names = subscription["eventName"]
    names = [names] if isinstance(names, str) else names
    if newer(event["eventName"]) not in map(newer, names):
        return "event_name_differs"
    for field, kind, places in [
        ("tenantId", "company", COMPANY_PLACES),
        ("projectId", "project", PROJECT_PLACES),
    ]:
        ids = list(texts_at(places, event["payload"]))
        if field in subscription and subscription[field] not in ids:
            return f"{kind}_differs" if ids else f"{kind}_absent"
    return "matches"


def newer(name: str) -> str:
    return ALIASES.get(name, name)


def texts_at(places: list[str], payload: dict[str, Any]) -> Iterator[str]:
    for place in places:
        value: Any = payload
        for key in place.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield value


def nested(place: str, value: Any) -> dict[str, Any]:
    for key in reversed(place.split(".")):
        value = {key: value}
    return value


def event_of(payload: Any, name: str = "tag_created") -> dict[str, Any]:
    return {"eventName": name, "eventTimestamp": 1767225600000, "payload": payload}


class AddScope:
    def __init__(self, suite: Suite) -> None:
        self.suite = suite

    def __call__(
        self,
        id: str,
        flag: str,
        event: dict[str, Any],
        expected: str,
        names: Optional[Names] = None,
        company: Optional[str] = None,
        project: Optional[str] = None,
    ) -> None:
        subscription: dict[str, Any] = {"tenantId": company, "projectId": project}
        subscription = {name: id for name, id in subscription.items() if id is not None}
        subscription["eventName"] = event["eventName"] if names is None else names
        found = outcome(subscription, event)
        assert found == expected, f"{id} is {found}"
        self.suite.add(id, flag, subscription=subscription, event=event, expected=expected)


def scope_suite() -> Suite:
    suite = Suite(
        "scope.json",
        {
            "catalogue": "An event that the Console sends is not matched by the subscriptions that should, or by others.",
            "name": "Names are compared without regard to case, form or white space, or by a part of them.",
            "name_list": "Only one name of a list is compared, or a list of one is compared as a text.",
            "alias": "An event matches under one of its two names only.",
            "legacy": "A legacy name is taken for an alias of the current one.",
            "prototype_name": "Names are looked up in a plain object, where constructor and toString are found.",
            "company_place": "Not every place of the company id is looked at, or one that holds none is.",
            "project_place": "Not every place of the project id is looked at, or one that holds none is.",
            "any_place": "The first place that holds an id decides, so that another one cannot match.",
            "absent": "An event without an id matches a filter, or is told to differ.",
            "id_text": "Ids are compared without regard to case, form or white space, or by a part of them.",
            "id_type": "An id that is no text is converted, or throws.",
            "own_properties": "An id is found in the prototype of the payload, or a key such as __proto__ sets it.",
            "no_filter": "A missing filter matches only events without an id, or is read as the text undefined.",
            "precedence": "Two filters refuse an event, and another reason than the first is told.",
        },
        one_flag_each=True,
    )
    add = AddScope(suite)
    add_catalogue(add)
    add_names(add)
    add_places(add)
    add_ids(add)
    add_own_properties(add)
    add_precedence(add)
    return suite


def add_catalogue(add: AddScope) -> None:
    flag = "catalogue"
    for event in EXAMPLES:
        name = event["eventName"]
        has_project = name not in ALIASES
        other = next(other for other in NAMES if newer(other) != newer(name))
        add(f"matches_{name}", flag, event, "matches")
        add(f"matches_{name}_to_company", flag, event, "matches", company=COMPANY)
        expected = "matches" if has_project else "project_absent"
        add(
            f"{'matches' if has_project else 'keeps'}_{name}_for_project",
            flag,
            event,
            expected,
            project=PROJECT,
        )
        add(f"company_and_project_of_{name}", flag, event, expected, company=COMPANY, project=PROJECT)
        add(f"keeps_{name}_from_other_name", flag, event, "event_name_differs", names=other)
        add(f"keeps_{name}_from_other_company", flag, event, "company_differs", company=OTHER_COMPANY)
        expected = "project_differs" if has_project else "project_absent"
        add(f"keeps_{name}_from_other_project", flag, event, expected, project=OTHER_PROJECT)
        bare = event_of({}, name)
        add(f"keeps_bare_{name}_from_company", "absent", bare, "company_absent", company=COMPANY)
        add(f"keeps_bare_{name}_from_project", "absent", bare, "project_absent", project=PROJECT)
    for name in ["project_created", "tag_created", "tag_deleted"]:
        add(
            f"matches_{name}_to_readable_project",
            "project_place",
            example(name),
            "matches",
            project="demo",
        )


def add_names(add: AddScope) -> None:
    event = example("tag_created")
    for name, text in [
        ("upper_case", "TAG_CREATED"),
        ("leading_space", " tag_created"),
        ("final_line_break", "tag_created\n"),
        ("prefix", "tag"),
        ("longer_name", "tag_created_again"),
        ("camel_case", "tagCreated"),
        ("title", "Tag or Version Created"),
        ("joined_names", "tag_created,tag_deleted"),
        ("star", "*"),
        ("empty_name", ""),
        ("full_width", "\uff54\uff41\uff47_created"),
    ]:
        add(f"keeps_event_from_{name}", "name", event, "event_name_differs", names=text)
    add("matches_unknown_name", "name", event_of({}, "something_new"), "matches")
    add(
        "keeps_unknown_name_in_other_case",
        "name",
        event_of({}, "Something_New"),
        "event_name_differs",
        names="something_new",
    )
    add("matches_name_with_space", "name", event_of({}, " tag_created "), "matches")
    add(
        "keeps_name_with_space_from_name_without",
        "name",
        event_of({}, "tag_created "),
        "event_name_differs",
        names="tag_created",
    )
    add("keeps_nfd_from_nfc", "name", event_of({}, "cafe\u0301"), "event_name_differs", names="caf\xe9")

    flag = "name_list"
    add("matches_to_list_of_one", flag, event, "matches", names=["tag_created"])
    add(
        "matches_to_last_of_list",
        flag,
        event,
        "matches",
        names=["tag_deleted", "user_added", "tag_created"],
    )
    add("matches_to_first_of_list", flag, event, "matches", names=["tag_created", "tag_deleted"])
    add(
        "keeps_event_from_list_without_it",
        flag,
        event,
        "event_name_differs",
        names=["tag_deleted", "user_added"],
    )
    add("keeps_event_from_empty_list", flag, event, "event_name_differs", names=[])
    add("keeps_event_from_list_of_parts", flag, event, "event_name_differs", names=["tag", "_created"])
    add(
        "matches_to_list_that_names_it_twice", flag, event, "matches", names=["tag_created", "tag_created"]
    )

    flag = "alias"
    for older, current in ALIASES.items():
        add(f"matches_{older}_to_newer_name", flag, example(older), "matches", names=current)
        add(f"matches_{current}_to_older_name", flag, example(current), "matches", names=older)
    add(
        "matches_alias_in_list",
        flag,
        example("user_edited"),
        "matches",
        names=["tag_created", "company_user_edited"],
    )
    add(
        "matches_alias_with_filter",
        flag,
        example("company_user_added"),
        "matches",
        names="user_added",
        company=COMPANY,
    )
    add(
        "keeps_alias_of_other_event",
        flag,
        example("company_user_added"),
        "event_name_differs",
        names="user_edited",
    )
    add(
        "keeps_alias_of_other_alias",
        flag,
        example("company_user_added"),
        "event_name_differs",
        names="company_user_removed",
    )
    add(
        "keeps_alias_in_capitals",
        flag,
        example("user_added"),
        "event_name_differs",
        names="Company_user_added",
    )
    for verb in ["added", "removed"]:
        legacy = f"project_user_{verb}"
        for other in [f"user_{verb}", f"company_user_{verb}"]:
            add(f"keeps_{legacy}_from_{other}", "legacy", example(legacy), "event_name_differs", names=other)
            add(f"keeps_{other}_from_{legacy}", "legacy", example(other), "event_name_differs", names=legacy)
    edited = example("user_edited")
    add(
        "keeps_user_edited_from_project_user_edited",
        "legacy",
        edited,
        "event_name_differs",
        names="project_user_edited",
    )
    for name in ["constructor", "toString", "__proto__", "hasOwnProperty"]:
        id = name.strip("_").lower()
        add(f"matches_event_called_{id}", "prototype_name", event_of({}, name), "matches")
        add(
            f"keeps_event_called_{id}",
            "prototype_name",
            event_of({}, name),
            "event_name_differs",
            names="user_added",
        )
        add(f"keeps_event_from_{id}", "prototype_name", event, "event_name_differs", names=name)


def add_places(add: AddScope) -> None:
    for kind, places, id in [("company", COMPANY_PLACES, COMPANY), ("project", PROJECT_PLACES, PROJECT)]:
        flag = f"{kind}_place"
        filter: dict[str, Any] = {kind: id}
        for place in places:
            called = place.replace(".", "_").lower()
            add(f"finds_{kind}_at_{called}", flag, event_of(nested(place, id)), "matches", **filter)
            differs = event_of(nested(place, "other"))
            add(f"finds_other_{kind}_at_{called}", flag, differs, f"{kind}_differs", **filter)
        elsewhere = {
            "company": [
                ("company", id),
                ("companyID", id),
                ("tenant", {"tenantId": id}),
                ("resource", {"tenantId": id}),
                ("project", {"companyId": id}),
                ("project.tenantId", id),
            ],
            "project": [
                ("_id", id),
                ("projectID", id),
                ("resource", {"_id": id}),
                ("project", {"id": id}),
                ("project", id),
                ("project.projectId", id),
            ],
        }[kind]
        for key, value in elsewhere:
            inner = "_" + next(iter(value)).strip("_").lower() if isinstance(value, dict) else ""
            name = {"companyID": "companyid_in_capitals", "projectID": "projectid_in_capitals"}.get(key)
            called = name or key.replace(".", "_with_dot_").strip("_").lower() + inner
            add(f"looks_not_for_{kind}_at_{called}", flag, event_of({key: value}), f"{kind}_absent", **filter)
    event = event_of({})
    event["tenantId"] = COMPANY
    add("looks_not_for_company_beside_payload", "company_place", event, "company_absent", company=COMPANY)
    add(
        "looks_not_for_project_in_place_of_company",
        "company_place",
        event_of({"projectId": COMPANY}),
        "company_absent",
        company=COMPANY,
    )

    flag = "any_place"
    for kind, places, id in [("company", COMPANY_PLACES, COMPANY), ("project", PROJECT_PLACES, PROJECT)]:
        for right in places:
            payload: dict[str, Any] = {}
            for place in places:
                head, _, tail = place.partition(".")
                value = id if place == right else f"other at {place}"
                payload = (
                    {**payload, head: {**payload.get(head, {}), tail: value}}
                    if tail
                    else {**payload, head: value}
                )
            called = right.replace(".", "_").lower()
            filter = {kind: id}
            add(f"matches_{kind}_at_{called}_among_others", flag, event_of(payload), "matches", **filter)
        add(
            f"differs_when_no_place_holds_the_{kind}",
            flag,
            event_of(payload),
            f"{kind}_differs",
            **{kind: "none"},
        )
    beside = event_of({"tenantId": 5, "companyId": COMPANY, "resource": None, "project": "demo"})
    add("matches_beside_places_of_other_types", flag, beside, "matches", company=COMPANY)
    pieces = event_of({"tenantId": COMPANY[:18], "companyId": COMPANY[18:]})
    add("joins_no_places", flag, pieces, "company_differs", company=COMPANY)


def add_ids(add: AddScope) -> None:
    flag = "id_text"
    for name, held, filter in [
        ("upper_case", "acme", "ACME"),
        ("leading_space", "acme", " acme"),
        ("trailing_space_in_event", "acme ", "acme"),
        ("final_line_break", "acme", "acme\n"),
        ("prefix", "acme-1", "acme"),
        ("longer_filter", "acme", "acme-1"),
        ("uuid_without_dashes", COMPANY, COMPANY.replace("-", "")),
        ("nfd", "caf\xe9", "cafe\u0301"),
        ("number_with_leading_zero", "1", "01"),
    ]:
        add(
            f"company_differs_by_{name}",
            flag,
            event_of({"tenantId": held}),
            "company_differs",
            company=filter,
        )
    upper = event_of({"projectId": PROJECT.upper()})
    add("project_differs_by_case", flag, upper, "project_differs", project=PROJECT)
    add("matches_id_with_spaces", flag, event_of({"tenantId": " a b "}), "matches", company=" a b ")
    add(
        "matches_id_with_emoji", flag, event_of({"tenantId": "\U0001f680"}), "matches", company="\U0001f680"
    )
    add(
        "matches_placeholder_of_the_documentation",
        flag,
        event_of({"projectId": "0000000000000001"}),
        "matches",
        project="0000000000000001",
    )
    add("empty_id_in_event_differs", flag, event_of({"tenantId": ""}), "company_differs", company="acme")

    flag = "id_type"
    for name, value, filter in [
        ("number", 1, "1"),
        ("large_number", 1767225600000, "1767225600000"),
        ("null", None, "null"),
        ("true", True, "true"),
        ("list", ["acme"], "acme"),
        ("object", {"$oid": "acme"}, "acme"),
        ("object_as_text", {}, "[object Object]"),
    ]:
        add(
            f"company_that_is_{name}_is_absent",
            flag,
            event_of({"tenantId": value}),
            "company_absent",
            company=filter,
        )
        add(
            f"project_that_is_{name}_is_absent",
            flag,
            event_of({"projectId": value}),
            "project_absent",
            project=filter,
        )
    for name, payload in [
        ("null", {"resource": None, "project": None}),
        ("text", {"resource": "projectId", "project": "projectId"}),
        ("list", {"resource": [{"projectId": PROJECT}], "project": [{"_id": PROJECT}]}),
        ("number", {"resource": 0, "project": 1}),
    ]:
        add(f"looks_not_inside_{name}", flag, event_of(payload), "project_absent", project=PROJECT)

    flag = "no_filter"
    add("matches_bare_event_without_filter", flag, event_of({}), "matches")
    add(
        "missing_filter_is_not_undefined",
        flag,
        event_of({"tenantId": "undefined"}),
        "company_differs",
        company="acme",
    )
    add("absent_id_is_not_undefined", flag, event_of({}), "company_absent", company="undefined")
    add("absent_project_is_not_null", flag, event_of({}), "project_absent", project="null")
    payload = {"tenantId": OTHER_COMPANY, "projectId": PROJECT}
    add("project_filter_takes_any_company", flag, event_of(payload), "matches", project=PROJECT)


def add_own_properties(add: AddScope) -> None:
    flag = "own_properties"
    ids = {"tenantId": COMPANY, "projectId": PROJECT, "project": {"_id": PROJECT, "tenantId": COMPANY}}
    for key in ["__proto__", "constructor", "prototype"]:
        id = key.strip("_")
        hidden = event_of({key: ids})
        add(f"looks_not_for_company_inside_{id}", flag, hidden, "company_absent", company=COMPANY)
        add(f"looks_not_for_project_inside_{id}", flag, hidden, "project_absent", project=PROJECT)
    for place in ["resource", "project"]:
        hidden = event_of({place: {"__proto__": {"projectId": PROJECT}}})
        add(f"looks_not_inside_proto_of_{place}", flag, hidden, "project_absent", project=PROJECT)
    event = copy.deepcopy(example("tag_created"))
    event["payload"]["__proto__"] = {"tenantId": OTHER_COMPANY, "projectId": OTHER_PROJECT}
    add("matches_payload_with_proto", flag, event, "matches", company=COMPANY, project=PROJECT)
    add("keeps_payload_with_proto", flag, event, "company_differs", company=OTHER_COMPANY)
    native = "function Object() { [native code] }"
    add("constructor_is_no_id", flag, event_of({"resource": {}}), "company_absent", company=native)


def add_precedence(add: AddScope) -> None:
    flag = "precedence"
    event = example("tag_created")
    wrong: dict[str, Any] = {"company": OTHER_COMPANY, "project": OTHER_PROJECT}
    add("name_before_company_and_project", flag, event, "event_name_differs", names="tag_deleted", **wrong)
    add("name_before_absent_ids", flag, event_of({}), "event_name_differs", names="tag_deleted", **wrong)
    add("company_before_project", flag, event, "company_differs", **wrong)
    add("absent_company_before_absent_project", flag, event_of({}), "company_absent", **wrong)
    add("company_before_absent_project", flag, event_of({"tenantId": COMPANY}), "company_differs", **wrong)
    add("absent_company_before_project", flag, event_of({"projectId": PROJECT}), "company_absent", **wrong)
    add(
        "project_behind_right_company", flag, event, "project_differs", company=COMPANY, project=OTHER_PROJECT
    )
    only_company = event_of({"tenantId": COMPANY})
    add(
        "absent_project_behind_right_company",
        flag,
        only_company,
        "project_absent",
        company=COMPANY,
        project=PROJECT,
    )
