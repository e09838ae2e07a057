//! `cargo xtask mutants`: changes the code in one place at a time, and counts the
//! changes that make a quick test fail. Writes the scores into docs/mutants.md.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};
use clap::ValueEnum;
use serde::Deserialize;

use crate::{npm, package, run, workspace};

const CARGO_MUTANTS: &str = "27.1.0";
const DOCUMENT: &str = "docs/mutants.md";

/// What can be mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// `src/` without the border, against tests/core
    Core,
    /// The TypeScript, against tests/unit
    Package,
}

#[derive(clap::Args)]
pub struct Options {
    /// The part to mutate; all by default
    part: Option<Part>,
    /// Only mutants of these files; prints the score and writes nothing
    #[arg(long = "file", value_name = "PATH", requires = "part")]
    files: Vec<String>,
}

pub fn mutants(options: &Options) -> Result<()> {
    let parts = options.part.as_ref().map_or(Part::value_variants(), std::slice::from_ref);
    let mut unmet = Vec::new();
    for part in parts {
        let mutants = part.run(&options.files)?;
        let document = fs::read_to_string(workspace().join(DOCUMENT))?;
        let section = part.section(&document)?;
        let scores = Scores::of(&mutants, &explained(section));
        println!("\n{}", scores.table());
        for mutant in &scores.survivors {
            println!("SURVIVED: {mutant}");
        }
        if options.files.is_empty() {
            if let Some(row) = &scores.stale {
                bail!("{DOCUMENT} explains a mutant that did not survive: {row}");
            }
            fs::write(workspace().join(DOCUMENT), part.with_table(&document, &scores.table())?)?;
            println!("· wrote {DOCUMENT}");
        }
        if scores.total.percent() < part.target() {
            unmet.push(format!("{part:?}: {:.1} %, not {} %", scores.total.percent(), part.target()));
        }
    }
    ensure!(unmet.is_empty(), "too few mutants were noticed: {}", unmet.join("; "));
    Ok(())
}

/// A change in one place that compiles.
struct Mutant {
    file: String,
    line: usize,
    what: String,
    is_noticed: bool,
}

impl Part {
    const fn target(self) -> f64 {
        match self {
            Self::Core => 99.0,
            Self::Package => 90.0,
        }
    }

    fn run(self, files: &[String]) -> Result<Vec<Mutant>> {
        match self {
            Self::Core => core(files),
            Self::Package => typescript(files),
        }
    }

    /// The part's section of the document.
    fn section(self, document: &str) -> Result<&str> {
        let (_, section) = document
            .split_once(&format!("\n## {self:?}\n"))
            .with_context(|| format!("{DOCUMENT} has no section {self:?}"))?;
        Ok(section.split("\n## ").next().unwrap_or_default())
    }

    /// The document with another table between this part's marks.
    fn with_table(self, document: &str, table: &str) -> Result<String> {
        let start =
            format!("<!-- Written by `cargo xtask mutants {}`. -->\n", format!("{self:?}").to_lowercase());
        let (before, after) =
            document.split_once(&start).with_context(|| format!("{DOCUMENT} has no line {start}"))?;
        let end = "<!-- Until here. -->";
        let (_, after) = after.split_once(end).with_context(|| format!("{DOCUMENT} has no line {end}"))?;
        Ok(format!("{before}{start}\n{table}\n{end}{after}"))
    }
}

/// What cargo-mutants says about the mutants of the core.
fn core(files: &[String]) -> Result<Vec<Mutant>> {
    ensure_cargo_mutants()?;
    let out = workspace().join("target/mutants");
    fs::create_dir_all(&out)?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(workspace()).args([
        "mutants",
        "--output=target/mutants",
        "--no-shuffle",
        "--colors=never",
        // Each has a copy of the sources and a target folder of its own.
        "--jobs=2",
    ]);
    cargo.args(files.iter().map(|file| format!("--file={file}")));
    let status = cargo.status()?;
    // 2: some survived; 3: some took too long.
    ensure!(matches!(status.code(), Some(0 | 2 | 3)), "cargo mutants ended with {status}");

    #[derive(Deserialize)]
    struct Report {
        outcomes: Vec<Outcome>,
    }
    #[derive(Deserialize)]
    struct Outcome {
        scenario: Scenario,
        summary: String,
    }
    #[derive(Deserialize)]
    enum Scenario {
        Baseline,
        Mutant { name: String, file: String, span: Span },
    }
    #[derive(Deserialize)]
    struct Span {
        start: Start,
    }
    #[derive(Deserialize)]
    struct Start {
        line: usize,
    }

    let report: Report = read_json(&out.join("mutants.out/outcomes.json"))?;
    let mut mutants = Vec::new();
    for outcome in report.outcomes {
        let Scenario::Mutant { name, file, span } = outcome.scenario else { continue };
        let is_noticed = match outcome.summary.as_str() {
            "CaughtMutant" | "Timeout" => true,
            "MissedMutant" => false,
            "Unviable" => continue,
            other => bail!("cargo mutants says {other} of {name}"),
        };
        // "src/token.rs:97:58: replace | with ^ in decode_four"
        let what = name.splitn(2, ": ").last().unwrap_or_default().to_owned();
        mutants.push(Mutant { file, line: span.start.line, what, is_noticed });
    }
    Ok(mutants)
}

