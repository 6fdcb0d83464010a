use crate::ComputeError;
use crate::conditions::Test;
use crate::layout::{Layout, unfit};
use crate::places::Steps;
use survey_definitions::{Indicator, MeanItem, Measure, Survey};

/// An indicator as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeasureSource {
    pub(crate) id: String,
    pub(crate) sensitive: bool,
    pub(crate) published_from: Option<u32>,
    /// The version since which all its items are unchanged.
    pub(crate) comparable_since: u32,
    pub(crate) kind: MeasureKind,
    pub(crate) counting: Counting,
    /// Where its counts start: for each stratum the valid answers, then each part.
    pub(crate) counts: usize,
    /// Where its sums start: for each stratum the sum of the scores and that of their squares.
    pub(crate) sums: usize,
}

/// What kind of numbers a measure gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum MeasureKind {
    Share,
    /// Among those of whom a condition holds.
    ConditionalShare,
    Shares {
        parts: Vec<String>,
    },
    Mean {
        items: u32,
        /// The score of a pupil at 100, in 1/2520 of a code: 2520 * 100 / times.
        full: u64,
    },
}

/// How a measure is made of columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Counting {
    Share { of: Test, among: Option<Test> },
    Shares { parts: Vec<Test> },
    Mean { items: Vec<Scores>, at_least: u32 },
}

/// The scores of an item in a mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scores {
    pub(crate) column: usize,
    /// By place, after reversal; [`NO_SCORE`] for what does not count.
    pub(crate) scores: Steps,
}

/// No valid answer in a mean.
pub(crate) const NO_SCORE: u8 = u8::MAX;

/// A pupil's mean score is kept in this part of a code: a whole number for up to
/// [`MOST_ITEMS`] items, because each number of items divides it.
pub(crate) const PARTS_OF_CODE: u32 = 2520;
pub(crate) const MOST_ITEMS: usize = 10;

/// What every published mean ends at.
const HIGHEST_MEAN: u32 = 100;

/// From this many items on a mean is a scale with cross products.
const SCALE_ITEMS: usize = 3;

impl MeasureSource {
    pub(crate) fn of(
        survey: &Survey,
        layout: &Layout,
        indicator: &Indicator,
    ) -> Result<Self, ComputeError> {
        let (kind, counting) = kind(survey, layout, indicator)?;
        let since = indicator.measure.items().into_iter().filter_map(|item| survey.item(item));
        Ok(Self {
            id: indicator.id.clone(),
            sensitive: survey.is_sensitive(indicator),
            published_from: indicator.published_from,
            comparable_since: since.map(|item| item.comparable_since).max().unwrap_or(1),
            kind,
            counting,
            counts: layout.width,
            sums: layout.sums,
        })
    }

    /// Parts counted as pupils.
    pub(crate) fn parts(&self) -> usize {
        match &self.counting {
            Counting::Share { .. } => 1,
            Counting::Shares { parts } => parts.len(),
            Counting::Mean { .. } => 0,
        }
    }

    /// Column and truths of a share that the counts of one column tell.
    pub(crate) fn plain_share(&self) -> Option<(usize, &Steps)> {
        match &self.counting {
            Counting::Share { of: Test::Column { column, truth }, among: None } => {
                Some((*column, truth))
            }
            _ => None,
        }
    }

    /// Its items, if it is a mean of so many that they make a scale.
    pub(crate) fn scale(&self) -> Option<&[Scores]> {
        match &self.counting {
            Counting::Mean { items, .. } if items.len() >= SCALE_ITEMS => Some(items),
            _ => None,
        }
    }
}

fn kind(
    survey: &Survey,
    layout: &Layout,
    indicator: &Indicator,
) -> Result<(MeasureKind, Counting), ComputeError> {
    let test = |condition| Test::of(survey, layout, &indicator.id, condition);
    Ok(match &indicator.measure {
        Measure::Share { of, among } => {
            let kind = match among {
                Some(_) => MeasureKind::ConditionalShare,
                None => MeasureKind::Share,
            };
            let among = among.as_ref().map(test).transpose()?;
            (kind, Counting::Share { of: test(of)?, among })
        }
        Measure::Shares { parts } => {
            let tests = parts.iter().map(|part| test(&part.of)).collect::<Result<_, _>>()?;
            let parts = parts.iter().map(|part| part.id.clone()).collect();
            (MeasureKind::Shares { parts }, Counting::Shares { parts: tests })
        }
        Measure::Mean { items, at_least, times } => {
            mean(survey, layout, indicator, items, *at_least, *times)?
        }
    })
}

fn mean(
    survey: &Survey,
    layout: &Layout,
    indicator: &Indicator,
    items: &[MeanItem],
    at_least: u32,
    times: u32,
) -> Result<(MeasureKind, Counting), ComputeError> {
    let owner = &indicator.id;
    if items.is_empty() || items.len() > MOST_ITEMS {
        let problem = format!("is a mean of {} items: it must be 1 to {MOST_ITEMS}", items.len());
        return Err(unfit(owner, &problem));
    }
    let hundred = u64::from(PARTS_OF_CODE * HIGHEST_MEAN);
    let full = hundred.checked_div(times.into()).filter(|full| full * u64::from(times) == hundred);
    let problem = format!("has `times` {times}, which does not divide {hundred}");
    let full = full.ok_or_else(|| unfit(owner, &problem))?;
    let scores = items.iter().map(|item| scores(survey, layout, owner, item, times));
    let scores = scores.collect::<Result<Vec<_>, _>>()?;
    let kind = MeasureKind::Mean { items: u32::try_from(items.len()).unwrap_or_default(), full };
    Ok((kind, Counting::Mean { items: scores, at_least }))
}

fn scores(
    survey: &Survey,
    layout: &Layout,
    owner: &str,
    item: &MeanItem,
    times: u32,
) -> Result<Scores, ComputeError> {
    let (column, answers) = layout.column_of_item(survey, owner, &item.item)?;
    let counts =
        |code: &i16| !item.not_applicable.contains(code) && !answers.missing.contains(code);
    let highest = answers.codes.iter().copied().filter(counts).max().unwrap_or(0);
    let too_high = u32::try_from(highest).ok().and_then(|highest| highest.checked_mul(times));
    if too_high.is_none_or(|most| most > HIGHEST_MEAN) {
        let problem = format!("has codes of {:?} that pass {HIGHEST_MEAN}", item.item);
        return Err(unfit(owner, &problem));
    }
    let score = |code: i16| match counts(&code) {
        // At most 100, see above.
        true => u8::try_from(if item.reversed { highest - code } else { code }).unwrap_or(NO_SCORE),
        false => NO_SCORE,
    };
    Ok(Scores { column, scores: Steps::new(answers, NO_SCORE, score) })
}
