//! The sheet choices.

use super::sheet::{Row, Sheet};
use super::texts::{self, Texts};
use crate::authoring::conditions::whole_number;
use crate::authoring::draft::{Draft, Part};
use crate::authoring::lists::{List, ListChoice, NO_CODE};

/// Columns that are read; `order` and the like are for other programs.
const KNOWN: [&str; 6] = ["list_name", "name", "label", "image", "audio", "hint"];

pub(super) fn read(sheet: &Sheet, texts: &Texts, draft: &mut Draft) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for needed in ["list_name", "name"] {
        if sheet.heading(needed).is_none() && !sheet.rows.is_empty() {
            draft.wrong(sheet.place(), format!("has no column {needed}"));
        }
    }
    for heading in &sheet.headings {
        let known = KNOWN.contains(&heading.base.as_str()) || heading.base.starts_with(texts::OWN);
        if !known && sheet.rows.iter().any(|row| heading.of_row(row).is_some()) {
            draft.note(sheet.at_heading(heading), "left out: nothing here looks at this column");
        }
    }
    for row in &sheet.rows {
        let Some((list, in_list)) = sheet.get(row, "list_name") else {
            if sheet.text(row, "name").is_some() {
                draft.wrong(sheet.at_row(row), "names no list: list_name is empty");
            }
            continue;
        };
        let Some((value, _)) = sheet.get(row, "name") else {
            draft.wrong(sheet.at_row(row), "is a choice without a name");
            continue;
        };
        let known = lists.iter().position(|one| one.name == list);
        let at = known.unwrap_or_else(|| {
            let place = sheet.at(row, in_list);
            lists.push(List { name: list.to_owned(), place, choices: Vec::new() });
            lists.len() - 1
        });
        if let Some(list) = lists.get_mut(at) {
            let choice = choice(sheet, row, value, texts, draft);
            list.add(choice, draft);
        }
    }
    lists.iter_mut().for_each(|list| list.give_codes(draft));
    lists
}

fn choice(sheet: &Sheet, row: &Row, value: &str, texts: &Texts, draft: &mut Draft) -> ListChoice {
    let place = sheet.at_row(row);
    let mut part = Part::at(place.clone());
    let text = texts.text(sheet, row, "label", draft);
    texts::picture(sheet, row, &mut part, draft);
    texts::own_fields(sheet, row, &["code", "review"], &mut part);
    let mut code = whole_number(value).unwrap_or(NO_CODE);
    if let Some((written, heading)) = sheet.get(row, "senim_code") {
        match whole_number(written) {
            Some(number) => code = number,
            None => draft.wrong(sheet.at(row, heading), "a code is a whole number"),
        }
    }
    ListChoice { value: value.to_owned(), code, place, part, text }
}
