//! The rules of ARCHITECTURE.md that no compiler checks.

use std::{fs, path::Path, process::Command};

fn files_below(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_below(&path, found);
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
}

fn sources(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    assert!(found.len() > 3, "{folder} holds no sources");
    found
}

/// Comments may name a runtime.
fn without_comments(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with(['*', '/'])).collect()
}

fn assert_absent(words: &[&str], files: &[(String, String)]) {
    for (path, text) in files {
        for word in words {
            assert!(!text.contains(word), "{path} names {word}");
        }
    }
}

#[test]
fn only_the_border_knows_javascript() {
    let core: Vec<_> = sources("src").into_iter().filter(|(path, _)| !path.contains("/bindings/")).collect();
    assert_absent(&["wasm_bindgen", "js_sys", "web_sys", "JsValue"], &core);
}

#[test]
fn the_core_has_no_clock_no_environment_and_no_input() {
    let core: Vec<_> = sources("src").into_iter().filter(|(path, _)| !path.contains("/bindings/")).collect();
    assert_absent(&["std::time", "std::env", "std::fs", "std::net", "SystemTime", "Instant::"], &core);
}

#[test]
fn the_crate_holds_no_unsafe_code() {
    let library = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    assert!(library.contains("#![forbid(unsafe_code)]"));
}

/// The TypeScript of the package without its comments, except in these rooms.
fn package_without(rooms: &[&str]) -> Vec<(String, String)> {
    sources("pkg/src")
        .into_iter()
        .filter(|(path, _)| path.ends_with("ts") && !rooms.iter().any(|room| path.contains(room)))
        .map(|(path, text)| (path, without_comments(&text)))
        .collect()
}

#[test]
fn the_package_never_asks_which_runtime_it_is_in() {
    // Snippets are code for people to copy, for one runtime each.
    assert_absent(
        &["navigator.", "process.", "Deno.", "typeof window", "WebSocketPair"],
        &package_without(&["/request/snippets/"]),
    );
}

#[test]
fn only_hosts_name_the_api_of_a_host() {
    // The build resolves `#durable-object`, whose type is declared with the modules.
    let package = package_without(&["/hosts/", "/request/snippets/", "/wasm/modules.d.ts"]);
    assert_absent(&["\"node:", "cloudflare:workers", "#durable-object"], &package);
}

#[test]
fn hosts_hold_no_codes() {
    let hosts: Vec<_> = sources("pkg/src").into_iter().filter(|(path, _)| path.contains("/hosts/")).collect();
    assert!(!hosts.is_empty());
    for code in mia_webhooks::Code::ALL {
        assert_absent(&[&format!("\"{}\"", code.name())], &hosts);
    }
}

/// An adapter turns a host's request into one that the receiver takes, and its answer back.
/// What needs more lines than that is policy, and every host would need it.
#[test]
fn an_adapter_has_at_most_60_lines_of_code() {
    for (path, text) in sources("pkg/src/hosts") {
        // It is a store, and no adapter.
        let is_adapter = !path.ends_with("replay-store-object.ts");
        let is_code = |line: &&str| !line.is_empty() && !line.starts_with(['*', '/']);
        let lines = text.lines().map(str::trim).filter(is_code).count();
        assert!(!is_adapter || lines <= 60, "{path} has {lines} lines of code");
    }
}

#[test]
fn the_package_parses_json_in_one_place() {
    // What somebody pasted is not a payload that anything trusts, and what the module for
    // subscriptions writes is a report.
    let parsers: Vec<_> = package_without(&["/request/", "/generated/subscription-glue.ts"])
        .into_iter()
        .filter(|(_, text)| text.contains("JSON.parse("))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(parsers.len(), 1, "{parsers:?}");
    assert!(parsers[0].ends_with("verify/event.ts"));
}

