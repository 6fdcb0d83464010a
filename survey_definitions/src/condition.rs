use serde::{Deserialize, Serialize};

/// What holds of one pupil's answers, or not, or is unknown for want of a valid answer. Parts
/// are combined by Kleene's three-valued logic: `any` is true as soon as one part is, and
/// unknown only when none is true and one is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// The answer is one of `codes`; on a `many` scale: names at least one of them.
    Codes {
        item: String,
        codes: Vec<i16>,
    },
    All {
        of: Vec<Condition>,
    },
    Any {
        of: Vec<Condition>,
    },
    /// At least `count` of the parts hold.
    AtLeast {
        count: u32,
        of: Vec<Condition>,
    },
    /// The answer is a number `from` to `to`, either end open when absent; never on a `many` scale.
    Range {
        item: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i16>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i16>,
    },
    /// Unknown stays unknown: no answer does not make it true.
    Not {
        of: Box<Condition>,
    },
    /// Every item is answered with one and the same code, and that is `from` or higher.
    Same {
        items: Vec<String>,
        from: i16,
    },
}

impl Condition {
    /// The ids of the items that it looks at; one may come twice.
    pub fn items(&self) -> Vec<&str> {
        match self {
            Self::Codes { item, .. } | Self::Range { item, .. } => vec![item],
            Self::Not { of } => of.items(),
            Self::All { of } | Self::Any { of } | Self::AtLeast { of, .. } => {
                of.iter().flat_map(Self::items).collect()
            }
            Self::Same { items, .. } => items.iter().map(String::as_str).collect(),
        }
    }
}
