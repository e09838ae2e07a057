//! `cargo xtask test`: all tests, the quickest first; and `cargo xtask check`: the
//! quick tests that need no browser and no server.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;

use crate::{generate, npm, package, run, wasm, workspace};

/// What can be tested by itself, the quickest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Rust, JavaScript and TypeScript are formatted
    Format,
    /// Clippy has no warnings
    Lints,
    /// The files that are generated from the tables in Rust are up to date
    Generated,
    /// The core and xtask, with the tests that take longer
    Rust,
    /// The vectors are what their outside oracle writes
    Vectors,
    /// The types in every script that is not built
    Types,
    /// The rules for the folders of tests
    Harness,
    /// The tarball, as people install it
    Package,
    /// The crate as plain wasm-bindgen builds it
    Plain,
    /// The Worker on workerd
    Receivers,
    /// The guard against replay, and what it survives
    Replay,
    /// `cargo xtask start`
    Start,
    /// The tester's page and the element, in three browsers
    Tester,
    /// The same suite in every runtime
    Conformance,
    /// The commands of every README, in a fresh clone
    Readme,
}

/// The quick tests of the package that need no browser.
const QUICK_TESTS: [&str; 11] = [
    "package/certificates",
    "package/entry-points",
    "package/examples",
    "package/replay-wasm",
    "package/schema",
    "package/sizes",
    "package/tarball",
    "package/types",
    "package/wasm",
    "tester/pasted-request",
    "tester/texts",
];

/// Tests these parts, or all of them if none is named.
pub fn test(parts: &[Part]) -> Result<()> {
    let mut tally = Tally::default();
    let is_everything = parts.is_empty();
    let (built, sources): (Vec<Part>, Vec<Part>) = Part::value_variants()
        .iter()
        .filter(|part| is_everything || parts.contains(part))
        .partition(|part| part.needs_package());

    for part in sources {
        tally.part(part)?;
    }
    if !built.is_empty() && tally.build(is_everything) {
        if built.iter().any(|part| part.needs_browsers()) {
            tally.step("browsers", || run(node().arg("tests/harness/browser/install.js")));
        }
        for part in built {
            tally.part(part)?;
        }
    }
    tally.finish()
}

