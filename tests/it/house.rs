//! Rules of the house that a compiler does not know.

use std::{fs, path::Path};

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
    // The page of the tester, as a text that the package never runs itself.
    found.retain(|(path, _)| !path.ends_with("tester-html.ts"));
    assert!(found.len() > 3, "{folder} holds no sources");
    found
}

/// Documentation may tell of a runtime.
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

#[test]
fn the_package_never_asks_which_runtime_it_is_in() {
    let package: Vec<_> = sources("pkg/src")
        .into_iter()
        .filter(|(path, _)| path.ends_with("ts"))
        .map(|(path, text)| (path, without_comments(&text)))
        .collect();
    assert_absent(
        &["navigator.", "process.", "Deno.", "typeof window", "from \"node:", "WebSocketPair"],
        &package,
    );
}

#[test]
fn the_package_parses_json_in_one_place() {
    let parsers: Vec<_> =
        sources("pkg/src").into_iter().filter(|(_, text)| text.contains("JSON.parse(")).collect();
    assert_eq!(parsers.len(), 1);
    assert!(parsers[0].0.ends_with("event.ts"));
}
