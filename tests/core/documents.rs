//! Documents say what the code says, where both are lists.

use std::{fs, path::Path};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The variables of an interface: `readonly NAME?: string;`
fn variables(path: &str) -> Vec<String> {
    read(path)
        .lines()
        .filter_map(|line| line.trim().strip_prefix("readonly ")?.split(['?', ':']).next())
        .filter(|name| {
            name.len() > 3 && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_variable_of_the_worker_is_documented_and_no_other() {
    let mut known = variables("pkg/src/receiver/environment.ts");
    known.extend(variables("pkg/src/hosts/cloudflare/env.ts"));
    assert!(known.len() > 20, "{known:?}");
    let readme = read("edge/cloudflare/README.md");
    let documented: Vec<_> = readme
        .lines()
        .filter(|line| line.starts_with("| `"))
        .filter_map(|line| line.split('|').nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    for name in &known {
        assert!(documented.contains(&name.as_str()), "edge/cloudflare/README.md does not name {name}");
    }
    for name in documented {
        assert!(
            known.iter().any(|one| one == name),
            "edge/cloudflare/README.md names {name}, which nothing reads"
        );
    }
}

#[test]
fn the_readme_has_at_most_500_words() {
    let words = read("README.md").split_whitespace().count();
    assert!(words <= 500, "README.md has {words} words");
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents: Vec<_> = ["docs", "docs/decisions", "docs/hosts", "docs/stores"]
        .iter()
        .flat_map(|folder| fs::read_dir(top.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    for name in [
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "README.md",
        "RELEASING.md",
        "SECURITY.md",
        "edge/cloudflare/README.md",
        "examples/docusaurus/README.md",
        "fuzz/README.md",
        "tests/vectors/README.md",
    ] {
        documents.push(top.join(name));
    }
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for after in text.split("](").skip(1) {
            let Some((target, _)) = after.split_once(')') else { continue };
            let (path, place) = target.split_once('#').unwrap_or((target, ""));
            if path.starts_with("https:") || path.contains(' ') {
                continue;
            }
            let linked =
                if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(linked.exists(), "{} links to {target}, which is not there", document.display());
            let is_document = linked.extension().is_some_and(|ending| ending == "md");
            assert!(
                place.is_empty() || !is_document || places(&linked).contains(&place.to_owned()),
                "{} links to {target}, and there is no such heading",
                document.display()
            );
        }
    }
}

/// The anchors of a document's headings, as GitHub makes them.
fn places(document: &Path) -> Vec<String> {
    fs::read_to_string(document)
        .unwrap()
        .lines()
        .filter_map(|line| line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')))
        .map(|heading| {
            heading
                .to_lowercase()
                .chars()
                .filter(|letter| letter.is_alphanumeric() || [' ', '-', '_'].contains(letter))
                .map(|letter| if letter == ' ' { '-' } else { letter })
                .collect()
        })
        .collect()
}

/// The cells of a row of a table, without white space around them.
fn cells(row: &str) -> Vec<&str> {
    row.trim().trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn troubleshooting_has_every_code_of_a_receiver_once_and_with_its_status() {
    let text = read("docs/troubleshooting.md");
    let (_, table) = text.split_once("## By code").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| `")).map(cells).collect();
    for code in mia_webhooks::Code::ALL {
        let status = code.status().map_or_else(|| "the origin's".to_owned(), |status| status.to_string());
        let found: Vec<_> = rows.iter().filter(|row| row[0] == format!("`{}`", code.name())).collect();
        assert_eq!(found.len(), 1, "rows of {}", code.name());
        assert_eq!(found[0][1], status, "the status of {}", code.name());
        assert!(found[0].len() == 4 && found[0].iter().all(|cell| !cell.is_empty()), "{:?}", found[0]);
    }
    assert_eq!(rows.len(), mia_webhooks::Code::ALL.len(), "a code that there is not");
}

#[test]
fn troubleshooting_says_of_every_status_what_it_means_for_the_sender() {
    let text = read("docs/troubleshooting.md");
    let (_, table) = text.split_once("## By status").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let statuses: Vec<_> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .flat_map(|row| cells(row)[0].split(", "))
        .filter(|status| status.starts_with(|first: char| first.is_ascii_digit()))
        .collect();
    for status in mia_webhooks::Code::ALL.iter().filter_map(|code| code.status()) {
        let [exact, class] = [status.to_string(), format!("{}xx", status / 100)];
        let found = statuses.iter().filter(|one| **one == exact || **one == class).count();
        assert_eq!(found, 1, "{status}");
    }
}

#[test]
fn every_host_has_one_row_in_the_list_of_hosts_and_a_program_to_paste() {
    let list = read("docs/hosts/README.md");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/hosts");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name == "README.md" {
            continue;
        }
        let rows = list.lines().filter(|line| line.starts_with('|') && line.contains(&format!("]({name})")));
        assert_eq!(rows.count(), 1, "the rows of docs/hosts/README.md with {name}");
        let page = read(&format!("docs/hosts/{name}"));
        // tests/hosts takes it from there, runs it and counts its lines.
        assert!(page.contains("\n```"), "{name} has no program");
    }
}

#[test]
fn every_promise_of_security_names_tests_that_exist() {
    let security = read("SECURITY.md");
    let (_, promises) = security.split_once("## What this protects").unwrap();
    let (promises, _) = promises.split_once("\n## ").unwrap();
    for promise in promises.lines().filter(|line| line.starts_with("- ")) {
        let tests: Vec<_> =
            promise.split('`').skip(1).step_by(2).filter(|code| code.starts_with("tests/")).collect();
        assert!(!tests.is_empty(), "no test holds this: {promise}");
        for test in tests {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(test);
            assert!(path.exists(), "SECURITY.md names {test}, which does not exist");
        }
    }
}
