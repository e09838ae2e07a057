//! How the writers of many languages write JSON, as data. `tests/vectors/json-writers.json`
//! has what the real ones wrote.

use alloc::vec::Vec;

use super::{number::Numbers, text::Escapes};
use crate::diagnose::Deviation;

/// A way to write JSON.
#[derive(Clone, Copy)]
pub(in crate::diagnose) struct Writer {
    /// How unlikely it is.
    pub(in crate::diagnose) cost: u8,
    pub(in crate::diagnose) spacing: &'static Spacing,
    pub(in crate::diagnose) order: Order,
    pub(super) language: &'static Language,
    /// Whether a newline follows the document.
    pub(in crate::diagnose) ends_line: bool,
}

/// The space between values.
#[derive(PartialEq, Eq)]
pub(in crate::diagnose) struct Spacing {
    pub(super) indent: Option<&'static [u8]>,
    pub(super) line: &'static [u8],
    pub(super) comma: &'static [u8],
    pub(super) colon: &'static [u8],
    pub(super) empty: Empty,
    /// Whether lists are on one line, although objects are not.
    pub(super) has_inline_lists: bool,
    /// What is said about a text with it.
    deviation: Deviation,
}

/// What is between the brackets of an empty list or object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Empty {
    Nothing,
    Space,
    /// A line in an object, two in a list.
    Lines,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::diagnose) enum Order {
    Kept,
    Sorted,
    Reversed,
    /// That of a `HashMap` of Java.
    Hashed,
    /// Array indices first, in the order of their numbers, as ECMAScript orders properties.
    DigitsFirst,
}

/// What a language does to values.
#[derive(Clone, Copy)]
pub(in crate::diagnose) struct Language {
    pub(super) form: Form,
    pub(super) escapes: Escapes,
    /// `None`: as the source writes them.
    pub(super) numbers: Option<&'static Numbers>,
    pub(super) keeps_duplicates: bool,
    /// Whether members that are null are left out.
    pub(super) drops_nulls: bool,
    /// Whether `{}` becomes `[]`.
    pub(super) has_no_empty_object: bool,
}

/// The notation of values: JSON, or a language's own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Python,
    Ruby,
    Java,
    Go,
}

impl Form {
    /// True, false and nothing, where they are not those of JSON.
    pub(super) const fn words(self) -> Option<[&'static [u8]; 3]> {
        match self {
            Self::Json | Self::Java => None,
            Self::Python => Some([b"True", b"False", b"None"]),
            Self::Ruby => Some([b"true", b"false", b"nil"]),
            Self::Go => Some([b"true", b"false", b"<nil>"]),
        }
    }

    pub(super) const fn brackets(self, is_object: bool) -> [&'static [u8]; 2] {
        match self {
            Self::Go if is_object => [b"map[", b"]"],
            _ if is_object => [b"{", b"}"],
            _ => [b"[", b"]"],
        }
    }
}

const COMPACT: Spacing = Spacing {
    deviation: Deviation::PayloadMinified,
    indent: None,
    line: b"\n",
    comma: b",",
    colon: b":",
    empty: Empty::Nothing,
    has_inline_lists: false,
};
const SPACED: Spacing =
    Spacing { deviation: Deviation::PayloadSpaced, comma: b", ", colon: b": ", ..COMPACT };
const BY_2: Spacing =
    Spacing { deviation: Deviation::PayloadIndentedBy2, indent: Some(b"  "), colon: b": ", ..COMPACT };
