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

/// What goes into the package. If none of it is newer than the tarball, nothing is
/// built.
const INPUTS: &[&str] = &[
    "src",
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
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    "xtask/Cargo.toml",
    "xtask/src",
];

/// Builds everything and packs it as `target/npm/mia-webhooks.tgz`.
pub fn build() -> Result<()> {
    // A module that is no longer built must not be packed.
    let modules = workspace().join("pkg/wasm");
    if modules.exists() {
        fs::remove_dir_all(modules)?;
    }
    wasm::build_some(&[])?;
    for module in &wasm::MODULES {
        glue::take(module.name)?;
    }
    println!("· building the tester's page");
    run(Command::new("node").current_dir(workspace()).arg("www/build.js"))?;
    println!("· building the npm package");
    run(Command::new("node").current_dir(workspace()).arg("pkg/build.js"))?;
    pack()
}

/// Builds the package, unless the tarball is newer than all of its inputs.
pub fn ensure_built() -> Result<()> {
    let packed = fs::metadata(tarball()).and_then(|file| file.modified());
    if let Ok(packed) = packed
        && workspace().join("pkg/dist").is_dir()
        && INPUTS.iter().all(|input| newest(&workspace().join(input)).is_ok_and(|changed| changed <= packed))
    {
        return npm::ensure_installed();
    }
    build()
}

fn newest(path: &Path) -> Result<SystemTime> {
    if path.is_file() {
        return Ok(fs::metadata(path)?.modified()?);
    }
    let mut newest_so_far = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(path)? {
        newest_so_far = newest_so_far.max(newest(&entry?.path())?);
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
    println!("· packed {}", tarball.strip_prefix(workspace())?.display());
    Ok(())
}
