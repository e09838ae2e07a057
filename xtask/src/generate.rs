//! What is written from the tables in Rust: TypeScript and documentation.

use std::{fmt::Write as _, fs, path::PathBuf};

use anyhow::{Result, bail};
use mia_webhooks::{COMPANY_ID_PATHS, Code, PROJECT_ID_PATHS, TOKEN_HEADER, TOKEN_HEADERS};

use crate::workspace;

const DO_NOT_EDIT: &str = "Written by `cargo xtask generate`; edit the tables under src/ instead.";

/// Writes every generated file.
pub fn write() -> Result<()> {
    for (path, text) in files()? {
        fs::create_dir_all(path.parent().expect("a file lies in a folder"))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Fails when a generated file is not what would be written now.
pub fn check() -> Result<()> {
    for (path, text) in files()? {
        if fs::read_to_string(&path).unwrap_or_default() != text {
            bail!("{} is stale; run: cargo xtask generate", path.display());
        }
    }
    Ok(())
}

fn files() -> Result<[(PathBuf, String); 2]> {
    Ok([
        (workspace().join("pkg/src/generated/tables.ts"), typescript()?),
        (workspace().join("docs/codes.md"), documentation()?),
    ])
}

fn typescript() -> Result<String> {
    let json = |value: serde_json::Value| value.to_string();
    let mut text = format!("// {DO_NOT_EDIT}\n\n");
    text += "/** Name, HTTP status (`null`: the origin's own), summary and hint, by the code's number less one. */\n";
    text += "export const CODES = [\n";
    for code in Code::ALL {
        writeln!(
            text,
            "  {},",
            json(serde_json::json!([code.name(), code.status(), code.summary(), code.hint()]))
        )?;
    }
    text += "] as const;\n\n/** Why a webhook was, or was not, let through. Names are stable; new ones may be added. */\n";
    text += "export type Code =\n";
    for code in Code::ALL {
        writeln!(text, "  /** {} */\n  | {:?}", code.summary(), code.name())?;
    }
    text.pop();
    text += ";\n\n";
    writeln!(
        text,
        "/** The header that a request is signed with unless told otherwise. */\n\
         export const TOKEN_HEADER = {};\n\n\
         /** Every header that may carry the token. */\n\
         export const TOKEN_HEADERS = {};\n\n\
         /** Where an event carries its company's id, newest place first. */\n\
         export const COMPANY_ID_PATHS = {};\n\n\
         /** Where an event carries its project's id. */\n\
         export const PROJECT_ID_PATHS = {};",
        json(serde_json::json!(TOKEN_HEADER)),
        json(serde_json::json!(TOKEN_HEADERS)),
        json(serde_json::json!(COMPANY_ID_PATHS)),
        json(serde_json::json!(PROJECT_ID_PATHS)),
    )?;
    Ok(text)
}

fn documentation() -> Result<String> {
    let mut text = format!(
        "# Codes\n\n<!-- {DO_NOT_EDIT} -->\n\n\
         Every answer of this project is one of these codes: `WebhookError.code` and the `code` of a log\n\
         line in JavaScript, `Code` in Rust. Names and numbers never change; rows are only appended.\n\
         The status goes to the caller of the webhook. Nothing else does: the hint is for the operator.\n\n\
         | # | code | status | what happened | what to do |\n|---|---|---|---|---|\n"
    );
    for code in Code::ALL {
        let status = code.status().map_or_else(|| "the origin's".to_owned(), |status| status.to_string());
        writeln!(
            text,
            "| {} | `{}` | {status} | {} | {} |",
            *code as u8,
            code.name(),
            code.summary(),
            code.hint()
        )?;
    }
    Ok(text)
}