const BY_4: Spacing = Spacing { deviation: Deviation::PayloadIndentedBy4, indent: Some(b"    "), ..BY_2 };
const BY_TABS: Spacing = Spacing { deviation: Deviation::PayloadIndentedByTabs, indent: Some(b"\t"), ..BY_2 };
/// Ruby's until its version 3.4.
const BY_2_RUBY: Spacing = Spacing { empty: Empty::Lines, ..BY_2 };
const BY_1: Spacing = Spacing { deviation: Deviation::PayloadIndentedOtherwise, indent: Some(b" "), ..BY_2 };
const BY_0: Spacing = Spacing { deviation: Deviation::PayloadIndentedOtherwise, indent: Some(b""), ..BY_2 };
/// Without a space after the colon.
const BY_2_TIGHT: Spacing = Spacing { deviation: Deviation::PayloadIndentedOtherwise, colon: b":", ..BY_2 };
const AFTER_COLONS: Spacing = Spacing { deviation: Deviation::PayloadSpaced, colon: b": ", ..COMPACT };
const BY_2_CRLF: Spacing = Spacing { line: b"\r\n", ..BY_2 };
/// Apple's.
const BY_2_WIDE: Spacing = Spacing { deviation: Deviation::PayloadIndentedOtherwise, colon: b" : ", ..BY_2 };
const BY_3_WIDE: Spacing =
    Spacing { deviation: Deviation::PayloadIndentedOtherwise, indent: Some(b"   "), colon: b" : ", ..BY_2 };
const JACKSON: Spacing = Spacing { empty: Empty::Space, has_inline_lists: true, ..BY_2_WIDE };
/// Ruby's `inspect` before 3.4, and since.
const ARROWS: Spacing = Spacing { colon: b"=>", ..SPACED };
const SPACED_ARROWS: Spacing = Spacing { colon: b" => ", ..SPACED };
const EQUAL_SIGNS: Spacing = Spacing { colon: b"=", ..SPACED };
const WORDS: Spacing = Spacing { deviation: Deviation::PayloadSpaced, comma: b" ", colon: b":", ..COMPACT };

const ECMASCRIPT: Numbers = Numbers {
    has_only_doubles: true,
    full: (-6, 21),
    exponent: b'e',
    has_plus: true,
    has_two_digits: false,
    has_fraction: [false, false],
    minus_zero: b"0",
};
const GO_NUMBERS: Numbers = Numbers { minus_zero: b"-0", ..ECMASCRIPT };
/// Those of its `%v`.
const GO_SHOWN: Numbers = Numbers { full: (-4, 6), has_two_digits: true, ..GO_NUMBERS };
const PYTHON_NUMBERS: Numbers = Numbers {
    has_only_doubles: false,
    full: (-4, 16),
    has_two_digits: true,
    has_fraction: [true, false],
    minus_zero: b"-0.0",
    ..ECMASCRIPT
};
const RUBY_NUMBERS: Numbers = Numbers { full: (-4, 15), has_fraction: [true, true], ..PYTHON_NUMBERS };
const JQ_NUMBERS: Numbers = Numbers { full: (-4, 16), has_two_digits: true, ..GO_NUMBERS };
const PERL_NUMBERS: Numbers =
    Numbers { has_only_doubles: false, full: (-4, 20), has_two_digits: true, ..ECMASCRIPT };
const PHP_NUMBERS: Numbers = Numbers {
    has_only_doubles: false,
    full: (-4, 17),
    has_fraction: [false, true],
    minus_zero: b"-0.0",
    ..ECMASCRIPT
};
/// Those of `JSON_PRESERVE_ZERO_FRACTION`.
const PHP_ZERO_NUMBERS: Numbers = Numbers { has_fraction: [true, true], ..PHP_NUMBERS };
const JAVA_NUMBERS: Numbers = Numbers {
    has_only_doubles: false,
    full: (-3, 7),
    exponent: b'E',
    has_plus: false,
    has_two_digits: false,
    has_fraction: [true, true],
    minus_zero: b"-0.0",
};
const JAVA_DOUBLES: Numbers = Numbers { has_only_doubles: true, ..JAVA_NUMBERS };
const RUST_NUMBERS: Numbers =
    Numbers { exponent: b'e', full: (-5, 16), has_fraction: [true, false], ..JAVA_NUMBERS };
const DOTNET_NUMBERS: Numbers = Numbers {
    exponent: b'E',
    full: (-4, 15),
    has_plus: true,
    has_two_digits: true,
    has_fraction: [true, false],
    ..JAVA_NUMBERS
};

