//! A definition as a workbook.

use super::export_sheets::{Table, TableRow};
use super::import::INDICATORS;
use crate::authoring::Exported;
use crate::authoring::expression::{Syntax, value, write};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use serde_json::{Map, Value};
use std::collections::HashSet;
use survey_definitions::{
    Item, Language, Mistake, Mistakes, Page, ReadingPart, ScaleKind, Survey, Text,
};

/// Writes a definition as an XLSForm; reading it gives the definition back.
///
/// # Errors
/// What XLSForm cannot say, with its place in the definition.
pub fn export(survey: &Survey) -> Result<Exported, Mistakes> {
    let whole = mistake("file");
    let Ok(Value::Object(fields)) = serde_json::to_value(survey) else {
        return Err(whole("cannot be written as JSON"));
    };
    answers_in_texts(survey)?;
    let tables = [questions(survey, &fields)?, choices(survey, &fields), settings(survey, &fields)];
    let mut book = Workbook::new();
    // The same definition gives the same file, whenever it is written.
    let day = ExcelDateTime::from_ymd(2000, 1, 1).map_err(|error| whole(&error.to_string()))?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    for table in tables.into_iter().chain([indicators(survey, &fields)]) {
        table.add_to(&mut book).map_err(|error| whole(&error.to_string()))?;
    }
    let file = book.save_to_buffer().map_err(|error| whole(&error.to_string()))?;
    Ok(Exported { file, notes: Vec::new() })
}

fn mistake(place: &str) -> impl Fn(&str) -> Mistakes {
    let place = place.to_owned();
    move |problem| Mistakes(vec![Mistake { place: place.clone(), problem: problem.to_owned() }])
}

/// `${` in a text is the answer to a question, there.
fn answers_in_texts(survey: &Survey) -> Result<(), Mistakes> {
    let holds = |text: &&Text| text.0.values().any(|one| one.text.contains("${"));
    match survey.texts().into_iter().find(holds) {
        Some(text) => {
            let text = text.0.values().next().map_or("", |one| one.text.as_str());
            Err(mistake("file")(&format!("a text holds \"${{\", which means an answer: {text:?}")))
        }
        None => Ok(()),
    }
}

/// The objects of a list of the definition as JSON: what is in them that no column is for.
fn objects<'a>(fields: &'a Map<String, Value>, list: &str) -> Vec<&'a Map<String, Value>> {
    let list = fields.get(list).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_object).collect()
}

fn questions(survey: &Survey, fields: &Map<String, Value>) -> Result<Table, Mistakes> {
    const COLUMNS: [&str; 11] = [
        "type",
        "name",
        "label::",
        "relevant",
        "constraint",
        "parameters",
        "appearance",
        "media::image::",
        "media::audio::",
        "senim_review_",
        "senim_concept",
    ];
    let mut table = Table::new("survey", &COLUMNS, &survey.languages);
    let pages = objects(fields, "pages");
    let mut names: HashSet<String> = survey.items.iter().map(|item| item.id.clone()).collect();
    for (number, (page, own)) in survey.pages.iter().zip(pages).enumerate() {
        match page {
            Page::Reading { id, title, parts } => {
                let shown = (id.as_str(), title, parts.as_slice());
                reading(shown, &survey.languages, own, &mut names, &mut table);
            }
            Page::Items { items, .. } => {
                let begin = TableRow::default().own(own, &["kind", "items"]);
                let grouped = items.len() != 1 || !begin.0.is_empty();
                if grouped {
                    let name = unused(&mut names, &format!("page_{}", number + 1));
                    table.rows.push(begin_group(begin, &name));
                }
                for id in items {
                    table.rows.extend(question_of(survey, id, fields)?);
                }
                if grouped {
                    table.rows.push(TableRow::of(&[("type", "end_group")]));
                }
            }
        }
    }
    Ok(table)
}

fn begin_group(mut row: TableRow, name: &str) -> TableRow {
    row.set("type", "begin_group");
    row.set("name", name);
    row.set("appearance", "field-list");
    row
}

/// A name that no row has.
fn unused(names: &mut HashSet<String>, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    while !names.insert(name.clone()) {
        name.push('_');
    }
    name
}

fn reading(
    (id, title, parts): (&str, &Text, &[ReadingPart]),
    languages: &[Language],
    own: &Map<String, Value>,
    names: &mut HashSet<String>,
    table: &mut Table,
) {
    let begin =
        TableRow::default().text("label::", title).own(own, &["kind", "id", "title", "parts"]);
    table.rows.push(begin_group(begin, id));
    for (number, (part, own)) in (1..).zip(parts.iter().zip(objects(own, "parts"))) {
        let name = unused(names, &format!("{id}_part_{number}"));
        let row = TableRow::of(&[("type", "note"), ("name", &name)]).text("label::", &part.text);
        table
            .rows
            .push(row.picture(part.picture.as_ref(), languages).own(own, &["picture", "text"]));
    }
    table.rows.push(TableRow::of(&[("type", "end_group")]));
}

