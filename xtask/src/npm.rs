//! npm, and the programs that it installs.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{run, workspace};

const OLDEST_NODE: u32 = 20;

/// A program of `node_modules/.bin`.
pub fn bin(name: &str) -> PathBuf {
    workspace().join("node_modules/.bin").join(name)
}

/// The workerd binary. The file in `.bin` can be a script: stopping that would leave
/// workerd running.
pub fn workerd() -> Result<PathBuf> {
    let output = Command::new("node")
        .current_dir(workspace())
        .args(["--print", "require('workerd').default"])
        .output()
        .context("Node was not found")?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

/// `npm` itself, in the workspace.
pub fn npm() -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(workspace());
    npm
}

/// Installs the packages in package-lock.json, unless they are installed already.
pub fn ensure_installed() -> Result<()> {
    check_node()?;
    let lock = fs::read(workspace().join("package-lock.json"))?;
    let stamp = workspace().join("node_modules/.installed-from");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("· installing npm packages from package-lock.json");
    run(npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
        .context("npm could not install the packages; is the registry reachable?")?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn check_node() -> Result<()> {
    let output = Command::new("node")
        .arg("--version")
        .output()
        .context("Node was not found: install Node 20 or newer (https://nodejs.org)")?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node {version} is too old: install Node {OLDEST_NODE} or newer (https://nodejs.org)"),
    }
}