/// A tool that only changes spaces.
const KEPT: Language = Language {
    form: Form::Json,
    escapes: Escapes::KEPT,
    numbers: None,
    keeps_duplicates: true,
    drops_nulls: false,
    has_no_empty_object: false,
};
const JAVASCRIPT: Language =
    Language { escapes: Escapes::FEWEST, numbers: Some(&ECMASCRIPT), keeps_duplicates: false, ..KEPT };
const PYTHON: Language =
    Language { escapes: Escapes::NON_ASCII.and(Escapes::DEL), numbers: Some(&PYTHON_NUMBERS), ..JAVASCRIPT };
const PYTHON_UNICODE: Language = Language { escapes: Escapes::FEWEST, ..PYTHON };
const GO: Language = Language {
    escapes: Escapes::HTML.and(Escapes::LINES).and(Escapes::LONG),
    numbers: Some(&GO_NUMBERS),
    ..JAVASCRIPT
};
const GO_PLAIN: Language = Language { escapes: Escapes::LINES.and(Escapes::LONG), ..GO };
/// A struct of its own: numbers, keys and their order are those of the source.
const GO_TYPED: Language = Language { numbers: None, ..GO };
const PHP: Language =
    Language { escapes: Escapes::NON_ASCII.and(Escapes::SLASHES), numbers: Some(&PHP_NUMBERS), ..JAVASCRIPT };
const PHP_SLASHES: Language = Language { escapes: Escapes::SLASHES.and(Escapes::LINES), ..PHP };
const PHP_ASCII: Language = Language { escapes: Escapes::NON_ASCII, ..PHP };
const PHP_ZEROS: Language = Language { numbers: Some(&PHP_ZERO_NUMBERS), ..PHP };
const PHP_PLAIN_ZEROS: Language = Language { numbers: Some(&PHP_ZERO_NUMBERS), ..PHP_PLAIN };
const PHP_PLAIN: Language = Language { escapes: Escapes::LINES, ..PHP };
const fn as_array(language: Language) -> Language {
    Language { has_no_empty_object: true, ..language }
}
const PHP_ARRAY: Language = as_array(PHP);
const PHP_SLASHES_ARRAY: Language = as_array(PHP_SLASHES);
const PHP_ASCII_ARRAY: Language = as_array(PHP_ASCII);
const PHP_PLAIN_ARRAY: Language = as_array(PHP_PLAIN);
const RUBY: Language = Language { numbers: Some(&RUBY_NUMBERS), ..JAVASCRIPT };
const RUBY_SAFE: Language = Language { escapes: Escapes::SLASHES.and(Escapes::LINES), ..RUBY };
const RAILS: Language = Language { escapes: Escapes::HTML.and(Escapes::LINES), ..RUBY };
const JACKSON_NODE: Language =
    Language { escapes: Escapes::UPPER, numbers: Some(&JAVA_NUMBERS), ..JAVASCRIPT };
const JACKSON_ASCII: Language = Language { escapes: Escapes::UPPER.and(Escapes::NON_ASCII), ..JACKSON_NODE };
const JSON_SIMPLE: Language = Language { escapes: Escapes::SLASHES, ..JACKSON_NODE };
const GSON: Language =
    Language { escapes: Escapes::HTML.and(Escapes::EQUALS).and(Escapes::LINES), numbers: None, ..JAVASCRIPT };
