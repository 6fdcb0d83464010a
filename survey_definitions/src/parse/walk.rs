//! Follows the shapes through the file and notes every place that does not fit.

use super::WHOLE;
use super::json::join;
use super::shape::{CONDITION, Field, Shape};
use crate::{Language, Mistake, Review};
use serde_json::{Map, Value};

const UNDECIDED: &str = "is missing: the author must decide, true or false, \
    whether this item is kept from every class-level page";

pub(super) fn mistakes(file: &Value, shape: &Shape) -> Vec<Mistake> {
    let mut walk = Walk { languages: spoken(file), found: Vec::new() };
    walk.part("", file, shape);
    walk.found
}

/// The languages the file says it speaks, as far as they can be read.
pub(super) fn spoken(file: &Value) -> Vec<Language> {
    let list = file.get("languages").and_then(Value::as_array);
    let codes = list.into_iter().flatten().filter_map(Value::as_str);
    codes.filter_map(Language::from_code).collect()
}

struct Walk {
    languages: Vec<Language>,
    found: Vec<Mistake>,
}

impl Walk {
    fn note(&mut self, place: &str, problem: impl Into<String>) {
        let place = if place.is_empty() { WHOLE } else { place };
        self.found.push(Mistake::new(place, problem));
    }

    fn part(&mut self, place: &str, value: &Value, shape: &Shape) {
        match shape {
            Shape::Id => self.id(place, value),
            Shape::Line => self.line(place, value),
            Shape::Text => self.text(place, value),
            Shape::Recording => self.recording(place, value),
            Shape::Flag if value.is_boolean() => {}
            Shape::Flag => self.wrong(place, value, "true or false"),
            Shape::Whole { from, to } => self.whole(place, value, *from, *to),
            Shape::OneOf(words) => self.one_of(place, value, words),
            Shape::List(element) => self.list(place, value, element),
            Shape::Object(fields) => self.object(place, value, fields),
            Shape::Kinds(kinds) => self.kinds(place, value, kinds),
            Shape::Condition => self.kinds(place, value, CONDITION),
        }
    }

    fn wrong(&mut self, place: &str, value: &Value, expected: &str) {
        self.note(place, format!("expected {expected}, got {}", said(value)));
    }

    fn id(&mut self, place: &str, value: &Value) {
        const EXPECTED: &str = "an id: lower-case ASCII letters, digits and _, a letter first";
        let fits = value.as_str().is_some_and(|id| {
            let rest = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(rest)
        });
        if !fits {
            self.wrong(place, value, EXPECTED);
        }
    }

    fn line(&mut self, place: &str, value: &Value) {
        match value.as_str() {
            None => self.wrong(place, value, "text"),
            Some(text) if text.trim().is_empty() => self.note(place, "is empty"),
            Some(_) => {}
        }
    }

    fn recording(&mut self, place: &str, value: &Value) {
        const EXPECTED: &str = "a file name: 64 hexadecimal digits in lower case, \
            then .ogg, .mp3, .m4a, .wav or .webm";
        const HASH: usize = 64;
        let digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        let fits =
            value.as_str().and_then(|name| name.split_once('.')).is_some_and(|(hash, end)| {
                let known = ["ogg", "mp3", "m4a", "wav", "webm"].contains(&end);
                known && hash.len() == HASH && hash.chars().all(digit)
            });
        if !fits {
            self.wrong(place, value, EXPECTED);
        }
    }

    fn whole(&mut self, place: &str, value: &Value, from: i64, to: i64) {
        if !value.as_i64().is_some_and(|number| (from..=to).contains(&number)) {
            self.wrong(place, value, &format!("a whole number from {from} to {to}"));
        }
    }

    fn one_of(&mut self, place: &str, value: &Value, words: &[&str]) {
        if !value.as_str().is_some_and(|word| words.contains(&word)) {
            self.wrong(place, value, &format!("one of {}", words.join(", ")));
        }
    }

    fn list(&mut self, place: &str, value: &Value, element: &Shape) {
        let Some(list) = value.as_array() else {
            return self.wrong(place, value, "a list");
        };
        if list.is_empty() {
            self.note(place, "is empty: at least one is needed");
        }
        for (index, part) in list.iter().enumerate() {
            self.part(&format!("{place}[{index}]"), part, element);
        }
    }

    fn object(&mut self, place: &str, value: &Value, fields: &[Field]) {
        match value.as_object() {
            Some(object) => self.fields(place, object, fields, None),
            None => self.wrong(place, value, "an object"),
        }
    }

    fn kinds(&mut self, place: &str, value: &Value, kinds: &[(&str, &[Field])]) {
        const TAG: &str = "kind";
        let Some(object) = value.as_object() else {
            return self.wrong(place, value, "an object");
        };
        let tag = object.get(TAG).and_then(Value::as_str);
        match kinds.iter().find(|(kind, _)| Some(*kind) == tag) {
            Some((_, fields)) => self.fields(place, object, fields, Some(TAG)),
            None => {
                let known: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
                let found = object.get(TAG).unwrap_or(&Value::Null);
                self.wrong(&join(place, TAG), found, &format!("one of {}", known.join(", ")));
            }
        }
    }

    fn fields(
        &mut self,
        place: &str,
        object: &Map<String, Value>,
        fields: &[Field],
        tag: Option<&str>,
    ) {
        for field in fields {
            let inner = join(place, field.name);
            match object.get(field.name) {
                Some(value) => self.part(&inner, value, &field.shape),
                None if !field.required => {}
                None if field.name == "sensitive" => self.note(&inner, UNDECIDED),
                None => self.note(&inner, "is missing"),
            }
        }
        let known = |name: &str| Some(name) == tag || fields.iter().any(|field| field.name == name);
        for name in object.keys().filter(|name| !known(name)) {
            self.note(&join(place, name), "is not a field that exists here");
        }
    }

    fn text(&mut self, place: &str, value: &Value) {
        let Some(object) = value.as_object() else {
            return self.wrong(place, value, "a text in each language: {\"kk\": {...}, ...}");
        };
        for language in self.languages.clone() {
            if !object.contains_key(language.code()) {
                self.note(&join(place, language.code()), "is missing: `languages` names it");
            }
        }
        for (code, translation) in object {
            let inner = join(place, code);
            match Language::from_code(code) {
                Some(language) if self.languages.contains(&language) => {}
                Some(_) => self.note(&inner, "is a language that `languages` does not name"),
                None => self.note(&inner, "is not a language: kk, ru or en"),
            }
            self.translation(&inner, translation);
        }
    }

    fn translation(&mut self, place: &str, value: &Value) {
        const REVIEW: Shape =
            Shape::OneOf(&[Review::Drafted.code(), Review::ReadBack.code(), Review::Native.code()]);
        const TRANSLATION: &[Field] = &[
            Field { name: "text", shape: Shape::Line, required: true },
            Field { name: "review", shape: REVIEW, required: true },
            Field { name: "recording", shape: Shape::Recording, required: false },
        ];
        self.object(place, value, TRANSLATION);
    }
}

/// What was found instead, short enough for one line.
fn said(value: &Value) -> String {
    const SHOWN: usize = 40;
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => {
            let whole = other.to_string();
            let shown: String = whole.chars().take(SHOWN).collect();
            if shown.len() < whole.len() { format!("{shown}...") } else { whole }
        }
    }
}
