//! The four wasm modules: compiled, bound and optimised.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use serde_json::json;

use crate::{npm, run, workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// What wasm-opt may use: what rustc's target has by default, and simd128.
/// `--all-features` makes modules that no engine can parse.
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

/// One wasm module of the package, from the crate's feature of the same name.
pub struct Module {
    pub name: &'static str,
    /// For speed, or for size; hashes are always compiled for speed.
    opt_level: &'static str,
    /// 32 KiB where nothing recurses; rustc's default of 1 MiB elsewhere.
    stack_bytes: usize,
    /// What JavaScript calls, where it calls the module itself and not
    /// wasm-bindgen's glue. All else is removed, and with it every import.
    exports: &'static [&'static str],
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
            "check_token",
            "restore",
            "save",
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
    Module { name: "diagnosis", opt_level: "s", stack_bytes: 256 * 1024, exports: &[] },
    Module { name: "tools", opt_level: "s", stack_bytes: 1024 * 1024, exports: &[] },
];

/// Builds one module into `pkg/wasm/`.
pub fn build(module: &Module) -> Result<()> {
    let compiled = compile(module)?;
    let out = workspace().join("pkg/wasm");
    bind(module, &compiled, &out)?;
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

/// Adds the wasm target where it is missing.
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
    // A panic's message names its source file: the builder's home and checkout
    // do not belong in a published binary.
    let mut flags = vec![
        "-Ctarget-feature=+simd128".to_owned(),
        // The hash is vectorised by hand; LLVM's own attempts at the loops around
        // it only make the module larger (9.1 against 9.5 kB, same speed).
        "-Cno-vectorize-loops".to_owned(),
        format!("-Clink-arg=-zstack-size={}", module.stack_bytes),
        format!("--remap-path-prefix={}=mia-webhooks", workspace().display()),
    ];
    // The last prefix that fits wins: the folders inside the home come after it.
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
    // Where the component rust-src is installed, rustc names the library's files
    // there, and otherwise by its own commit: always by the commit, so that the
    // module is the same on every machine.
    flags.push(format!("--remap-path-prefix={}=/rustc/{}", library_source()?.display(), rustc_commit()?));
    let target_dir = workspace().join("target/wasm-modules").join(module.name);
    run(Command::new(env!("CARGO"))
        .current_dir(workspace())
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env("CARGO_PROFILE_WASM_OPT_LEVEL", module.opt_level)
        .args(["build", "--quiet", "--lib", "--locked", "--profile=wasm", "--no-default-features"])
        .arg(format!("--target={TARGET}"))
        .arg(format!("--features={}", module.name))
        .arg("--target-dir")
        .arg(&target_dir))?;
    Ok(target_dir.join(TARGET).join("wasm/mia_webhooks.wasm"))
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

fn optimise(module: &Module, bound: &Path, optimised: &Path) -> Result<()> {
    run(Command::new(npm::bin("wasm-opt"))
        .args(WASM_FEATURES)
        .arg(format!("-O{}", module.opt_level))
        .args(["--converge", "--strip-debug", "--strip-producers", "--strip-target-features"])
        .arg(bound)
        .arg("-o")
        .arg(optimised))
}
