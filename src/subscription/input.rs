//! The input, before anything about it has been checked.

use core::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::{Issue, IssueCode};

/// The longest JSON text, in bytes. A record with a bundle of every public
/// certificate authority is a third as long.
pub const MAX_JSON_BYTES: usize = 1 << 20;

/// Deeper values are not read: the deepest field of a subscription is `proxy.url`,
/// at 2.
const MAX_DEPTH: u8 = 3;

/// A JSON value whose objects keep the order of their keys, and every duplicate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`, a boolean, a number, or something too deep to matter.
    Other(&'static str),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Value {
    /// What it is, for people.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Other(kind) => kind,
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }

    /// Reads JSON text.
    pub(crate) fn from_json(text: &str) -> Result<Self, Issue> {
        if text.len() > MAX_JSON_BYTES {
            let limit = format!("JSON text may have {MAX_JSON_BYTES} bytes.");
            return Err(Issue::new("", IssueCode::TooLarge).with_detail(&limit));
        }
        serde_json::from_str(text).map_err(|error| {
            // serde_json's messages say where the JSON breaks and what was expected,
            // never what is there: "expected `,` or `}` at line 3 column 5".
            Issue::new("", IssueCode::JsonMalformed).with_detail(&sentence(&error.to_string()))
        })
    }
}

fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map_or_else(String::new, |first| format!("{}{}.", first.to_ascii_uppercase(), characters.as_str()))
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        AtDepth(0).deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct AtDepth(u8);

impl<'de> DeserializeSeed<'de> for AtDepth {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.0 == MAX_DEPTH {
            IgnoredAny::deserialize(deserializer).map(|_| Value::Other("nested too deep"))
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for AtDepth {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Other("null"))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other("a boolean"))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other("a number"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(Self(self.0 + 1))? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, map.next_value_seed(Self(self.0 + 1))?));
        }
        Ok(Value::Object(entries))
    }
}
