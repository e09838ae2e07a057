//! The npm package: wasm, TypeScript, and the tarball.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::SystemTime,
};

use anyhow::{Context, Result, ensure};

use crate::{npm, page, run, wasm, workspace};

/// Builds everything and packs it as `target/npm/mia-webhooks.tgz`.
pub fn build() -> Result<()> {
    npm::ensure_installed()?;
    wasm::ensure_target()?;
    for module in &wasm::MODULES {
        println!("· building {}.wasm", module.name);
        wasm::build(module)?;
    }
    println!("· building the npm package");
    for module in &wasm::MODULES {
        inline_module(module.name)?;
    }
    for name in ["diagnosis", "tools"] {
        take_glue(name)?;
    }
    let dist = pkg().join("dist");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    // The element carries the page, and the page is made of the package: its
    // text comes last.
    write_page("")?;
    run(Command::new(npm::bin("tsc")).arg("--project").arg(pkg()))?;
    build_modules(&dist)?;
    println!("· building the page");
    let html = page::html(None)?;
    fs::write(pkg().join("tester.html"), &html)?;
    write_page(&html)?;
    build_element(&dist)?;
    build_commonjs(&dist)?;
    pack()
}

/// Builds unless the tarball is newer than everything that it is made from.
pub fn ensure_built() -> Result<()> {
    let inputs = [
        "src",
        "pkg/src",
        "www",
        "pkg/package.json",
        "pkg/subscription.schema.json",
        "pkg/tsconfig.json",
        "Cargo.toml",
        "Cargo.lock",
        "xtask/src",
    ];
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

/// Writes a module as text, for the loader that inlines it.
fn inline_module(name: &str) -> Result<()> {
    let mut digits = String::new();
    for byte in fs::read(pkg().join(format!("wasm/{name}.wasm")))? {
        write!(digits, "{byte:02x}")?;
    }
    let constant = name.to_uppercase();
    let text = format!(
        "/** The module in hexadecimal digits. */\nexport const {constant}_WASM: string =\n  \"{digits}\";\n"
    );
    Ok(fs::write(generated().join(format!("{name}-wasm.ts")), text)?)
}

/// Takes over wasm-bindgen's glue of a module that has more than numbers to say.
fn take_glue(name: &str) -> Result<()> {
    let glue = fs::read_to_string(pkg().join(format!("wasm/{name}_bg.js")))?;
    // The glue keeps views into the memory of its first instance. A new instance,
    // after a call that did not return, has a memory of its own.
    let set = "    wasm = val;\n";
    let mut reset = String::new();
    for line in
        glue.lines().filter(|line| line.starts_with("let cached") && line.ends_with("Memory0 = null;"))
    {
        writeln!(reset, "    {}", line.trim_start_matches("let "))?;
    }
    let whole = glue
        .replace(set, &format!("{set}{reset}"))
        // An object that is collected later than its instance would be freed in
        // another one's memory. What is not freed is lost with its instance.
        .replace("typeof FinalizationRegistry === 'undefined'", "true");
    let has_finalizers = whole.contains("typeof FinalizationRegistry");
    ensure!(
        glue.contains(set) && !reset.is_empty() && !has_finalizers,
        "wasm-bindgen's glue is not what take_glue knows"
    );
    Ok(fs::write(generated().join(format!("{name}-glue.ts")), format!("// @ts-nocheck\n{whole}"))?)
}

fn generated() -> PathBuf {
    pkg().join("src/generated")
}

/// One file for each door and what they share: Node takes half a millisecond
/// for every file that it imports, and 19 of them cost more than the module.
///
/// The doors to the rules for subscriptions and to the replay stores are built
/// by themselves: what they share with the main door would be three more files
/// for everybody.
fn build_modules(dist: &Path) -> Result<()> {
    let modules = || {
        let mut esbuild = esbuild(dist);
        esbuild
            .args(["--bundle", "--format=esm"])
            .args(["--external:#*", "--external:cloudflare:workers"])
            .args(["--external:*.wasm", "--external:*.wasm?module"]);
        esbuild
    };
    run(modules()
        .args(["--splitting", "--chunk-names=shared-[hash]"])
        .args(["index.ts", "receiver.ts", "cloudflare.ts"])
        .args(["loaders/inline.ts", "loaders/workerd.ts", "loaders/edge-light.ts"]))?;
    run(modules().args(["--external:./index.js", "subscription.ts", "replay.ts", "diagnose.ts"]).args([
        "loaders/inline-diagnosis.ts",
        "loaders/workerd-diagnosis.ts",
        "loaders/edge-light-diagnosis.ts",
        "loaders/inline-replay.ts",
        "loaders/workerd-replay.ts",
        "loaders/edge-light-replay.ts",
        "loaders/inline-tools.ts",
        "loaders/workerd-tools.ts",
        "loaders/edge-light-tools.ts",
        "loaders/durable-object.ts",
        "loaders/workerd-durable-object.ts",
    ]))
}

fn write_page(html: &str) -> Result<()> {
    let text = serde_json::to_string(html)?;
    let text =
        format!("/** The page, as it stands in a frame. */\nexport const TESTER_HTML: string = {text};\n");
    Ok(fs::write(generated().join("tester-html.ts"), text)?)
}

/// The element, and apart from it the page, which is loaded when one is shown.
fn build_element(dist: &Path) -> Result<()> {
    run(esbuild(dist).args(["--format=esm", "element.ts", "element/define.ts", "generated/tester-html.ts"]))
}

/// The same as CommonJS, which Node 20's `require` needs, file by file. A
/// `package.json` of their own tells Node and TypeScript what they are.
fn build_commonjs(dist: &Path) -> Result<()> {
    let out = dist.join("cjs");
    let mut sources = Vec::new();
    for folder in ["", "generated", "loaders", "replay"] {
        fs::create_dir_all(out.join(folder))?;
        for entry in fs::read_dir(pkg().join("src").join(folder))? {
            let entry = entry?;
            let name = Path::new(folder).join(entry.file_name());
            let declaration = name.with_extension("d.ts");
            let is_module = entry.path().is_file() && dist.join(&declaration).is_file();
            if is_module && !is_for_bundlers(&name) {
                fs::copy(dist.join(&declaration), out.join(&declaration))?;
                sources.push(name);
            }
        }
    }
    run(esbuild(&out).arg("--format=cjs").args(sources))?;
    // An `imports` field in the inner package.json works, but publint takes it
    // for a mistake; CommonJS has one loader only.
    for (file, module, loader) in [
        ("engine.js", "\"#verify-module\"", "\"./loaders/inline.js\""),
        ("verify.js", "\"#verify-module\"", "\"./loaders/inline.js\""),
        ("diagnosis.js", "\"#diagnosis-module\"", "\"./loaders/inline-diagnosis.js\""),
        ("tools.js", "\"#tools-module\"", "\"./loaders/inline-tools.js\""),
        ("replay/decision.js", "\"#replay-module\"", "\"../loaders/inline-replay.js\""),
    ] {
        let source = fs::read_to_string(out.join(file))?;
        let resolved = source.replace(module, loader);
        ensure!(resolved != source, "dist/cjs/{file} does not name {module}");
        fs::write(out.join(file), resolved)?;
    }
    Ok(fs::write(out.join("package.json"), "{ \"type\": \"commonjs\", \"sideEffects\": false }\n")?)
}

/// Bundlers with a condition of their own read the ESM build, and so do the
/// hosts of Workers.
fn is_for_bundlers(source: &Path) -> bool {
    let name = source.to_string_lossy();
    [
        "cloudflare",
        "element",
        "generated/tester-html",
        "loaders/workerd",
        "loaders/edge-light",
        "loaders/durable",
        "misconfigured",
    ]
    .iter()
    .chain(&["replay/replay-guard", "replay/schema"])
    .any(|other| name.starts_with(other))
}

fn esbuild(out: &Path) -> Command {
    let mut esbuild = Command::new(npm::bin("esbuild"));
    esbuild
        .current_dir(pkg().join("src"))
        .args(["--platform=neutral", "--target=es2022", "--log-level=warning", "--outbase=."])
        .arg(format!("--outdir={}", out.display()));
    esbuild
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
