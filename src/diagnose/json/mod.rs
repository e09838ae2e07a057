//! JSON as the writers of many languages write it.
//!
//! Reads and writes bytes: slices of `str` would bring the messages of their panics
//! into the module, and the page that carries it has few kilobytes to spare.

mod number;
mod read;
mod text;
mod write;
mod writers;

use alloc::vec::Vec;

pub(super) use read::{Document, Kind, member, members};
pub(super) use text::{quoted, unescaped};
pub(super) use write::{Axis, push_python, write, write_as};
pub(super) use writers::{DOTNET_COMPACT, JAVASCRIPT_COMPACT, MINIFIED, PYTHON_COMPACT, WRITERS, Writer};

/// Deeper nesting is not read: the call stack is limited.
const MAX_DEPTH: usize = 128;

/// Longer output is given up: indenting can make nested JSON 250 times as long.
const MAX_WRITTEN_BYTES: usize = 4 << 20;

/// Objects with more keys are not sorted. The insertion sort is slow for many keys,
/// but the standard library's sort is 4 kB of the module after gzip.
const MAX_SORTED: usize = 4096;

/// A place in the source.
#[derive(Clone, Copy, Default)]
struct Span {
    start: usize,
    end: usize,
}

impl Span {
    fn of(self, source: &[u8]) -> &[u8] {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// A value, with strings and numbers as the source writes them.
enum Value {
    /// `true`, `false` or `null`.
    Word(Span),
    Number(Span),
    /// What is between the quotes of a string.
    Text(Span),
    Items(Items),
}

/// A list or an object. In a list, keys are empty.
struct Items {
    is_object: bool,
    span: Span,
    list: Vec<Item>,
}

struct Item {
    key: Span,
    value: Value,
    /// Where the last value with the same key is.
    latest: usize,
    /// Whether a value with the same key comes before it.
    is_repeated: bool,
}
