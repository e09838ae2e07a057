//! Writes Rust, TypeScript, a JSON Schema and documentation from the tables in Rust
//! and from the catalogue of events.

mod codes;
mod events;
mod findings;
mod schema;
#[path = "../../../src/bindings/sizes.rs"]
mod sizes;
mod subscription;

use std::{fs, path::PathBuf};

use anyhow::{Result, bail};

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

/// Fails if a generated file is stale.
pub fn check() -> Result<()> {
    for (path, text) in files()? {
        if fs::read_to_string(&path).unwrap_or_default() != text {
            bail!("{} is stale; run: cargo xtask generate", path.display());
        }
    }
    Ok(())
}

fn files() -> Result<Vec<(PathBuf, String)>> {
    let events = events::read()?;
    Ok([
        ("src/events/table.rs", events::rust(&events)?),
        ("pkg/src/generated/tables.ts", codes::typescript(&events)?),
        ("pkg/src/generated/findings.ts", findings::typescript()?),
        ("pkg/src/generated/subscription.ts", subscription::typescript()?),
        ("src/bindings/plain/types.d.ts", subscription::plain_types()?),
        ("pkg/src/generated/events.ts", events::types(&events)?),
        ("pkg/src/generated/handlers.ts", events::handlers(&events)?),
        ("pkg/src/generated/catalogue.ts", events::catalogue(&events)?),
        ("pkg/subscription.schema.json", schema::json_schema()?),
        ("docs/codes.md", codes::documentation()?),
        ("docs/events.md", events::documentation(&events)?),
    ]
    .map(|(path, text)| (workspace().join(path), text))
    .into())
}
