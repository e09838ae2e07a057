//! `cargo xtask release --dry-run`: checks everything about a release that can be
//! checked before it. The workflow publishes it: RELEASING.md.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{package, run, workspace};

#[derive(clap::Args)]
pub struct Options {
    /// Check everything and publish nothing
    #[arg(long)]
    dry_run: bool,
    /// The tag to release: `v` and the version, nothing else
    #[arg(long, value_name = "TAG")]
    tag: Option<String>,
}

/// A file that names the version, and the entry that does so.
struct Place {
    file: &'static str,
    entry: Entry,
}

enum Entry {
    /// A JSON pointer into a JSON or TOML file.
    At(&'static str),
    /// The entry of this package in a Cargo.lock.
    Locked(&'static str),
}

/// If they differ, the first one is right.
const PLACES: [Place; 9] = [
    Place { file: "Cargo.toml", entry: Entry::At("/package/version") },
    Place { file: "Cargo.lock", entry: Entry::Locked("mia-webhooks") },
    // The tarball is named after it.
    Place { file: "xtask/Cargo.toml", entry: Entry::At("/package/version") },
    Place { file: "fuzz/Cargo.lock", entry: Entry::Locked("mia-webhooks") },
    Place { file: "pkg/package.json", entry: Entry::At("/version") },
    Place { file: "edge/cloudflare/package.json", entry: Entry::At("/dependencies/mia-webhooks") },
    Place { file: "package-lock.json", entry: Entry::At("/packages/pkg/version") },
    Place {
        file: "package-lock.json",
        entry: Entry::At("/packages/edge~1cloudflare/dependencies/mia-webhooks"),
    },
    Place {
        file: "examples/docusaurus/package-lock.json",
        entry: Entry::At("/packages/node_modules~1mia-webhooks/version"),
    },
];

/// The test of the npm package's contents.
const NPM_CONTENTS: &str = "tests/package/tarball.test.js";

/// The test of the crate's contents.
const CRATE_CONTENTS: &str = "the_published_crate_holds_its_sources_and_three_documents";

pub fn release(options: &Options) -> Result<()> {
    if !options.dry_run {
        bail!(
            "this command does not publish: push a tag, and a workflow publishes it. \
             RELEASING.md says how; `cargo xtask release --dry-run` checks beforehand"
        );
    }
    let mut problems = Vec::new();

    println!("· comparing the versions");
    let found = versions()?;
    let version = found[0].1.clone().context("Cargo.toml has no version")?;
    problems.extend(disagreements(&version, &found));

    if let Some(tag) = &options.tag
        && *tag != format!("v{version}")
    {
        problems
            .push(format!("the tag is {tag}, but the version is {version}: tag the commit as v{version}"));
    }

    println!("· reading the changelog");
    if !is_in_changelog(&fs::read_to_string(workspace().join("CHANGELOG.md"))?, &version) {
        problems
            .push(format!("CHANGELOG.md says nothing about {version}: add a section `## {version}` to it"));
    }

    let changed = output(Command::new("git").current_dir(workspace()).args(["status", "--porcelain"]))?;
    if !changed.is_empty() {
        println!("warning: these changes are not committed, so they will not be released:\n{changed}");
    }

    // With a wrong version, the tarball would not get its name.
    for (file, pointer) in [("Cargo.toml", "/package/repository"), ("pkg/package.json", "/repository")] {
        let place = Place { file, entry: Entry::At(pointer) };
        if version_in(&place, &fs::read_to_string(workspace().join(file))?)?.is_none() {
            println!(
                "warning: {file} names no repository, and without it npm refuses the provenance: RELEASING.md"
            );
        }
    }
    stop_at(&problems, &version)?;

    println!("· building the crate as it would be published");
    // The warning above covers uncommitted changes.
    run(&mut cargo(&[
        "package",
        "--package=mia-webhooks",
        "--offline",
        "--allow-dirty",
        "--quiet",
        "--locked",
    ]))?;
    println!("· comparing the contents of the crate");
    if run(&mut cargo(&["test", "--quiet", "--test=core-tests", CRATE_CONTENTS])).is_err() {
        problems.push(
            "the crate is not what tests/core/house.rs expects: correct `include` in Cargo.toml".into(),
        );
    }
    package::build()?;
    println!("· comparing the contents of the npm package");
    if run(Command::new("node").current_dir(workspace()).args([
        "--test",
        "--test-reporter=dot",
        NPM_CONTENTS,
    ]))
    .is_err()
    {
        problems.push(format!("the npm package is not what {NPM_CONTENTS} expects: see its output above"));
    }

    stop_at(&problems, &version)?;
    println!("· {version} can be released");
    Ok(())
}

/// Prints every problem, and fails if there is one.
fn stop_at(problems: &[String], version: &str) -> Result<()> {
    for problem in problems {
        println!("FAILED: {problem}");
    }
    if !problems.is_empty() {
        bail!("{version} cannot be released yet");
    }
    Ok(())
}

/// The version in each place.
fn versions() -> Result<Vec<(&'static str, Option<String>)>> {
    PLACES
        .iter()
        .map(|place| {
            let text = fs::read_to_string(workspace().join(place.file))
                .with_context(|| format!("{} is missing", place.file))?;
            let version = version_in(place, &text).with_context(|| format!("{} is broken", place.file))?;
            Ok((place.file, version))
        })
        .collect()
}

fn version_in(Place { file, entry }: &Place, text: &str) -> Result<Option<String>> {
    let content: Value =
        if file.ends_with(".json") { serde_json::from_str(text)? } else { toml::from_str(text)? };
    let version = match entry {
        Entry::At(pointer) => content.pointer(pointer),
        Entry::Locked(name) => content["package"]
            .as_array()
            .and_then(|packages| packages.iter().find(|package| package["name"] == *name))
            .map(|package| &package["version"]),
    };
    Ok(version.and_then(Value::as_str).map(str::to_owned))
}

/// A sentence for each place with another version.
fn disagreements(version: &str, found: &[(&str, Option<String>)]) -> Vec<String> {
    found
        .iter()
        .filter(|(_, other)| other.as_deref() != Some(version))
        .map(|(file, other)| {
            let other = other.as_deref().unwrap_or("no version");
            format!("{file} has {other}, but Cargo.toml has {version}: correct {file}")
        })
        .collect()
}

/// Whether the changelog has a section for this version that is not empty.
fn is_in_changelog(changelog: &str, version: &str) -> bool {
    changelog
        .lines()
        .skip_while(|line| {
            // "## 1.2.3", perhaps with a date after it
            line.strip_prefix("## ").and_then(|title| title.split_whitespace().next()) != Some(version)
        })
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .any(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace()).args(arguments);
    cargo
}

fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().display().to_string();
    let output = command.output().with_context(|| format!("{program} could not be started"))?;
    if !output.status.success() {
        bail!("{program} ended with {}: {}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_says_a_version() {
        for (file, version) in versions().unwrap() {
            assert!(version.is_some(), "{file}");
        }
    }

    #[test]
    fn a_version_is_found_in_json_toml_and_a_lock() {
        let says = |file, entry, text| version_in(&Place { file, entry }, text).unwrap();
        let json = r#"{ "packages": { "edge/a": { "version": "1.2.3" } } }"#;
        assert_eq!(says("a.json", Entry::At("/packages/edge~1a/version"), json).as_deref(), Some("1.2.3"));
        let toml = "[package]\nversion = \"1.2.3\"\n";
        assert_eq!(says("a.toml", Entry::At("/package/version"), toml).as_deref(), Some("1.2.3"));
        let lock = "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n[[package]]\nname = \"b\"\nversion = \"1.2.3\"\n";
        assert_eq!(says("a.lock", Entry::Locked("b"), lock).as_deref(), Some("1.2.3"));
        assert_eq!(says("a.lock", Entry::Locked("c"), lock), None);
        assert_eq!(says("a.json", Entry::At("/version"), "{}"), None);
        assert!(version_in(&Place { file: "a.json", entry: Entry::At("/version") }, "{").is_err());
    }

    #[test]
    fn a_place_that_differs_is_named() {
        let found = [("a", Some("1.2.3".to_owned())), ("b", Some("1.2.4".to_owned())), ("c", None)];
        let said = disagreements("1.2.3", &found);
        assert_eq!(
            said,
            [
                "b has 1.2.4, but Cargo.toml has 1.2.3: correct b",
                "c has no version, but Cargo.toml has 1.2.3: correct c",
            ]
        );
    }

    #[test]
    fn the_changelog_has_a_section_with_content() {
        let changelog =
            "# Changelog\n\n## 1.2.3 (2026-01-02)\n\n- One.\n\n## 1.2.2\n\n### Mended\n\n## 1.2.1\n- x\n";
        assert!(is_in_changelog(changelog, "1.2.3"));
        assert!(is_in_changelog(changelog, "1.2.1"));
        assert!(!is_in_changelog(changelog, "1.2.2"), "a section without a line");
        assert!(!is_in_changelog(changelog, "1.2"), "the start of another version");
        assert!(!is_in_changelog(changelog, "2.0.0"));
        assert!(!is_in_changelog("", "1.2.3"));
    }
}
