//! `tenantId` and `projectId`.

use super::{IssueCode, report::Findings};

/// The longest value of a Kubernetes label, which both ids become.
const MAX_LABEL: usize = 63;

pub(super) fn check(id: &str, at: &str, findings: &mut Findings) {
    if id.trim().is_empty() {
        findings.add(at, IssueCode::IdBlank);
    } else if id.contains(char::is_control) {
        findings.add(at, IssueCode::IdControlCharacter);
    } else if id.trim().contains(' ') {
        findings.add(at, IssueCode::IdIsName);
    } else if !is_label(id) {
        findings.add(at, IssueCode::IdShape);
    }
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
