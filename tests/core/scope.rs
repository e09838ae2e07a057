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
