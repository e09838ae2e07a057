//! What was copied along with a value: its line, its quotes, escapes, characters that
//! cannot be seen.

use super::{
    IssueCode,
    slices::{from, has, split_at_first},
};

/// What is around or in a value that nobody means there, the first thing that is found.
pub(super) fn find(text: &str) -> Option<IssueCode> {
    let trimmed = text.trim();
    // Base64 can look like any short name.
    let is_name = |name: &str| {
        let lower = name.to_ascii_lowercase();
        text.len() < 200 || has(name, "_") || has(&lower, "ca") || has(&lower, "cert")
    };
    // Of a request, or of the command that makes one.
    let is_request =
        ["GET ", "POST ", "PUT ", "curl ", "wget "].iter().any(|start| trimmed.starts_with(start));
    if is_request || is_assignment(trimmed, is_name) {
        Some(IssueCode::ValueAssignment)
    } else if is_quoted(trimmed) || is_bracketed_url(trimmed) {
        Some(IssueCode::ValueQuoted)
    } else if has_escape(trimmed) || has(trimmed, "\\/") || is_escaped_url(trimmed) {
        Some(IssueCode::ValueEscaped)
    } else if text.contains(is_invisible) {
        Some(IssueCode::InvisibleCharacter)
    } else {
        None
    }
}

/// Whether a secret is a line of a file, of a program or of a request. Genuine secrets
/// contain `=` and `:`, so the name before it must be one for a secret.
pub(super) fn is_secret_line(secret: &str) -> bool {
    let text = secret.trim();
    let scheme = split_at_first(text, |c| c == ' ').0.to_ascii_lowercase();
    // The last is how sha256sum names what it read.
    let is_line =
        ["bearer", "basic"].contains(&scheme.as_str()) && scheme.len() < text.len() || text.ends_with("  -");
    is_line
        || is_assignment(text, |name| {
            let lower = name.to_ascii_lowercase();
            let is_constant = has(name, "_") && !name.bytes().any(|byte| byte.is_ascii_lowercase());
            is_constant
                || ["secret", "token", "key", "password", "webhook", "signature", "sha256"]
                    .iter()
                    .any(|word| has(&lower, word))
        })
}

/// `NAME=value`, `export NAME=value`, `name: value`, `{"name": "value"`, `ENV NAME value`.
fn is_assignment(text: &str, is_name: impl Fn(&str) -> bool) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let mut rest = text.trim_start_matches(['{', '"', '\'', '-', ' ', '`']);
    let mut is_spaced = text.starts_with("--") && !text.starts_with("---");
    for command in [
        "export ",
        "set ",
        "env ",
        "e ",
        "H ",
        "const ",
        "let ",
        "var ",
        "$env:",
        "Environment=",
        "from-literal=",
        "setx ",
        "ENV ",
        "ARG ",
    ] {
        if let Some(after) = rest.strip_prefix(command) {
            is_spaced |= matches!(command, "setx " | "ENV " | "ARG ");
            rest = after.trim_start_matches(['"', '\'', ' ']);
        }
    }
    let (name, after) = split_at_first(rest, |c| !is_part(c));
    let is_identifier = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let unquoted = after.strip_prefix(['"', '\'']).unwrap_or(after);
    let is_in_quotes = unquoted.len() < after.len();
    let Some((separator, value)) = unquoted.trim_start().split_at_checked(1) else { return false };
    let is_separated = match separator {
        // Base64 ends with it.
        "=" => !value.starts_with(['=', '>']) || value.starts_with("> "),
        ":" | "?" if value.starts_with("= ") => true,
        ":" => is_in_quotes || value.starts_with(' ') || value.starts_with("http"),
        _ => is_spaced && after.starts_with(' '),
    };
    let is_other = ["http", "https", "todo", "fixme", "tbd", "tba"]
        .iter()
        .any(|scheme| name.eq_ignore_ascii_case(scheme));
    is_identifier
        && !is_other
        && is_separated
        && value.contains(|c: char| c.is_ascii_alphanumeric())
        && is_name(name)
}

/// In quotes of any kind, or in backticks.
pub(super) fn is_quoted(text: &str) -> bool {
    const QUOTES: &[(char, char)] = &[
        ('"', '"'),
        ('\'', '\''),
        ('`', '`'),
        ('\u{201c}', '\u{201d}'),
        ('\u{201d}', '\u{201d}'),
        ('\u{201e}', '\u{201c}'),
        ('\u{2018}', '\u{2019}'),
        ('\u{2019}', '\u{2019}'),
        ('\u{ab}', '\u{bb}'),
    ];
    // Of Python, C# and shells.
    let is_prefix = |c: char| matches!(c, 'b' | 'r' | 'u' | 'f' | '@' | '$');
    let bare = text.strip_prefix(is_prefix).filter(|bare| bare.starts_with(['"', '\''])).unwrap_or(text);
    QUOTES.iter().any(|(open, close)| bare.strip_prefix(*open).is_some_and(|rest| rest.ends_with(*close)))
}

/// `<https://…>`, or a link of Markdown.
fn is_bracketed_url(text: &str) -> bool {
    text.starts_with("<http") && text.ends_with('>')
        || text.starts_with("(http") && text.ends_with(')')
        || text.starts_with('[') && has(text, "](http") && text.ends_with(')')
}

/// `https%3A%2F%2F…`
fn is_escaped_url(text: &str) -> bool {
    text.starts_with("http") && !has(text, "://") && has(&text.to_ascii_lowercase(), "%3a%2f%2f")
}

/// Whether an escape for a line break or for a code of Unicode is written out.
pub(super) fn has_escape(text: &str) -> bool {
    let is_code = |rest: &str, digits: usize| {
        rest.get(..digits).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    text.split('\\').skip(1).any(|rest| match rest.as_bytes().first() {
        Some(b'n' | b'r') => true,
        Some(b'u') => is_code(from(rest, 1), 4),
        Some(b'x') => is_code(from(rest, 1), 2),
        _ => false,
    })
}

/// Whether a finding is about what is around or in a value, and the rest of it is the value.
pub(super) const fn is_about(code: IssueCode) -> bool {
    matches!(
        code,
        IssueCode::ValueAssignment
            | IssueCode::ValueQuoted
            | IssueCode::InvisibleCharacter
            | IssueCode::ValuePunctuated
    )
}

/// What is left of a value without what is around it, to suggest it.
pub(super) fn inner(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let is_end = |c: char| !(c.is_ascii_alphanumeric() || matches!(c, '=' | ':' | ' '));
    let value = visible.trim().trim_matches(is_end).trim();
    let value = value.rsplit(['=', ':', ' ']).next().unwrap_or_default();
    value.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
}

/// Whether a separator of a list or the end of a statement follows.
pub(super) fn is_punctuated(text: &str) -> bool {
    text.trim_end().ends_with([';', ','])
}

/// A character that looks like nothing, or like a space and is none.
pub(super) fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return false;
    }
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || c.is_whitespace()
}
