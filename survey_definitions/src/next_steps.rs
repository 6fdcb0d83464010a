use crate::{DefinitionId, Language, Text};
use serde::{Deserialize, Serialize};

/// What to do next: rules over the published cells of a group, each with lesson themes, one
/// practical step and the reason that is shown. Read by [`NextSteps::parse`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextSteps {
    pub definition: DefinitionId,
    pub languages: Vec<Language>,
    pub themes: Vec<Theme>,
    pub steps: Vec<Step>,
    /// The indicators that a class's page shows first; none of them is sensitive.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead: Vec<String>,
    /// Those that pages of a school and above show first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lead_above_class: Vec<String>,
    /// The indicators by what they are about, in the order of pages. One that is in none comes
    /// after them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<Section>,
    pub rules: Vec<Rule>,
}

/// Indicators that pages show together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub id: String,
    pub title: Text,
    pub indicators: Vec<String>,
    /// Pages of a school and above show it unfolded.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfolded_above_class: bool,
    /// A list in words, without drawings.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub as_list: bool,
}

/// What lessons can be about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    pub id: String,
    pub title: Text,
    pub text: Text,
}

/// Something that the adults of a school can do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    pub id: String,
    pub text: Text,
}

/// When every condition of `when` holds, its themes and its step are advised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub id: String,
    pub when: Vec<BandCondition>,
    /// One or two ids of themes.
    pub themes: Vec<String>,
    /// The id of a step.
    pub step: String,
    pub reason: Text,
    /// What is worth keeping: nothing that asks for attention.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep: bool,
}

/// What must hold of a published band `[low, high)` in percent; never of a hidden cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandCondition {
    pub indicator: String,
    /// Which part of a distribution; none for every other measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Holds when `low` is this or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u8>,
    /// Holds when `high` is this or less.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<u8>,
}

impl NextSteps {
    /// Every text that people are shown.
    pub fn texts(&self) -> Vec<&Text> {
        let themes = self.themes.iter().flat_map(|theme| [&theme.title, &theme.text]);
        let steps = self.steps.iter().map(|step| &step.text);
        let sections = self.sections.iter().map(|section| &section.title);
        let reasons = self.rules.iter().map(|rule| &rule.reason);
        themes.chain(steps).chain(sections).chain(reasons).collect()
    }
}
