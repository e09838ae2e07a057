//! Reads the vectors; tests/vectors/README.md says what is in them.

use serde_json::Value;

/// Every vector of a file.
pub(crate) fn read(file: &str) -> Vec<Value> {
    let path = format!("{}/tests/vectors/{file}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut file: Value = serde_json::from_slice(&text).unwrap();
    let Value::Array(vectors) = file["vectors"].take() else { panic!("{path} holds no vectors") };
    assert!(!vectors.is_empty());
    vectors
}

/// The bytes of a field: hexadecimal digits, or digits and how often they repeat.
pub(crate) fn bytes(field: &Value) -> Vec<u8> {
    match field {
        Value::String(digits) => hex::decode(digits).unwrap(),
        _ => bytes(&field["repeat"]).repeat(usize::try_from(field["times"].as_u64().unwrap()).unwrap()),
    }
}

pub(crate) fn text(field: &Value) -> &str {
    field.as_str().unwrap()
}

pub(crate) fn has_flag(vector: &Value, flag: &str) -> bool {
    vector["flags"].as_array().unwrap().iter().any(|other| other == flag)
}
