//! wasm-bindgen's glue for the modules that exchange more than numbers.

use std::{fmt::Write as _, fs};

use anyhow::{Result, ensure};

use crate::workspace;

/// Writes a module's glue to the package's sources. Does nothing if the module has
/// no glue.
pub fn take(name: &str) -> Result<()> {
    let written = workspace().join(format!("pkg/wasm/{name}_bg.js"));
    if !written.is_file() {
        return Ok(());
    }
    let glue = fs::read_to_string(written)?;
    // The glue keeps views into the memory of its first instance. After a call that
    // did not return, there is a new instance with its own memory.
    let set = "    wasm = val;\n";
    let mut reset = String::new();
    for line in
        glue.lines().filter(|line| line.starts_with("let cached") && line.ends_with("Memory0 = null;"))
    {
        writeln!(reset, "    {}", line.trim_start_matches("let "))?;
    }
    let whole = glue
        .replace(set, &format!("{set}{reset}"))
        // An object that is collected after its instance would be freed in another
        // instance's memory. Without finalizers, it goes when its instance goes.
        .replace("typeof FinalizationRegistry === 'undefined'", "true");
    let has_finalizers = whole.contains("typeof FinalizationRegistry");
    ensure!(
        glue.contains(set) && !reset.is_empty() && !has_finalizers,
        "wasm-bindgen's glue for {name} has changed; adapt xtask/src/glue.rs to it"
    );
    let taken = workspace().join(format!("pkg/src/generated/{name}-glue.ts"));
    Ok(fs::write(taken, format!("// @ts-nocheck\n{whole}"))?)
}
