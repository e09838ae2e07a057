//! `cargo xtask test`: everything, in order of how soon it says something.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Result, bail};

use crate::{generate, npm, package, run, workspace};

/// What passed and failed so far.
#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
}

pub fn test() -> Result<()> {
    let started = Instant::now();
    let mut tally = Tally::default();

    tally.step("formatting", || run(&mut cargo(&["fmt", "--all", "--check"])));
    tally.step("lints of the core", || clippy(&["--all-targets"]));
    tally.step("lints of the borders", || {
        clippy(&["--features=verify"])?;
        clippy(&["--features=replay"])?;
        clippy(&["--features=diagnosis"])?;
        clippy(&["--features=tools"])
    });
    tally.step("lints of xtask", || clippy(&["--package=xtask"]));
    tally.step("generated files are fresh", generate::check);
    tally.cargo_test("Rust tests", &mut cargo(&["test"]));
    tally.cargo_test(
        "Rust tests that take longer",
        &mut cargo(&["test", "--release", "--test=it", "--", "--ignored"]),
    );
    tally.vectors();
    tally.step("build and pack", package::build);
    if tally.failed == 0 {
        tally.step("types of the page", || {
            run(Command::new(npm::bin("tsc")).current_dir(workspace()).args(["--project", "www"]))
        });
        tally.step("browsers", || run(node().arg("tests/browser/install.js")));
        for folder in ["package", "receivers", "replay", "start", "tester", "conformance"] {
            tally.node_test(folder)?;
        }
    }

    println!("\n· {:.0} s", started.elapsed().as_secs_f64());
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        bail!("some tests failed");
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

impl Tally {
    /// One check that passes or fails as a whole.
    fn step(&mut self, name: &str, check: impl FnOnce() -> Result<()>) {
        println!("\n== {name}");
        match check() {
            Ok(()) => self.passed += 1,
            Err(error) => {
                println!("FAILED: {name}: {error:#}");
                self.failed += 1;
            }
        }
    }

    /// `cargo test`, whose tests are counted.
    fn cargo_test(&mut self, name: &str, command: &mut Command) {
        println!("\n== {name}");
        let before = self.passed;
        let counted = self.count_cargo_tests(command);
        if !matches!(counted, Ok(true)) || self.passed == before {
            println!("FAILED: {name}");
            self.failed += 1;
        }
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
        if Command::new("python3").arg("--version").stdout(Stdio::null()).status().is_ok() {
            self.step("vectors are what the oracle writes", || {
                run(Command::new("python3").current_dir(workspace()).args([
                    "-B",
                    "tests/vectors/generate.py",
                    "--check",
                ]))
            });
        } else if env::var_os("CI").is_some() {
            self.step("vectors are what the oracle writes", || bail!("python3 was not found"));
        } else {
            println!(
                "\n== SKIPPED: python3 was not found, so the vectors were not checked against their oracle"
            );
        }
    }

    /// The node:test files of a folder, whose tests are counted.
    fn node_test(&mut self, folder: &str) -> Result<()> {
        println!("\n== tests/{folder}");
        let tap = workspace().join(format!("target/{folder}.tap"));
        let status = node()
            .args(["--test", "--test-concurrency=1"])
            .args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"])
            .arg(format!("--test-reporter-destination={}", tap.display()))
            .args(test_files(folder)?)
            .status()?;
        let report = fs::read_to_string(&tap).unwrap_or_default();
        let count = |word: &str| {
            report
                .lines()
                .filter_map(|line| line.strip_prefix(&format!("# {word} "))?.parse::<u64>().ok())
                .sum::<u64>()
        };
        let (passed, failed) = (count("pass"), count("fail") + count("cancelled"));
        self.passed += passed;
        // A folder that ran nothing proved nothing.
        self.failed += if failed == 0 && (!status.success() || passed == 0) { 1 } else { failed };
        Ok(())
    }
}

fn test_files(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(workspace().join("tests").join(folder))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".test.js") {
            files.push(format!("tests/{folder}/{name}"));
        }
    }
    files.sort();
    Ok(files)
}
