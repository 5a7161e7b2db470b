//! Serialisation without a procedural macro.
//!
//! In: a list of fields or codes. Out: `serde` implementations. Refuses to know: what the
//! fields mean. Two declarative macros keep `record` free of build-time dependencies.

/// Implements `Serialize` and `Deserialize` for a struct from the list of its fields.
macro_rules! json_fields {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct;
                let count = [$(stringify!($field)),+].len();
                let mut row = to.serialize_struct(stringify!($type), count)?;
                $(row.serialize_field(stringify!($field), &self.$field)?;)+
                row.end()
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> serde::de::Visitor<'de> for Fields {
                    type Value = $type;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str(stringify!($type))
                    }
                    fn visit_map<M: serde::de::MapAccess<'de>>(
                        self,
                        mut map: M,
                    ) -> Result<$type, M::Error> {
                        $(let mut $field = None;)+
                        while let Some(key) = map.next_key::<String>()? {
                            match key.as_str() {
                                $(stringify!($field) => $field = Some(map.next_value()?),)+
                                _ => {
                                    map.next_value::<serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        Ok($type {
                            $($field: $field.ok_or_else(|| {
                                serde::de::Error::missing_field(stringify!($field))
                            })?),+
                        })
                    }
                }
                from.deserialize_map(Fields)
            }
        }
    };
}

/// Declares an enum whose values are codes of a published vocabulary, with the code each
/// is written as; gives `code`, `from_code`, `ALL`, `Display` and `serde`.
macro_rules! codes {
    ($(#[$meta:meta])* $type:ident { $($(#[$note:meta])* $value:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$note])* $value),+ }
        impl $type {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [$type] = &[$($type::$value),+];
            /// The code as it is written in data and output.
            pub const fn code(self) -> &'static str {
                match self { $($type::$value => $code),+ }
            }
            /// The value with this code, if there is one.
            pub fn from_code(code: &str) -> Option<$type> {
                match code { $($code => Some($type::$value),)+ _ => None }
            }
        }
        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.code())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(from)?;
                $type::from_code(&code).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&code, &[$($code),+])
                })
            }
        }
    };
}
