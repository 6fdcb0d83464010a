//! A form as a definition.

use super::elements::{Element, Walk};
use super::kinds::{self, Kind};
use super::texts::Texts;
use crate::authoring::conditions::Translator;
use crate::authoring::draft::{Draft, Part, Place};
use crate::authoring::expression::{self, Syntax};
use crate::authoring::lists::digits;
use crate::authoring::questions::{self, Named, Question, Questions};
use crate::authoring::{Imported, Unsaid, indicators, names};
use serde_json::{Value, json};
use survey_definitions::{Condition, Mistake, Mistakes};

/// Reads a form of SurveyJS.
///
/// # Errors
/// It is no such form, or nothing usable is left of it.
pub fn import(file: &[u8], unsaid: &Unsaid) -> Result<Imported, Mistakes> {
    let form: Value = serde_json::from_slice(file).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        Mistakes(vec![Mistake { place, problem: format!("not JSON: {error}") }])
    })?;
    let texts = Texts::of(&form, unsaid.language);
    let mut draft = Draft::default();
    whole(&form, &texts, unsaid, &mut draft);
    let walk = Walk::through(&form, &mut draft);
    let mut reader = Reader { texts: &texts, questions: Questions::default(), draft };
    for element in &walk.found {
        if let Err(reason) = reader.element(element) {
            reader.questions.add(element.name, Named::NoAnswer);
            let said = format!("{:?} is left out: {reason}", element.name);
            reader.draft.note(element.place.clone(), said);
        }
    }
    let mut draft = reader.draft;
    if draft.get("items").is_none() {
        draft.wrong(Place::default(), "no question of it can be taken");
    }
    indicators::fill(&mut draft, Place { said: "file".to_owned(), ..Place::default() });
    draft.finish()
}

fn whole(form: &Value, texts: &Texts, unsaid: &Unsaid, draft: &mut Draft) {
    let place = Place { order: [0; 4], said: "title".to_owned() };
    let languages: Vec<&str> = texts.languages.iter().map(|one| one.code()).collect();
    draft.set("languages", languages.into(), None);
    draft.set("id", unsaid.id.as_str().into(), None);
    draft.set("version", 1.into(), None);
    draft.set("form", unsaid.form.code().into(), None);
    draft.set("source", format!("SurveyJS {}", unsaid.id).into(), None);
    draft.set("licence", "not stated".into(), None);
    let mut title = Part::default();
    for language in &texts.languages {
        let one = json!({ "text": unsaid.id, "review": "drafted" });
        title.fields.insert(language.code().to_owned(), one);
    }
    if let Some(written) = form.get("title") {
        title.fields.extend(texts.text(written, &place, draft).fields);
    }
    draft.set("title", Value::Object(title.fields), Some(place.clone()));
    let said = "every item is core, and kept from class-level pages until its author decides";
    draft.note(place, said);
}

struct Reader<'a> {
    texts: &'a Texts,
    questions: Questions,
    draft: Draft,
}

