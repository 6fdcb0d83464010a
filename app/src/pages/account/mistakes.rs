//! What can be wrong with a new name or password, in words.

use crate::{Language, language::text, parts::field::Field};

/// Characters of a password.
const SHORTEST: usize = 10;
const LONGEST: usize = 200;
const NAME: std::ops::RangeInclusive<usize> = 3..=40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMistake {
    TooShort,
    TooLong,
    Characters,
    Taken,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordField {
    Current,
    New,
    Repeat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordMistake {
    /// So many characters.
    TooShort(usize),
    TooLong,
    /// Typed twice, not the same.
    Differs,
    /// Not the current one.
    Wrong,
}

/// What is wrong with which field; never what was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PasswordMistakes(pub Vec<(PasswordField, PasswordMistake)>);

impl NameMistake {
    /// What is wrong with a name, apart from its being taken.
    pub fn of(name: &str) -> Option<Self> {
        let length = name.chars().count();
        let allowed = |c: char| c.is_alphanumeric() || ".-_@".contains(c);
        match () {
            () if length > *NAME.end() => Some(Self::TooLong),
            () if !name.chars().all(allowed) => Some(Self::Characters),
            () if length < *NAME.start() => Some(Self::TooShort),
            () => None,
        }
    }

    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::TooShort => text!(language, account.name_short),
            Self::TooLong => text!(language, account.name_long),
            Self::Characters => text!(language, account.name_characters),
            Self::Taken => text!(language, account.name_taken),
        }
    }
}

impl PasswordMistake {
    fn words(self, language: Language) -> String {
        match self {
            Self::TooShort(length) => text!(language, account.too_short, length = length),
            Self::TooLong => text!(language, account.too_long).to_owned(),
            Self::Differs => text!(language, account.differs).to_owned(),
            Self::Wrong => text!(language, account.current_wrong).to_owned(),
        }
    }
}

impl PasswordMistakes {
    /// What is wrong with a new password that was typed twice.
    pub fn of(new: &str, repeat: &str) -> Self {
        let length = new.chars().count();
        let mut mistakes = Vec::new();
        if length < SHORTEST {
            mistakes.push((PasswordField::New, PasswordMistake::TooShort(length)));
        } else if length > LONGEST {
            mistakes.push((PasswordField::New, PasswordMistake::TooLong));
        } else if new != repeat {
            mistakes.push((PasswordField::Repeat, PasswordMistake::Differs));
        }
        Self(mistakes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn field(&self, language: Language, which: PasswordField) -> Field {
        let (name, label, autocomplete) = match which {
            PasswordField::Current => {
                ("current", text!(language, account.current), "current-password")
            }
            PasswordField::New => ("new", text!(language, account.new_password), "new-password"),
            PasswordField::Repeat => ("repeat", text!(language, account.repeat), "new-password"),
        };
        let wrong = self.0.iter().find(|(of, _)| *of == which);
        let wrong = wrong.map(|(_, mistake)| mistake.words(language));
        let field = Field::password(name, label, autocomplete).wrong(wrong);
        match which {
            PasswordField::New => field.hint(text!(language, account.password_hint)),
            _ => field,
        }
    }
}
