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
    let whole = without_classes_at_import(whole);
    let has_finalizers = whole.contains("typeof FinalizationRegistry");
    let has_classes = whole.lines().any(|line| !line.starts_with(' ') && line.contains("new Text"));
    ensure!(
        glue.contains(set) && !reset.is_empty() && !has_finalizers && !has_classes,
        "wasm-bindgen's glue for {name} has changed; adapt xtask/src/glue.rs to it"
    );
    let taken = workspace().join(format!("pkg/src/generated/{name}-glue.ts"));
    Ok(fs::write(taken, format!("// @ts-nocheck\n{whole}"))?)
}

/// The encoder and the decoder are made by the first call: an import must not fail where
/// they are missing, as in Jest's jsdom.
fn without_classes_at_import(glue: String) -> String {
    const DECODER: &str = "new TextDecoder('utf-8', { ignoreBOM: true });";
    let mut whole = glue
        .replace(
            &format!("let cachedTextDecoder = {DECODER}\ncachedTextDecoder.decode();\n"),
            "let cachedTextDecoder;\n",
        )
        .replace(
            "    return cachedTextDecoder.decode(",
            &format!("    cachedTextDecoder ??= {DECODER}\n    return cachedTextDecoder.decode("),
        );
    let (from, to) = ("const cachedTextEncoder = new TextEncoder();\n", "let WASM_VECTOR_LEN");
    // With what is between: a substitute for `encodeInto`, which every runtime has.
    if let (Some(start), Some(end)) = (whole.find(from), whole.find(to)) {
        whole.replace_range(start..end, "let cachedTextEncoder;\n\n");
    }
    let function = "function passStringToWasm0(arg, malloc, realloc) {\n";
    whole.replace(function, &format!("{function}    cachedTextEncoder ??= new TextEncoder();\n"))
}
