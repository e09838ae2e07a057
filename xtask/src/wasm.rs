//! Compiles, binds and optimises the four wasm modules.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::{npm, run, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// For cargo: on other targets there are no borders.
pub const TARGET_FLAG: &str = "--target=wasm32-unknown-unknown";

/// The features that wasm-opt may use: the defaults of rustc's target, and simd128.
/// With `--all-features`, it makes modules that no engine can parse.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What else makes a module smaller after gzip: a kilobyte of `diagnose`.
const SMALL_AFTER_GZIP: &[&str] = &[
    // A large function has many locals, whose numbers take two bytes and repeat less often.
    "--one-caller-inline-max-function-size=0",
    // The first KiB is the end of the stack: no address is made by a sum that wraps around.
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    // Before the level of the module, which is the same again.
    "-Oz",
];

/// One wasm module of the package, built with the crate's feature `wasm-NAME`.
pub struct Module {
    pub name: &'static str,
    /// For speed or for size; SHA-2 is always compiled for speed (Cargo.toml).
    opt_level: &'static str,
    /// Small for modules that do not recurse; rustc's default is 1 MiB.
    stack_bytes: usize,
    /// What JavaScript calls, if it calls the module itself and not wasm-bindgen's
    /// glue. Everything else is removed, and with it every import.
    exports: &'static [&'static str],
}

impl Module {
    /// The crate's feature for the module's border.
    pub fn feature(&self) -> String {
        format!("wasm-{}", self.name)
    }
}

pub const MODULES: [Module; 4] = [
    Module {
        name: "verify",
        opt_level: "3",
        stack_bytes: 32 * 1024,
        exports: &[
            "memory",
            "absorb",
            "address",
            "check_secrets",
            "check_tokens",
            "compare",
            "sign",
            "state_length",
            "verify",
        ],
    },
    Module {
        name: "replay",
        opt_level: "2",
        stack_bytes: 4 * 1024,
        exports: &["claim", "commit", "prune", "release"],
    },
    Module { name: "diagnose", opt_level: "z", stack_bytes: 256 * 1024, exports: &[] },
    Module { name: "subscription", opt_level: "z", stack_bytes: 1024 * 1024, exports: &[] },
];

/// Builds these modules of the package into `pkg/wasm/`, or all of them.
pub fn build_some(names: &[String]) -> Result<()> {
    npm::ensure_installed()?;
    ensure_target()?;
    if let Some(unknown) = names.iter().find(|name| !MODULES.iter().any(|module| module.name == **name)) {
        bail!("there is no module {unknown}");
    }
    let chosen: Vec<_> = MODULES
        .iter()
        .filter(|module| names.is_empty() || names.iter().any(|name| name == module.name))
        .collect();
    // rustc uses every core, and what comes after it uses one: so a module is finished
    // while the next one is compiled.
    thread::scope(|scope| {
        let finishing: Vec<_> = chosen
            .into_iter()
            .map(|module| {
                println!("· building {}.wasm", module.name);
                compile(module).map(|compiled| scope.spawn(move || finish(module, &compiled)))
            })
            .collect();
        finishing
            .into_iter()
            .try_for_each(|module| module?.join().unwrap_or_else(|_| bail!("a module's thread panicked")))
    })
}

/// Binds and optimises a compiled module, into `pkg/wasm/`.
fn finish(module: &Module, compiled: &Path) -> Result<()> {
    let out = workspace().join("pkg/wasm");
    bind(module, compiled, &out)?;
    let bound = out.join(format!("{}_bg.wasm", module.name));
    if !module.exports.is_empty() {
        keep_exports(module, &bound)?;
        for glue in ["_bg.js", "_bg.wasm.d.ts", ".d.ts", ".js"] {
            fs::remove_file(out.join(format!("{}{glue}", module.name)))?;
        }
    }
    optimise(module, &bound, &out.join(format!("{}.wasm", module.name)))?;
    fs::remove_file(bound)?;
    Ok(())
}

/// Adds the wasm target if it is missing.
pub fn ensure_target() -> Result<()> {
    if sysroot()?.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    println!("· adding the Rust target {TARGET}");
    let mut attempts = 0;
    loop {
        attempts += 1;
        match run(Command::new("rustup").args(["target", "add", TARGET])) {
            Ok(()) => return Ok(()),
            Err(_) if attempts < 3 => println!("· that failed; trying again"),
            Err(error) => {
                return Err(error).context(format!(
                    "the Rust target {TARGET} is missing and could not be installed; \
                     install it with: rustup target add {TARGET}"
                ));
            }
        }
    }
}

fn rustc(arguments: &[&str]) -> Result<String> {
    let output = Command::new("rustc").args(arguments).output().context("rustc was not found")?;
    Ok(String::from_utf8(output.stdout)?)
}

fn sysroot() -> Result<PathBuf> {
    Ok(rustc(&["--print", "sysroot"])?.trim().into())
}

fn library_source() -> Result<PathBuf> {
    Ok(sysroot()?.join("lib/rustlib/src/rust"))
}