fn ensure_cargo_mutants() -> Result<()> {
    let installed = Command::new(env!("CARGO")).args(["mutants", "--version"]).output()?;
    if String::from_utf8_lossy(&installed.stdout).trim() == format!("cargo-mutants {CARGO_MUTANTS}") {
        return Ok(());
    }
    println!("· installing cargo-mutants {CARGO_MUTANTS}");
    run(Command::new(env!("CARGO")).args(["install", "--locked", &format!("cargo-mutants@{CARGO_MUTANTS}")]))
}

/// What StrykerJS says about the mutants of the TypeScript.
fn typescript(files: &[String]) -> Result<Vec<Mutant>> {
    npm::ensure_installed()?;
    if !package::are_modules_built() {
        package::build_modules()?;
    }
    let report = workspace().join("target/mutants/package.json");
    // The file of an earlier run must not count.
    let _ = fs::remove_file(&report);
    let mut stryker = Command::new(npm::bin("stryker"));
    stryker.current_dir(workspace()).args(["run", "tests/unit/stryker.config.js"]);
    if !files.is_empty() {
        stryker.args(["--mutate", &files.join(",")]);
    }
    // Stryker has a limit of its own, and fails below it after it wrote its report.
    let status = stryker.status().context("StrykerJS could not be started")?;
    ensure!(report.exists(), "StrykerJS ended with {status} and wrote no report");

    // https://github.com/stryker-mutator/mutation-testing-elements
    #[derive(Deserialize)]
    struct Report {
        files: BTreeMap<String, File>,
    }
    #[derive(Deserialize)]
    struct File {
        mutants: Vec<Found>,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Found {
        mutator_name: String,
        replacement: Option<String>,
        location: Location,
        status: String,
    }
    #[derive(Deserialize)]
    struct Location {
        start: Start,
    }
    #[derive(Deserialize)]
    struct Start {
        line: usize,
    }

    let report: Report = read_json(&report)?;
    let mut mutants = Vec::new();
    for (file, File { mutants: found }) in report.files {
        for Found { mutator_name, replacement, location, status } in found {
            let is_noticed = match status.as_str() {
                "Killed" | "Timeout" => true,
                "Survived" | "NoCoverage" => false,
                "CompileError" | "RuntimeError" | "Ignored" => continue,
                other => bail!("StrykerJS says {other} of a mutant in {file}"),
            };
            let replacement =
                replacement.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            let what = format!("{mutator_name}: {replacement}");
            mutants.push(Mutant { file: file.clone(), line: location.start.line, what, is_noticed });
        }
    }
    Ok(mutants)
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
    serde_json::from_slice(&text).with_context(|| format!("{} is not as expected", path.display()))
}

/// A row of the document: `| file | line of the source | mutant | why nothing can
/// notice it |`, each of the first three in backticks.
#[derive(Debug, PartialEq, Eq)]
struct Explained {
    file: String,
    source: String,
    what: String,
}

fn explained(section: &str) -> Vec<Explained> {
    let code = |cell: &str| {
        let code = cell.trim().strip_prefix('`')?.strip_suffix('`')?;
        Some(code.replace('\0', "|"))
    };
    section
        .lines()
        .filter_map(|line| {
            // Within a cell, `|` is written as `\|`.
            let line = line.replace("\\|", "\0");
            let mut cells = line.strip_prefix('|')?.split('|').map(code);
            Some(Explained { file: cells.next()??, source: cells.next()??, what: cells.next()?? })
        })
        .collect()
}

#[derive(Clone, Copy, Default)]
struct Count {
    noticed: usize,
    explained: usize,
    survived: usize,
}

impl Count {
    /// What changes nothing cannot be noticed.
    fn percent(self) -> f64 {
        let noticeable = self.noticed + self.survived;
        if noticeable == 0 { 100.0 } else { 100.0 * self.noticed as f64 / noticeable as f64 }
    }

    fn row(self, name: &str) -> String {
        let Self { noticed, explained, survived } = self;
        format!("| {name} | {noticed} | {survived} | {explained} | {:.1} % |\n", self.percent())
    }
}

struct Scores {
    folders: BTreeMap<PathBuf, Count>,
    total: Count,
    survivors: Vec<String>,
    /// An explanation of a mutant that did not survive.
    stale: Option<String>,
}

impl Scores {
    fn of(mutants: &[Mutant], explained: &[Explained]) -> Self {
        let mut scores =
            Self { folders: BTreeMap::new(), total: Count::default(), survivors: Vec::new(), stale: None };
        let mut is_used = vec![false; explained.len()];
        for Mutant { file, line, what, is_noticed } in mutants {
            let folder = Path::new(file).parent().unwrap_or(Path::new("")).to_owned();
            let text = fs::read_to_string(workspace().join(file)).unwrap_or_default();
            let source = text.lines().nth(line - 1).unwrap_or_default().trim();
            let row = explained
                .iter()
                .position(|row| row.file == *file && row.source == source && row.what == *what);
            for count in [scores.folders.entry(folder).or_default(), &mut scores.total] {
                match (is_noticed, row) {
                    (true, _) => count.noticed += 1,
                    (false, Some(_)) => count.explained += 1,
                    (false, None) => count.survived += 1,
                }
            }
            match row {
                Some(row) => is_used[row] |= !is_noticed,
                None if !is_noticed => scores.survivors.push(format!("{file}:{line}: {what}\n    {source}")),
                None => {}
            }
        }
        scores.stale = is_used.iter().position(|is_used| !is_used).map(|row| format!("{:?}", explained[row]));
        scores
    }

    fn table(&self) -> String {
        let mut table = String::from(
            "| folder | noticed | not noticed | change nothing | score |\n|---|--:|--:|--:|--:|\n",
        );
        for (folder, count) in &self.folders {
            let _ = write!(table, "{}", count.row(&format!("`{}/`", folder.display())));
        }
        table + &self.total.row("all")
    }
}

#[cfg(test)]
mod tests {
    use super::{Explained, Mutant, Part, Scores, explained};

    #[test]
    fn an_explained_survivor_counts_neither_way() {
        let mutant = |what: &str, is_noticed| Mutant {
            file: String::from("xtask/src/mutants.rs"),
            line: 1,
            what: what.to_owned(),
            is_noticed,
        };
        let source = String::from(
            "//! `cargo xtask mutants`: changes the code in one place at a time, and counts the",
        );
        let row = |what: &str| Explained {
            file: String::from("xtask/src/mutants.rs"),
            source: source.clone(),
            what: what.to_owned(),
        };
        let mutants = [mutant("a", true), mutant("b", false), mutant("c", false)];
        let scores = Scores::of(&mutants, &[row("c")]);
        assert!((scores.total.percent() - 50.0).abs() < 0.01);
        assert_eq!(scores.survivors.len(), 1);
        assert!(scores.stale.is_none());
        assert!(Scores::of(&mutants, &[row("a"), row("c")]).stale.is_some());
        assert_eq!(
            scores.table().lines().skip(2).collect::<Vec<_>>(),
            ["| `xtask/src/` | 1 | 1 | 1 | 50.0 % |", "| all | 1 | 1 | 1 | 50.0 % |"]
        );
    }

    #[test]
    fn the_document_has_a_place_for_each_part() {
        let document = include_str!("../../docs/mutants.md");
        for part in [Part::Core, Part::Package] {
            assert!(!part.section(document).unwrap().is_empty());
            let written = part.with_table(document, "a table\n").unwrap();
            assert_eq!(written.matches("a table\n").count(), 1);
            assert_eq!(part.with_table(&written, "a table\n").unwrap(), written);
        }
    }

    #[test]
    fn a_row_may_hold_the_sign_that_ends_a_cell() {
        let rows = explained(
            "| file | line | mutant | why |\n|---|---|---|---|\n| `src/a.rs` | `a \\| b` | `replace \\| with ^ in f` | no bit in both |\n",
        );
        assert_eq!(
            rows,
            [Explained {
                file: String::from("src/a.rs"),
                source: String::from("a | b"),
                what: String::from("replace | with ^ in f"),
            }]
        );
    }
}