impl Reader<'_> {
    /// # Errors
    /// Why the element is left out.
    fn element(&mut self, element: &Element<'_>) -> Result<(), String> {
        if element.value["type"] == "html" {
            return self.reading(element);
        }
        let kind = kinds::read(element.value, self.texts, &element.place, &mut self.draft)?;
        let id =
            names::id(element.name).ok_or("its name is not made of ASCII letters, digits and _")?;
        let shown_when = self.shown_when(element)?;
        let scale = self.scale(&id, &kind, &element.place);
        let known = match &kind {
            Kind::One(list) => questions::Kind::One(list.values()),
            Kind::Many(list, _) => questions::Kind::Many(list.values()),
            Kind::Number { ends: [lowest, highest], .. } => {
                questions::Kind::Number { lowest: *lowest, highest: *highest }
            }
        };
        let question = Named::Question(Question { id: id.clone(), kind: known });
        if !self.questions.add(element.name, question) {
            return Err("another question before it has this name".to_owned());
        }
        self.item(element, &id, scale, shown_when);
        Ok(())
    }

    /// Each on a page of its own, as on a tablet: what a form shows together depends on its width.
    fn item(&mut self, element: &Element<'_>, id: &str, scale: String, shown: Option<Condition>) {
        let mut part = Part::at(element.place.clone());
        let title = element.value.get("title").cloned().unwrap_or_else(|| element.name.into());
        let mut text = self.texts.text(&title, &element.place, &mut self.draft);
        if text.fields.is_empty() {
            text.set("en", json!({ "text": element.name, "review": "drafted" }));
        }
        part.set("concept", element.name);
        part.set("id", id);
        part.set_part("text", text);
        part.set("scale", scale);
        part.fields.extend(self.draft.item_defaults());
        if let Some(value) = shown.and_then(|shown| serde_json::to_value(shown).ok()) {
            part.set("shown_when", value);
            self.draft.set("branching", true.into(), None);
        }
        if element.value["choicesOrder"] == "random" {
            part.set("shuffled", true);
            self.draft.set("branching", true.into(), None);
        }
        for (field, said) in [
            ("isRequired", "every question can be skipped here"),
            ("description", "there are no hints"),
            ("defaultValue", "a question begins without an answer"),
            ("validators", "what does not fit cannot be chosen here"),
            ("requiredIf", "every question can be skipped here"),
            ("enableIf", "what is shown can be answered"),
        ] {
            if element.value.get(field).is_some() {
                self.draft.note(element.place.clone(), format!("{field} is left out: {said}"));
            }
        }
        self.draft.push("items", part);
        let mut page = Part::at(element.place.clone());
        page.set("kind", "items");
        page.set("items", vec![Value::from(id)]);
        self.draft.push("pages", page);
    }

    fn scale(&mut self, id: &str, kind: &Kind, place: &Place) -> String {
        let mut part = Part::at(place.clone());
        match kind {
            Kind::One(list) => {
                part.set("kind", "one");
                part.set_parts("options", list.options(&[]));
            }
            Kind::Many(list, alone) => {
                part.set("kind", "many");
                part.set_parts("options", list.options_with_names(alone));
            }
            Kind::Number { ends, texts } => {
                part.set("kind", "number");
                for ((field, end), text) in ["lowest", "highest"].into_iter().zip(ends).zip(texts) {
                    part.set(field, *end);
                    let own = text.clone().unwrap_or_else(|| digits(*end, &self.texts.languages));
                    part.set_part(&format!("{field}_text"), own);
                }
            }
        }
        // One scale for all questions with the same options.
        for known in self.draft.get("scales").and_then(Value::as_array).into_iter().flatten() {
            let mut fields = part.fields.clone();
            fields.insert("id".to_owned(), known["id"].clone());
            if *known == Value::Object(fields) {
                return known["id"].as_str().unwrap_or_default().to_owned();
            }
        }
        part.set("id", id);
        self.draft.push("scales", part);
        id.to_owned()
    }

    fn reading(&mut self, element: &Element<'_>) -> Result<(), String> {
        if !element.conditions.is_empty() {
            return Err("a text to read is shown to everybody".to_owned());
        }
        let id = names::id(element.name).ok_or("its name is not made of ASCII letters")?;
        let html = element.value.get("html").cloned().unwrap_or_default();
        let mut text = self.texts.text(&html, &element.place, &mut self.draft);
        for one in text.fields.values_mut() {
            let written = one["text"].as_str().unwrap_or_default();
            if written.contains('<') {
                return Err("a text to read is plain: it has no markup".to_owned());
            }
            one["text"] = written.replace("&lt;", "<").replace("&amp;", "&").into();
        }
        text.places.clear();
        let mut paragraph = Part::at(element.place.clone());
        paragraph.set_part("text", text);
        let mut page = Part::at(element.place.clone());
        page.set("kind", "reading");
        page.set("id", id);
        page.set("title", self.draft.get("title").cloned().unwrap_or_default());
        page.set_parts("parts", vec![paragraph]);
        self.draft.push("pages", page);
        Ok(())
    }

    /// # Errors
    /// What cannot be said of whom it is asked.
    fn shown_when(&self, element: &Element<'_>) -> Result<Option<Condition>, String> {
        let mut all = Vec::new();
        for (place, text) in &element.conditions {
            let said =
                |at: usize, problem: &str| format!("{}, character {at}: {problem}", place.said);
            let parsed = expression::parse(text, Syntax::SurveyJs)
                .map_err(|wrong| said(wrong.at, &wrong.problem))?;
            let mut translator = Translator::new(&self.questions);
            match translator.condition(&parsed) {
                Some(condition) => all.push(condition),
                None => {
                    let wrong = translator.wrong.iter().map(|one| said(one.at, &one.problem));
                    return Err(wrong.collect::<Vec<_>>().join("; "));
                }
            }
        }
        Ok(match all.len() {
            0 | 1 => all.pop(),
            _ => Some(Condition::All { of: all }),
        })
    }
}
