//! Runs tests with the program that knows them, and counts them.

use std::{
    collections::HashSet,
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{npm, workspace};

/// How many of the slowest tests are shown.
const SHOWN: usize = 10;

/// A test that takes longer says why, in a comment of its file with [`REASON`]. Only
/// a warning, because on a busy machine every test is slow.
const SLOW_SECONDS: f64 = 20.0;
const REASON: &str = "Takes long";

/// What passed and failed so far, and how long each step and each test took.
#[derive(Default, Serialize, Deserialize)]
pub struct Tally {
    passed: u64,
    failed: u64,
    steps: Vec<Timed>,
    tests: Vec<Timed>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Timed {
    name: String,
    /// Where a test is; empty for a step.
    file: String,
    seconds: f64,
}

impl Tally {
    /// One failure, where nothing could be counted.
    pub fn failed() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    pub fn has_failed(&self) -> bool {
        self.failed > 0
    }

    /// Counts what another process has counted.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.steps.extend(other.steps);
        self.tests.extend(other.tests);
    }

    /// Prints what starts, and how long it took.
    fn timed<R>(&mut self, name: &str, work: impl FnOnce(&mut Self) -> R) -> R {
        println!("\n== {name}");
        let started = Instant::now();
        let done = work(self);
        let seconds = started.elapsed().as_secs_f64();
        println!("· {seconds:.1} s");
        self.steps.push(Timed { name: name.to_owned(), file: String::new(), seconds });
        done
    }

    /// One check that passes or fails as a whole.
    pub fn step(&mut self, name: &str, check: impl FnOnce() -> Result<()>) {
        self.timed(name, |tally| match check() {
            Ok(()) => tally.passed += 1,
            Err(error) => {
                println!("FAILED: {name}: {error:#}");
                tally.failed += 1;
            }
        });
    }

    /// Runs `cargo test`, and counts its tests.
    pub fn cargo_test(&mut self, name: &str, command: &mut Command) {
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

    /// Runs files of node:test, and counts their tests. `report` tells apart the
    /// reports of runs at the same time.
    pub fn node_test(&mut self, name: &str, report: &str, files: &[String]) -> Result<()> {
        self.timed(name, |tally| {
            let report = fresh_report(report)?;
            let status = Command::new("node")
                .current_dir(workspace())
                .args(["--test", "--test-concurrency=1"])
                .args(["--test-reporter=spec", "--test-reporter-destination=stdout"])
                .arg("--test-reporter=./tests/harness/reporter.js")
                .arg(format!("--test-reporter-destination={}", report.display()))
                .args(files)
                .status()?;
            let counted = fs::read_to_string(&report).unwrap_or_default();
            tally.judge(status.success(), of_node_test(&counted));
            Ok(())
        })
    }

    /// Runs the tests of the sources, and counts them.
    pub fn vitest(&mut self) -> Result<()> {
        self.timed("tests/unit", |tally| {
            let report = fresh_report("vitest")?;
            let status = Command::new(npm::bin("vitest"))
                .current_dir(workspace())
                .args([
                    "run",
                    "--config=tests/unit/vitest.config.js",
                    "--reporter=default",
                    "--reporter=json",
                ])
                .arg(format!("--outputFile.json={}", report.display()))
                .status()?;
            let counted = fs::read(&report).unwrap_or_default();
            tally.judge(status.success(), of_vitest(&serde_json::from_slice(&counted).unwrap_or_default()));
            Ok(())
        })
    }

    fn judge(&mut self, has_succeeded: bool, counted: Self) {
        // A run without a passing test proves nothing.
        let is_unexplained = counted.failed == 0 && (!has_succeeded || counted.passed == 0);
        self.failed += u64::from(is_unexplained);
        self.add(counted);
    }

    /// Writes everything for the process that adds it to its own.
    pub fn write(&self, path: &Path) -> Result<()> {
        Ok(fs::write(path, serde_json::to_vec(self)?)?)
    }

    /// What another process has written.
    pub fn read(path: &Path) -> Result<Self> {
        Ok(serde_json::from_slice(&fs::read(path)?)?)
    }

    /// Prints the times, and the count on a last line of its own.
    pub fn finish(&self, started: Instant) -> Result<()> {
        println!("\n== times");
        for Timed { name, seconds, .. } in &self.steps {
            println!("{seconds:>8.1} s  {name}");
        }
        println!("{:>8.1} s  in all", started.elapsed().as_secs_f64());
        let mut slowest: Vec<_> = self.tests.iter().collect();
        slowest.sort_by(|one, other| other.seconds.total_cmp(&one.seconds));
        if !slowest.is_empty() {
            println!("\n== the slowest tests");
        }
        for Timed { name, file, seconds } in slowest.iter().take(SHOWN) {
            println!("{seconds:>8.1} s  {file}: {name}");
        }
        // The slowest one of each file.
        let mut warned = HashSet::new();
        for test in slowest.iter().filter(|test| test.seconds > SLOW_SECONDS && !says_why(test)) {
            if warned.insert(&test.file) {
                println!(
                    "warning: {} does not say why \"{}\" took {:.0} s: write a comment with \"{REASON}\", or \
                     make it quicker",
                    test.file, test.name, test.seconds
                );
            }
        }
        println!("\n{} passed, {} failed", self.passed, self.failed);
        if self.failed > 0 {
            bail!("some tests failed");
        }
        Ok(())
    }
}

fn says_why(test: &Timed) -> bool {
    fs::read_to_string(workspace().join(&test.file)).is_ok_and(|text| text.contains(REASON))
}

/// A path for a report, without the report of an earlier run: that must not count.
pub fn fresh_report(name: &str) -> Result<PathBuf> {
    let report = workspace().join("target/test-reports").join(format!("{name}.json"));
    fs::create_dir_all(report.parent().expect("it lies in a folder"))?;
    if report.exists() {
        fs::remove_file(&report)?;
    }
    Ok(report)
}

/// Counts the lines of tests/harness/reporter.js.
fn of_node_test(report: &str) -> Tally {
    let mut tally = Tally::default();
    for line in report.lines() {
        let test: Value = serde_json::from_str(line).unwrap_or_default();
        match test["outcome"].as_str() {
            Some("passed") => tally.passed += 1,
            Some("skipped") => {}
            Some("empty") => {
                println!("FAILED: {} has no test", test["file"]);
                tally.failed += 1;
            }
            _ => tally.failed += 1,
        }
        tally.tests.push(timed(&test["name"], &test["file"], &test["milliseconds"]));
    }
    tally
}

/// Counts the report of vitest.
fn of_vitest(report: &Value) -> Tally {
    let count = |name: &str| report[name].as_u64().unwrap_or_default();
    let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let mut tally =
        Tally { passed: count("numPassedTests"), failed: count("numFailedTests"), ..Tally::default() };
    for file in all(&report["testResults"]) {
        for test in all(&file["assertionResults"]) {
            tally.tests.push(timed(&test["fullName"], &file["name"], &test["duration"]));
        }
    }
    tally
}

fn timed(name: &Value, file: &Value, milliseconds: &Value) -> Timed {
    let file = Path::new(file.as_str().unwrap_or_default());
    Timed {
        name: name.as_str().unwrap_or_default().to_owned(),
        file: file.strip_prefix(workspace()).unwrap_or(file).display().to_string(),
        seconds: milliseconds.as_f64().unwrap_or_default() / 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_node_reports_is_counted() {
        let tally = of_node_test(
            r#"{"file":"a.test.js","name":"one","outcome":"passed","milliseconds":1500}
            {"file":"a.test.js","name":"two","outcome":"skipped","milliseconds":0}
            {"file":"a.test.js","name":"three","outcome":"failed","milliseconds":2}
            {"file":"a.test.js","na"#,
        );
        assert_eq!((tally.passed, tally.failed), (1, 2), "a report that breaks off is a failure");
        assert_eq!((tally.tests[0].name.as_str(), tally.tests[0].seconds), ("one", 1.5));
    }

    #[test]
    fn what_vitest_reports_is_counted() {
        let tally = of_vitest(&serde_json::json!({
            "numPassedTests": 2, "numFailedTests": 1,
            "testResults": [{ "name": "/a.test.ts", "assertionResults": [{ "fullName": "one", "duration": 250 }] }],
        }));
        assert_eq!((tally.passed, tally.failed), (2, 1));
        assert_eq!((tally.tests[0].file.as_str(), tally.tests[0].seconds), ("/a.test.ts", 0.25));
    }

    #[test]
    fn a_run_that_proves_nothing_fails() {
        for (has_succeeded, passed, failed, counted) in
            [(true, 0, 0, 1), (false, 3, 0, 1), (false, 3, 2, 2), (true, 3, 0, 0)]
        {
            let mut tally = Tally::default();
            tally.judge(has_succeeded, Tally { passed, failed, ..Tally::default() });
            assert_eq!(tally.failed, counted, "{has_succeeded}, {passed} passed, {failed} failed");
        }
    }
}
