//! `cargo xtask test`: all tests, two parts at a time; and `cargo xtask check`: the
//! quick tests that need no browser and no server.

mod lanes;
mod tally;

use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Mutex,
    time::Instant,
};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use self::{
    lanes::Job,
    tally::{Tally, fresh_report},
};
use crate::{crates, generate, npm, package, run, wasm, workspace};

/// What can be tested by itself. "Quick" is seconds, once everything is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Quick: Rust, JavaScript and TypeScript are formatted
    Format,
    /// Clippy has no warnings, and `deny.toml` allows every crate
    Lints,
    /// Quick: the files that are generated from the tables in Rust are up to date
    Generated,
    /// The core and xtask, with the tests that take longer; `cargo test` is quick
    Rust,
    /// Quick: the vectors are what their outside oracle writes
    Vectors,
    /// Quick: the types in every script that is not built
    Types,
    /// Quick: the rules for the folders of tests
    Harness,
    /// Quick: the sources of the package, on Node alone and without a build
    Unit,
    /// The tarball, as people install it
    Package,
    /// The crate as plain wasm-bindgen builds it
    Plain,
    /// The Worker on workerd
    Receivers,
    /// The guard against replay, and what it survives
    Replay,
    /// The stores in Redis, Postgres and MongoDB, on real servers, and what they survive
    Stores,
    /// Hostile requests against receivers on workerd and on Node
    Hostile,
    /// Receivers on every host and framework, each run from its page
    Hosts,
    /// `cargo xtask start`
    Start,
    /// The tester's page and the element, in three browsers
    Tester,
    /// The same suite in every runtime
    Conformance,
    /// The commands of every README, in a fresh clone
    Readme,
    // What other parts need; its failure is a failed test.
    #[value(hide = true)]
    Packages,
    #[value(hide = true)]
    Modules,
    #[value(hide = true)]
    Build,
    #[value(hide = true)]
    Browsers,
    #[value(hide = true)]
    Servers,
}

#[derive(clap::Args)]
pub struct Options {
    /// The parts to test; all by default. Several run two at a time
    #[arg(value_name = "PART")]
    parts: Vec<Part>,
    /// Prepare nothing, and write what was counted to this file
    #[arg(long, hide = true)]
    report: Option<PathBuf>,
}

/// Every part, after what it needs. The quickest come first, while the package is
/// built; then those that take longest, so that no lane has a long one left at the end.
const IN_ORDER: [Part; 24] = [
    Part::Packages,
    Part::Generated,
    Part::Vectors,
    Part::Harness,
    Part::Modules,
    Part::Build,
    Part::Format,
    Part::Browsers,
    Part::Servers,
    Part::Lints,
    Part::Tester,
    Part::Readme,
    Part::Hosts,
    Part::Rust,
    Part::Conformance,
    Part::Replay,
    Part::Stores,
    Part::Package,
    Part::Plain,
    Part::Hostile,
    Part::Receivers,
    Part::Start,
    Part::Types,
    Part::Unit,
];

/// How many parts run at the same time.
const LANES: usize = 2;

/// The quick tests of the package that need no browser.
const QUICK_TESTS: [&str; 11] = [
    "package/certificates",
    "package/entry-points",
    "package/examples",
    "package/replay-wasm",
    "package/schema",
    "package/sizes",
    "package/supply-chain",
    "package/tarball",
    "package/types",
    "package/wasm",
    "tester/pasted-request",
];

/// Tests these parts, or all of them if none is named.
pub fn test(options: &Options) -> Result<()> {
    let started = Instant::now();
    let mut tally = Tally::default();
    if let Some(report) = &options.report {
        options.parts.iter().try_for_each(|part| part.test(&mut tally))?;
        return tally.write(report);
    }
    let planned = plan(&options.parts);
    if let [_] = options.parts[..] {
        for part in planned {
            part.test(&mut tally)?;
            if tally.has_failed() {
                break;
            }
        }
    } else {
        tally = test_beside_each_other(&planned)?;
    }
    tally.finish(started)
}

/// These parts and what they need, in order. For all parts, everything is built anew.
fn plan(chosen: &[Part]) -> Vec<Part> {
    let mut planned: Vec<Part> = if chosen.is_empty() { IN_ORDER.to_vec() } else { chosen.to_vec() };
    for part in IN_ORDER.iter().rev() {
        if planned.contains(part) {
            planned.extend(part.needs().iter().filter(|need| !need.is_done()));
        }
    }
    IN_ORDER.into_iter().filter(|part| planned.contains(part)).collect()
}

