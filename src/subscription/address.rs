//! `target` and `proxy.url`.
//!
//! A parser of the WHATWG's URL Standard decides what a URL means: the platform's
//! `URL` in JavaScript, the `url` crate elsewhere. These parsers silently repair
//! much (`https:\\x`, tabs, missing slashes). Nobody means to write that, so the
//! text itself is checked first.

use super::{
    Issue, IssueCode, host, placeholder,
    report::Findings,
    slices::{has, parted, split_at_first},
    spelling::is_near,
    surroundings,
};

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
    let placeholder = placeholder::in_url(text);
    let (parsed, is_http) = match read(text, placeholder, parse) {
        Ok(read) => read,
        Err(code) => {
            let is_placeholder = placeholder.is_some() && code != IssueCode::UrlTooLong;
            let code = if is_placeholder { IssueCode::Placeholder } else { code };
            let fault = (code == IssueCode::UrlMalformed).then(|| parted(text, "://")).flatten();
            let fault = fault.and_then(|(_, rest)| authority_fault(host_and_port(rest)));
            findings.push(Issue { detail: fault.map(str::to_owned), ..Issue::new(at, code) });
            return false;
        }
    };
    let is_target = role == Role::Target;
    for (holds, code) in [
        (is_target && parsed.has_credentials, IssueCode::UrlCredentials),
        (has(text, "#"), IssueCode::UrlFragment),
        (is_target && is_http, IssueCode::UrlPlainHttp),
    ] {
        if holds {
            findings.add(at, code);
        }
    }
    if let Some(code) = host::unreachable(&parsed.host) {
        // The host alone: the rest of the URL may hold credentials.
        findings.explain(at, code, &["It is ", parsed.host.trim_end_matches('.'), "."].concat());
    }
    if !is_target && is_http {
        findings.add(at, IssueCode::ProxyPlainHttp);
    }
    if !is_target && parsed.has_credentials {
        findings.add(at, IssueCode::ProxyCredentials);
    }
    if let Some(likely) = placeholder {
        findings.add(at, likely);
    }
    if surroundings::is_punctuated(text) {
        findings.add(at, IssueCode::ValuePunctuated);
    }
    is_http
}

/// The parsed URL and whether it is `http`, or the rule that it breaks.
fn read(text: &str, placeholder: Option<IssueCode>, parse: ParseUrl) -> Result<(Parsed, bool), IssueCode> {
    if text.len() > MAX_URL_BYTES {
        return Err(IssueCode::UrlTooLong);
    }
    let has_space = text.contains(|c: char| c.is_whitespace() || c.is_control());
    match surroundings::find(text) {
        _ if placeholder == Some(IssueCode::Placeholder) => return Err(IssueCode::Placeholder),
        Some(code) if !(has_space && code == IssueCode::InvisibleCharacter) => return Err(code),
        _ if has_space => return Err(IssueCode::UrlWhiteSpace),
        _ => {}
    }
    if let Some(code) = scheme_fault(text) {
        return Err(code);
    }
    let (scheme, rest) =
        text.split_once(':').filter(|(scheme, _)| is_scheme(scheme)).ok_or(IssueCode::UrlMalformed)?;
    let is_http = scheme.eq_ignore_ascii_case("http");
    if !is_http && !scheme.eq_ignore_ascii_case("https") {
        return Err(IssueCode::UrlScheme);
    }
    let host = rest.strip_prefix("//").map_or("", host_and_port);
    if host.is_empty() || host.starts_with(':') {
        return Err(IssueCode::UrlHostMissing);
    }
    if !is_name(host.trim_end_matches([',', ';'])) {
        return Err(IssueCode::UrlMalformed);
    }
    Ok((parse(text).ok_or(IssueCode::UrlMalformed)?, is_http))
}

