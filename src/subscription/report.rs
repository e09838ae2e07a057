//! Collects the findings of a validation.

use super::{Issue, IssueCode, Report, Severity};

impl Issue {
    pub(super) fn new(path: impl Into<String>, code: IssueCode) -> Self {
        Self { path: path.into(), code, severity: code.severity(), detail: None, suggestion: None }
    }

    /// Adds a sentence to the message.
    pub(super) fn with_detail(mut self, sentence: &str) -> Self {
        self.detail = Some(sentence.to_owned());
        self
    }

    /// What is wrong. Contains no part of a secret or a private key.
    #[must_use]
    pub fn message(&self) -> String {
        let message = self.code.message();
        self.detail.as_ref().map_or_else(|| message.to_owned(), |detail| [message, " ", detail].concat())
    }

    /// What to do about it.
    #[must_use]
    pub fn fix(&self) -> String {
        let fix = self.code.fix();
        let meant = self.suggestion.as_ref();
        meant.map_or_else(|| fix.to_owned(), |meant| ["Did you mean ", meant, "? ", fix].concat())
    }
}

/// All findings, in order.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Issue>);

impl From<Issue> for Findings {
    fn from(issue: Issue) -> Self {
        Self(vec![issue])
    }
}

impl Findings {
    pub(super) fn push(&mut self, issue: Issue) {
        self.0.push(issue);
    }

    pub(super) fn add(&mut self, at: &str, code: IssueCode) {
        self.push(Issue::new(at, code));
    }

    pub(super) fn explain(&mut self, at: &str, code: IssueCode, sentence: &str) {
        self.push(Issue::new(at, code).with_detail(sentence));
    }

    pub(super) fn suggest(&mut self, at: &str, code: IssueCode, suggestion: Option<&str>) {
        self.push(Issue { suggestion: suggestion.map(str::to_owned), ..Issue::new(at, code) });
    }

    pub(super) fn has_errors(&self) -> bool {
        self.0.iter().any(|issue| issue.severity == Severity::Error)
    }

    pub(super) fn has(&self, code: IssueCode) -> bool {
        self.0.iter().any(|issue| issue.code == code)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The report about input that is not a subscription at all.
    pub(super) fn into_refusal(self) -> Report {
        Report { is_valid: false, issues: self.0, subscription: None, authority: None }
    }

    pub(super) fn into_issues(self) -> Vec<Issue> {
        self.0
    }
}
