//! A definition as a form.

use crate::authoring::Exported;
use crate::authoring::expression::{Syntax, value, write};
use serde_json::{Map, Value, json};
use survey_definitions::{
    Choice, Condition, Item, Language, Mistake, Mistakes, Page, ScaleKind, Survey, Text,
};

/// Writes a definition as a form of SurveyJS, and says what it leaves out.
///
/// # Errors
/// None that a definition without mistakes can cause.
pub fn export(survey: &Survey) -> Result<Exported, Mistakes> {
    let mut writer = Writer { survey, notes: Vec::new(), asked: Vec::new() };
    writer.note_the_rest();
    let mut pages = Vec::new();
    for (number, page) in survey.pages.iter().enumerate() {
        let elements = match page {
            Page::Reading { id, title, parts, .. } => {
                let texts = parts.iter().map(|part| &part.text);
                vec![html(&format!("{id}_page"), std::iter::once(title).chain(texts))]
            }
            Page::Items { items, .. } => {
                items.iter().filter_map(|id| writer.question(id)).collect::<Vec<_>>()
            }
        };
        pages.push(json!({ "name": format!("page_{}", number + 1), "elements": elements }));
    }
    let locale = survey.languages.first().map_or("en", |language| language.code());
    let form = json!({ "title": localized(&survey.title), "locale": locale, "pages": pages });
    let file = format!("{form:#}\n").into_bytes();
    Ok(Exported { file, notes: writer.notes })
}

struct Writer<'a> {
    survey: &'a Survey,
    notes: Vec<Mistake>,
    /// Items that are in the form.
    asked: Vec<&'a str>,
}

impl<'a> Writer<'a> {
    fn note(&mut self, place: impl Into<String>, said: impl Into<String>) {
        self.notes.push(Mistake { place: place.into(), problem: said.into() });
    }

    /// What no form of SurveyJS has.
    fn note_the_rest(&mut self) {
        let indicators = self.survey.indicators.len();
        self.note("indicators", format!("{indicators} left out: SurveyJS has none"));
        let said = "concept, sensitive, need, comparable_since, source and licence left out";
        self.note("items", said);
        let texts = self.survey.texts();
        let all = || texts.iter().flat_map(|text| text.0.values());
        let recordings = all().filter(|one| one.recording.is_some()).count();
        if recordings > 0 {
            self.note("recordings", format!("{recordings} left out"));
        }
        let options = self.survey.scales.iter().flat_map(|scale| scale.options());
        let pictures = options.filter(|option| option.picture.is_some()).count();
        if pictures > 0 {
            self.note("pictures", format!("{pictures} left out: they are in Senim alone"));
        }
    }

    /// `None` when it has to be left out, which is told.
    fn question(&mut self, id: &str) -> Option<Value> {
        let survey = self.survey;
        let position = survey.items.iter().position(|item| item.id == id)?;
        let item = survey.items.get(position)?;
        let mut fields = answerable(survey, item)?;
        if let Some(condition) = &item.shown_when {
            match self.visible_if(condition) {
                Ok(said) => drop(fields.insert("visibleIf".to_owned(), said.into())),
                Err(problem) => {
                    let said = format!("{id:?} left out: {problem}");
                    self.note(format!("items[{position}].shown_when"), said);
                    return None;
                }
            }
        }
        if item.shuffled {
            fields.insert("choicesOrder".to_owned(), "random".into());
        }
        fields.insert("name".to_owned(), item.id.clone().into());
        fields.insert("title".to_owned(), localized(&item.text));
        self.asked.push(&item.id);
        Some(Value::Object(fields))
    }

    fn visible_if(&self, condition: &Condition) -> Result<String, String> {
        if let Some(gone) = condition.items().iter().find(|id| !self.asked.contains(id)) {
            return Err(format!("it is asked by {gone:?}, which is left out"));
        }
        write(self.survey, condition, Syntax::SurveyJs)
    }
}

fn answerable(survey: &Survey, item: &Item) -> Option<Map<String, Value>> {
    let fields = match &survey.scale_of(item)?.kind {
        ScaleKind::One { options } => json!({ "type": "radiogroup", "choices": choices(options) }),
        ScaleKind::Many { options } => json!({ "type": "checkbox", "choices": choices(options) }),
        ScaleKind::Number { lowest, highest, lowest_text, highest_text } => json!({
            "type": "rating", "rateMin": lowest, "rateMax": highest,
            "minRateDescription": localized(lowest_text),
            "maxRateDescription": localized(highest_text),
        }),
    };
    match fields {
        Value::Object(fields) => Some(fields),
        _ => None,
    }
}

fn choices(options: &[Choice]) -> Vec<Value> {
    let choice = |option: &Choice| {
        let value = match &option.name {
            Some(_) => Value::from(value(option)),
            None => Value::from(option.code),
        };
        let mut choice = json!({ "value": value, "text": localized(&option.text) });
        if let Some(fields) = choice.as_object_mut().filter(|_| option.none) {
            fields.insert("isExclusive".to_owned(), true.into());
        }
        choice
    };
    options.iter().map(choice).collect()
}

/// A text in its languages; what SurveyJS calls `default` is English.
fn localized(text: &Text) -> Value {
    let name = |language: &Language| match language {
        Language::En => "default".to_owned(),
        other => other.code().to_owned(),
    };
    text.0.iter().map(|(language, one)| (name(language), Value::from(one.text.as_str()))).collect()
}

/// Plain paragraphs, as one element.
fn html<'a>(name: &str, texts: impl Iterator<Item = &'a Text>) -> Value {
    let mut joined: Map<String, Value> = Map::new();
    for text in texts {
        let Value::Object(languages) = localized(text) else { continue };
        for (language, one) in languages {
            let before = joined.get(&language).and_then(Value::as_str).map(str::to_owned);
            let one = one.as_str().unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;");
            let whole = before.map_or_else(|| one.clone(), |before| format!("{before} {one}"));
            joined.insert(language, whole.into());
        }
    }
    json!({ "type": "html", "name": name, "html": joined })
}
