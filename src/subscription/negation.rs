//! Names that say what is not meant: `!tag_created`, `not_a_tag`, `projectId__ne`. What
//! they are near to in letters is the opposite of what they mean.

use super::{
    slices::{from, has},
    spelling::words,
};

const WORDS: &[&str] = &[
    "no",
    "not",
    "non",
    "never",
    "except",
    "excluding",
    "without",
    "unless",
    "but",
    "ignore",
    "skip",
    "ne",
    "neq",
    "nin",
    "isnt",
];

/// Whether a word or a sign of a name turns its meaning around.
pub(super) fn is_negated(name: &str) -> bool {
    let is_sign = |(at, sign): (usize, char)| {
        let is_joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        let (before, after) = name.split_at_checked(at).unwrap_or_default();
        let after = from(after, sign.len_utf8());
        match sign {
            _ if before.ends_with(is_joined) => false,
            '!' | '~' | '\u{ac}' | '\u{2260}' => {
                after.contains(|c: char| c.is_ascii_alphanumeric() || c == '*')
            }
            // `- tag_created` is an element of a list in YAML.
            '-' => after.starts_with(|c: char| c.is_ascii_alphanumeric()),
            _ => false,
        }
    };
    name.char_indices().any(is_sign)
        || has(name, "!=")
        || has(name, "<>")
        || words(name).iter().any(|word| WORDS.contains(&word.as_str()))
}
