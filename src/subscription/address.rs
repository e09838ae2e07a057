//! `target` and `proxy.url`.
//!
//! A parser of the WHATWG's URL Standard decides what a URL means: the platform's
//! `URL` in JavaScript, the `url` crate elsewhere. These parsers silently repair
//! much (`https:\\x`, tabs, missing slashes). Nobody means to write that, so the
//! text itself is checked first.

use super::{IssueCode, host, report::Findings};

/// The longest URL, in bytes; common servers and proxies accept as much.
pub const MAX_URL_BYTES: usize = 8192;

/// What a parser of the URL Standard found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Parsed {
    /// As the standard serialises it: IPv6 between brackets, IPv4 in dotted
    /// decimals, names in lower-case ASCII.
    pub(crate) host: String,
    pub(crate) has_credentials: bool,
}

/// A parser of the WHATWG's URL Standard; `None` if it fails.
pub(crate) type ParseUrl = fn(&str) -> Option<Parsed>;

/// Which of the two addresses to check.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Target,
    Proxy,
}

/// Checks an address. Returns whether it could be read and is plain `http`.
pub(super) fn check(text: &str, role: Role, at: &str, parse: ParseUrl, findings: &mut Findings) -> bool {
    let (parsed, is_http) = match read(text, parse) {
        Ok(read) => read,
        Err(code) => {
            findings.add(at, code);
            return false;
        }
    };
    let is_target = role == Role::Target;
    for (holds, code) in [
        (is_target && parsed.has_credentials, IssueCode::UrlCredentials),
        (text.contains('#'), IssueCode::UrlFragment),
        (is_target && is_http, IssueCode::UrlPlainHttp),
    ] {
        if holds {
            findings.add(at, code);
        }
    }
    if let Some(code) = host::unreachable(&parsed.host) {
        // The host alone: the rest of the URL may hold credentials.
        findings.explain(at, code, &format!("It is {}.", parsed.host.trim_end_matches('.')));
    }
    if !is_target && is_http {
        findings.add(at, IssueCode::ProxyPlainHttp);
    }
    if !is_target && parsed.has_credentials {
        findings.add(at, IssueCode::ProxyCredentials);
    }
    is_http
}

/// The parsed URL and whether it is `http`, or the rule that it breaks.
fn read(text: &str, parse: ParseUrl) -> Result<(Parsed, bool), IssueCode> {
    if text.len() > MAX_URL_BYTES {
        return Err(IssueCode::UrlTooLong);
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(IssueCode::UrlWhiteSpace);
    }
    let (scheme, rest) =
        text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)).ok_or(IssueCode::UrlMalformed)?;
    let is_http = scheme.eq_ignore_ascii_case("http");
    if !is_http && !scheme.eq_ignore_ascii_case("https") {
        return Err(IssueCode::UrlScheme);
    }
    let authority =
        rest.strip_prefix("//").map(|rest| rest.split(['/', '\\', '?', '#']).next().unwrap_or_default());
    let host = authority.map(|authority| authority.rsplit_once('@').map_or(authority, |(_, host)| host));
    if host.is_none_or(|host| host.is_empty() || host.starts_with(':')) {
        return Err(IssueCode::UrlHostMissing);
    }
    Ok((parse(text).ok_or(IssueCode::UrlMalformed)?, is_http))
}

/// RFC 3986, section 3.1.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The parser for hosts without a `URL`.
pub(super) fn parse(text: &str) -> Option<Parsed> {
    let url = url::Url::parse(text).ok()?;
    Some(Parsed {
        host: url.host_str()?.to_owned(),
        has_credentials: !url.username().is_empty() || url.password().is_some(),
    })
}
