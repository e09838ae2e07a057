//! Every command of the project: `cargo xtask --help` lists them.

mod crates;
mod generate;
mod glue;
mod mutants;
mod npm;
mod package;
mod plain;
mod release;
mod start;
mod test;
mod wasm;

use std::{
    path::Path,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result, bail};
use clap::Parser;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Build, run and test mia-webhooks")]
enum Verb {
    /// Run the receiver on workerd, with an origin and the tester's page
    Start(start::Options),
    /// Install what is missing, build, and run all tests or some parts
    Test(test::Options),
    /// Run the quick tests, without browsers and servers; for use before every commit
    Check,
    /// Format Rust, JavaScript and TypeScript
    Fmt,
    /// Build the wasm modules and pack target/npm/mia-webhooks.tgz
    Build {
        /// Build nothing if the package is newer than its sources
        #[arg(long)]
        if_changed: bool,
    },
    /// Build only wasm modules, into pkg/wasm
    Wasm {
        /// verify, replay, diagnose, subscription; all by default
        modules: Vec<String>,
    },
    /// Build the crate with plain wasm-bindgen, into target/plain
    #[command(hide = true)]
    Plain,
    /// Write the files that are generated from the tables in Rust
    Generate,
    /// Check that a release can be made; RELEASING.md says how to publish it
    Release(release::Options),
    /// Count the small changes to the code that the quick tests notice, and write docs/mutants.md
    Mutants(mutants::Options),
    /// Measure against other libraries, and write docs/performance.md
    Bench {
        /// Options of the benchmark; try --help
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Verb::parse() {
        Verb::Start(options) => start::start(&options),
        Verb::Test(options) => test::test(&options),
        Verb::Check => test::check(),
        Verb::Fmt => test::format(),
        Verb::Build { if_changed: true } => package::ensure_built(),
        Verb::Build { if_changed: false } => package::build(),
        Verb::Wasm { modules } => wasm::build_some(&modules),
        Verb::Plain => plain::build(),
        Verb::Generate => generate::write(),
        Verb::Release(options) => release::release(&options),
        Verb::Mutants(options) => mutants::mutants(&options),
        Verb::Bench { options } => bench(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn bench(options: &[String]) -> Result<()> {
    package::build()?;
    run(Command::new("node").current_dir(workspace()).arg("benches/run.js").args(options))
}

/// The checkout's top folder.
fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

/// Runs a command, and fails when it fails.
fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().display().to_string();
    let status = command.status().with_context(|| format!("{program} could not be started"))?;
    if !status.success() {
        bail!("{program} ended with {status}");
    }
    Ok(())
}
