//! Builds the crate as people do with plain wasm-bindgen (docs/wasm.md), for
//! tests/plain/: into `target/plain/`, with a folder for each of wasm-bindgen's
//! targets.

use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::{run, wasm, workspace};

/// wasm-bindgen's name for a target, and the call that chooses it.
type Target = (&'static str, fn(&mut Bindgen) -> Result<&mut Bindgen>);

const TARGETS: [Target; 3] = [
    ("bundler", |bindgen| bindgen.bundler(true)),
    ("nodejs", |bindgen| bindgen.nodejs(true)),
    ("web", |bindgen| bindgen.web(true)),
];

pub fn build() -> Result<()> {
    wasm::ensure_target()?;
    let out = workspace().join("target/plain");
    let cargo = out.join("cargo");
    run(Command::new(env!("CARGO"))
        .current_dir(workspace())
        .args(["build", "--quiet", "--lib", "--locked", "--release", wasm::TARGET_FLAG])
        .arg("--features=wasm-bindgen")
        .arg("--target-dir")
        .arg(&cargo))?;
    for (name, choose) in TARGETS {
        let mut bindgen = Bindgen::new();
        choose(&mut bindgen)?
            .input_path(cargo.join("wasm32-unknown-unknown/release/mia_webhooks.wasm"))
            .typescript(true)
            .generate(out.join(name))
            .with_context(|| format!("wasm-bindgen could not bind for {name}"))?;
    }
    Ok(())
}