fn rustc_commit() -> Result<String> {
    let version = rustc(&["-vV"])?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: "));
    Ok(commit.context("rustc does not say its commit")?.to_owned())
}

fn compile(module: &Module) -> Result<PathBuf> {
    // The message of a panic names its source file: the paths of the builder's home do
    // not belong in a published binary. Files of the checkout have relative names.
    let mut flags = vec![
        "-Ctarget-feature=+simd128".to_owned(),
        // The hash is vectorised by hand. When LLVM vectorises the loops around it,
        // that only makes the module larger (9.5 instead of 9.1 kB, same speed).
        "-Cno-vectorize-loops".to_owned(),
        // Do not unroll loops whose count is unknown: saves 150 of 8,330 bytes of the
        // `verify` module, same speed.
        "-Cllvm-args=-unroll-runtime=false".to_owned(),
    ];
    // The last prefix that fits wins, so the folders inside the home come after it.
    let home = std::env::home_dir().unwrap_or_default();
    let folder =
        |variable: &str, name: &str| std::env::var_os(variable).map_or(home.join(name), PathBuf::from);
    for path in [
        home.clone(),
        folder("RUSTUP_HOME", ".rustup"),
        folder("CARGO_HOME", ".cargo"),
        folder("CARGO_HOME", ".cargo").join("registry/src"),
    ] {
        flags.push(format!("--remap-path-prefix={}=", path.display()));
    }
    // rustc names the library's files by its own commit, or by their path if the
    // component rust-src is installed. Always use the commit, so that the module is
    // the same on every machine.
    flags.push(format!("--remap-path-prefix={}=/rustc/{}", library_source()?.display(), rustc_commit()?));
    let target_dir = workspace().join("target");
    run(Command::new(env!("CARGO"))
        .current_dir(workspace())
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env("CARGO_PROFILE_WASM_OPT_LEVEL", module.opt_level)
        .args(["rustc", "--quiet", "--lib", "--locked", "--profile=wasm", "--no-default-features"])
        .arg(format!("--target={TARGET}"))
        .arg(format!("--features={}", module.feature()))
        .arg("--target-dir")
        .arg(&target_dir)
        // With the flags of all crates the same, the modules share those of others.
        .arg("--")
        .arg(format!("-Clink-arg=-zstack-size={}", module.stack_bytes)))?;
    // The next module is compiled to the same file.
    let compiled = kept(module, "compiled.wasm")?;
    fs::copy(target_dir.join(TARGET).join("wasm/mia_webhooks.wasm"), &compiled)?;
    drop_messages(&compiled)?;
    Ok(compiled)
}

/// Makes every panic a trap without a message. Nobody reads the message: there is no console
/// in the module. But the standard library is compiled with the code that writes it, some
/// 10 kB, and stable Rust has no `panic_immediate_abort`. The names of source files, for the
/// message's place, and the texts of the messages become zeros. So nothing else may format text.
fn drop_messages(compiled: &Path) -> Result<()> {
    let mut wasm = walrus::Module::from_file(compiled)?;
    let writes_messages = |name: &str| {
        [
            "4core9panicking",
            "4core3fmt",
            "7unicode9printable",
            "escape_debug",
            "slice_error_fail",
            "slice_index_fail",
            "len_mismatch_fail",
            "13assert_failed",
        ]
        .iter()
        .any(|part| name.contains(part))
    };
    let dropped: Vec<_> = wasm
        .funcs
        .iter_local()
        .map(|(id, _)| id)
        .filter(|id| wasm.funcs.get(*id).name.as_deref().is_some_and(writes_messages))
        .collect();
    for (id, function) in wasm.funcs.iter_local() {
        let name = wasm.funcs.get(id).name.as_deref().unwrap_or_default();
        // What implements formatting is called by formatting only, and what panics writes messages.
        if writes_messages(name) || name.contains("3fmt") || name.contains("9panicking") {
            continue;
        }
        let mut calls = Calls(Vec::new());
        walrus::ir::dfs_in_order(&mut calls, function, function.entry_block());
        let called = calls.0.iter().filter_map(|id| wasm.funcs.get(*id).name.as_deref());
        if let Some(formatting) = called
            .into_iter()
            .find(|called| ["4core3fmt", "5alloc3fmt"].iter().any(|part| called.contains(part)))
        {
            bail!("{name} formats text, by {formatting}: the modules are built without that");
        }
    }
    for id in dropped {
        let walrus::FunctionKind::Local(function) = &mut wasm.funcs.get_mut(id).kind else { continue };
        let entry = function.entry_block();
        function.block_mut(entry).instrs = vec![(walrus::ir::Unreachable {}.into(), Default::default())];
    }
    let segments: Vec<_> = wasm.data.iter().map(walrus::Data::id).collect();
    for id in segments {
        let data = &mut wasm.data.get_mut(id).value;
        drop_file_names(data);
        drop_texts(data);
    }
    wasm.emit_wasm_file(compiled)
}

