use crate::authoring::draft::{Draft, Part, Place};
use crate::authoring::names;
use serde_json::{Value, json};
use survey_definitions::{Language, Review};

/// The language of texts that name none, unless something else is said.
const DEFAULT: Language = Language::En;

/// The languages of a form.
pub(super) struct Texts {
    pub(super) languages: Vec<Language>,
    /// Of `default`, and of texts that are no object.
    unnamed: Language,
}

impl Texts {
    pub(super) fn of(form: &Value, unsaid: Option<Language>) -> Self {
        let locale = form.get("locale").and_then(Value::as_str).and_then(names::language);
        let mut texts = Self { languages: Vec::new(), unnamed: unsaid.unwrap_or(DEFAULT) };
        texts.gather(form);
        texts.languages.sort_unstable();
        if texts.languages.is_empty() {
            texts.unnamed = unsaid.or(locale).unwrap_or(DEFAULT);
            texts.languages.push(texts.unnamed);
        }
        texts
    }

    /// Every language that some text names. A text is an object of texts.
    fn gather(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                let only_texts = !fields.is_empty() && fields.values().all(Value::is_string);
                for (code, inner) in fields {
                    match self.language(code).filter(|_| only_texts) {
                        Some(language) if !self.languages.contains(&language) => {
                            self.languages.push(language);
                        }
                        _ => self.gather(inner),
                    }
                }
            }
            Value::Array(list) => list.iter().for_each(|one| self.gather(one)),
            _ => {}
        }
    }

    fn language(&self, code: &str) -> Option<Language> {
        if code == "default" { Some(self.unnamed) } else { Language::from_code(code) }
    }

    /// A text at `place`, in the languages that it has; what stands once stands for the language
    /// that names none.
    pub(super) fn text(&self, value: &Value, place: &Place, draft: &mut Draft) -> Part {
        let mut part = Part::at(place.clone());
        let mut add = |language: Language, text: &str| {
            let text = json!({ "text": text.trim(), "review": Review::Drafted.code() });
            part.fields.entry(language.code().to_owned()).or_insert(text);
        };
        match value {
            Value::Object(texts) => {
                for (code, text) in texts {
                    match (self.language(code), text.as_str()) {
                        (Some(language), Some(text)) => add(language, text),
                        _ => draft.note(
                            place.clone(),
                            format!("{code:?} is left out: texts are in kk, ru or en"),
                        ),
                    }
                }
            }
            other => add(self.unnamed, &plain(other)),
        }
        part
    }
}

/// A value as text: SurveyJS shows numbers and truths as they are.
pub(super) fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
