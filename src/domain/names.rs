//! Enums whose variants have one machine name each: the same word in files, in the segment language
//! and in the output of commands.

/// Defines a field-less enum with `ALL`, `name()` and `parse()` from one table.
macro_rules! named_enum {
    ($(#[$doc:meta])* $vis:vis enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        $vis enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every variant, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The machine name, in English snake case.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// Finds a variant by its machine name; case, spaces and hyphens do not matter.
            pub fn parse(text: &str) -> Option<Self> {
                let wanted = $crate::domain::names::machine_name(text);
                Self::ALL.iter().copied().find(|v| v.name() == wanted)
            }

            /// The stable number of the variant.
            pub const fn code(self) -> u8 {
                self as u8
            }

            /// The variant with this number.
            pub fn from_code(code: u8) -> Option<Self> {
                Self::ALL.get(usize::from(code)).copied()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
pub(crate) use named_enum;

/// Lower case, with blanks and hyphens as underscores.
pub fn machine_name(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| if c.is_whitespace() || c == '-' { '_' } else { c.to_ascii_lowercase() })
        .collect()
}