/// The host and the port behind `//`. A backslash counts as a slash.
fn host_and_port(rest: &str) -> &str {
    let authority = split_at_first(rest, |c| matches!(c, '/' | '\\' | '?' | '#')).0;
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

/// The URL Standard allows these signs; names of hosts have none of them.
fn is_name(host: &str) -> bool {
    !host.bytes().any(|byte| b",;*&=!()+'\"".contains(&byte))
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && (text.len() < 5 || text.len() == 5 && text <= "65535")
}

fn authority_fault(host: &str) -> Option<&'static str> {
    let (name, port) = host.rsplit_once(':').filter(|_| !host.ends_with(']')).unwrap_or((host, ""));
    if has(name, ":") && !name.starts_with('[') {
        Some("An IPv6 address stands in brackets.")
    } else if !port.is_empty() && !is_port(port) {
        Some("A port is a number of at most 65535.")
    } else {
        (!is_name(name)).then_some("The name of a host has only letters, digits, dots and hyphens.")
    }
}

/// What people do to `https://`: twice, with a letter too few, without a slash, not at
/// all.
fn scheme_fault(text: &str) -> Option<IssueCode> {
    const SCHEMES: [&str; 2] = ["https", "http"];
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let lower = text.get(..20).unwrap_or(text).to_ascii_lowercase();
    let (word, after) = split_at_first(&lower, |c| !is_letter(c));
    let is_http = SCHEMES.contains(&word);
    let rest = after.trim_start_matches([':', '/', '\\', ';', ',', '.']);
    let separator = after.strip_suffix(rest).unwrap_or_default();
    let second = SCHEMES.iter().find_map(|scheme| rest.strip_prefix(scheme));
    let is_second = second.is_some_and(|rest| {
        rest.starts_with("//")
            || rest.strip_prefix(':').is_some_and(|port| !port.starts_with(|c: char| c.is_ascii_digit()))
    });
    let is_doubled =
        SCHEMES.iter().any(|scheme| word.strip_prefix(scheme).is_some_and(|word| SCHEMES.contains(&word)));
    // `https://www.https://…`: a host with an empty port.
    let whole = text.to_ascii_lowercase();
    let (authority, _) =
        parted(&whole, "://").map_or(("", ""), |(_, rest)| split_at_first(rest, |c| c == '/'));
    let is_inside = authority.ends_with("https:") || authority.ends_with("http:");
    if is_http && (is_second || is_inside) || is_doubled && !separator.is_empty() {
        return Some(IssueCode::UrlSchemeTwice);
    }
    // `ftp` is two letters from `http`, and no slip of the pen.
    let is_meant =
        is_http || (has(word, "h") || has(word, "tt")) && SCHEMES.iter().any(|scheme| is_near(word, scheme));
    let has_host = rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[' || !c.is_ascii());
    let is_slip = matches!(separator.as_bytes(), [b':' | b';', ..])
        || has(separator, "//")
        || is_http && separator == "/";
    let is_port = separator == ":" && rest.starts_with(|c: char| c.is_ascii_digit());
    // What keyboards for Chinese and Japanese write.
    let is_wide = after.trim_start_matches([':', '/']).starts_with(['\u{ff1a}', '\u{fe55}', '\u{ff0f}']);
    if is_meant && is_wide {
        return Some(IssueCode::UrlSchemeMisspelled);
    }
    if is_meant && has_host && is_slip && !is_port && !(is_http && separator.starts_with("://")) {
        return Some(IssueCode::UrlSchemeMisspelled);
    }
    is_without_scheme(text).then_some(IssueCode::UrlSchemeMissing)
}

/// `//host`, `host/path`, `host.example.org` or `host:8080`.
fn is_without_scheme(text: &str) -> bool {
    if let Some(rest) = text.trim_start_matches(':').strip_prefix("//") {
        return !rest.is_empty() && !rest.starts_with('/');
    }
    let (authority, path) = split_at_first(text, |c| matches!(c, '/' | '?' | '#'));
    let (host, port) = authority.split_once(':').map_or((authority, None), |(host, port)| (host, Some(port)));
    host.starts_with(|c: char| c.is_ascii_alphanumeric())
        && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
        && port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()))
        && (has(host, ".") || host == "localhost" || port.is_some() || path.starts_with('/'))
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
