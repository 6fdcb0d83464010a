//! Groups, notes and questions as pages.

use super::items::Items;
use super::rows::{self, Entry};
use super::scales::Answerable;
use super::sheet::Row;
use super::texts;
use super::types::Type;
use crate::authoring::draft::{Draft, Part};
use crate::authoring::names;
use serde_json::Value;
use std::collections::HashMap;
use survey_definitions::Condition;

/// Goes through the rows and fills `items` and `pages`.
pub(super) struct Pages<'a> {
    pub(super) items: Items<'a>,
    /// By the number of the row.
    pub(super) answerable: HashMap<u32, Answerable>,
    /// What a text to read is called when nothing else is said.
    pub(super) title: Part,
    pub(super) groups: Vec<Group>,
    pub(super) open: Option<OpenPage>,
}

/// A group around what comes next.
pub(super) struct Group {
    row: u32,
    condition: Option<Condition>,
}

/// A group whose questions stand on one page.
pub(super) struct OpenPage {
    /// How many groups are around it, itself included.
    depth: usize,
    part: Part,
    title: Part,
    items: Vec<String>,
    parts: Vec<Part>,
}

impl Pages<'_> {
    pub(super) fn fill(mut self, entries: &[Entry<'_>], draft: &mut Draft) {
        for entry in entries {
            match &entry.kind {
                Type::BeginGroup => self.begin(entry, draft),
                Type::EndGroup => self.end(entry, draft),
                Type::Note => self.note(entry, draft),
                _ => self.question(entry, draft),
            }
        }
        for group in &self.groups {
            let rows = self.items.survey.rows.iter();
            for row in rows.filter(|row| row.number == group.row) {
                draft.wrong(self.items.survey.at_row(row), "this group has no end");
            }
        }
        self.items.note_unsaid(draft);
    }

    fn begin(&mut self, entry: &Entry<'_>, draft: &mut Draft) {
        let (survey, row) = (self.items.survey, entry.row);
        let condition = self.items.relevant(row, draft).flatten();
        self.groups.push(Group { row: row.number, condition });
        let appearance = survey.text(row, "appearance").unwrap_or_default();
        let one_page = appearance.split_whitespace().any(|word| word == "field-list");
        let label = self.items.texts.text(survey, row, "label", draft);
        if self.open.is_some() || !one_page {
            if !label.fields.is_empty() {
                draft.note(survey.at_row(row), "the label of this group is left out");
            }
            return;
        }
        let mut part = Part::at(survey.at_row(row));
        if let Some(id) = names::id(entry.name) {
            part.set_at("id", id, rows::cell(survey, row, "name"));
        }
        texts::own_fields(survey, row, &["review", "code"], &mut part);
        let depth = self.groups.len();
        let (items, parts) = (Vec::new(), Vec::new());
        self.open = Some(OpenPage { depth, part, title: label, items, parts });
    }

    fn end(&mut self, entry: &Entry<'_>, draft: &mut Draft) {
        let depth = self.groups.len();
        if self.groups.pop().is_none() {
            draft.wrong(self.items.survey.at_row(entry.row), "no group is open that could end");
        }
        if self.open.as_ref().is_some_and(|page| page.depth == depth)
            && let Some(page) = self.open.take()
        {
            self.close(page, entry.row, draft);
        }
    }

    fn close(&self, mut page: OpenPage, row: &Row, draft: &mut Draft) {
        let place = self.items.survey.at_row(row);
        let both = !page.items.is_empty() && !page.parts.is_empty();
        if both {
            draft.note(
                place.clone(),
                "the notes of this group stand on a page before its questions",
            );
        }
        if !page.items.is_empty() && page.parts.is_empty() && !page.title.fields.is_empty() {
            draft.note(place, "the label of this group is left out: a page of questions has none");
        }
        if !page.parts.is_empty() {
            let mut part = page.part.clone();
            let titled = !page.title.fields.is_empty();
            part.set_part("title", if titled { page.title } else { self.title.clone() });
            part.set("kind", "reading");
            part.set_parts("parts", page.parts);
            draft.push("pages", part);
        }
        if !page.items.is_empty() {
            page.part.fields.remove("id");
            page.part.set("kind", "items");
            page.part.set("items", page.items);
            draft.push("pages", page.part);
        }
    }

    fn conditions(&self) -> Vec<Condition> {
        self.groups.iter().filter_map(|group| group.condition.clone()).collect()
    }

    fn note(&mut self, entry: &Entry<'_>, draft: &mut Draft) {
        let (survey, row) = (self.items.survey, entry.row);
        if let Some((_, heading)) = survey.get(row, "relevant") {
            draft.wrong(survey.at(row, heading), "a text to read is shown to everybody");
        } else if !self.conditions().is_empty() {
            let problem = "a text to read is shown to everybody: not in a group with relevant";
            draft.wrong(survey.at_row(row), problem);
        }
        let mut part = Part::at(survey.at_row(row));
        part.set_part("text", self.items.texts.text(survey, row, "label", draft));
        texts::picture(survey, row, &mut part, draft);
        texts::own_fields(survey, row, &["review", "code"], &mut part);
        if let Some(page) = &mut self.open {
            return page.parts.push(part);
        }
        let mut page = Part::at(survey.at_row(row));
        match names::id(entry.name) {
            Some(id) => page.set_at("id", id, rows::cell(survey, row, "name")),
            None => page.set("id", format!("note_{}", row.number)),
        }
        page.set("kind", "reading");
        page.set_part("title", self.title.clone());
        page.set_parts("parts", vec![part]);
        draft.push("pages", page);
    }

    fn question(&mut self, entry: &Entry<'_>, draft: &mut Draft) {
        let Some(answerable) = self.answerable.remove(&entry.row.number) else { return };
        let within = self.conditions();
        let Some(id) = self.items.item(entry, &answerable, &within, draft) else { return };
        match &mut self.open {
            Some(page) => page.items.push(id),
            None => {
                let mut page = Part::at(self.items.survey.at_row(entry.row));
                page.set("kind", "items");
                page.set("items", vec![Value::from(id)]);
                draft.push("pages", page);
            }
        }
    }
}
