//! What tables of findings have in common: a name, a blame and two sentences.

/// What was not as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Blame {
    /// The bytes that were hashed are not those that arrived.
    Payload,
    /// The secret is another one.
    Secret,
    /// Payload and secret were combined in another way.
    Construction,
    /// The token is right, and written otherwise.
    Token,
}

impl Blame {
    /// `"payload"`, `"secret"`, `"construction"` or `"token"`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Secret => "secret",
            Self::Construction => "construction",
            Self::Token => "token",
        }
    }
}

macro_rules! findings {
    (
        $(#[$about:meta])* $table:ident:
        $( $blame:ident $variant:ident, $name:literal, $message:literal, $fix:literal; )*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $table {
            $( #[doc = $message] $variant, )*
        }

        impl $table {
            /// Every one of them, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// What is not as it should be.
            #[must_use]
            pub const fn blame(self) -> $crate::diagnose::Blame {
                match self { $( Self::$variant => $crate::diagnose::Blame::$blame, )* }
            }

            /// What happened, in one sentence.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $( Self::$variant => $message, )* }
            }

            /// What to do about it.
            #[must_use]
            pub const fn fix(self) -> &'static str {
                match self { $( Self::$variant => $fix, )* }
            }
        }
    };
}

pub(super) use findings;