/// The row of an item; `None` when there is no such item.
fn question_of(
    survey: &Survey,
    id: &str,
    fields: &Map<String, Value>,
) -> Result<Option<TableRow>, Mistakes> {
    let mut items = survey.items.iter().zip(objects(fields, "items")).enumerate();
    let found = items.find(|(_, (item, _))| item.id == id);
    found.map(|(position, (item, own))| question(survey, position, item, own)).transpose()
}

fn question(
    survey: &Survey,
    position: usize,
    item: &Item,
    own: &Map<String, Value>,
) -> Result<TableRow, Mistakes> {
    const COLUMNS: [&str; 5] = ["id", "text", "scale", "shown_when", "shuffled"];
    let row = TableRow::of(&[("name", &item.id)]).text("label::", &item.text).own(own, &COLUMNS);
    let mut row = answerable(survey, item, row);
    if item.shuffled && row.0.contains_key("parameters") {
        return Err(mistake(&format!("items[{position}].shuffled"))("a number has no options"));
    }
    if item.shuffled {
        row.set("parameters", "randomize=true");
    }
    if let Some(condition) = &item.shown_when {
        let place = format!("items[{position}].shown_when");
        let said = write(survey, condition, Syntax::XPath);
        row.set("relevant", said.map_err(|problem| mistake(&place)(&problem))?);
    }
    Ok(row)
}

/// What can be answered: type, constraint and parameters.
fn answerable(survey: &Survey, item: &Item, mut row: TableRow) -> TableRow {
    let kind = match survey.scale_of(item).map(|scale| &scale.kind) {
        Some(ScaleKind::Number { lowest, highest, .. }) => {
            let ends = format!("start={lowest} end={highest} step=1");
            row.set("parameters", format!("{ends} tick_labelset={}", item.scale));
            "range".to_owned()
        }
        Some(ScaleKind::Many { options }) => {
            let alone = options.iter().filter(|option| option.none).map(value);
            let each = alone
                .map(|name| format!("not(selected(., '{name}') and count-selected(.) > 1)"))
                .collect::<Vec<_>>();
            if !each.is_empty() {
                row.set("constraint", each.join(" and "));
            }
            format!("select_multiple {}", item.scale)
        }
        _ => format!("select_one {}", item.scale),
    };
    row.set("type", kind);
    row
}

fn choices(survey: &Survey, fields: &Map<String, Value>) -> Table {
    const COLUMNS: [&str; 6] =
        ["list_name", "name", "label::", "media::image::", "media::audio::", "senim_review_"];
    let mut table = Table::new("choices", &COLUMNS, &survey.languages);
    for (scale, own) in survey.scales.iter().zip(objects(fields, "scales")) {
        for (option, own) in scale.options().iter().zip(objects(own, "options")) {
            let mut row = TableRow::of(&[("list_name", &scale.id), ("name", &value(option))]);
            if option.name.is_some() {
                row.set("senim_code", option.code.to_string());
            }
            let row = row
                .text("label::", &option.text)
                .picture(option.picture.as_ref(), &survey.languages);
            table.rows.push(row.own(own, &["code", "name", "picture", "none", "text"]));
        }
        if let ScaleKind::Number { lowest, highest, lowest_text, highest_text } = &scale.kind {
            for (end, text) in [(lowest, lowest_text), (highest, highest_text)] {
                let row = TableRow::of(&[("list_name", &scale.id), ("name", &end.to_string())]);
                table.rows.push(row.text("label::", text));
            }
        }
    }
    table
}

fn settings(survey: &Survey, fields: &Map<String, Value>) -> Table {
    const COLUMNS: [&str; 6] =
        ["form_title", "form_id", "version", "default_language", "senim_title_", "senim_review_"];
    const ELSEWHERE: [&str; 8] =
        ["id", "version", "languages", "title", "scales", "items", "pages", "indicators"];
    let mut table = Table::new("settings", &COLUMNS, &survey.languages);
    let mut row = TableRow::default().text("senim_title_", &survey.title).own(fields, &ELSEWHERE);
    if let Some(language) = survey.languages.first() {
        row.set("form_title", survey.title.get(*language));
        row.set("default_language", crate::authoring::names::of_language(*language));
    }
    row.set("form_id", &survey.id);
    row.set("version", survey.version.to_string());
    table.rows.push(row);
    table
}

fn indicators(survey: &Survey, fields: &Map<String, Value>) -> Table {
    let columns = ["id", "label::", "senim_review_", "senim_measure"];
    let mut table = Table::new(INDICATORS, &columns, &survey.languages);
    for (indicator, own) in survey.indicators.iter().zip(objects(fields, "indicators")) {
        let row = TableRow::of(&[("id", &indicator.id)]).text("label::", &indicator.label);
        table.rows.push(row.own(own, &["id", "label"]));
    }
    table
}