/// Tests these parts, two at a time.
fn test_beside_each_other(planned: &[Part]) -> Result<Tally> {
    let program = env::current_exe()?;
    let place = |need: &Part| planned.iter().position(|part| part == need);
    let jobs: Vec<_> = planned
        .iter()
        .map(|part| Job { work: *part, needs: part.needs().iter().filter_map(place).collect() })
        .collect();
    let tally = Mutex::new(Tally::default());
    let left_out = lanes::run(&jobs, LANES, |part| {
        println!("· {} starts", part.name());
        let counted = part.test_apart(&program).unwrap_or_else(|error| {
            println!("\nFAILED: {}: {error:#}", part.name());
            Tally::failed()
        });
        let has_succeeded = !counted.has_failed();
        tally.lock().unwrap().add(counted);
        has_succeeded
    });
    for part in left_out {
        println!("\n== NOT TESTED, because something that it needs has failed: {}", part.name());
    }
    Ok(tally.into_inner().unwrap())
}

/// Runs the quick tests that need no browser and no server.
pub fn check() -> Result<()> {
    let started = Instant::now();
    let mut tally = Tally::default();
    for part in [Part::Format, Part::Lints, Part::Generated] {
        part.test(&mut tally)?;
    }
    quick_rust_tests(&mut tally);
    Part::Vectors.test(&mut tally)?;
    Part::Harness.test(&mut tally)?;
    let mut building = Tally::default();
    for part in plan(&[Part::Build]).into_iter().filter(|part| !part.is_done()) {
        part.test(&mut building)?;
    }
    let is_built = !building.has_failed();
    tally.add(building);
    if is_built {
        Part::Types.test(&mut tally)?;
        Part::Unit.test(&mut tally)?;
        let files = QUICK_TESTS.map(|name| format!("tests/{name}.test.js"));
        tally.node_test("the quick tests of the package", "quick", &files)?;
    }
    tally.finish(started)
}

/// Formats Rust, JavaScript and TypeScript.
pub fn format() -> Result<()> {
    run(&mut cargo(&["fmt", "--all"]))?;
    npm::ensure_installed()?;
    run(&mut prettier(&["--write"]))
}

fn is_formatted() -> Result<()> {
    npm::ensure_installed()?;
    run(&mut cargo(&["fmt", "--all", "--check"]))
        .and_then(|()| run(&mut prettier(&["--check"])))
        .context("to format everything, run: cargo xtask fmt")
}

/// Runs clippy on the core with each of its features, on the borders and on xtask.
fn lints() -> Result<()> {
    clippy(&["--all-targets"])?;
    for feature in ["", "std", "event", "diagnose", "subscription", "wasm-verify"] {
        clippy(&["--lib", "--no-default-features", &format!("--features={feature}")])?;
    }
    wasm::ensure_target()?;
    for border in wasm::MODULES.iter().map(wasm::Module::feature).chain(["wasm-bindgen".to_owned()]) {
        clippy(&["--lib", "--no-default-features", wasm::TARGET_FLAG, &format!("--features={border}")])?;
    }
    clippy(&["--package=xtask", "--all-targets"])
}

fn types() -> Result<()> {
    for project in [".", "www", "tests/unit"] {
        run(Command::new(npm::bin("tsc")).current_dir(workspace()).args(["--project", project]))?;
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace()).args(arguments);
    cargo
}

fn clippy(arguments: &[&str]) -> Result<()> {
    run(cargo(&["clippy", "--quiet"]).args(arguments).args(["--", "--deny=warnings"]))
}

fn prettier(arguments: &[&str]) -> Command {
    let mut prettier = Command::new(npm::bin("prettier"));
    prettier.current_dir(workspace()).args(["--log-level=warn", "."]).args(arguments);
    prettier
}

/// The tests of the core are the inner loop, and take about a second.
fn quick_rust_tests(tally: &mut Tally) {
    tally.cargo_test("Rust tests", &mut cargo(&["test"]));
    tally.cargo_test("tests of xtask", &mut cargo(&["test", "--package=xtask"]));
}

fn vectors(tally: &mut Tally) {
    let name = "vectors are what the oracle writes";
    let python = || {
        let mut python = Command::new("python3");
        python.current_dir(workspace());
        python
    };
    if python().arg("--version").stdout(Stdio::null()).status().is_ok() {
        tally.step(name, || run(python().args(["-B", "tests/vectors/generate.py", "--check"])));
    } else if env::var_os("CI").is_some() {
        tally.step(name, || bail!("python3 was not found"));
    } else {
        println!("\n== SKIPPED: python3 was not found, so the vectors were not checked against their oracle");
    }
}