/// The functions that a function calls.
struct Calls(Vec<walrus::FunctionId>);

impl walrus::ir::Visitor<'_> for Calls {
    fn visit_function_id(&mut self, function: &walrus::FunctionId) {
        self.0.push(*function);
    }
}

/// Parts of the messages of the standard library's panics, and the digits of its numbers.
const TEXTS_OF_MESSAGES: &[&str] = &[
    "slice index starts at ",
    " but ends at ",
    " index out of bounds: the len is ",
    " but the index is ",
    "range start index ",
    "range end index ",
    " out of range for slice of length ",
    "memory allocation of ",
    " bytes failed",
    "copy_from_slice: source slice length (",
    ") does not match destination slice length (",
    "insertion index (is ",
    ") should be <= len (is ",
    "capacity overflow",
    "Tried to shrink to a larger capacity",
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849\
     5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899",
];

fn drop_texts(data: &mut [u8]) {
    for text in TEXTS_OF_MESSAGES {
        let places: Vec<_> = data
            .windows(text.len())
            .enumerate()
            .filter(|(_, part)| *part == text.as_bytes())
            .map(|(at, _)| at)
            .collect();
        for place in places {
            data[place..place + text.len()].fill(0);
        }
    }
}

/// Overwrites the names of Rust's source files, each with a zero after it.
fn drop_file_names(data: &mut [u8]) {
    let is_of_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
    let ends: Vec<_> =
        data.windows(4).enumerate().filter(|(_, end)| *end == b".rs\0").map(|(at, _)| at + 3).collect();
    for end in ends {
        let start = data[..end].iter().rposition(|byte| !is_of_path(byte)).map_or(0, |before| before + 1);
        data[start..end].fill(0);
    }
}

/// A file about a module that is kept for later builds.
fn kept(module: &Module, name: &str) -> Result<PathBuf> {
    let folder = workspace().join("target/wasm-modules").join(module.name);
    fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

fn bind(module: &Module, compiled: &Path, out: &Path) -> Result<()> {
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(compiled)
        .out_name(module.name)
        .bundler(true)?
        .typescript(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(out)
        .context("wasm-bindgen could not bind the module")
}

fn keep_exports(module: &Module, bound: &Path) -> Result<()> {
    let kept = module.exports.iter().map(|name| json!({ "name": name, "export": name }));
    let root = json!({ "name": "root", "root": true, "reaches": module.exports });
    let graph = bound.with_extension("graph.json");
    fs::write(&graph, serde_json::to_vec(&kept.chain([root]).collect::<Vec<_>>())?)?;
    run(Command::new(npm::bin("wasm-metadce"))
        .args(WASM_FEATURES)
        .arg("--graph-file")
        .arg(&graph)
        .arg(bound)
        .arg("-o")
        .arg(bound)
        .stdout(Stdio::null()))?;
    fs::remove_file(graph)?;
    Ok(())
}

/// Optimises a module. That takes ten seconds, so the result is kept: the same input,
/// arguments and binaryen give the same again.
fn optimise(module: &Module, bound: &Path, optimised: &Path) -> Result<()> {
    // 4 is faster in Bun by a tenth, and level elsewhere; rustc has no such level.
    let level = if module.opt_level == "3" { "-O4".to_owned() } else { format!("-O{}", module.opt_level) };
    let small: &[&str] = if module.opt_level == "z" { SMALL_AFTER_GZIP } else { &[] };
    let steps = ["--converge", "--strip-debug", "--strip-producers", "--strip-target-features"];
    let arguments: Vec<_> =
        WASM_FEATURES.iter().chain(small).copied().chain([level.as_str()]).chain(steps).collect();
    let binaryen = fs::read_to_string(workspace().join("node_modules/binaryen/package.json"))?;
    let recipe = [arguments.join(" ").as_bytes(), binaryen.as_bytes(), &fs::read(bound)?].concat();
    let (known_recipe, known) = (kept(module, "recipe")?, kept(module, "optimised.wasm")?);
    if fs::read(&known_recipe).is_ok_and(|known| known == recipe) {
        fs::copy(known, optimised)?;
        return Ok(());
    }
    let _ = fs::remove_file(&known_recipe);
    run(Command::new(npm::bin("wasm-opt")).args(arguments).arg(bound).arg("-o").arg(optimised))?;
    fs::copy(optimised, known)?;
    fs::write(known_recipe, recipe)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_messages_become_zeros() {
        let mut data = *b"kept range end index kept";
        drop_texts(&mut data);
        assert_eq!(&data, b"kept \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0kept".as_slice());
    }

    #[test]
    fn names_of_source_files_become_zeros() {
        let mut data = *b"kept\0src/a-b/c_1.rs\0\x02/x/y.rs\0kept.rs kept";
        drop_file_names(&mut data);
        let expected = [b"kept\0".as_slice(), &[0; 14], b"\0\x02", &[0; 7], b"\0kept.rs kept"].concat();
        assert_eq!(data, *expected);
    }
}
