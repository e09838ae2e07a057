//! Rust: serde_json with and without its features, and the text of a value.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

type Written = Result<Vec<u8>, Box<dyn std::error::Error>>;
type Writer = (&'static str, &'static str, fn(&[u8]) -> Written);

#[derive(Deserialize, Serialize, Debug)]
#[serde(rename_all = "camelCase")]
struct Event {
    event_name: String,
    event_timestamp: u64,
    payload: Value,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct RawEvent<'b> {
    event_name: String,
    event_timestamp: u64,
    #[serde(borrow)]
    payload: &'b RawValue,
}

fn indented(value: &Value, indent: &[u8]) -> Written {
    let mut out = Vec::new();
    let formatter = serde_json::ser::PrettyFormatter::with_indent(indent);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, formatter))?;
    Ok(out)
}

fn value(body: &[u8]) -> serde_json::Result<Value> {
    serde_json::from_slice(body)
}

#[cfg(not(any(feature = "preserve_order", feature = "arbitrary_precision")))]
const WRITERS: &[Writer] = &[
    ("rust.value", "Rust: serde_json::to_vec of a Value, whose keys are sorted", |b| Ok(serde_json::to_vec(&value(b)?)?)),
    ("rust.value.pretty", "Rust: serde_json::to_string_pretty of a Value", |b| Ok(serde_json::to_vec_pretty(&value(b)?)?)),
    ("rust.value.indent4", "Rust: serde_json's PrettyFormatter with four spaces, of a Value", |b| indented(&value(b)?, b"    ")),
    ("rust.value.tab", "Rust: serde_json's PrettyFormatter with a tab, of a Value", |b| indented(&value(b)?, b"\t")),
    ("rust.value.alternate", "Rust: format!(\"{value:#}\") of a Value", |b| Ok(format!("{:#}", value(b)?).into_bytes())),
    ("rust.btreemap", "Rust: serde_json::to_vec of a BTreeMap<String, Value>", |b| Ok(serde_json::to_vec(&serde_json::from_slice::<BTreeMap<String, Value>>(b)?)?)),
    ("rust.hashmap", "Rust: serde_json::to_vec of a HashMap<String, Value>, in random order", |b| Ok(serde_json::to_vec(&serde_json::from_slice::<HashMap<String, Value>>(b)?)?)),
    ("rust.struct", "Rust: serde_json::to_vec of a struct of eventName, eventTimestamp and a payload of Value", |b| Ok(serde_json::to_vec(&serde_json::from_slice::<Event>(b)?)?)),
    ("rust.struct.raw", "Rust: serde_json::to_vec of a struct of eventName, eventTimestamp and a payload of RawValue", |b| Ok(serde_json::to_vec(&serde_json::from_slice::<RawEvent>(b)?)?)),
    ("rust.string", "Rust: serde_json::to_vec(body), where body is the text of the body", |b| Ok(serde_json::to_vec(std::str::from_utf8(b)?)?)),
    ("rust.bytes", "Rust: serde_json::to_vec of a Vec<u8>, which is a list of bytes", |b| Ok(serde_json::to_vec(b)?)),
    ("rust.text.value", "Rust: format!(\"{value:?}\") of a Value", |b| Ok(format!("{:?}", value(b)?).into_bytes())),
    ("rust.text.struct", "Rust: format!(\"{event:?}\") of a struct of eventName, eventTimestamp and a payload of Value", |b| Ok(format!("{:?}", serde_json::from_slice::<Event>(b)?).into_bytes())),
    ("rust.text.bytes", "Rust: format!(\"{bytes:?}\") of a Vec<u8>", |b| Ok(format!("{b:?}").into_bytes())),
    ("rust.text.string", "Rust: format!(\"{text:?}\") of a String", |b| Ok(format!("{:?}", std::str::from_utf8(b)?).into_bytes())),
    ("rust.text.escape_ascii", "Rust: bytes.escape_ascii(), and what the bytes crate shows within b\"\"", |b| Ok(b.escape_ascii().to_string().into_bytes())),
    ("rust.text.map", "Rust: format!(\"{map:?}\") of a serde_json::Map", |b| Ok(format!("{:?}", serde_json::from_slice::<Map<String, Value>>(b)?).into_bytes())),
];

#[cfg(all(feature = "preserve_order", not(feature = "arbitrary_precision")))]
const WRITERS: &[Writer] = &[
    ("rust.ordered", "Rust: serde_json with preserve_order, to_vec of a Value", |b| Ok(serde_json::to_vec(&value(b)?)?)),
    ("rust.ordered.pretty", "Rust: serde_json with preserve_order, to_string_pretty of a Value", |b| Ok(serde_json::to_vec_pretty(&value(b)?)?)),
];

#[cfg(feature = "arbitrary_precision")]
const WRITERS: &[Writer] = &[
    ("rust.precise", "Rust: serde_json with arbitrary_precision, to_vec of a Value, whose keys are sorted", |b| Ok(serde_json::to_vec(&value(b)?)?)),
    ("rust.precise.pretty", "Rust: serde_json with arbitrary_precision, to_string_pretty of a Value", |b| Ok(serde_json::to_vec_pretty(&value(b)?)?)),
];

fn main() {
    let _ = (indented, std::any::type_name::<(Event, RawEvent, BTreeMap<u8, u8>, HashMap<u8, u8>, Map<String, Value>)>());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (name, sentence, _) in WRITERS {
        writeln!(out, "profile\t{name}\t{sentence}").expect("stdout is open");
    }
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.expect("stdin is text");
        let body: Vec<u8> = (0..line.trim().len() / 2)
            .map(|at| u8::from_str_radix(&line[2 * at..2 * at + 2], 16).expect("the line is hex"))
            .collect();
        for (name, _, write) in WRITERS {
            match write(&body) {
                Ok(bytes) => {
                    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    writeln!(out, "wrote\t{number}\t{name}\t{hex}").expect("stdout is open");
                }
                Err(_) => writeln!(out, "failed\t{number}\t{name}\terror").expect("stdout is open"),
            }
        }
    }
}