/// Runs the quick tests that need no browser and no server.
pub fn check() -> Result<()> {
    let mut tally = Tally::default();
    for part in [Part::Format, Part::Lints, Part::Generated] {
        tally.part(part)?;
    }
    tally.quick_rust_tests();
    tally.part(Part::Vectors)?;
    tally.part(Part::Harness)?;
    if tally.build(false) {
        tally.part(Part::Types)?;
        let files = QUICK_TESTS.map(|name| format!("tests/{name}.test.js"));
        tally.node_test("the quick tests of the package", &files)?;
    }
    tally.finish()
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
    for project in [".", "www"] {
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

fn node() -> Command {
    let mut node = Command::new("node");
    node.current_dir(workspace());
    node
}

fn prettier(arguments: &[&str]) -> Command {
    let mut prettier = Command::new(npm::bin("prettier"));
    prettier.current_dir(workspace()).args(["--log-level=warn", "."]).args(arguments);
    prettier
}

impl Part {
    fn needs_package(self) -> bool {
        !matches!(
            self,
            Self::Format | Self::Lints | Self::Generated | Self::Rust | Self::Vectors | Self::Harness
        )
    }

    fn needs_browsers(self) -> bool {
        matches!(self, Self::Package | Self::Start | Self::Tester | Self::Conformance)
    }

    /// The name on the command line, which is also the folder of the part's Node tests.
    fn name(self) -> String {
        self.to_possible_value().expect("no part is hidden").get_name().to_owned()
    }
}

/// What passed and failed so far, and how long each step took.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    times: Vec<(String, Duration)>,
}

impl Tally {
    fn part(&mut self, part: Part) -> Result<()> {
        match part {
            Part::Format => self.step("formatting", is_formatted),
            Part::Lints => self.step("lints", lints),
            Part::Generated => self.step("generated files are fresh", generate::check),
            Part::Rust => {
                self.quick_rust_tests();
                let mut longer = cargo(&["test", "--release", "--test=core-tests", "--", "--ignored"]);
                self.cargo_test("Rust tests that take longer", &mut longer);
            }
            Part::Vectors => self.vectors(),
            Part::Types => self.step("types", types),
            Part::Harness
            | Part::Package
            | Part::Plain
            | Part::Receivers
            | Part::Replay
            | Part::Start
            | Part::Tester
            | Part::Conformance
            | Part::Readme => {
                let folder = format!("tests/{}", part.name());
                self.node_test(&folder, &test_files(&folder)?)?;
            }
        }
        Ok(())
    }

    /// Builds the package, and returns whether that worked. Unless `is_anew`, a
    /// package that is newer than its inputs is kept.
    fn build(&mut self, is_anew: bool) -> bool {
        let failed = self.failed;
        self.step("build and pack", if is_anew { package::build } else { package::ensure_built });
        self.failed == failed
    }

    fn quick_rust_tests(&mut self) {
        self.cargo_test("Rust tests", &mut cargo(&["test"]));
        self.cargo_test("tests of xtask", &mut cargo(&["test", "--package=xtask"]));
    }

    /// Prints what starts, and how long it took.
    fn timed<R>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> R) -> R {
        println!("\n== {name}");
        let started = Instant::now();
        let done = work(self);
        println!("· {:.1} s", started.elapsed().as_secs_f64());
        self.times.push((name.to_owned(), started.elapsed()));
        done
    }

    /// One check that passes or fails as a whole.
    fn step(&mut self, name: &str, check: impl FnOnce() -> Result<()>) {
        self.timed(name, |tally| match check() {
            Ok(()) => tally.passed += 1,
            Err(error) => {
                println!("FAILED: {name}: {error:#}");
                tally.failed += 1;
            }
        });
    }

    /// Runs `cargo test`, and counts its tests.
    fn cargo_test(&mut self, name: &str, command: &mut Command) {
        self.timed(name, |tally| {
            let before = tally.passed;
            let counted = tally.count_cargo_tests(command);
            if !matches!(counted, Ok(true)) || tally.passed == before {
                println!("FAILED: {name}");
                tally.failed += 1;
            }
        });
    }

    fn count_cargo_tests(&mut self, command: &mut Command) -> Result<bool> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        for line in BufReader::new(child.stdout.take().expect("it is piped")).lines() {
            let line = line?;
            println!("{line}");
            // "test result: ok. 20 passed; 0 failed; 0 ignored; …"
            if let Some(counts) = line.strip_prefix("test result: ") {
                let words: Vec<_> = counts.split([' ', ';']).collect();
                let before = |word| {
                    let place = words.iter().position(|other| *other == word)?;
                    words.get(place.checked_sub(1)?)?.parse::<u64>().ok()
                };
                self.passed += before("passed").unwrap_or_default();
                self.failed += before("failed").unwrap_or_default();
            }
        }
        Ok(child.wait()?.success())
    }

    /// The vectors are what their outside oracle writes.
    fn vectors(&mut self) {
        let name = "vectors are what the oracle writes";
        if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok() {
            self.step(name, || {
                run(Command::new("python3").current_dir(workspace()).args([
                    "-B",
                    "tests/vectors/generate.py",
                    "--check",
                ]))
            });
        } else if env::var_os("CI").is_some() {
            self.step(name, || bail!("python3 was not found"));
        } else {
            println!(
                "\n== SKIPPED: python3 was not found, so the vectors were not checked against their oracle"
            );
        }
    }

    /// Runs files of node:test, and counts their tests.
    fn node_test(&mut self, name: &str, files: &[String]) -> Result<()> {
        self.timed(name, |tally| {
            let tap = workspace().join("target/node-tests.tap");
            // The file of an earlier run must not count.
            let _ = fs::remove_file(&tap);
            let status = node()
                .args(["--test", "--test-concurrency=1"])
                .args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"])
                .arg(format!("--test-reporter-destination={}", tap.display()))
                .args(files)
                .status()?;
            let report = fs::read_to_string(&tap).unwrap_or_default();
            let count = |word: &str| {
                report
                    .lines()
                    .filter_map(|line| line.strip_prefix(&format!("# {word} "))?.parse::<u64>().ok())
                    .sum::<u64>()
            };
            let (passed, failed) = (count("pass"), count("fail") + count("cancelled"));
            tally.passed += passed;
            // A folder without a passing test proves nothing.
            tally.failed += if failed == 0 && (!status.success() || passed == 0) { 1 } else { failed };
            Ok(())
        })
    }

    /// Prints the times, and the count on a last line of its own.
    fn finish(&self) -> Result<()> {
        println!("\n== times");
        for (name, time) in &self.times {
            println!("{:>8.1} s  {name}", time.as_secs_f64());
        }
        let total: Duration = self.times.iter().map(|(_, time)| *time).sum();
        println!("{:>8.1} s  in all\n", total.as_secs_f64());
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            bail!("some tests failed");
        }
        Ok(())
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
