use crate::answer_layout::{AnswerItem, Domain};
use crate::{
    AnswerLayout, Grades, Indicator, Item, Language, Module, Page, ResponseScale, Review, Sex, Text,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A survey definition that has passed [`Survey::parse`]: ids are unique, every reference
/// resolves, every text exists in every language of `languages`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Survey {
    pub id: String,
    pub version: u32,
    pub form: Form,
    /// The grades that it is made for; those of its form when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grades: Option<Grades>,
    /// Whether what is asked, and in which order, may depend on the pupil. Never so in a pupil form.
    /// Tablets show another screen in the place of an item that is not asked, so that screens do
    /// not tell who answered what.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub branching: bool,
    pub languages: Vec<Language>,
    pub title: Text,
    /// Who made the questionnaire and what it builds on.
    pub source: String,
    pub licence: String,
    /// The parts of a study; every item belongs to one, where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modules: Vec<Module>,
    pub scales: Vec<ResponseScale>,
    pub items: Vec<Item>,
    /// Absent when the survey does not ask for the sex: then there are no tables by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    pub pages: Vec<Page>,
    pub indicators: Vec<Indicator>,
}

/// Whom a definition is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Form {
    Junior,
    Senior,
    /// The adults who look after a child; no class answers it.
    Parent,
}

/// Which definition, which version: `NAME.VERSION`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefinitionId {
    pub id: String,
    pub version: u32,
}

impl fmt::Display for DefinitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.version)
    }
}

impl Form {
    pub fn code(self) -> &'static str {
        match self {
            Self::Junior => "junior",
            Self::Senior => "senior",
            Self::Parent => "parent",
        }
    }
}

impl Survey {
    pub fn definition_id(&self) -> DefinitionId {
        DefinitionId { id: self.id.clone(), version: self.version }
    }

    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }

    pub fn scale(&self, id: &str) -> Option<&ResponseScale> {
        self.scales.iter().find(|scale| scale.id == id)
    }

    /// The scale of an item. `parse` has checked that it exists.
    pub fn scale_of(&self, item: &Item) -> Option<&ResponseScale> {
        self.scale(&item.scale)
    }

    /// What checking and packing need to know; the same as of [`Survey::questionnaire`].
    pub fn answer_layout(&self) -> AnswerLayout {
        let item = |item: &Item| AnswerItem {
            id: item.id.clone(),
            domain: self.scale_of(item).map_or(Domain::NOTHING, |scale| (&scale.kind).into()),
        };
        let items = self.items.iter().map(item).collect();
        AnswerLayout { id: self.id.clone(), version: self.version, items }
    }

    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// Every text that people are shown.
    pub fn texts(&self) -> Vec<&Text> {
        let mut texts = vec![&self.title];
        texts.extend(self.modules.iter().map(|module| &module.title));
        for scale in &self.scales {
            texts.extend(scale.texts());
        }
        texts.extend(self.items.iter().map(|item| &item.text));
        for page in &self.pages {
            if let Page::Reading { title, parts, .. } = page {
                texts.push(title);
                texts.extend(parts.iter().map(|part| &part.text));
            }
        }
        texts.extend(self.indicators.iter().flat_map(Indicator::texts));
        texts
    }

    /// How far every text in `language` has been checked; `None` when the survey does not speak it.
    pub fn review(&self, language: Language) -> Option<Review> {
        self.texts().into_iter().filter_map(|text| text.0.get(&language)).map(|t| t.review).min()
    }

    /// Languages in which not every text has been checked by native speakers.
    pub fn unchecked(&self) -> Vec<Language> {
        let short = |language: &Language| {
            self.review(*language).is_some_and(|review| review < Review::Native)
        };
        Language::ALL.into_iter().filter(short).collect()
    }

    /// Whether an indicator is kept from every class-level page: because it says so or because
    /// an item in its measure is. One over an item that this survey lacks is kept, too.
    pub fn is_sensitive(&self, indicator: &Indicator) -> bool {
        let kept = |id: &str| self.item(id).is_none_or(|item| item.sensitive);
        indicator.sensitive || indicator.measure.items().into_iter().any(kept)
    }
}
