//! Lists of choices, and the ends of numbers, as response scales.

use super::rows::{self, Entry};
use super::sheet::Sheet;
use super::texts::Texts;
use super::types::Type;
use crate::authoring::conditions::whole_number;
use crate::authoring::constraints;
use crate::authoring::draft::{Draft, Part, Place};
use crate::authoring::lists::{self, List};
use crate::authoring::names;
use crate::authoring::questions::Kind;

/// A scale that questions use.
struct Scale {
    id: String,
    /// The list's position, where it has one.
    list: Option<usize>,
    shape: Shape,
    place: Place,
}

#[derive(Clone, PartialEq)]
enum Shape {
    One,
    /// The values that exclude every other.
    Many(Vec<String>),
    Number(i16, i16),
}

/// What can be answered, and the id of its scale.
pub(super) struct Answerable {
    pub(super) scale: String,
    pub(super) kind: Kind,
}

/// Reads scales off the questions that use them.
pub(super) struct Scales<'a> {
    survey: &'a Sheet,
    lists: &'a [List],
    scales: Vec<Scale>,
}

impl<'a> Scales<'a> {
    pub(super) fn new(survey: &'a Sheet, lists: &'a [List]) -> Self {
        Self { survey, lists, scales: Vec::new() }
    }

    /// What can be answered to a question; `None` after a mistake was told.
    pub(super) fn of(&mut self, entry: &Entry<'_>, draft: &mut Draft) -> Option<Answerable> {
        match &entry.kind {
            Type::One(list) => {
                let list = self.list(entry, list, draft)?;
                if let Some((_, heading)) = self.survey.get(entry.row, "constraint") {
                    let problem = "choices have no constraint: leave out those not to be taken";
                    draft.wrong(self.survey.at(entry.row, heading), problem);
                }
                self.take(Some(list), Shape::One, entry, draft)
            }
            Type::Many(list) => {
                let list = self.list(entry, list, draft)?;
                let alone = self.alone(entry, list, draft)?;
                self.take(Some(list), Shape::Many(alone), entry, draft)
            }
            Type::Integer => {
                let (lowest, highest) = self.ends(entry, draft)?;
                self.take(None, Shape::Number(lowest, highest), entry, draft)
            }
            Type::Range => {
                let (shape, list) = self.range(entry, draft)?;
                self.take(list, shape, entry, draft)
            }
            _ => None,
        }
    }

    fn list(&self, entry: &Entry<'_>, name: &str, draft: &mut Draft) -> Option<usize> {
        let found = self.lists.iter().position(|list| list.name == name);
        if found.is_none() {
            let place = rows::cell(self.survey, entry.row, "type");
            draft.wrong(place, format!("there is no list {name:?} on the sheet choices"));
        }
        found
    }

    fn alone(&self, entry: &Entry<'_>, list: usize, draft: &mut Draft) -> Option<Vec<String>> {
        let read = rows::expression(self.survey, entry.row, "constraint", draft);
        let Some(expression) = read.ok()? else { return Some(Vec::new()) };
        let place = |at| rows::character(self.survey, entry.row, "constraint", at);
        let cell = || rows::cell(self.survey, entry.row, "constraint");
        match constraints::alone(&expression) {
            Ok(values) => {
                let choices = self.lists.get(list).map_or(&[][..], |list| &list.choices);
                let known = |value: &&String| choices.iter().any(|one| one.value == **value);
                for value in values.iter().filter(|value| !known(value)) {
                    draft.wrong(cell(), format!("{value:?} is no choice of this question"));
                }
                Some(values)
            }
            Err(wrong) => {
                draft.wrong(place(wrong.at), wrong.problem);
                None
            }
        }
    }

    fn ends(&self, entry: &Entry<'_>, draft: &mut Draft) -> Option<(i16, i16)> {
        let read = rows::expression(self.survey, entry.row, "constraint", draft).ok()?;
        let place = |at| rows::character(self.survey, entry.row, "constraint", at);
        let cell = || rows::cell(self.survey, entry.row, "constraint");
        let ends = match read.as_ref().map(constraints::ends) {
            None => (None, None),
            Some(Ok(ends)) => ends,
            Some(Err(wrong)) => {
                draft.wrong(place(wrong.at), wrong.problem);
                return None;
            }
        };
        let code = |end: Option<i64>| end.and_then(|end| i16::try_from(end).ok());
        match (code(ends.0).filter(|lowest| *lowest >= 0), code(ends.1)) {
            (Some(lowest), Some(highest)) => Some((lowest, highest)),
            _ => {
                let problem = "a number needs a lowest and a highest end, from 0 to 32767: \
                    constraint . >= 0 and . <= 17";
                draft.wrong(cell(), problem);
                None
            }
        }
    }