const GSON_NO_NULLS: Language = Language { drops_nulls: true, ..GSON };
const GSON_PLAIN_NO_NULLS: Language = Language { drops_nulls: true, ..GSON_PLAIN };
const GSON_MAP_NO_NULLS: Language = Language { drops_nulls: true, ..GSON_MAP };
const JACKSON_NO_NULLS: Language = Language { drops_nulls: true, ..JACKSON_NODE };
const GSON_PLAIN: Language = Language { escapes: Escapes::LINES, ..GSON };
const GSON_MAP: Language = Language { numbers: Some(&JAVA_DOUBLES), ..GSON };
const GSON_MAP_PLAIN: Language = Language { numbers: Some(&JAVA_DOUBLES), ..GSON_PLAIN };
const ORG_JSON: Language = Language {
    escapes: Escapes::CLOSING.and(Escapes::C1).and(Escapes::PUNCTUATION),
    numbers: None,
    ..JAVASCRIPT
};
const DOTNET: Language = Language {
    escapes: Escapes::DOTNET.and(Escapes::HTML).and(Escapes::NON_ASCII).and(Escapes::UPPER).and(Escapes::DEL),
    numbers: None,
    ..JAVASCRIPT
};
const NEWTONSOFT: Language =
    Language { escapes: Escapes::LINES, numbers: Some(&DOTNET_NUMBERS), ..JAVASCRIPT };
const RUST: Language = Language { numbers: Some(&RUST_NUMBERS), ..JAVASCRIPT };
const SWIFT: Language = Language { escapes: Escapes::SLASHES, numbers: None, ..JAVASCRIPT };
/// Numbers as they are: C++, Elixir, Perl, and many with the right option.
const PLAIN: Language = Language { numbers: None, ..JAVASCRIPT };
const PLAIN_ASCII: Language = Language { escapes: Escapes::NON_ASCII, ..PLAIN };
const PLAIN_PHP: Language = Language { numbers: None, ..PHP };
const JQ: Language = Language { escapes: Escapes::DEL, numbers: Some(&JQ_NUMBERS), ..JAVASCRIPT };
const PERL: Language = Language { numbers: Some(&PERL_NUMBERS), ..JAVASCRIPT };
const PERL_ASCII: Language = Language { escapes: Escapes::NON_ASCII, ..PERL };
const PYTHON_TEXT: Language = Language { form: Form::Python, ..PYTHON_UNICODE };
const RUBY_TEXT: Language = Language { form: Form::Ruby, ..RUBY };
const JAVA_TEXT: Language = Language { form: Form::Java, ..JACKSON_NODE };
const GSON_TEXT: Language = Language { form: Form::Java, ..GSON_MAP };
const GO_TEXT: Language = Language { form: Form::Go, numbers: Some(&GO_SHOWN), ..GO_PLAIN };

impl Writer {
    /// A text as a string, quotes included.
    pub(in crate::diagnose) fn quoted(&self, text: &[u8]) -> Vec<u8> {
        self.language.escapes.quoted(text)
    }

    /// Whether it changes nothing but spaces.
    pub(in crate::diagnose) fn keeps_everything(&self) -> bool {
        self.order == Order::Kept && self.language.escapes == Escapes::KEPT
    }

    /// What says that this is not JSON but a language's own notation.
    pub(in crate::diagnose) fn own_notation(&self) -> Option<Deviation> {
        (self.language.form != Form::Json).then_some(Deviation::PayloadInspected)
    }

    #[inline(never)]
    pub(in crate::diagnose) fn spacing_deviations(&self) -> Vec<Deviation> {
        let mut found = Vec::from([self.spacing.deviation]);
        if self.spacing.line == b"\r\n" {
            found.push(Deviation::PayloadCrlf);
        }
        found
    }

    pub(in crate::diagnose) const fn order_deviation(&self) -> Deviation {
        match self.order {
            Order::DigitsFirst => Deviation::PayloadDigitKeysFirst,
            Order::Hashed | Order::Reversed => Deviation::PayloadKeysReordered,
            _ => Deviation::PayloadSortedKeys,
        }
    }