/// Installs what is missing of the browsers or of the servers.
fn install(what: &str) -> Result<()> {
    run(Command::new("node").current_dir(workspace()).arg(format!("tests/harness/{what}/install.js")))
}

impl Part {
    /// What must have succeeded before.
    const fn needs(self) -> &'static [Self] {
        match self {
            Self::Lints | Self::Generated | Self::Rust | Self::Vectors | Self::Harness | Self::Packages => {
                &[]
            }
            Self::Format | Self::Modules | Self::Browsers | Self::Servers => &[Self::Packages],
            Self::Unit | Self::Build => &[Self::Packages, Self::Modules],
            Self::Types | Self::Plain | Self::Receivers | Self::Replay | Self::Hostile | Self::Readme => {
                &[Self::Packages, Self::Build]
            }
            Self::Package | Self::Start | Self::Tester | Self::Conformance => {
                &[Self::Packages, Self::Build, Self::Browsers]
            }
            Self::Hosts | Self::Stores => &[Self::Packages, Self::Build, Self::Servers],
        }
    }

    /// Whether there is nothing to do, because an earlier run has done it.
    fn is_done(self) -> bool {
        match self {
            Self::Modules => package::are_modules_built(),
            Self::Build => package::is_built(),
            _ => false,
        }
    }

    /// The name on the command line, which is also the folder of the part's Node tests.
    fn name(self) -> String {
        self.to_possible_value().expect("no part is skipped").get_name().to_owned()
    }

    /// Tests it in this process.
    fn test(self, tally: &mut Tally) -> Result<()> {
        match self {
            Self::Packages => tally.step("npm packages", npm::ensure_installed),
            Self::Modules => tally.step("wasm modules", package::build_modules),
            Self::Build => tally.step("build and pack", package::build_package),
            Self::Browsers => tally.step("browsers", || install("browser")),
            Self::Servers => tally.step("database servers", || install("servers")),
            Self::Format => tally.step("formatting", is_formatted),
            Self::Lints => {
                tally.step("deny.toml allows every crate", crates::check);
                tally.step("lints", lints);
            }
            Self::Generated => tally.step("generated files are fresh", generate::check),
            Self::Rust => {
                quick_rust_tests(tally);
                let mut longer = cargo(&["test", "--profile=tests", "--test=core-tests", "--", "--ignored"]);
                tally.cargo_test("Rust tests that take longer", &mut longer);
            }
            Self::Vectors => vectors(tally),
            Self::Types => tally.step("types", types),
            Self::Unit => tally.vitest()?,
            Self::Harness
            | Self::Package
            | Self::Plain
            | Self::Receivers
            | Self::Replay
            | Self::Stores
            | Self::Hostile
            | Self::Hosts
            | Self::Start
            | Self::Tester
            | Self::Conformance
            | Self::Readme => {
                let folder = format!("tests/{}", self.name());
                tally.node_test(&folder, &self.name(), &test_files(&folder)?)?;
            }
        }
        Ok(())
    }

    /// Tests it in a process of its own. What that prints is shown when it has ended,
    /// so that it can be read in one piece.
    fn test_apart(self, program: &Path) -> Result<Tally> {
        let report = fresh_report(&format!("part-{}", self.name()))?;
        let printed = report.with_extension("log");
        let file = File::create(&printed)?;
        let status = Command::new(program)
            .arg("test")
            .arg(self.name())
            .arg("--report")
            .arg(&report)
            .stdin(Stdio::null())
            .stderr(file.try_clone()?)
            .stdout(file)
            .status()?;
        print!("{}", String::from_utf8_lossy(&fs::read(printed)?));
        if !status.success() {
            bail!("its process ended with {status}");
        }
        Tally::read(&report)
    }
}

fn test_files(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace().join(folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.js") {
            files.push(format!("{folder}/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_run_once_after_what_it_needs() {
        for part in Part::value_variants() {
            let place = |part: &Part| IN_ORDER.iter().position(|other| other == part).unwrap();
            assert!(part.needs().iter().all(|need| place(need) < place(part)), "{part:?}");
        }
        assert_eq!(IN_ORDER.len(), Part::value_variants().len());
        assert_eq!(plan(&[]), IN_ORDER);
    }

    #[test]
    fn a_part_brings_what_it_needs() {
        assert_eq!(plan(&[Part::Vectors]), [Part::Vectors]);
        assert_eq!(plan(&[Part::Format]), [Part::Packages, Part::Format]);
        let planned = plan(&[Part::Tester]);
        assert!(planned.contains(&Part::Browsers) && planned.ends_with(&[Part::Tester]), "{planned:?}");
    }
}
