//! Responses as Parquet, with the columns of the CSV: texts or whole numbers; null is not reached.

use crate::columns::shape;
use crate::csv_header;
use crate::layout::FIRST_COLUMNS;
use crate::rows::{Field, Row, Rows};
use crate::{Columns, DataMistakes, DataProblem, Structure};
use polars::prelude::{
    ArrowDataType, Column, DataFrame, DataType, Float64Chunked, Int64Chunked, ParquetReader,
    PolarsError, SerReader, StringChunked,
};
use std::io::Cursor;
use survey_definitions::Survey;

/// Rows that are unpacked at a time, so that wide types of the file are never all in memory.
pub(crate) const BATCH: usize = 200_000;

impl Columns {
    /// Reads a data file in Parquet.
    ///
    /// # Errors
    /// Every mistake, with its row, from 1, and column.
    pub fn read_parquet(
        survey: &Survey,
        structure: &Structure,
        bytes: &[u8],
    ) -> Result<Self, DataMistakes> {
        let (layout, tree) = shape(survey, structure)?;
        let names = layout.names();
        let total = check_schema(bytes, &names)?;
        let mut rows = Rows::new(layout.clone(), tree);
        for offset in (0..total).step_by(BATCH) {
            let frame = ParquetReader::new(Cursor::new(bytes)).with_slice(Some((offset, BATCH)));
            let frame = frame.finish().map_err(unreadable)?;
            let batch = Batch::of(&frame, &names).map_err(unreadable)?;
            (0..frame.height()).for_each(|row| batch.push(row, offset, &mut rows));
        }
        rows.finish()
    }
}

/// Checks names and types before anything is unpacked; the number of rows.
fn check_schema(bytes: &[u8], names: &[&str]) -> Result<usize, DataMistakes> {
    let mut reader = ParquetReader::new(Cursor::new(bytes));
    let schema = reader.schema().map_err(unreadable)?;
    let found: Vec<&[u8]> = schema.iter_names().map(|name| name.as_bytes()).collect();
    csv_header::places(&found, names, None)?;
    let mut mistakes = DataMistakes::default();
    for (index, name) in names.iter().enumerate() {
        let Some(field) = schema.get(name) else { continue };
        let (accepted, expected) = match index < FIRST_COLUMNS.len() {
            true => (is_text(&field.dtype) || is_whole(&field.dtype), "text or whole numbers"),
            false => (is_whole(&field.dtype) || is_real(&field.dtype), "whole numbers"),
        };
        if !accepted {
            let got = format!("{:?}", field.dtype);
            mistakes.add(None, Some(name), DataProblem::ColumnType { got, expected });
        }
    }
    let total = reader.num_rows().map_err(unreadable)?;
    mistakes.or(total)
}

pub(crate) fn is_text(dtype: &ArrowDataType) -> bool {
    matches!(dtype, ArrowDataType::Utf8 | ArrowDataType::LargeUtf8 | ArrowDataType::Utf8View)
}

/// Types that this build of the data frame library can hold (8 and 16 bits without sign end the
/// process) and that fit 64 bits with sign.
pub(crate) fn is_whole(dtype: &ArrowDataType) -> bool {
    use ArrowDataType::{Int8, Int16, Int32, Int64, UInt32};
    matches!(dtype, Int8 | Int16 | Int32 | Int64 | UInt32)
}

/// What data frame libraries without nulls make of whole numbers with gaps.
pub(crate) fn is_real(dtype: &ArrowDataType) -> bool {
    matches!(dtype, ArrowDataType::Float32 | ArrowDataType::Float64)
}

pub(crate) fn unreadable(error: PolarsError) -> DataMistakes {
    DataMistakes::one(None, DataProblem::Unreadable(error.to_string()))
}

/// Some rows of the file, with one type for texts and one for each kind of number.
struct Batch {
    texts: Vec<StringChunked>,
    answers: Vec<Numbers>,
}

enum Numbers {
    Whole(Int64Chunked),
    Real(Float64Chunked),
}

impl Batch {
    fn of(frame: &DataFrame, names: &[&str]) -> Result<Self, PolarsError> {
        let (first, answers) = names.split_at(FIRST_COLUMNS.len().min(names.len()));
        let text =
            |name: &&str| frame.column(name)?.cast(&DataType::String)?.rechunk().str().cloned();
        let texts = first.iter().map(text).collect::<Result<_, _>>()?;
        let answers = answers.iter().map(|name| Numbers::of(frame.column(name)?));
        Ok(Self { texts, answers: answers.collect::<Result<_, _>>()? })
    }

    fn push(&self, row: usize, offset: usize, rows: &mut Rows) {
        let text = |column: usize| {
            self.texts.get(column).and_then(|texts| texts.get(row)).unwrap_or_default()
        };
        let row_of = Row {
            number: (offset + row) as u64 + 1,
            class: text(0),
            place: Some([text(1), text(2), text(3)]),
            status: text(4),
        };
        rows.push(&row_of, |column| {
            self.answers.get(column).map_or(Field::Empty, |numbers| numbers.field(row))
        });
    }
}

impl Numbers {
    fn of(column: &Column) -> Result<Self, PolarsError> {
        if column.dtype().is_float() {
            Ok(Self::Real(column.cast(&DataType::Float64)?.rechunk().f64()?.clone()))
        } else {
            Ok(Self::Whole(column.cast(&DataType::Int64)?.rechunk().i64()?.clone()))
        }
    }

    fn field(&self, row: usize) -> Field<'static> {
        match self {
            Self::Whole(numbers) => numbers.get(row).map_or(Field::Empty, Field::Number),
            Self::Real(numbers) => match numbers.get(row) {
                None => Field::Empty,
                Some(number) if number.is_nan() => Field::Empty,
                Some(number) if number.fract() == 0.0 => Field::Number(number as i64),
                Some(_) => Field::Other("a fraction"),
            },
        }
    }
}