    /// Which escapes make a difference. `differs` says whether the text of another language
    /// differs.
    #[inline(never)]
    pub(in crate::diagnose) fn escape_deviations(
        &self,
        differs: &dyn Fn(&Language) -> bool,
    ) -> Vec<Deviation> {
        let escapes = self.language.escapes;
        let mut found = Vec::new();
        let with = |escapes| Language { escapes, ..*self.language };
        if escapes == Escapes::KEPT || !differs(&with(Escapes::KEPT)) {
            return found;
        }
        let marks = Escapes::HTML.and(Escapes::EQUALS).and(Escapes::LINES);
        let beyond_ascii = Escapes::NON_ASCII.and(Escapes::C1).and(Escapes::PUNCTUATION).and(Escapes::DEL);
        let marks = marks.and(Escapes::DOTNET);
        let marked = if escapes.has(Escapes::DOTNET) {
            Deviation::PayloadDotnetEscaped
        } else if escapes.has(Escapes::EQUALS) {
            Deviation::PayloadGsonEscaped
        } else {
            Deviation::PayloadHtmlEscaped
        };
        for (group, deviation) in [
            (Escapes::SLASHES.and(Escapes::CLOSING), Deviation::PayloadSlashesEscaped),
            (beyond_ascii, Deviation::PayloadAsciiOnly),
            (marks, marked),
            (Escapes::UPPER.and(Escapes::LONG), Deviation::PayloadEscapesRewritten),
        ] {
            if differs(&with(escapes.without(group))) {
                found.push(deviation);
            }
        }
        // It says all that .NET does to characters.
        if found.contains(&Deviation::PayloadDotnetEscaped) {
            found = Vec::from([Deviation::PayloadDotnetEscaped]);
        }
        if found.is_empty() {
            found.push(Deviation::PayloadUnescaped);
        }
        found
    }
}

macro_rules! writers {
    ($( $cost:literal $language:expr, $order:ident: $( $spacing:ident $($end:literal)? ),+; )*) => {
        &[$($( Writer {
            cost: $cost,
            spacing: &$spacing,
            order: Order::$order,
            language: &$language,
            ends_line: !<[&[u8]]>::is_empty(&[$($end)?]),
        }, )+)*]
    };
}

/// `JSON.stringify` without arguments, where it changes nothing but spaces.
pub(in crate::diagnose) const MINIFIED: Writer =
    Writer { cost: 1, spacing: &COMPACT, order: Order::Kept, language: &KEPT, ends_line: false };

/// As the Console writes JSON.
pub(in crate::diagnose) const JAVASCRIPT_COMPACT: Writer =
    Writer { order: Order::DigitsFirst, language: &JAVASCRIPT, ..MINIFIED };

pub(in crate::diagnose) const DOTNET_COMPACT: Writer = Writer { language: &DOTNET, ..MINIFIED };
pub(in crate::diagnose) const PYTHON_COMPACT: Writer = Writer { language: &PYTHON, ..MINIFIED };

