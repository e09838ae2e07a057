//! The shared secret, and which sets of secrets may verify together.

use crate::Code;

/// The longest secret, in bytes.
pub const MAX_SECRET_BYTES: usize = 4096;

/// The most secrets that may verify together.
pub const MAX_SECRETS: usize = 8;

/// A shared secret, in bytes, exactly as it was given: nothing is trimmed.
///
/// Never empty. Wiped from memory when dropped, not `Clone`, and elided in
/// `Debug`.
///
/// ```
/// use mia_webhooks::{Code, Secret};
///
/// let secret = Secret::new("it's a secret to everybody")?;
/// assert_eq!(format!("{secret:?}"), "Secret(..)");
/// assert_eq!(Secret::new("").unwrap_err(), Code::SecretEmpty);
/// # Ok::<(), Code>(())
/// ```
#[cfg(feature = "std")]
pub struct Secret(zeroize::Zeroizing<Vec<u8>>);

#[cfg(feature = "std")]
impl Secret {
    /// Takes the bytes of a secret; for a string, its UTF-8.
    ///
    /// # Errors
    /// [`Code::SecretEmpty`], [`Code::SecretTooLong`] (over
    /// [`MAX_SECRET_BYTES`]), [`Code::SecretPlaceholder`] (`undefined` or
    /// `null`: a missing variable that was turned into text).
    pub fn new(bytes: impl Into<Vec<u8>>) -> Result<Self, Code> {
        let bytes = zeroize::Zeroizing::new(bytes.into());
        check(&bytes)?;
        Ok(Self(bytes))
    }

    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(feature = "std")]
impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// The rules for one secret.
pub(crate) fn check(secret: &[u8]) -> Result<(), Code> {
    match secret {
        [] => Err(Code::SecretEmpty),
        _ if secret.len() > MAX_SECRET_BYTES => Err(Code::SecretTooLong),
        b"undefined" | b"null" => Err(Code::SecretPlaceholder),
        _ => Ok(()),
    }
}

/// The rules for the secrets of one verifier.
///
/// A secret that ends with another is refused: `sha256("ab" ++ "c")` and
/// `sha256("a" ++ "bc")` are the same token, so a token that was made for the
/// payload `ab` with `c` would be accepted for the payload `a` with `bc`.
pub(crate) fn check_set<'s, I>(secrets: &I) -> Result<(), Code>
where
    I: Iterator<Item = &'s [u8]> + Clone,
{
    match secrets.clone().count() {
        0 => return Err(Code::SecretMissing),
        1..=MAX_SECRETS => {}
        _ => return Err(Code::SecretTooMany),
    }
    secrets.clone().try_for_each(check)?;
    // TIMING: this compares the owner's secrets with each other, once, when a
    // verifier is built. Nobody else can choose either side.
    let ends_with_another = secrets
        .clone()
        .any(|longer| secrets.clone().any(|other| !core::ptr::eq(longer, other) && longer.ends_with(other)));
    if ends_with_another { Err(Code::SecretSuffix) } else { Ok(()) }
}