/// The folders that hold sources, each with `/` at its end.
fn rooms(folder: &str, found: &mut Vec<String>) {
    const NO_ROOMS: &[&str] =
        &["node_modules", "target", "dist", "build", ".docusaurus", "corpus", "artifacts"];
    let mut has_sources = false;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            if !NO_ROOMS.contains(&name) {
                rooms(&format!("{folder}/{name}"), found);
            }
        } else {
            has_sources |= [".rs", ".ts", ".js", ".py"].iter().any(|ending| name.ends_with(ending));
        }
    }
    if has_sources {
        found.push(format!("{folder}/"));
    }
}

#[test]
fn the_architecture_names_every_room_and_no_other() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(top.join("ARCHITECTURE.md")).unwrap();
    let named: Vec<_> = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|name| name.contains('/') && !name.contains([' ', '*', '(']) && !name.contains("NAME"))
        .collect();
    let mut found = Vec::new();
    for folder in ["src", "pkg", "www", "edge", "examples", "xtask", "tests", "benches", "fuzz"] {
        rooms(folder, &mut found);
    }
    for room in &found {
        let is_named = named.iter().any(|name| name.ends_with('/') && room.starts_with(name));
        // A room inside a named room needs no line of its own, except in the core and
        // in the package.
        let must_stand_alone = room.starts_with("src/") || room.starts_with("pkg/src/");
        let has_a_line = named.iter().any(|name| name == room) || room.matches('/').count() > 3;
        assert!(is_named && (has_a_line || !must_stand_alone), "ARCHITECTURE.md has no line for {room}");
    }
    for name in named {
        let places = ["", "src/", "pkg/src/", "pkg/src/verify/", "pkg/"];
        let is_there = places.iter().any(|place| top.join(place).join(name).exists());
        assert!(is_there || name.starts_with('#'), "ARCHITECTURE.md names {name}, which is not there");
    }
}

#[test]
fn a_decision_has_at_most_40_lines() {
    for (path, text) in sources("docs/decisions") {
        assert!(text.lines().count() <= 40, "{path} has more than 40 lines");
    }
}

/// What cargo prints, without using the network.
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(arguments)
        .args(["--offline", "--package=mia-webhooks"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_feature_brings_javascript_to_another_target() {
    let tree = cargo(&["tree", "--all-features", "--edges=normal", "--prefix=none", "--locked"]);
    assert!(tree.contains("\nsha2 v"), "{tree}");
    for name in ["js-sys", "lol_alloc", "spin", "talc", "wasm-bindgen", "web-sys"] {
        assert!(!tree.contains(&format!("\n{name} v")), "{name}:\n{tree}");
    }
}

/// The version of a package that Cargo.lock holds.
fn locked(name: &str) -> String {
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
    let (_, after) = lock.split_once(&format!("name = \"{name}\"\nversion = \"")).unwrap();
    after.split_once('"').unwrap().0.to_owned()
}

#[test]
fn the_tool_that_reads_what_wasm_bindgen_writes_is_of_its_version() {
    let version = locked("wasm-bindgen");
    assert_eq!(locked("wasm-bindgen-cli-support"), version);
    // The tool is pinned, so that no update moves only one of the two. The crate is
    // not pinned: people who build it with their own tool need that tool's version.
    let xtask = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("xtask/Cargo.toml")).unwrap();
    assert!(xtask.contains(&format!("wasm-bindgen-cli-support = \"={version}\"")), "{version}");
}

#[test]
fn the_published_crate_holds_its_sources_and_three_documents() {
    let list = cargo(&["package", "--list", "--allow-dirty"]);
    let mut found: Vec<_> = list.lines().filter(|file| *file != ".cargo_vcs_info.json").collect();
    found.sort_unstable();

    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut expected: Vec<_> = sources("src")
        .into_iter()
        .map(|(path, _)| Path::new(&path).strip_prefix(top).unwrap().to_str().unwrap().replace('\\', "/"))
        .collect();
    let others = ["CHANGELOG.md", "Cargo.lock", "Cargo.toml", "Cargo.toml.orig", "LICENSE", "docs/rust.md"];
    expected.extend(others.map(str::to_owned));
    expected.sort_unstable();
    assert_eq!(found, expected);
}
