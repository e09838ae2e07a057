//! The one command: `cargo xtask --help` lists its verbs.

mod generate;
mod npm;
mod package;
mod page;
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
    /// Run the receiver on workerd, with the page beside it
    Start(start::Options),
    /// Install what is missing, build, and run every test
    Test,
    /// Build the wasm modules and pack target/npm/mia-webhooks.tgz
    Build,
    /// Write what is generated from the tables in Rust
    Generate,
    /// Measure against other libraries, and write docs/performance.md
    Bench {
        /// Passed on to the benchmark; try --help
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<String>,
    },
}

fn main() -> ExitCode {
    let done = match Verb::parse() {
        Verb::Start(options) => start::start(&options),
        Verb::Test => test::test(),
        Verb::Build => package::build(),
        Verb::Generate => generate::write(),
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
