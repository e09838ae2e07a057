//! What all tables of findings share: each row has a name, a kind, a message and
//! a fix.

macro_rules! findings {
    (
        $(#[$about:meta])* $table:ident,
        $(#[$about_kind:meta])* $kind:ident: $Kind:ty;
        $( $of_kind:ident $variant:ident, $name:literal, $message:literal, $fix:literal; )*
    ) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $table {
            $( #[doc = $message] $variant, )*
        }

        impl $table {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$( Self::$variant, )*];

            /// The stable name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            $(#[$about_kind])*
            #[must_use]
            pub const fn $kind(self) -> $Kind {
                match self { $( Self::$variant => <$Kind>::$of_kind, )* }
            }

            /// What was found, in a sentence or two.
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

pub(crate) use findings;
