//! A table of estimates in the formats of `senim estimate`.

use super::CommandError;
use crate::command_line::EstimateFormat;
use analysis::survey_sample::EstimateRow;
use serde_json::{Value, json};
use std::fmt::Write as _;

const HEAD: [&str; 9] = ["item", "group", "n", "estimate", "se", "ci_low", "ci_high", "df", "deff"];

pub fn written(rows: &[EstimateRow], format: EstimateFormat) -> Result<String, CommandError> {
    match format {
        EstimateFormat::Csv => csv(rows),
        EstimateFormat::Json => Ok(json(rows)),
        EstimateFormat::Text => Ok(text(rows)),
    }
}

/// Numbers in as many digits as tell them apart from any other.
fn csv(rows: &[EstimateRow]) -> Result<String, CommandError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let output = |error: csv::Error| CommandError::Output(error.into());
    writer.write_record(HEAD).map_err(output)?;
    for row in rows {
        let fields = fields(row, |number| number.to_string());
        writer.write_record(fields).map_err(output)?;
    }
    let bytes = writer.into_inner().map_err(|error| CommandError::Output(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn json(rows: &[EstimateRow]) -> String {
    let object = |row: &EstimateRow| {
        json!({
            "item": row.item, "group": row.group, "n": row.n, "estimate": row.estimate,
            "se": row.se, "ci_low": row.low, "ci_high": row.high, "df": row.df, "deff": row.deff,
        })
    };
    format!("{:#}\n", Value::Array(rows.iter().map(object).collect()))
}

/// Names to the left, numbers to the right; a dash where there is none.
fn text(rows: &[EstimateRow]) -> String {
    let short = |number: f64| format!("{number:.4}");
    let dashed = |row: &EstimateRow| {
        fields(row, short).map(|field| if field.is_empty() { "-".to_owned() } else { field })
    };
    let lines: Vec<[String; 9]> =
        std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(dashed)).collect();
    let mut widths = [0; 9];
    for line in &lines {
        for (width, field) in widths.iter_mut().zip(line) {
            *width = field.chars().count().max(*width);
        }
    }
    let mut text = String::new();
    for line in &lines {
        let mut written = String::new();
        for (at, (field, width)) in line.iter().zip(widths).enumerate() {
            // Writing to a String cannot fail.
            let _ = match at {
                0 | 1 => write!(written, "{field:width$}  "),
                _ => write!(written, "{field:>width$}  "),
            };
        }
        text.push_str(written.trim_end());
        text.push('\n');
    }
    text
}

fn fields(row: &EstimateRow, number: impl Fn(f64) -> String) -> [String; 9] {
    let known = |value: Option<f64>| value.map(&number).unwrap_or_default();
    [
        row.item.clone(),
        row.group.clone(),
        row.n.to_string(),
        known(row.estimate),
        known(row.se),
        known(row.low),
        known(row.high),
        row.df.to_string(),
        known(row.deff),
    ]
}
