//! The form of a table of reasons: each row has a name and a sentence.

macro_rules! reasons {
    (
        $(#[$about:meta])* $table:ident;
        $( $variant:ident, $name:literal, $message:literal; )*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $table {
            $( #[doc = $message] $variant, )*
        }

        impl $table {
            /// All of them, in the order of their rows.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The reason in one sentence.
            #[must_use]
            pub const fn message(self) -> &'static str {
                match self { $( Self::$variant => $message, )* }
            }
        }
    };
}

pub(crate) use reasons;
