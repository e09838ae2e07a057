//! Whether `deny.toml` allows every crate: its licence, and where it comes from.
//!
//! cargo-deny would be 211 crates to compile with link-time optimisation: four minutes of
//! a processor in every run from nothing. Its own reader of licences is one small crate,
//! and `cargo metadata` says the rest, in 0.3 seconds. The workflow of advisories runs
//! cargo-deny itself, with the same file.

use std::{collections::BTreeSet, fs, process::Command};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

use crate::workspace;

/// The workspaces, each with a lock file.
const MANIFESTS: [&str; 2] = ["Cargo.toml", "fuzz/Cargo.toml"];

/// The part of `deny.toml` that is checked here. A key that this does not know is an
/// error: it would be a rule that nobody keeps.
#[derive(Deserialize)]
struct Policy {
    licenses: Licenses,
    sources: Sources,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Licenses {
    allow: Vec<String>,
    exceptions: Vec<Exception>,
    private: Private,
    // For cargo-deny: here, what nothing needs is always a complaint.
    #[serde(rename = "unused-allowed-license")]
    _unused: String,
    #[serde(rename = "unused-license-exception")]
    _unused_exception: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    #[serde(rename = "crate")]
    name: String,
    allow: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Private {
    ignore: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Sources {
    unknown_registry: String,
    unknown_git: String,
    allow_registry: Vec<String>,
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    /// None for a crate of this repository.
    source: Option<String>,
    /// The registries that it may be published to; all if there is no list.
    publish: Option<Vec<String>>,
}

/// Fails with a sentence for each crate that `deny.toml` does not allow.
pub fn check() -> Result<()> {
    let policy = toml::from_str(&fs::read_to_string(workspace().join("deny.toml"))?)
        .context("deny.toml says what xtask/src/crates.rs does not know")?;
    let mut packages = Vec::new();
    for manifest in MANIFESTS {
        packages.extend(metadata(manifest)?);
    }
    let found = complaints(&policy, &packages)?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// Every crate that any feature on any platform brings.
fn metadata(manifest: &str) -> Result<Vec<Package>> {
    let output = Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["metadata", "--format-version=1", "--locked", "--all-features", "--manifest-path", manifest])
        .output()?;
    if !output.status.success() {
        bail!("cargo metadata of {manifest}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    Ok(metadata.packages)
}

fn complaints(policy: &Policy, packages: &[Package]) -> Result<Vec<String>> {
    let Policy { licenses, sources } = policy;
    ensure!(
        licenses.private.ignore && sources.unknown_registry == "deny" && sources.unknown_git == "deny",
        "deny.toml allows other sources than those it lists, or asks for licences of crates that are not published"
    );
    let mut found = Vec::new();
    let mut needed = BTreeSet::new();
    for package in packages {
        let Package { name, version, license, source, publish } = package;
        if let Some(source) = source
            && !sources.allow_registry.iter().any(|allowed| *source == format!("registry+{allowed}"))
        {
            found.push(format!("{name} {version} comes from {source}, which deny.toml does not allow"));
        }
        if publish.as_ref().is_some_and(Vec::is_empty) {
            continue;
        }
        let excepted = licenses.exceptions.iter().find(|exception| exception.name == *name);
        let allowed = |asked: &str| {
            let by_exception =
                excepted.is_some_and(|exception| exception.allow.iter().any(|one| one == asked));
            by_exception || licenses.allow.iter().any(|one| one == asked)
        };
        let is_allowed = license.as_deref().map(|license| {
            let expression = Expression::parse_mode(license, ParseMode::LAX)
                .with_context(|| format!("the licence of {name} {version} cannot be read"))?;
            Ok::<_, anyhow::Error>(expression.evaluate(|asked| {
                let asked = asked.to_string();
                needed.insert((excepted.map(|_| name.clone()), asked.clone()));
                allowed(&asked)
            }))
        });
        if !is_allowed.transpose()?.unwrap_or(false) {
            let license = license.as_deref().unwrap_or("no licence");
            found.push(format!("{name} {version} has {license}, which deny.toml does not allow"));
        }
    }
    for license in &licenses.allow {
        if !needed.iter().any(|(_, asked)| asked == license) {
            found.push(format!("deny.toml allows {license}, which nothing needs: remove it"));
        }
    }
    for Exception { name, allow } in &licenses.exceptions {
        for license in allow {
            if !needed.contains(&(Some(name.clone()), license.clone())) {
                found.push(format!(
                    "deny.toml allows {license} for {name}, which does not need it: remove it"
                ));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::{Metadata, Package, Policy, complaints};

    const POLICY: &str = r#"
        [licenses]
        allow = ["Apache-2.0", "MIT"]
        exceptions = [{ crate = "fuzzer", allow = ["NCSA"] }]
        unused-allowed-license = "allow"
        unused-license-exception = "allow"
        private.ignore = true
        [sources]
        unknown-registry = "deny"
        unknown-git = "deny"
        allow-registry = ["https://registry.example/index"]
    "#;

    fn package(name: &str, license: Option<&str>, source: Option<&str>) -> Package {
        Package {
            name: name.to_owned(),
            version: String::from("1.2.3"),
            license: license.map(str::to_owned),
            source: source.map(str::to_owned),
            publish: None,
        }
    }

    /// What is said about this crate beside others, which need everything that is allowed.
    fn said(one: Package) -> Vec<String> {
        let source = Some("registry+https://registry.example/index");
        let packages = [
            package("a", Some("Apache-2.0 AND MIT"), source),
            package("fuzzer", Some("MIT AND NCSA"), source),
            one,
        ];
        complaints(&toml::from_str(POLICY).unwrap(), &packages).unwrap()
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_named() {
        let source = Some("registry+https://registry.example/index");
        for license in ["MIT", "MIT/Apache-2.0", "GPL-3.0-only OR MIT", "(MIT OR Zlib) AND Apache-2.0"] {
            assert_eq!(said(package("b", Some(license), source)), [""; 0], "{license}");
        }
        for license in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "NCSA", "Apache-2.0 WITH LLVM-exception"] {
            let complaint = format!("b 1.2.3 has {license}, which deny.toml does not allow");
            assert_eq!(said(package("b", Some(license), source)), [complaint]);
        }
        assert_eq!(
            said(package("b", None, source)),
            ["b 1.2.3 has no licence, which deny.toml does not allow"]
        );
        assert_eq!(said(Package { publish: Some(Vec::new()), ..package("b", None, None) }), [""; 0]);
    }

    #[test]
    fn a_source_that_is_not_allowed_is_named() {
        for source in ["git+https://registry.example/index", "registry+https://registry.example/index2"] {
            let complaint = format!("b 1.2.3 comes from {source}, which deny.toml does not allow");
            assert_eq!(said(package("b", Some("MIT"), Some(source))), [complaint]);
        }
    }

    #[test]
    fn what_nothing_needs_is_named() {
        let policy: Policy = toml::from_str(POLICY).unwrap();
        assert_eq!(
            complaints(&policy, &[package("fuzzer", Some("MIT"), None)]).unwrap(),
            [
                "deny.toml allows Apache-2.0, which nothing needs: remove it",
                "deny.toml allows NCSA for fuzzer, which does not need it: remove it",
            ]
        );
    }

    #[test]
    fn a_rule_that_is_not_checked_is_an_error() {
        assert!(toml::from_str::<Policy>(&POLICY.replace("[sources]", "[sources]\nallow-git = []")).is_err());
        let lax =
            toml::from_str(&POLICY.replace("unknown-git = \"deny\"", "unknown-git = \"warn\"")).unwrap();
        assert!(complaints(&lax, &[]).is_err());
    }

    #[test]
    fn cargo_names_what_is_checked() {
        let text = r#"{ "packages": [{ "name": "a", "version": "1.0.0", "license": "MIT", "source": null, "publish": [] }] }"#;
        let metadata: Metadata = serde_json::from_str(text).unwrap();
        assert_eq!(metadata.packages[0].name, "a");
    }
}
