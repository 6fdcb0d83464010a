use super::asked::{Asked, Wanted};
use super::column::Raw;
use super::problem::SampleProblem;
use super::sample::Sample;
use crate::csv_header::{self, Places};
use crate::layout::Layout;
use crate::{DataMistakes, DataProblem};
use csv::ByteRecord;
use std::io::Read;
use survey_definitions::Survey;

impl Sample {
    /// Reads a sample from CSV with a header. Columns that nothing is asked of are not looked at.
    ///
    /// # Errors
    /// What is asked does not fit the definition, or every mistake in the file with its line and
    /// column.
    pub fn read_csv(
        survey: &Survey,
        asked: &Asked,
        input: impl Read,
    ) -> Result<Self, SampleProblem> {
        let layout = Layout::of(survey)?;
        let mut wanted = Wanted::of(survey, &layout, asked)?;
        let mut reader = csv_header::reader(input);
        let places = Places::read_some(&mut reader, &wanted.names())?;
        let mut mistakes = DataMistakes::default();
        let mut record = ByteRecord::new();
        let mut rows: u64 = 0;
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| csv_header::unreadable(&error))?
        {
            rows += 1;
            if u32::try_from(rows).is_err() {
                Err(too_long())?;
            }
            if places.check(&record, &mut mistakes) {
                let line = csv_header::line(&record).unwrap_or_default();
                wanted.push(line, |at| raw(places.field(&record, at)), &mut mistakes);
            }
        }
        Self::new(layout, mistakes.or(wanted)?, asked)
    }
}

/// More rows than have a number.
pub(super) fn too_long() -> DataMistakes {
    let problem = format!("there are more than {} rows", u32::MAX - 1);
    DataMistakes::one(None, DataProblem::Unreadable(problem))
}

fn raw(bytes: &[u8]) -> Raw<'_> {
    match std::str::from_utf8(bytes) {
        Ok("") => Raw::Empty,
        Ok(text) => Raw::Text(text),
        Err(_) => Raw::Other,
    }
}
