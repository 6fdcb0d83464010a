use super::ReplayError;
use crate::command_line::Replay;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use survey_definitions::{Answer, Answers, ScaleKind, Survey};

/// The most mistakes that are listed of a file with many.
const LISTED: usize = 20;

/// A data file, read and checked.
pub struct Data {
    /// Answers of each row, in the file's order.
    pub rows: Vec<Answers>,
    pub classes: Vec<DataClass>,
    /// Columns that are neither an item nor a name of a school or class.
    pub left_out: Vec<String>,
    pub sha256: [u8; 32],
}

/// A class and the rows of its pupils.
pub struct DataClass {
    pub school: String,
    pub code: String,
    pub grade: String,
    pub rows: Vec<usize>,
}

impl Data {
    /// Reads the file; every mistake names its line and column.
    pub fn read(options: &Replay, survey: &Survey) -> Result<Self, ReplayError> {
        let path = options.data.display().to_string();
        let error = |problem: String| ReplayError::Data { path: path.clone(), problem };
        let bytes = fs::read(&options.data).map_err(|e| error(e.to_string()))?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        let header = reader.headers().map_err(|e| error(e.to_string()))?.clone();
        let columns = Columns::find(&header, options, survey).map_err(error)?;
        let mut mistakes = Vec::new();
        let mut rows = Vec::new();
        let mut classes: BTreeMap<String, DataClass> = BTreeMap::new();
        for (index, record) in reader.records().enumerate() {
            let line = index + 2;
            match record.map_err(|e| e.to_string()).and_then(|r| columns.row(&r, &header, survey)) {
                Ok((class, answers)) => {
                    let class = classes.entry(class.code.clone()).or_insert(class);
                    class.rows.push(rows.len());
                    rows.push(answers);
                }
                Err(problem) => mistakes.push(format!("line {line}: {problem}")),
            }
        }
        if !mistakes.is_empty() {
            return Err(error(listed(&mistakes)));
        }
        let left_out = columns.left_out(&header);
        let sha256 = Sha256::digest(&bytes).into();
        Ok(Self { rows, classes: classes.into_values().collect(), left_out, sha256 })
    }
}

fn listed(mistakes: &[String]) -> String {
    let shown = mistakes.iter().take(LISTED).cloned().collect::<Vec<_>>().join("\n");
    match mistakes.len().saturating_sub(LISTED) {
        0 => shown,
        more => format!("{shown}\nand {more} more mistakes"),
    }
}

/// Where in a row things stand.
struct Columns {
    items: Vec<usize>,
    school: usize,
    class: Vec<usize>,
}

impl Columns {
    fn find(header: &csv::StringRecord, options: &Replay, survey: &Survey) -> Result<Self, String> {
        let find = |name: &str| {
            let place = header.iter().position(|column| column == name);
            place.ok_or_else(|| format!("line 1: there is no column \"{name}\""))
        };
        for item in &survey.items {
            let scale = survey.scale_of(item).map(|scale| &scale.kind);
            if matches!(scale, Some(ScaleKind::Many { .. })) {
                return Err(format!(
                    "item \"{}\" takes several options, which a replay cannot",
                    item.id
                ));
            }
        }
        Ok(Self {
            items: survey.items.iter().map(|item| find(&item.id)).collect::<Result<_, _>>()?,
            school: find(&options.school)?,
            class: options.class.iter().map(|name| find(name)).collect::<Result<_, _>>()?,
        })
    }

    fn left_out(&self, header: &csv::StringRecord) -> Vec<String> {
        let used = |index: &usize| {
            self.items.contains(index) || self.class.contains(index) || self.school == *index
        };
        let columns = header.iter().enumerate().filter(|(index, _)| !used(index));
        columns.map(|(_, name)| name.to_owned()).collect()
    }

    fn row(
        &self,
        record: &csv::StringRecord,
        header: &csv::StringRecord,
        survey: &Survey,
    ) -> Result<(DataClass, Answers), String> {
        if record.len() != header.len() {
            return Err(format!("{} columns, expected {}", record.len(), header.len()));
        }
        let named = |index: &usize| match record.get(*index) {
            Some("") | None => "unknown",
            Some(name) => name,
        };
        let school = named(&self.school).to_owned();
        let code = self.class.iter().map(named).collect::<Vec<_>>().join("-");
        let grade = self.class.last().map_or("unknown", named).to_owned();
        let answers = self
            .items
            .iter()
            .zip(&survey.items)
            .map(|(index, item)| {
                let field = record.get(*index).unwrap_or_default();
                let scale = survey.scale_of(item);
                answer(field, |code| scale.is_some_and(|scale| scale.has_code(code)))
                    .ok_or_else(|| format!("column \"{}\": {field:?} is not a code", item.id))
            })
            .collect::<Result<_, _>>()?;
        Ok((DataClass { school, code, grade, rows: Vec::new() }, Answers(answers)))
    }
}

/// An empty field is an item that was not reached, -1 one that the pupil did not want to answer.
fn answer(field: &str, is_code: impl Fn(i16) -> bool) -> Option<Answer> {
    match field {
        "" => Some(Answer::NotReached),
        "-1" => Some(Answer::DoNotWant),
        _ => field.parse().ok().filter(|code| is_code(*code)).map(Answer::Code),
    }
}
