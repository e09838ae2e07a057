//! What a search asks of the language it runs in.

use alloc::string::String;

/// Two functions that every runtime has, and that would be half the size of the module:
/// the package takes JavaScript's own.
#[derive(Clone, Copy)]
pub struct Runtime {
    /// The text in normal form C, or else in form D (UAX #15).
    pub normalised: fn(&str, is_composed: bool) -> String,
    /// The shortest decimal that is read as the same double, such as `1.5e300` or `12`;
    /// `None` if it is too large. The text is a number of JSON.
    pub shortest_double: fn(&str) -> Option<String>,
}

impl core::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Runtime(..)")
    }
}

impl Runtime {
    /// None: numbers with many digits stay as they are.
    pub(super) const DIGITS: Self =
        Self { normalised: |text, _| text.into(), shortest_double: |text| Some(text.into()) };

    /// Rust's own.
    pub(super) const NATIVE: Self = Self { normalised, shortest_double };
}

fn normalised(text: &str, is_composed: bool) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    if is_composed { text.nfc().collect() } else { text.nfd().collect() }
}

fn shortest_double(text: &str) -> Option<String> {
    let double: f64 = text.parse().ok()?;
    double.is_finite().then(|| alloc::format!("{double:e}"))
}