/// The likeliest first: where two write the same, the first one counts.
pub(in crate::diagnose) const WRITERS: &[Writer] = writers! {
    1 KEPT, Kept: COMPACT, BY_2, BY_4, BY_TABS, SPACED;
    1 JAVASCRIPT, DigitsFirst: COMPACT, BY_2, BY_4;
    1 PYTHON, Kept: SPACED, COMPACT, BY_2, BY_4;
    1 PYTHON_UNICODE, Kept: COMPACT, SPACED, BY_2, BY_4;
    1 PYTHON, Sorted: SPACED, COMPACT, BY_2, BY_4;
    1 PYTHON_UNICODE, Sorted: COMPACT, SPACED, BY_2, BY_4;
    1 GO, Sorted: COMPACT, COMPACT b"\n", BY_2, BY_TABS, BY_4, BY_2 b"\n", BY_TABS b"\n", BY_4 b"\n";
    1 GO_PLAIN, Sorted: COMPACT b"\n", COMPACT, BY_2 b"\n", BY_TABS b"\n", BY_4 b"\n", BY_2, BY_TABS;
    1 GO_TYPED, Kept: COMPACT, COMPACT b"\n", BY_2, BY_TABS;
    1 PHP, Kept: COMPACT, BY_4;
    1 PHP_ARRAY, Kept: COMPACT, BY_4;
    1 PHP_ASCII, Kept: COMPACT, BY_4;
    1 PHP_SLASHES, Kept: COMPACT, BY_4;
    1 PHP_PLAIN, Kept: COMPACT, BY_4;
    1 PHP_ASCII_ARRAY, Kept: COMPACT, BY_4;
    1 PHP_SLASHES_ARRAY, Kept: COMPACT, BY_4;
    1 PHP_PLAIN_ARRAY, Kept: COMPACT, BY_4;
    1 JACKSON_NODE, Kept: COMPACT, JACKSON;
    1 JACKSON_NODE, Sorted: COMPACT, JACKSON;
    1 GSON, Kept: COMPACT, BY_2;
    1 GSON_NO_NULLS, Kept: COMPACT, BY_2;
    1 GSON_MAP_NO_NULLS, Kept: COMPACT, BY_2;
    2 GSON_PLAIN_NO_NULLS, Kept: COMPACT, BY_2;
    2 JACKSON_NO_NULLS, Kept: COMPACT, JACKSON;
    1 GSON_MAP, Kept: COMPACT, BY_2;
    1 GSON_PLAIN, Kept: COMPACT, BY_2;
    1 GSON_MAP_PLAIN, Kept: COMPACT, BY_2;
    1 DOTNET, Kept: COMPACT, BY_2, BY_2_CRLF;
    1 NEWTONSOFT, Kept: COMPACT, BY_2, BY_2_CRLF;
    1 RUST, Sorted: COMPACT, BY_2;
    1 RUST, Kept: COMPACT, BY_2;
    1 RUBY, Kept: COMPACT, BY_2, BY_2_RUBY;
    1 PLAIN, Kept: COMPACT;
    1 PLAIN_ASCII, Kept: COMPACT, SPACED;
    2 PLAIN_PHP, Kept: COMPACT;
    2 RUBY_SAFE, Kept: COMPACT, BY_2;
    2 RAILS, Kept: COMPACT, BY_2;
    2 JACKSON_ASCII, Kept: COMPACT, JACKSON;
    2 JQ, Kept: BY_2 b"\n", COMPACT b"\n", BY_TABS b"\n", BY_4 b"\n";
    2 JQ, Sorted: BY_2 b"\n", COMPACT b"\n", BY_TABS b"\n";
    2 PLAIN, Sorted: BY_2_WIDE, COMPACT, BY_4, BY_TABS;
    2 PERL, Sorted: COMPACT, BY_3_WIDE b"\n", AFTER_COLONS;
    2 PERL_ASCII, Sorted: COMPACT, BY_3_WIDE b"\n";
    2 PYTHON, Kept: BY_TABS;
    2 PLAIN, Kept: BY_3_WIDE b"\n", BY_2_WIDE;
    2 SWIFT, Sorted: COMPACT, BY_2_WIDE;
    2 SWIFT, Kept: COMPACT, BY_2_WIDE;
    2 ORG_JSON, Kept: COMPACT;
    2 KEPT, Kept: BY_2_CRLF, BY_2 b"\n", BY_4 b"\n", BY_TABS b"\n", COMPACT b"\n";
    2 JAVASCRIPT, DigitsFirst: BY_TABS, BY_2 b"\n";
    2 KEPT, Kept: BY_1, BY_0, BY_2_TIGHT, BY_2_TIGHT b"\n", AFTER_COLONS;
    2 JAVASCRIPT, DigitsFirst: BY_1;
    2 PHP_ZEROS, Kept: COMPACT;
    2 PHP_PLAIN_ZEROS, Kept: COMPACT;
    2 JSON_SIMPLE, Hashed: COMPACT, BY_2, BY_4;
    2 PLAIN, Reversed: COMPACT;
    2 PLAIN, Sorted: AFTER_COLONS, BY_1;
    2 PYTHON_TEXT, Kept: SPACED;
    2 RUBY_TEXT, Kept: ARROWS, SPACED_ARROWS;
    2 JAVA_TEXT, Kept: EQUAL_SIGNS;
    2 JAVA_TEXT, Sorted: EQUAL_SIGNS;
    2 JAVA_TEXT, Hashed: EQUAL_SIGNS;
    2 GSON_TEXT, Kept: EQUAL_SIGNS;
    2 GO_TEXT, Sorted: WORDS;
};
