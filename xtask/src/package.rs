//! The npm package: wasm, TypeScript, and the tarball.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

use anyhow::{Context, Result, ensure};

use crate::{npm, run, wasm, workspace};

/// Builds everything and packs it as `target/npm/mia-webhooks.tgz`.
pub fn build() -> Result<()> {
    npm::ensure_installed()?;
    wasm::ensure_target()?;
    for module in &wasm::MODULES {
        println!("· building {}.wasm", module.name);
        wasm::build(module)?;
    }
    println!("· building the npm package");
    inline_verify_module()?;
    let dist = pkg().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    run(Command::new(npm::bin("tsc")).arg("--project").arg(pkg()))?;
    build_commonjs(&dist)?;
    pack()
}

/// Builds unless the tarball is newer than everything that it is made from.
pub fn ensure_built() -> Result<()> {
    let inputs =
        ["src", "pkg/src", "pkg/package.json", "pkg/tsconfig.json", "Cargo.toml", "Cargo.lock", "xtask/src"];
    let packed =
        fs::metadata(workspace().join("target/npm/mia-webhooks.tgz")).and_then(|file| file.modified());
    if let Ok(packed) = packed
        && pkg().join("dist").is_dir()
        && inputs.iter().all(|input| newest(&workspace().join(input)).is_ok_and(|changed| changed <= packed))
    {
        return npm::ensure_installed();
    }
    build()
}

fn newest(path: &Path) -> Result<SystemTime> {
    if path.is_file() {
        return Ok(fs::metadata(path)?.modified()?);
    }
    let mut newest_so_far = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(path)? {
        newest_so_far = newest_so_far.max(newest(&entry?.path())?);
    }
    Ok(newest_so_far)
}

fn pkg() -> PathBuf {
    workspace().join("pkg")
}

/// Writes the `verify` module as text, for the loader that inlines it.
fn inline_verify_module() -> Result<()> {
    let mut digits = String::new();
    for byte in fs::read(pkg().join("wasm/verify.wasm"))? {
        write!(digits, "{byte:02x}")?;
    }
    let text = format!(
        "/** The module in hexadecimal digits. */\nexport const VERIFY_WASM: string =\n  \"{digits}\";\n"
    );
    Ok(fs::write(pkg().join("src/generated/verify-wasm.ts"), text)?)
}

/// The same files again as CommonJS, which Node 20's `require` needs. A
/// `package.json` of their own tells Node and TypeScript what they are.
fn build_commonjs(dist: &Path) -> Result<()> {
    let out = dist.join("cjs");
    let mut files = Vec::new();
    for folder in ["", "generated", "loaders"] {
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(dist.join(folder))? {
            let name = Path::new(folder).join(entry?.file_name());
            // Bundlers with a condition of their own read the ESM build.
            let is_for_bundlers = ["cloudflare", "loaders/workerd", "loaders/edge-light"]
                .iter()
                .any(|other| name.to_string_lossy().starts_with(&format!("{other}.")));
            match name.to_string_lossy().as_ref() {
                _ if is_for_bundlers => {}
                file if file.ends_with(".d.ts") => {
                    fs::copy(dist.join(file), out.join(file))?;
                }
                file if file.ends_with(".js") => files.push(dist.join(file)),
                _ => {}
            }
        }
    }
    run(Command::new(npm::bin("esbuild"))
        .args(["--format=cjs", "--platform=neutral", "--target=es2022", "--log-level=warning"])
        .arg(format!("--outbase={}", dist.display()))
        .arg(format!("--outdir={}", out.display()))
        .args(files))?;
    // An `imports` field in the inner package.json works, but publint takes it
    // for a mistake; CommonJS has one loader only.
    let engine = out.join("engine.js");
    let source = fs::read_to_string(&engine)?;
    let resolved = source.replace("\"#verify-module\"", "\"./loaders/inline.js\"");
    ensure!(resolved != source, "dist/cjs/engine.js does not name #verify-module");
    fs::write(engine, resolved)?;
    Ok(fs::write(out.join("package.json"), "{ \"type\": \"commonjs\", \"sideEffects\": false }\n")?)
}

fn pack() -> Result<()> {
    for file in ["README.md", "LICENSE", "CHANGELOG.md"] {
        fs::copy(workspace().join(file), pkg().join(file)).with_context(|| format!("{file} is missing"))?;
    }
    let folder = workspace().join("target/npm");
    fs::create_dir_all(&folder)?;
    run(npm::npm()
        .args(["pack", "--silent", "--workspace=mia-webhooks", "--pack-destination"])
        .arg(&folder)
        .stdout(Stdio::null()))?;
    let version = env!("CARGO_PKG_VERSION");
    let tarball = folder.join("mia-webhooks.tgz");
    fs::rename(folder.join(format!("mia-webhooks-{version}.tgz")), &tarball)?;
    println!("· packed {}", tarball.strip_prefix(workspace())?.display());
    Ok(())
}
