//! Reading CSV by column name, so that the order of columns is free and a wrong one is named.

use crate::{DataMistakes, DataProblem};
use csv::{ByteRecord, Reader, ReaderBuilder};
use std::io::Read;

/// Where each expected column stands in the rows of a file.
#[derive(Debug)]
pub(crate) struct Places {
    places: Vec<usize>,
    width: usize,
}

/// A reader that leaves headers, lengths and encodings to us: its own errors name no column.
pub(crate) fn reader<R: Read>(input: R) -> Reader<R> {
    ReaderBuilder::new().has_headers(false).flexible(true).from_reader(input)
}

/// The line on which a record starts.
pub(crate) fn line(record: &ByteRecord) -> Option<u64> {
    record.position().map(csv::Position::line)
}

/// An error of reading itself.
pub(crate) fn unreadable(error: &csv::Error) -> DataMistakes {
    DataMistakes::one(None, DataProblem::Unreadable(error.to_string()))
}

impl Places {
    /// Reads the header.
    pub(crate) fn read<R: Read>(
        reader: &mut Reader<R>,
        expected: &[&str],
    ) -> Result<Self, DataMistakes> {
        Self::of_header(reader, |names| places(names, expected, Some(1)))
    }

    /// Reads the header of a file that may have other columns, too.
    pub(crate) fn read_some<R: Read>(
        reader: &mut Reader<R>,
        wanted: &[&str],
    ) -> Result<Self, DataMistakes> {
        Self::of_header(reader, |names| some_places(names, wanted, Some(1)))
    }

    fn of_header<R: Read>(
        reader: &mut Reader<R>,
        places: impl FnOnce(&[&[u8]]) -> Result<Vec<usize>, DataMistakes>,
    ) -> Result<Self, DataMistakes> {
        let mut header = ByteRecord::new();
        reader.read_byte_record(&mut header).map_err(|error| unreadable(&error))?;
        let names: Vec<&[u8]> = header.iter().collect();
        Ok(Self { places: places(&names)?, width: names.len() })
    }

    /// Checks the length of a row.
    pub(crate) fn check(&self, record: &ByteRecord, mistakes: &mut DataMistakes) -> bool {
        let (expected, got) = (self.width, record.len());
        match got.cmp(&expected) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => {
                mistakes.add(line(record), None, DataProblem::RowTooShort { expected, got });
            }
            std::cmp::Ordering::Greater => {
                mistakes.add(line(record), None, DataProblem::RowTooLong { expected, got });
            }
        }
        false
    }

    /// The field of the expected column `index`.
    pub(crate) fn field<'r>(&self, record: &'r ByteRecord, index: usize) -> &'r [u8] {
        self.places.get(index).and_then(|place| record.get(*place)).unwrap_or_default()
    }
}

/// For each wanted name, of which one may come twice, its place among `names`; others are left.
pub(crate) fn some_places(
    names: &[&[u8]],
    wanted: &[&str],
    row: Option<u64>,
) -> Result<Vec<usize>, DataMistakes> {
    let mut mistakes = DataMistakes::default();
    let mut places = Vec::with_capacity(wanted.len());
    for name in wanted {
        let found = names.iter().enumerate().filter(|(_, one)| **one == name.as_bytes());
        match found.map(|(place, _)| place).collect::<Vec<_>>().as_slice() {
            [place] => places.push(*place),
            [] => mistakes.add(row, Some(name), DataProblem::MissingColumn),
            _ => mistakes.add(row, Some(name), DataProblem::DuplicateColumn),
        }
    }
    mistakes.or(places)
}

/// For each expected name its place among `names`, or what is wrong with them.
pub(crate) fn places(
    names: &[&[u8]],
    expected: &[&str],
    row: Option<u64>,
) -> Result<Vec<usize>, DataMistakes> {
    let mut mistakes = DataMistakes::default();
    let known: std::collections::HashMap<&[u8], usize> =
        expected.iter().enumerate().map(|(index, name)| (name.as_bytes(), index)).collect();
    let mut places = vec![None; expected.len()];
    for (place, name) in names.iter().enumerate() {
        let text = String::from_utf8_lossy(name);
        match known.get(name).and_then(|index| places.get_mut(*index)) {
            None => mistakes.add(row, Some(&text), DataProblem::UnknownColumn),
            Some(Some(_)) => mistakes.add(row, Some(&text), DataProblem::DuplicateColumn),
            Some(empty) => *empty = Some(place),
        }
    }
    for (name, _) in expected.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        mistakes.add(row, Some(name), DataProblem::MissingColumn);
    }
    mistakes.or(places.into_iter().flatten().collect())
}
