use crate::ComputeError;
use std::collections::BTreeSet;
use survey_definitions::{DefinitionId, Form, Indicator, Item, ScaleKind, Survey};

/// The columns of a data file that hold answers, and what is counted of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) definition: DefinitionId,
    pub(crate) form: Form,
    pub(crate) columns: Vec<AnswerColumn>,
    /// Simple shares; other measures are not counted yet.
    pub(crate) indicators: Vec<IndicatorSource>,
    /// Counts kept of one group.
    pub(crate) width: usize,
}

/// One column: an item, or one option of an item on a `many` scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerColumn {
    /// `ITEM`, or `ITEM_OPTION`.
    pub(crate) name: String,
    /// The item's position in the definition.
    pub(crate) item: usize,
    /// What is a valid answer, ascending; `[0, 1]` for an option.
    pub(crate) codes: Vec<i16>,
    /// For an option: its code, and whether it excludes the others.
    pub(crate) option: Option<(i16, bool)>,
    /// Where its counts start: not reached, does not want to say, then one for each code.
    pub(crate) start: usize,
}

/// Where the counts of an indicator are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IndicatorSource {
    pub(crate) id: String,
    pub(crate) sensitive: bool,
    pub(crate) published_from: Option<u32>,
    /// Counts that add up to those with the property.
    pub(crate) hits: Vec<usize>,
    /// Counts that add up to the valid answers.
    pub(crate) valid: Vec<usize>,
    /// Columns of which at least one must be 1, counted at `hits[0]`; empty where the counts of
    /// single columns are enough.
    pub(crate) any_of: Vec<usize>,
}

/// Counts of responses, before those of the columns.
pub(crate) const ANSWERED: usize = 0;
pub(crate) const DECLINED: usize = 1;
const RESPONSES: usize = 2;

/// Counts of a column, from its start.
pub(crate) const NOT_REACHED: usize = 0;
pub(crate) const DO_NOT_WANT: usize = 1;
pub(crate) const CODES: usize = 2;

/// How "does not want to say" is written in files and kept in columns.
pub(crate) const DO_NOT_WANT_CODE: i16 = -1;

/// Columns of a data file before those of the items; `status` is also an item of the tallies.
pub(crate) const FIRST_COLUMNS: [&str; 5] = ["class", "grade", "form", "language", "status"];

impl Layout {
    pub(crate) fn of(survey: &Survey) -> Result<Self, ComputeError> {
        let mut layout = Self {
            definition: survey.definition_id(),
            form: survey.form,
            columns: Vec::new(),
            indicators: Vec::new(),
            width: RESPONSES,
        };
        for (index, item) in survey.items.iter().enumerate() {
            layout.add_item(survey, index, item)?;
        }
        layout.check_names()?;
        for indicator in &survey.indicators {
            let Some((item, codes)) = indicator.simple_share() else { continue };
            let source = layout.source(survey, indicator, item, codes)?;
            layout.indicators.push(source);
        }
        Ok(layout)
    }

    /// The columns of one item with their positions.
    pub(crate) fn columns_of(&self, item: usize) -> impl Iterator<Item = (usize, &AnswerColumn)> {
        self.columns.iter().enumerate().filter(move |(_, column)| column.item == item)
    }

    /// Every column of a data file in its order.
    pub(crate) fn names(&self) -> Vec<&str> {
        let answers = self.columns.iter().map(|column| column.name.as_str());
        FIRST_COLUMNS.into_iter().chain(answers).collect()
    }

    fn add_item(&mut self, survey: &Survey, index: usize, item: &Item) -> Result<(), ComputeError> {
        let scale = survey.scale_of(item).ok_or_else(|| unfit(&item.id, "has no scale"))?;
        let codes = scale.codes();
        if codes.iter().any(|code| *code < 0) {
            return Err(unfit(&item.id, "has a negative code, which a data file cannot hold"));
        }
        let ScaleKind::Many { options } = &scale.kind else {
            self.add_column(item.id.clone(), index, codes, None);
            return Ok(());
        };
        for option in options {
            let named = option
                .name
                .as_ref()
                .ok_or_else(|| unfit(&item.id, "has an option without name"))?;
            let name = format!("{}_{named}", item.id);
            self.add_column(name, index, vec![0, 1], Some((option.code, option.none)));
        }
        Ok(())
    }

    fn add_column(
        &mut self,
        name: String,
        item: usize,
        codes: Vec<i16>,
        option: Option<(i16, bool)>,
    ) {
        let start = self.width;
        self.width += CODES + codes.len();
        self.columns.push(AnswerColumn { name, item, codes, option, start });
    }

    fn check_names(&self) -> Result<(), ComputeError> {
        let mut seen = BTreeSet::from(FIRST_COLUMNS);
        match self.columns.iter().find(|column| !seen.insert(&column.name)) {
            Some(column) => Err(unfit(&column.name, "is the name of two columns")),
            None => Ok(()),
        }
    }

    fn source(
        &mut self,
        survey: &Survey,
        indicator: &Indicator,
        item: &str,
        codes: &[i16],
    ) -> Result<IndicatorSource, ComputeError> {
        let position = survey.items.iter().position(|one| one.id == item);
        let position = position.ok_or_else(|| unfit(&indicator.id, "is over an unknown item"))?;
        let columns: Vec<(usize, &AnswerColumn)> = self.columns_of(position).collect();
        let (_, first) = columns
            .first()
            .ok_or_else(|| unfit(&indicator.id, "is over an item without options"))?;
        let valid = (first.start + CODES..first.end()).collect();
        let (mut hits, mut any_of) = hits(&columns, codes);
        if any_of.len() > 1 {
            hits = vec![self.width];
            self.width += 1;
        } else {
            any_of.clear();
        }
        let sensitive = survey.is_sensitive(indicator);
        let (id, published_from) = (indicator.id.clone(), indicator.published_from);
        Ok(IndicatorSource { id, sensitive, published_from, hits, valid, any_of })
    }
}

impl AnswerColumn {
    /// Where a valid code is counted.
    pub(crate) fn slot(&self, code: i16) -> Option<usize> {
        self.codes.binary_search(&code).ok().map(|position| self.start + CODES + position)
    }

    /// One past its last count.
    pub(crate) fn end(&self) -> usize {
        self.start + CODES + self.codes.len()
    }

    /// Whether every code fits a byte with sign.
    pub(crate) fn narrow(&self) -> bool {
        self.codes.iter().all(|code| i8::try_from(*code).is_ok())
    }
}

/// Where those with one of `wanted` are counted, and which columns are chosen options.
fn hits(columns: &[(usize, &AnswerColumn)], wanted: &[i16]) -> (Vec<usize>, Vec<usize>) {
    let (mut hits, mut chosen) = (Vec::new(), Vec::new());
    for (index, column) in columns {
        match column.option {
            Some((code, _)) if wanted.contains(&code) => {
                chosen.push(*index);
                hits.extend(column.slot(1));
            }
            Some(_) => {}
            // The scale's codes and not the indicator's: one named twice is counted once.
            None => {
                let codes = column.codes.iter().filter(|code| wanted.contains(code));
                hits.extend(codes.filter_map(|code| column.slot(*code)));
            }
        }
    }
    (hits, chosen)
}

fn unfit(id: &str, problem: &str) -> ComputeError {
    ComputeError::Definition(format!("{id} {problem}"))
}
