//! Which headers of a request carry the token, and what several of them mean.

use crate::{Code, TOKEN_HEADERS, Token};

impl Token {
    /// The token of a request, from its header lines: names and values, as the
    /// host has them.
    ///
    /// - Every header of [`TOKEN_HEADERS`] counts. Names are compared without
    ///   regard to the case of ASCII letters (RFC 9110, section 5.1).
    /// - Spaces and tabs around a value are not part of it (RFC 9110, section
    ///   5.5). If the value is then empty, it is malformed, not missing: somebody
    ///   wrote the header.
    /// - Two lines of one name are malformed, because they mean the same as one
    ///   line with both values and a comma (RFC 9110, section 5.3).
    /// - Two headers must carry the same token: another service may read the
    ///   header that was not checked.
    ///
    /// The headers are read once for each name, so they are cloned: pass a
    /// reference or an iterator. A reference to an `http::HeaderMap` works:
    /// `Token::from_headers(&headers)`.
    ///
    /// # Errors
    /// [`Code::TokenMissing`] when there is no token header,
    /// [`Code::TokenMalformed`] when the value of one is not a token, and
    /// [`Code::TokenMismatch`] when they carry different tokens.
    ///
    /// ```
    /// use mia_webhooks::{Code, Token};
    ///
    /// let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    /// let token = Token::from_headers([("Accept", "*/*"), ("x-mia-token", digits)])?;
    /// assert_eq!(token.to_string(), digits);
    ///
    /// let twice = Token::from_headers([("X-Mia-Token", digits), ("X-Mia-Token", digits)]);
    /// assert_eq!(twice.unwrap_err(), Code::TokenMalformed);
    /// # Ok::<(), Code>(())
    /// ```
    pub fn from_headers<N, V, H>(headers: H) -> Result<Self, Code>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
        H: IntoIterator<Item = (N, V)> + Clone,
    {
        Self::from_headers_named(&TOKEN_HEADERS, headers)
    }

    /// Like [`Token::from_headers`], for headers with other names.
    ///
    /// # Errors
    /// The same as [`Token::from_headers`].
    ///
    /// ```
    /// use mia_webhooks::{Code, Token};
    ///
    /// let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    /// let headers = [("X-Proxy-Token", digits)];
    /// assert!(Token::from_headers_named(&["x-proxy-token"], headers).is_ok());
    /// assert_eq!(Token::from_headers(headers).unwrap_err(), Code::TokenMissing);
    /// ```
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a reference to a map is a value here, and so is an iterator"
    )]
    pub fn from_headers_named<N, V, H>(names: &[&str], headers: H) -> Result<Self, Code>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
        H: IntoIterator<Item = (N, V)> + Clone,
    {
        one_token(names.iter().filter_map(|wanted| {
            let mut lines = headers
                .clone()
                .into_iter()
                .filter(|(name, _)| name.as_ref().eq_ignore_ascii_case(wanted.as_bytes()));
            let (_, value) = lines.next()?;
            Some(match lines.next() {
                None => Self::parse(without_outer_space(value.as_ref())),
                Some(_) => Err(Code::TokenMalformed),
            })
        }))
    }
}

/// Refuses a payload that something compressed: the token covers the raw body.
#[cfg(feature = "std")]
pub(crate) fn check_encoding<N, V, H>(headers: H) -> Result<(), Code>
where
    N: AsRef<[u8]>,
    V: AsRef<[u8]>,
    H: IntoIterator<Item = (N, V)>,
{
    let mut lines =
        headers.into_iter().filter(|(name, _)| name.as_ref().eq_ignore_ascii_case(b"content-encoding"));
    let Some((_, value)) = lines.next() else { return Ok(()) };
    let value = without_outer_space(value.as_ref());
    let is_plain = value.is_empty() || value.eq_ignore_ascii_case(b"identity");
    if is_plain && lines.next().is_none() { Ok(()) } else { Err(Code::PayloadEncoded) }
}

/// The one token of a request, from one result for each token header. A malformed
/// header counts more than two that differ, in any order.
pub(crate) fn one_token(tokens: impl Iterator<Item = Result<Token, Code>>) -> Result<Token, Code> {
    let mut one: Option<Token> = None;
    let mut difference = 0;
    for token in tokens {
        let token = token?;
        match &one {
            None => one = Some(token),
            Some(first) => difference |= first.difference(&token),
        }
    }
    if difference != 0 { Err(Code::TokenMismatch) } else { one.ok_or(Code::TokenMissing) }
}

fn without_outer_space(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}
