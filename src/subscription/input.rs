//! The input, before anything about it has been checked.

/// The longest JSON text, in bytes. A record with a bundle of every public
/// certificate authority is a third as long.
pub const MAX_JSON_BYTES: usize = 1 << 20;

/// A JSON value whose objects keep the order of their keys, and every duplicate.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// `null`, a number, or something too deep to matter.
    Other(&'static str),
    Bool(bool),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Value {
    /// What it is, for people.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Other(kind) => kind,
            Self::Bool(_) => "a boolean",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
        }
    }
}
