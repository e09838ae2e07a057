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
    known.extend(variables("pkg/src/hosts/cloudflare/worker.ts"));
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
    let mut documents: Vec<_> = fs::read_dir(top.join("docs"))
        .unwrap()
        .chain(fs::read_dir(top.join("docs/decisions")).unwrap())
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
            let path = target.split('#').next().unwrap_or_default();
            if path.is_empty() || path.starts_with("https:") || path.contains(' ') {
                continue;
            }
            let is_there = document.parent().unwrap().join(path).exists();
            assert!(is_there, "{} links to {target}, which is not there", document.display());
        }
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
