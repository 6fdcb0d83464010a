use crate::conditions::{TRUE, UNKNOWN};
use crate::counting_measures::{mean_scores, truths_among};
use crate::measure_source::{Counting, MeasureKind, MeasureSource};
use crate::places::Places;

/// What an estimate is made of: of each row a whole number.
pub(super) struct Measured {
    /// The indicator's id; of a part of a distribution `ID.PART`.
    pub(super) item: String,
    /// [`NO_VALUE`] where there is no valid answer.
    pub(super) values: Vec<u32>,
    /// What the mean of the values is taken times; `None` for a proportion.
    pub(super) times: Option<f64>,
}

pub(super) const NO_VALUE: u32 = u32::MAX;

/// An indicator over all rows: one estimate, or one a part of a distribution.
pub(super) fn measured(source: &MeasureSource, answers: &[Places], rows: usize) -> Vec<Measured> {
    let rows = 0..rows;
    let share = |item: String, truths: &[u8]| {
        let value =
            |truth: &u8| if *truth == UNKNOWN { NO_VALUE } else { u32::from(*truth == TRUE) };
        Measured { item, values: truths.iter().map(value).collect(), times: None }
    };
    match (&source.counting, &source.kind) {
        (Counting::Share { of, among }, _) => {
            let truths = truths_among(of, among.as_ref(), answers, &rows);
            vec![share(source.id.clone(), &truths)]
        }
        (Counting::Shares { parts }, MeasureKind::Shares { parts: ids }) => {
            let mut truths: Vec<Vec<u8>> =
                parts.iter().map(|part| part.truths(answers, &rows)).collect();
            // A pupil counts only when every part is known.
            for row in rows {
                let mut of_row = truths.iter().filter_map(|truths| truths.get(row));
                if of_row.any(|truth| *truth == UNKNOWN) {
                    let slots = truths.iter_mut().filter_map(|truths| truths.get_mut(row));
                    slots.for_each(|slot| *slot = UNKNOWN);
                }
            }
            let parts = ids.iter().zip(&truths);
            parts.map(|(id, truths)| share(format!("{}.{id}", source.id), truths)).collect()
        }
        (Counting::Mean { items, at_least }, MeasureKind::Mean { full, .. }) => {
            let scores = items.iter().filter_map(|item| {
                Some(item.scores.look_up(answers.get(item.column)?, rows.clone()))
            });
            let scores: Vec<Vec<u8>> = scores.collect();
            let values = mean_scores(&scores, *at_least, rows.len());
            let values = values.map(|score| score.unwrap_or(NO_VALUE)).collect();
            let times = Some(100.0 / *full as f64);
            vec![Measured { item: source.id.clone(), values, times }]
        }
        _ => Vec::new(),
    }
}
