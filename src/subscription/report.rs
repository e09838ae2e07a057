//! Collects the findings of a validation.

use super::{Issue, IssueCode, Report, Severity};

impl Issue {
    pub(super) fn new(path: impl Into<String>, code: IssueCode) -> Self {
        Self {
            path: path.into(),
            code,
            severity: code.severity(),
            message: code.message().to_owned(),
            fix: code.fix().to_owned(),
            suggestion: None,
        }
    }

    /// Adds a sentence to the message.
    pub(super) fn with_detail(mut self, sentence: &str) -> Self {
        self.message.push(' ');
        self.message.push_str(sentence);
        self
    }

    fn with_suggestion(mut self, suggestion: &str) -> Self {
        self.fix = format!("Did you mean {suggestion}? {}", self.fix);
        self.suggestion = Some(suggestion.to_owned());
        self
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
        let issue = Issue::new(at, code);
        self.push(match suggestion {
            Some(suggestion) => issue.with_suggestion(suggestion),
            None => issue,
        });
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
