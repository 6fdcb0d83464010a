//! Where pupils find help: contacts that the operator sets, and what a school says about its own
//! psychologist.

use crate::{
    Language,
    parts::help_cards::{ReadOn, help_cards},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::sync::Arc;

/// Everything a help page shows; the same for every pupil of a school.
#[derive(Debug, Clone)]
pub struct Help {
    pub contacts: Arc<[HelpContact]>,
    pub school: SchoolHelp,
}

/// Somebody outside the school who helps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpContact {
    /// Lower-case letters, digits, `_`; after `help-` the name of its place on the page.
    pub id: String,
    pub way: HelpWay,
    pub name: Wording,
    pub text: Wording,
}

/// How a contact is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpWay {
    Phone {
        number: String,
    },
    /// An address that begins with `https://`; none when only a sign or an app leads there.
    Web {
        url: Option<String>,
    },
    /// Shown last, for danger right now.
    Emergency {
        number: String,
    },
}

/// A text in the three languages. `{number}` in it stands for the contact's number, so that a
/// number is written in one place.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    pub kk: String,
    pub ru: String,
    pub en: String,
}

/// What a school says about its own psychologist; each is empty where it says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SchoolHelp {
    pub psychologist: String,
    pub room: String,
    pub times: String,
}

/// One of the texts of [`SchoolHelp`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpField {
    Psychologist,
    Room,
    Times,
}

/// Why a school's text is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpMistake {
    /// It has this many characters.
    TooLong(usize),
    /// It has a character that nobody sees and that could change how the page reads.
    Control,
}

/// The help page without a document around it, for the last screen of a tablet: headings of the
/// second level, no script, no link.
pub fn help_fragment(language: Language, help: &Help) -> String {
    let owner = Owner::new_root(None);
    let cards = owner.with(|| {
        let cards = help_cards(language, help, ReadOn::SharedTablet);
        view! { <div lang=language.code()>{cards}</div> }.to_html()
    });
    drop(owner);
    cards
}

impl HelpContact {
    pub(crate) fn name(&self, language: Language) -> String {
        self.filled(&self.name, language)
    }

    pub(crate) fn text(&self, language: Language) -> String {
        self.filled(&self.text, language)
    }

    fn filled(&self, wording: &Wording, language: Language) -> String {
        wording.get(language).replace("{number}", self.number().unwrap_or_default())
    }

    pub(crate) fn number(&self) -> Option<&str> {
        match &self.way {
            HelpWay::Phone { number } | HelpWay::Emergency { number } => Some(number),
            HelpWay::Web { .. } => None,
        }
    }
}

impl Wording {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

impl SchoolHelp {
    pub fn get(&self, field: HelpField) -> &str {
        match field {
            HelpField::Psychologist => &self.psychologist,
            HelpField::Room => &self.room,
            HelpField::Times => &self.times,
        }
    }

    /// Every text that cannot be taken, and why.
    pub fn mistakes(&self) -> Vec<(HelpField, HelpMistake)> {
        let fields = HelpField::ALL.into_iter();
        fields.filter_map(|field| Some((field, field.mistake(self.get(field))?))).collect()
    }
}

impl HelpField {
    pub const ALL: [Self; 3] = [Self::Psychologist, Self::Room, Self::Times];

    /// The most characters that it takes.
    pub const fn longest(self) -> usize {
        match self {
            Self::Psychologist | Self::Room => 80,
            Self::Times => 120,
        }
    }

    fn mistake(self, text: &str) -> Option<HelpMistake> {
        let length = text.chars().count();
        if text.chars().any(is_unseen) {
            Some(HelpMistake::Control)
        } else {
            (length > self.longest()).then_some(HelpMistake::TooLong(length))
        }
    }
}

/// Control characters, and those that turn the direction of the text behind them.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
