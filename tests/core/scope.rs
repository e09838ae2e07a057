//! Which events a subscription matches, against an outside oracle.

use mia_webhooks::{Event, Scope, ScopeMismatch, Secret, Verifier, events};
use serde_json::Value;

use crate::vectors::{read, text};

fn event(json: &Value) -> Event {
    let verifier = Verifier::new([Secret::new("it's a secret to everybody").unwrap()]).unwrap();
    let payload = json.to_string();
    let token = verifier.sign(payload.as_bytes()).to_string();
    Event::parse(&verifier.verify(payload.as_bytes(), Some(token.as_bytes())).unwrap()).unwrap()
}

#[test]
fn matches_what_the_vectors_expect() {
    for vector in read("scope.json") {
        let filter = &vector["subscription"];
        let id = |field: &str| filter[field].as_str().map(str::to_owned);
        let scope = Scope {
            tenant_id: id("tenantId"),
            project_id: id("projectId"),
            event_names: match &filter["eventName"] {
                Value::Array(names) => Some(names.iter().map(|name| text(name).to_owned()).collect()),
                Value::Null => None,
                name => Some(vec![text(name).to_owned()]),
            },
        };
        let answer = scope.matches(&event(&vector["event"])).map_or_else(ScopeMismatch::name, |()| "matches");
        assert_eq!(answer, text(&vector["expected"]), "{}", text(&vector["id"]));
    }
}

#[test]
fn every_example_of_the_catalogue_is_an_event_of_its_name() {
    for known in events::all() {
        let example: Value = serde_json::from_str(events::example(known.name).unwrap()).unwrap();
        assert_eq!(event(&example).name(), known.name);
        for path in known.company_id_paths.iter().chain(known.project_id_paths) {
            assert_eq!(path[0], "payload", "{}", known.name);
        }
        let newer = known.alias_of.or(known.superseded_by);
        assert!(newer.is_none_or(|newer| events::find(newer).is_some_and(|newer| newer.alias_of.is_none())));
    }
}

#[test]
fn a_scope_says_in_words_what_it_covers() {
    for (tenant_id, project_id, event_names, coverage, words) in [
        (
            None,
            None,
            None,
            "instance",
            "Every event in the whole Console instance, all companies and projects included.",
        ),
        (
            Some("acme"),
            None,
            Some(&["tag_created"][..]),
            "company",
            "tag_created in the company acme, all of its projects included.",
        ),
        (
            None,
            Some("shop"),
            Some(&["tag_created", "tag_deleted"]),
            "project",
            "tag_created, tag_deleted in the project shop.",
        ),
        (
            Some("acme"),
            Some("shop"),
            None,
            "project",
            "Every event in the project shop, if it belongs to the company acme.",
        ),
    ] {
        let scope = Scope {
            tenant_id: tenant_id.map(str::to_owned),
            project_id: project_id.map(str::to_owned),
            event_names: event_names.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        };
        assert_eq!((scope.coverage(), scope.to_string().as_str()), (coverage, words));
    }
}
