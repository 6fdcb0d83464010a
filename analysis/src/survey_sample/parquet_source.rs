use super::asked::{Asked, Wanted};
use super::column::Raw;
use super::csv_source::too_long;
use super::problem::SampleProblem;
use super::sample::Sample;
use crate::csv_header;
use crate::layout::Layout;
use crate::parquet_file::{BATCH, is_real, is_text, is_whole, unreadable};
use crate::{DataMistakes, DataProblem};
use polars::prelude::{
    Column, DataType, Float64Chunked, Int64Chunked, ParquetReader, PolarsError, SerReader,
    StringChunked,
};
use std::io::Cursor;
use survey_definitions::Survey;

impl Sample {
    /// Reads a sample from Parquet: texts and numbers, null where there is nothing. Columns that
    /// nothing is asked of are not looked at.
    ///
    /// # Errors
    /// What is asked does not fit the definition, or every mistake in the file with its row, from
    /// 1, and column.
    pub fn read_parquet(
        survey: &Survey,
        asked: &Asked,
        bytes: &[u8],
    ) -> Result<Self, SampleProblem> {
        let layout = Layout::of(survey)?;
        let mut wanted = Wanted::of(survey, &layout, asked)?;
        let names: Vec<String> = wanted.names().into_iter().map(str::to_owned).collect();
        let total = check_schema(bytes, &wanted.names())?;
        let mut mistakes = DataMistakes::default();
        for offset in (0..total).step_by(BATCH) {
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            let reader = ParquetReader::new(Cursor::new(bytes)).with_columns(Some(once));
            let frame = reader.with_slice(Some((offset, BATCH))).finish().map_err(unreadable)?;
            let fields = names.iter().map(|name| Fields::of(frame.column(name)?));
            let fields = fields.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
            for row in 0..frame.height() {
                let raw = |at: usize| fields.get(at).map_or(Raw::Empty, |fields| fields.raw(row));
                wanted.push((offset + row) as u64 + 1, raw, &mut mistakes);
            }
        }
        Self::new(layout, mistakes.or(wanted)?, asked)
    }
}

/// Checks names and types before anything is unpacked; the number of rows.
fn check_schema(bytes: &[u8], names: &[&str]) -> Result<usize, DataMistakes> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(unreadable)?;
    let found: Vec<&[u8]> = schema.iter_names().map(|name| name.as_bytes()).collect();
    csv_header::some_places(&found, names, None)?;
    let mut mistakes = DataMistakes::default();
    for name in names {
        let Some(field) = schema.get(name) else { continue };
        if !(is_text(&field.dtype) || is_whole(&field.dtype) || is_real(&field.dtype)) {
            let expected = "text, whole numbers of up to 64 bits with sign, or reals";
            let got = format!("{:?}", field.dtype);
            mistakes.add(None, Some(name), DataProblem::ColumnType { got, expected });
        }
    }
    let total = reader.num_rows().map_err(unreadable)?;
    if u32::try_from(total).is_err() {
        return Err(too_long());
    }
    mistakes.or(total)
}

/// A column of some rows.
enum Fields {
    Texts(StringChunked),
    Whole(Int64Chunked),
    Real(Float64Chunked),
}

impl Fields {
    fn of(column: &Column) -> Result<Self, PolarsError> {
        Ok(match column.dtype() {
            DataType::String => Self::Texts(column.rechunk().str()?.clone()),
            real if real.is_float() => {
                Self::Real(column.cast(&DataType::Float64)?.rechunk().f64()?.clone())
            }
            _ => Self::Whole(column.cast(&DataType::Int64)?.rechunk().i64()?.clone()),
        })
    }

    fn raw(&self, row: usize) -> Raw<'_> {
        match self {
            Self::Texts(texts) => match texts.get(row) {
                None | Some("") => Raw::Empty,
                Some(text) => Raw::Text(text),
            },
            Self::Whole(numbers) => numbers.get(row).map_or(Raw::Empty, Raw::Whole),
            Self::Real(numbers) => match numbers.get(row) {
                // What data frame libraries without nulls write for nothing.
                Some(real) if !real.is_nan() => Raw::Real(real),
                _ => Raw::Empty,
            },
        }
    }
}
