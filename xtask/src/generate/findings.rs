//! The tables of a diagnosis: deviations and hints.

use std::fmt::Write as _;

use anyhow::Result;
use mia_webhooks::diagnose::{Blame, Deviation, Hash, Hint, MAX_PAYLOAD_BYTES, Notation, Part};
use serde_json::{Value, json};

use super::{DO_NOT_EDIT, codes::union};

struct Row {
    code: &'static str,
    row: Value,
    message: &'static str,
}

pub fn typescript() -> Result<String> {
    let mut text = format!("// {DO_NOT_EDIT}\n\n");
    let blames: Vec<_> = Blame::ALL.iter().map(|blame| format!("{:?}", blame.name())).collect();
    writeln!(text, "/** What is to blame. */\nexport type Blame = {};\n", blames.join(" | "))?;
    text += "/** A row of the tables of findings. */\n";
    text += "export type FindingRow<Code extends string> = readonly [code: Code, blame: Blame, message: string, fix: string];\n\n";
    let deviations = Deviation::ALL.iter().map(|deviation| Row {
        code: deviation.name(),
        row: json!([deviation.name(), deviation.blame().name(), deviation.message(), deviation.fix()]),
        message: deviation.message(),
    });
    let hints = Hint::ALL.iter().map(|hint| Row {
        code: hint.name(),
        row: json!([hint.name(), hint.blame().name(), hint.message(), hint.fix()]),
        message: hint.message(),
    });
    table(&mut text, "Deviation", "How a token can have been made wrongly, proved", deviations.collect())?;
    table(&mut text, "Hint", "A likely mistake, when none is proved", hints.collect())?;
    let general: Vec<_> = Hint::ALL.iter().filter(|hint| hint.is_general()).map(|hint| hint.name()).collect();
    writeln!(text, "/** Hints that say nothing about this delivery: they apply to each. */")?;
    writeln!(text, "export const GENERAL_HINTS: readonly HintCode[] = {};\n", json!(general))?;
    let hashes: Vec<_> = Hash::ALL.iter().map(|hash| hash.name()).collect();
    let notations: Vec<_> = Notation::ALL.iter().map(|notation| notation.name()).collect();
    for (name, about, names) in [
        (
            "SIGNED_PARTS",
            "What can be hashed; `digest` and `digits` are those of what comes before them",
            &Part::NAMES[..],
        ),
        ("HASHES", "The hash functions that a token can be made with", &hashes),
        ("NOTATIONS", "The notations that a token can have", &notations),
    ] {
        writeln!(text, "/** {about}. By the place that the module returns. */")?;
        writeln!(text, "export const {name} = {} as const;\n", json!(names))?;
    }
    writeln!(text, "/** Longer payloads, in bytes, are only tried as they are. */")?;
    writeln!(text, "export const MAX_DIAGNOSED_BYTES = {MAX_PAYLOAD_BYTES};")?;
    Ok(text)
}

fn table(text: &mut String, name: &str, about: &str, rows: Vec<Row>) -> Result<()> {
    let about = format!("{about}. Names are stable; new ones may be added.");
    union(text, &format!("{name}Code"), &about, rows.iter().map(|row| (row.code, row.message)))?;
    writeln!(text, "/** By the place that the module returns. */")?;
    writeln!(text, "export const {}S: readonly FindingRow<{name}Code>[] = [", name.to_uppercase())?;
    for Row { row, .. } in rows {
        writeln!(text, "  {row},")?;
    }
    *text += "];\n\n";
    Ok(())
}
