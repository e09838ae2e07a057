//! A table stands once, in Rust or in data: everything else is generated from it.

use std::{fs, path::Path};

use mia_webhooks::{
    COMPANY_ID_PATHS, Code, EVENT_ID_HEADER, EVENT_LATEST_HEADER, EventProblem, PROJECT_ID_PATHS,
    ScopeMismatch, TOKEN_HEADERS,
    diagnose::{Blame, Deviation, Hint},
    events,
    subscription::{ADDRESS_BLOCKS, FIELDS, HOST_NAMES, IssueCode, SECRET_PLACEHOLDERS},
};

/// Each table by the file to mend, and its names.
fn tables() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("src/error.rs", Code::ALL.iter().map(|code| code.name()).collect()),
        ("src/event.rs", EventProblem::ALL.iter().map(|problem| problem.name()).collect()),
        ("src/scope.rs", ScopeMismatch::ALL.iter().map(|reason| reason.name()).collect()),
        ("src/diagnose/deviation.rs", Deviation::ALL.iter().map(|deviation| deviation.name()).collect()),
        ("src/diagnose/deviation.rs", Blame::ALL.iter().map(|blame| blame.name()).collect()),
        ("src/diagnose/hint.rs", Hint::ALL.iter().map(|hint| hint.name()).collect()),
        ("src/subscription/issue.rs", IssueCode::ALL.iter().map(|code| code.name()).collect()),
        ("src/subscription/special_hosts.rs", ADDRESS_BLOCKS.iter().map(|row| row.hosts).collect()),
        ("src/subscription/special_hosts.rs", HOST_NAMES.iter().map(|row| row.hosts).collect()),
        ("src/subscription/fields.rs", FIELDS.iter().map(|field| field.name).collect()),
        ("src/subscription/strength.rs", SECRET_PLACEHOLDERS.to_vec()),
        ("src/events/catalogue.json", events::all().iter().map(|event| event.name).collect()),
        (
            "src/header.rs",
            TOKEN_HEADERS.iter().copied().chain([EVENT_ID_HEADER, EVENT_LATEST_HEADER]).collect(),
        ),
        ("src/events/mod.rs", [COMPANY_ID_PATHS, PROJECT_ID_PATHS].concat().concat()),
    ]
}

fn files_below(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !["generated", "dist", "wasm", "node_modules"].contains(&name) {
                files_below(&path, found);
            }
        } else if [".ts", ".js", ".rs"].iter().any(|ending| name.ends_with(ending)) {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Whether a text lists most of a table's names: quoted, and close together.
fn copies(text: &str, names: &[&str]) -> bool {
    let mut distinct = names.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let mut places = Vec::new();
    for name in &distinct {
        for quote in ['"', '\'', '`'] {
            let quoted = format!("{quote}{name}{quote}");
            places.extend(text.match_indices(&quoted).map(|(place, _)| (place, *name)));
        }
    }
    places.sort_unstable();
    // A row may hold a sentence or two beside its name.
    let longest = if distinct.len() > 8 { 400 * distinct.len() } else { 20 * distinct.len() };
    (0..places.len()).any(|first| {
        let mut near: Vec<_> = places[first..]
            .iter()
            .take_while(|(place, _)| place - places[first].0 < longest)
            .map(|(_, name)| name)
            .collect();
        near.sort_unstable();
        near.dedup();
        near.len() >= 3 && near.len() * 5 > distinct.len() * 3
    })
}

#[test]
fn no_file_holds_a_second_copy_of_a_table() {
    let mut files = Vec::new();
    for folder in ["pkg", "www", "edge"] {
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut files);
    }
    assert!(files.len() > 60, "{} files were found", files.len());
    for (table, names) in tables() {
        for (path, text) in &files {
            // The same rules in TypeScript, held to those in Rust by vectors: each
            // reason is an answer there. And words in two languages, and the stations of a
            // picture and its fields, which share the names of those to blame.
            let is_other = ["subscription/scope.ts", "/texts.ts"].iter().any(|end| path.ends_with(end));
            if is_other || path.contains("www/verify/") {
                continue;
            }
            assert!(
                !copies(text, &names),
                "{path} holds a copy of the table in {table}: generate it from there"
            );
        }
    }
}

#[test]
fn a_copy_is_found() {
    let names = ["payload", "secret", "construction", "token"];
    assert!(copies(r#"type Blame = "payload" | "secret" | "construction" | "token";"#, &names));
    assert!(copies("['payload', 'secret', 'construction']", &names));
    assert!(!copies(r#"one === "payload" || one === "secret""#, &names));
}
