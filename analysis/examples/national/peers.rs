//! What others need for 20 prevalences at five levels, in turns with ours.

use crate::definition;
use crate::wave::Wave;
use polars::prelude::{Column, DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
use std::fs::File;
use std::path::Path;
use survey_definitions::{Answer, Response};

/// How many items the peers roll up.
const ITEMS: usize = 20;

/// Class, school, district, region and nation as numbers, and the items that peers roll up as
/// bytes, null where there is no valid answer.
pub fn write_data(wave: &Wave, path: &Path) {
    let classes = wave.structure.classes();
    let number = |id: &str| id[1..].parse::<u32>().unwrap_or_default();
    let mut levels: [Vec<u32>; 5] = Default::default();
    let names: Vec<String> =
        definition::shares().into_iter().take(ITEMS).map(|(item, _)| item).collect();
    let positions: Vec<usize> = names
        .iter()
        .filter_map(|name| wave.survey.items.iter().position(|item| item.id == *name))
        .collect();
    let mut answers: Vec<Vec<Option<i8>>> =
        (0..ITEMS).map(|_| Vec::with_capacity(wave.len())).collect();
    for pupil in 0..wave.len() {
        let class = wave.class_of(pupil);
        let Response::Answered(given) = wave.response(pupil, class) else { continue };
        let place = &classes[class];
        let ids =
            [&place.class, &place.school, &place.district, &place.region].map(|id| number(id));
        let [class, school, district, region] = ids;
        let row = [class, school, district, region, 0];
        levels.iter_mut().zip(row).for_each(|(level, id)| level.push(id));
        for (column, position) in answers.iter_mut().zip(&positions) {
            column.push(match given.0[*position] {
                Answer::Code(code) => i8::try_from(code).ok(),
                _ => None,
            });
        }
    }
    let level_names = ["class", "school", "district", "region", "nation"];
    let levels = level_names.into_iter().zip(levels);
    let mut columns: Vec<Column> =
        levels.map(|(name, ids)| Series::new(name.into(), ids).into_column()).collect();
    let answers = names.iter().zip(answers);
    columns.extend(
        answers.map(|(name, codes)| Series::new(name.as_str().into(), codes).into_column()),
    );
    let frame = DataFrame::new_infer_height(columns);
    let mut frame = frame.unwrap_or_else(|error| panic!("{error}"));
    let file = File::create(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    ParquetWriter::new(file).finish(&mut frame).unwrap_or_else(|error| panic!("{error}"));
}
