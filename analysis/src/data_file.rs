//! Responses as CSV: `class,grade,form,language,status`, then a column an item with the code
//! of the option; empty is not reached, -1 does not want to say. An item that takes many options
//! has one column of 0 and 1 an option, `ITEM_OPTION`.

use crate::columns::shape;
use crate::csv_header::{self, Places};
use crate::layout::FIRST_COLUMNS;
use crate::rows::{Field, Row, Rows};
use crate::{Columns, DataMistakes, DataProblem, Structure};
use csv::ByteRecord;
use std::io::{Error, Read, Write};
use survey_definitions::Survey;

impl Columns {
    /// Reads a data file, row by row.
    ///
    /// # Errors
    /// Every mistake, with its line and column.
    pub fn read_csv(
        survey: &Survey,
        structure: &Structure,
        input: impl Read,
    ) -> Result<Self, DataMistakes> {
        let (layout, tree) = shape(survey, structure)?;
        let names = layout.names();
        let mut reader = csv_header::reader(input);
        let places = Places::read(&mut reader, &names)?;
        let mut rows = Rows::new(layout.clone(), tree);
        let mut record = ByteRecord::new();
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| csv_header::unreadable(&error))?
        {
            if places.check(&record, &mut rows.mistakes) {
                push(&mut rows, &record, &places, &names);
            }
        }
        rows.finish()
    }

    /// Writes the file that [`Self::read_csv`] reads, class by class.
    ///
    /// # Errors
    /// [`Error`] of writing, or when the columns belong to another survey or structure.
    pub fn write_csv(
        &self,
        survey: &Survey,
        structure: &Structure,
        output: impl Write,
    ) -> Result<(), Error> {
        self.check(survey, structure).map_err(Error::other)?;
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(self.layout.names())?;
        let mut fields: Vec<String> = Vec::new();
        for (class, rows) in self.starts.array_windows().enumerate() {
            let place = self.tree.place(class);
            let place = place.ok_or_else(|| Error::other("a response without class"))?;
            let first = [&place.class, &place.grade, &place.form, &place.language];
            let [start, end] = *rows;
            let declined = self.declined.get(class).copied().unwrap_or_default() as usize;
            for row in start..end + declined {
                let answered = row < end;
                fields.clear();
                fields.extend(first.into_iter().cloned());
                fields.push(if answered { "answered" } else { "declined" }.to_owned());
                let answers = self.layout.columns.iter().zip(&self.answers);
                fields.extend(answers.map(|(column, places)| {
                    let code = places.get(row).filter(|_| answered);
                    let code = code.and_then(|place| column.code(place));
                    code.map(|code| code.to_string()).unwrap_or_default()
                }));
                writer.write_record(&fields)?;
            }
        }
        writer.flush()
    }
}

/// Adds one record, unless a field of it is not text.
fn push(rows: &mut Rows, record: &ByteRecord, places: &Places, names: &[&str]) {
    let line = csv_header::line(record);
    let mut first = [""; FIRST_COLUMNS.len()];
    let mut clean = true;
    for (index, name) in names.iter().enumerate() {
        match (std::str::from_utf8(places.field(record, index)), first.get_mut(index)) {
            (Err(_), _) => {
                rows.mistakes.add(line, Some(name), DataProblem::NotUtf8);
                clean = false;
            }
            (Ok(text), Some(field)) => *field = text,
            (Ok(_), None) => {}
        }
    }
    if clean {
        let [class, grade, form, language, status] = first;
        let number = line.unwrap_or_default();
        let row = Row { number, class, place: Some([grade, form, language]), status };
        rows.push(&row, |column| field(places.field(record, FIRST_COLUMNS.len() + column)));
    }
}

/// The text has been checked to be UTF-8.
fn field(bytes: &[u8]) -> Field<'_> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    match (text, text.parse()) {
        ("", _) => Field::Empty,
        (_, Ok(number)) => Field::Number(number),
        (_, Err(_)) => Field::Other(text),
    }
}
