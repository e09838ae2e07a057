//! The npm package: first the wasm modules, then the page and the package by their
//! own build scripts, then the tarball.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

use anyhow::{Context, Result};

use crate::{glue, npm, run, wasm, workspace};

/// What goes into the wasm modules.
const MODULE_INPUTS: &[&str] = &[
    "src",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "xtask/Cargo.toml",
    "xtask/src/glue.rs",
    "xtask/src/wasm.rs",
];

/// What else goes into the package. If none of it is newer than the tarball,
/// nothing is built.
const INPUTS: &[&str] = &[
    "pkg/src",
    "pkg/README.md",
    "pkg/build.js",
    "pkg/entry-points.js",
    "pkg/package.json",
    "pkg/subscription.schema.json",
    "pkg/tsconfig.json",
    "www",
    "CHANGELOG.md",
    "LICENSE",
];

/// Builds everything and packs it as `target/npm/mia-webhooks.tgz`.
pub fn build() -> Result<()> {
    build_modules()?;
    build_package()
}

/// The page and the package, when the modules are built.
pub fn build_package() -> Result<()> {
    println!("· building the tester's page");
    run(Command::new("node").current_dir(workspace()).arg("www/build.js"))?;
    println!("· building the npm package");
    run(Command::new("node").current_dir(workspace()).arg("pkg/build.js"))?;
    pack()
}

/// The wasm modules and their glue, which is what the sources of the package need.
pub fn build_modules() -> Result<()> {
    // A module that is no longer built must not be packed.
    let modules = workspace().join("pkg/wasm");
    if modules.exists() {
        fs::remove_dir_all(modules)?;
    }
    wasm::build_some(&[])?;
    wasm::MODULES.iter().try_for_each(|module| glue::take(module.name))
}

/// Builds the package, unless the tarball is newer than all of its inputs.
pub fn ensure_built() -> Result<()> {
    if is_built() { npm::ensure_installed() } else { build() }
}

/// Whether the tarball is newer than all of its inputs.
pub fn is_built() -> bool {
    is_newer(&tarball(), &[MODULE_INPUTS, INPUTS].concat()) && workspace().join("pkg/dist").is_dir()
}

/// Whether the wasm modules are newer than all of their inputs.
pub fn are_modules_built() -> bool {
    wasm::MODULES
        .iter()
        .all(|module| is_newer(&workspace().join(format!("pkg/wasm/{}.wasm", module.name)), MODULE_INPUTS))
}

fn is_newer(output: &Path, inputs: &[&str]) -> bool {
    let made = fs::metadata(output).and_then(|file| file.modified());
    made.is_ok_and(|made| {
        inputs.iter().all(|input| newest(&workspace().join(input)).is_ok_and(|changed| changed <= made))
    })
}

/// When a file, or anything in a folder, was last changed. The time of a folder itself
/// tells that something was deleted.
fn newest(path: &Path) -> Result<SystemTime> {
    let mut newest_so_far = fs::metadata(path)?.modified()?;
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            newest_so_far = newest_so_far.max(newest(&entry?.path())?);
        }
    }
    Ok(newest_so_far)
}

fn tarball() -> PathBuf {
    workspace().join("target/npm/mia-webhooks.tgz")
}

fn pack() -> Result<()> {
    for file in ["LICENSE", "CHANGELOG.md"] {
        fs::copy(workspace().join(file), workspace().join("pkg").join(file))
            .with_context(|| format!("{file} is missing"))?;
    }
    let tarball = tarball();
    let folder = tarball.parent().context("the tarball lies in a folder")?;
    fs::create_dir_all(folder)?;
    run(npm::npm()
        .args(["pack", "--silent", "--workspace=mia-webhooks", "--pack-destination"])
        .arg(folder)
        .stdout(Stdio::null()))?;
    let version = env!("CARGO_PKG_VERSION");
    fs::rename(folder.join(format!("mia-webhooks-{version}.tgz")), &tarball)?;
    // What tests/harness/installed.js keeps: the new tarball is to be installed anew.
    let kept = workspace().join("target/installed");
    if kept.exists() {
        fs::remove_dir_all(kept)?;
    }
    println!("· packed {}", tarball.strip_prefix(workspace())?.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::{
        fs::{File, FileTimes},
        time::Duration,
    };

    use super::*;

    #[test]
    fn a_source_that_was_changed_or_deleted_is_noticed() {
        let folder = workspace().join("target/test-of-newest");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("inner")).unwrap();
        let date = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        let stamp = |path: &Path, seconds| {
            File::open(path).unwrap().set_times(FileTimes::new().set_modified(date(seconds))).unwrap();
        };
        for file in ["a.rs", "inner/b.rs"] {
            fs::write(folder.join(file), "").unwrap();
            stamp(&folder.join(file), 1);
        }
        stamp(&folder.join("inner"), 1);
        stamp(&folder, 1);
        assert_eq!(newest(&folder).unwrap(), date(1));

        stamp(&folder.join("inner/b.rs"), 2);
        assert_eq!(newest(&folder).unwrap(), date(2), "a file that was changed");

        fs::remove_file(folder.join("inner/b.rs")).unwrap();
        assert!(newest(&folder).unwrap() > date(2), "a file that was deleted");
        assert!(newest(&folder.join("none")).is_err());
        fs::remove_dir_all(folder).unwrap();
    }
}
