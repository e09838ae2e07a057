//! Verify a payload against the secrets of a subscription.

use crate::{Code, PayloadHash, Secret, Token, request, secret};

/// Checks tokens against a fixed set of secrets: the current one, and any that
/// are being rotated out.
///
/// ```
/// use mia_webhooks::{Code, Secret, Verifier};
///
/// let verifier = Verifier::new([Secret::new("new")?, Secret::new("old")?])?;
/// let token = verifier.sign(b"payload").to_string();
/// assert!(verifier.verify(b"payload", Some(token.as_bytes())).is_ok());
///
/// let forged = verifier.verify(b"payload!", Some(token.as_bytes()));
/// assert_eq!(forged.unwrap_err(), Code::TokenMismatch);
/// assert_eq!(verifier.verify(b"payload", None).unwrap_err(), Code::TokenMissing);
/// # Ok::<(), Code>(())
/// ```
#[derive(Debug)]
pub struct Verifier(Vec<Secret>);

impl Verifier {
    /// Takes the secrets; [`Verifier::sign`] uses the first one.
    ///
    /// # Errors
    /// [`Code::SecretMissing`] for no secret, [`Code::SecretTooMany`] for more than
    /// [`MAX_SECRETS`](crate::MAX_SECRETS), [`Code::SecretSuffix`] when one ends
    /// with another.
    pub fn new(secrets: impl IntoIterator<Item = Secret>) -> Result<Self, Code> {
        let secrets: Vec<_> = secrets.into_iter().collect();
        secret::check_set(&secrets.iter().map(Secret::expose))?;
        Ok(Self(secrets))
    }

    /// Makes the token that the Console would send with this payload.
    #[must_use]
    pub fn sign(&self, payload: &[u8]) -> Token {
        let mut hash = PayloadHash::new();
        hash.absorb(payload);
        // `new` refuses an empty set.
        hash.sign(self.0.first().map_or(&[], Secret::expose))
    }

    /// Checks the token header's value against the payload.
    ///
    /// # Errors
    /// [`Code::TokenMissing`], [`Code::TokenMalformed`],
    /// [`Code::TokenMismatch`].
    pub fn verify<'p>(&self, payload: &'p [u8], token: Option<&[u8]>) -> Result<Verified<'p>, Code> {
        self.verify_token(payload, &Token::parse(token.ok_or(Code::TokenMissing)?)?)
    }

    /// Checks the headers of a request against its payload; see
    /// [`Token::from_headers`] for what they must hold.
    ///
    /// # Errors
    /// [`Code::TokenMissing`], [`Code::TokenMalformed`],
    /// [`Code::TokenMismatch`], and [`Code::PayloadEncoded`] for a
    /// `Content-Encoding` other than `identity` (RFC 9110, section 8.4).
    ///
    /// ```
    /// # use mia_webhooks::{Code, Secret, Verifier};
    /// # let verifier = Verifier::new([Secret::new("secret")?])?;
    /// # let token = verifier.sign(b"payload").to_string();
    /// let headers = [("Content-Type", "application/json"), ("X-Mia-Token", &token)];
    /// assert!(verifier.verify_headers(b"payload", headers).is_ok());
    /// # Ok::<(), Code>(())
    /// ```
    pub fn verify_headers<'p, N, V, H>(&self, payload: &'p [u8], headers: H) -> Result<Verified<'p>, Code>
    where
        N: AsRef<[u8]>,
        V: AsRef<[u8]>,
        H: IntoIterator<Item = (N, V)> + Clone,
    {
        let token = Token::from_headers(headers.clone())?;
        request::check_encoding(headers)?;
        self.verify_token(payload, &token)
    }

    /// Checks a token that was read before, for example by
    /// [`Token::from_headers_named`].
    ///
    /// # Errors
    /// [`Code::TokenMismatch`].
    pub fn verify_token<'p>(&self, payload: &'p [u8], token: &Token) -> Result<Verified<'p>, Code> {
        let mut stream = self.stream();
        stream.absorb(payload);
        stream.finish_token(token).map(|matched| Verified { payload, matched })
    }

    /// Starts verifying a payload that arrives in chunks.
    ///
    /// ```
    /// # use mia_webhooks::{Code, Secret, Verifier};
    /// # let verifier = Verifier::new([Secret::new("secret")?])?;
    /// # let token = verifier.sign(b"payload").to_string();
    /// let mut stream = verifier.stream();
    /// stream.absorb(b"pay");
    /// stream.absorb(b"load");
    /// assert_eq!(stream.finish(Some(token.as_bytes()))?.secret_id, 0);
    /// # Ok::<(), Code>(())
    /// ```
    #[must_use]
    pub fn stream(&self) -> Stream<'_> {
        Stream { verifier: self, hash: PayloadHash::new() }
    }
}

/// A verification whose payload arrives in chunks; see [`Verifier::stream`].
#[derive(Clone, Debug)]
pub struct Stream<'v> {
    verifier: &'v Verifier,
    hash: PayloadHash,
}

impl Stream<'_> {
    /// Appends bytes of the payload.
    pub fn absorb(&mut self, chunk: &[u8]) {
        self.hash.absorb(chunk);
    }

    /// Checks the token header's value against the absorbed payload.
    ///
    /// # Errors
    /// [`Code::TokenMissing`], [`Code::TokenMalformed`],
    /// [`Code::TokenMismatch`].
    pub fn finish(self, token: Option<&[u8]>) -> Result<Match, Code> {
        self.finish_token(&Token::parse(token.ok_or(Code::TokenMissing)?)?)
    }

    /// Checks a token that was read before, for example by
    /// [`Token::from_headers`]: the headers can be checked before the payload
    /// arrives.
    ///
    /// # Errors
    /// [`Code::TokenMismatch`].
    ///
    /// ```
    /// # use mia_webhooks::{Code, Secret, Token, Verifier};
    /// # let verifier = Verifier::new([Secret::new("secret")?])?;
    /// # let headers = [("X-Mia-Token", verifier.sign(b"payload").to_string())];
    /// let token = Token::from_headers(headers)?;
    /// let mut stream = verifier.stream();
    /// stream.absorb(b"payload");
    /// assert!(stream.finish_token(&token).is_ok());
    /// # Ok::<(), Code>(())
    /// ```
    pub fn finish_token(self, token: &Token) -> Result<Match, Code> {
        let secret_id = self.hash.find(token, self.verifier.0.iter().map(Secret::expose))?;
        Ok(Match { secret_id, id: self.hash.id() })
    }
}

/// Which secret a token was made with, and the id of its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The index of the secret in the set, from 0.
    pub secret_id: usize,
    /// The SHA-256 of the payload.
    pub id: [u8; 32],
}

/// A payload that verified. Only a [`Verifier`] makes one, and an
/// [`Event`](crate::Event) can only be parsed from one.
#[derive(Clone, Copy)]
pub struct Verified<'p> {
    payload: &'p [u8],
    matched: Match,
}

impl<'p> Verified<'p> {
    /// The verified bytes, exactly as they arrived.
    #[must_use]
    pub const fn payload(&self) -> &'p [u8] {
        self.payload
    }

    /// Which secret matched, and the id of the payload.
    #[must_use]
    pub const fn matched(&self) -> Match {
        self.matched
    }
}

impl core::fmt::Debug for Verified<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Verified").field("matched", &self.matched).finish_non_exhaustive()
    }
}
