//! Verify a payload against the secrets of a subscription.

use crate::{Code, PayloadHash, Secret, Token, secret};

/// Checks tokens against a fixed set of secrets: the current one, and those
/// that are being rotated out.
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
    /// [`Code::SecretMissing`] for none, [`Code::SecretTooMany`] over
    /// [`MAX_SECRETS`](crate::MAX_SECRETS), [`Code::SecretSuffix`] where one
    /// ends with another.
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
        let mut stream = self.stream();
        stream.absorb(payload);
        stream.finish(token).map(|matched| Verified { payload, matched })
    }

    /// Starts on a payload that arrives in chunks.
    ///
    /// ```
    /// # use mia_webhooks::{Code, Secret, Verifier};
    /// # let verifier = Verifier::new([Secret::new("secret")?])?;
    /// # let token = verifier.sign(b"payload").to_string();
    /// let mut stream = verifier.stream();
    /// stream.absorb(b"pay");
    /// stream.absorb(b"load");
    /// assert_eq!(stream.finish(Some(token.as_bytes()))?.secret_index, 0);
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

    /// Checks the token header's value against all that was absorbed.
    ///
    /// # Errors
    /// [`Code::TokenMissing`], [`Code::TokenMalformed`],
    /// [`Code::TokenMismatch`].
    pub fn finish(self, token: Option<&[u8]>) -> Result<Match, Code> {
        let token = Token::parse(token.ok_or(Code::TokenMissing)?)?;
        let secret_index = self.hash.find(&token, self.verifier.0.iter().map(Secret::expose))?;
        Ok(Match { secret_index, id: self.hash.id() })
    }
}

/// Which secret a token was made with, and the id of its payload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// The position of the secret in the set, from 0.
    pub secret_index: usize,
    /// The SHA-256 of the payload.
    pub id: [u8; 32],
}

/// A payload that verified. Only [`Verifier::verify`] makes one, and only from
/// one can an [`Event`](crate::Event) be parsed.
#[derive(Clone, Copy)]
pub struct Verified<'p> {
    payload: &'p [u8],
    matched: Match,
}

impl<'p> Verified<'p> {
    /// The bytes that verified, as they came.
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
