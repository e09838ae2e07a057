//! `tenantId` and `projectId`.

use super::{IssueCode, placeholder, report::Findings, slices::has, surroundings};

/// The longest value of a Kubernetes label, which both ids become.
const MAX_LABEL: usize = 63;

pub(super) fn check(id: &str, at: &str, findings: &mut Findings) {
    let placeholder = placeholder::in_name(id);
    let around = surroundings::find(id);
    let code = if id.trim().is_empty() {
        IssueCode::IdBlank
    } else if id.contains(char::is_control) {
        IssueCode::IdControlCharacter
    } else if placeholder == Some(IssueCode::Placeholder) {
        IssueCode::Placeholder
    } else if let Some(around) = around.or(placeholder) {
        around
    } else if surroundings::is_punctuated(id) {
        IssueCode::ValuePunctuated
    } else if has(id, "*") || ["all", "any"].iter().any(|word| word.eq_ignore_ascii_case(id)) {
        IssueCode::IdWildcard
    } else if has(id.trim(), " ") {
        IssueCode::IdIsName
    } else if is_label(id) {
        return;
    } else {
        IssueCode::IdShape
    };
    let is_about = surroundings::is_about(code) || code == IssueCode::IdShape && id.trim() != id;
    let meant = is_about.then(|| surroundings::inner(id)).filter(|meant| is_label(meant));
    findings.suggest(at, code, meant.as_deref());
}

/// The shape of a Kubernetes label's value. The Console publishes no pattern of its
/// own, and an administrator may type any id.
fn is_label(id: &str) -> bool {
    let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let bytes = id.as_bytes();
    bytes.len() <= MAX_LABEL
        && bytes.iter().all(is_inner)
        && bytes.first().is_some_and(u8::is_ascii_alphanumeric)
        && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
}