    fn range(&self, entry: &Entry<'_>, draft: &mut Draft) -> Option<(Shape, Option<usize>)> {
        let (mut ends, mut list) = ([0_i64, 10], None);
        let place = || rows::cell(self.survey, entry.row, "parameters");
        for (name, value) in rows::parameters(self.survey, entry.row) {
            match (name, whole_number(value)) {
                ("start", Some(number)) => ends[0] = number,
                ("end", Some(number)) => ends[1] = number,
                ("step", Some(1)) => {}
                ("tick_labelset", _) => {
                    list = self.lists.iter().position(|list| list.name == value);
                    if list.is_none() {
                        draft.wrong(
                            place(),
                            format!("there is no list {value:?} on the sheet choices"),
                        );
                    }
                }
                ("start" | "end" | "step", _) => {
                    draft.wrong(place(), format!("{name} of a range is a whole number, step is 1"));
                    return None;
                }
                _ => draft.note(place(), format!("{name:?} is left out")),
            }
        }
        match ends.map(i16::try_from) {
            [Ok(lowest @ 0..), Ok(highest)] => Some((Shape::Number(lowest, highest), list)),
            _ => {
                draft.wrong(place(), "the ends of a range lie from 0 to 32767");
                None
            }
        }
    }

    /// The scale of this shape, a new one if need be.
    fn take(
        &mut self,
        list: Option<usize>,
        shape: Shape,
        entry: &Entry<'_>,
        draft: &mut Draft,
    ) -> Option<Answerable> {
        let kind = self.kind(list, &shape);
        let same = |scale: &&Scale| scale.list == list && scale.shape == shape;
        if let Some(scale) = self.scales.iter().find(same) {
            return Some(Answerable { scale: scale.id.clone(), kind });
        }
        let found = list.and_then(|list| self.lists.get(list));
        let name = match (found, &shape) {
            (Some(list), _) => names::id(&list.name),
            (None, Shape::Number(lowest, highest)) => Some(format!("number_{lowest}_{highest}")),
            (None, _) => None,
        };
        let place = found.map_or_else(|| self.survey.at_row(entry.row), |list| list.place.clone());
        let Some(mut id) = name else {
            draft.wrong(place, "a list is called in lower-case ASCII letters, digits and _");
            return None;
        };
        // A list that is used in several ways becomes several scales.
        while self.scales.iter().any(|scale| scale.id == id) {
            id.push_str("_again");
        }
        self.scales.push(Scale { id: id.clone(), list, shape, place });
        Some(Answerable { scale: id, kind })
    }

    fn kind(&self, list: Option<usize>, shape: &Shape) -> Kind {
        let choices = list.and_then(|list| self.lists.get(list)).map_or(Vec::new(), List::values);
        match shape {
            Shape::One => Kind::One(choices),
            Shape::Many(_) => Kind::Many(choices),
            Shape::Number(lowest, highest) => Kind::Number { lowest: *lowest, highest: *highest },
        }
    }

    /// Puts every scale into the definition: those with lists in the order of these.
    pub(super) fn finish(mut self, texts: &Texts, draft: &mut Draft) {
        let last = self.lists.len();
        self.scales.sort_by_key(|scale| scale.list.unwrap_or(last));
        for (position, list) in self.lists.iter().enumerate() {
            if self.scales.iter().all(|scale| scale.list != Some(position)) {
                let said = format!("{:?} left out: no question uses it", list.name);
                draft.note(list.place.clone(), said);
            }
        }
        for scale in &self.scales {
            let list = scale.list.and_then(|list| self.lists.get(list));
            draft.push("scales", part(scale, list, texts));
        }
    }
}

fn part(scale: &Scale, list: Option<&List>, texts: &Texts) -> Part {
    let mut part = Part::at(scale.place.clone());
    part.set("id", scale.id.clone());
    match &scale.shape {
        Shape::One => {
            part.set("kind", "one");
            part.set_parts("options", list.map_or(Vec::new(), |list| list.options(&[])));
        }
        Shape::Many(alone) => {
            part.set("kind", "many");
            let options = list.map_or(Vec::new(), |list| list.options_with_names(alone));
            part.set_parts("options", options);
        }
        Shape::Number(lowest, highest) => {
            part.set("kind", "number");
            for (end, field, number) in
                [("lowest", "lowest_text", lowest), ("highest", "highest_text", highest)]
            {
                part.set(end, *number);
                let named = list.and_then(|list| list.text_of(i64::from(*number)));
                let digits = || lists::digits(*number, &texts.languages);
                part.set_part(field, named.unwrap_or_else(digits));
            }
        }
    }
    part
}
