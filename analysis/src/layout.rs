use crate::ComputeError;
use crate::measure_source::{Counting, MeasureSource, Scores};
use crate::places::Steps;
use std::collections::BTreeSet;
use survey_definitions::{DefinitionId, Form, Item, ScaleKind, Sex, Survey};

/// The columns of a data file that hold answers, and what is counted of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) definition: DefinitionId,
    pub(crate) form: Form,
    pub(crate) columns: Vec<AnswerColumn>,
    /// Every indicator, in the order of the definition.
    pub(crate) indicators: Vec<MeasureSource>,
    pub(crate) sex: Option<SexColumn>,
    /// Counts of pupils kept of one class: responses, items, measures.
    pub(crate) width: usize,
    /// How many of them are of responses and items.
    pub(crate) items_width: usize,
    /// Sums of scores kept of one class.
    pub(crate) sums: usize,
}

/// One column: an item, or one option of an item on a `many` scale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AnswerColumn {
    /// `ITEM`, or `ITEM_OPTION`.
    pub(crate) name: String,
    /// The item's position in the definition.
    pub(crate) item: usize,
    /// What can be answered, ascending; `[0, 1]` for an option.
    pub(crate) codes: Vec<i16>,
    /// Codes among them that are kinds of missing: counted by themselves and in no indicator.
    pub(crate) missing: Vec<i16>,
    /// For an option: its code, and whether it excludes the others.
    pub(crate) option: Option<(i16, bool)>,
    /// Where its counts start, one for each place.
    pub(crate) start: usize,
}

/// The column that tells the sex, and the places of its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SexColumn {
    pub(crate) column: usize,
    pub(crate) girl: usize,
    pub(crate) boy: usize,
}

/// Counts of responses, before those of the columns: answered by girls and by boys only where
/// the survey asks.
pub(crate) const ANSWERED: usize = 0;
pub(crate) const DECLINED: usize = 1;
pub(crate) const RESPONSES: usize = 2;

/// Girls and boys; who did not say comes after them.
const SEXES: usize = 2;

/// Places of a column: its codes come after those that are no valid answer.
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
            sex: None,
            width: RESPONSES + if survey.sex.is_some() { SEXES } else { 0 },
            items_width: 0,
            sums: 0,
        };
        for (index, item) in survey.items.iter().enumerate() {
            layout.add_item(survey, index, item)?;
        }
        layout.check_names()?;
        layout.sex = survey.sex.as_ref().map(|sex| layout.sex_column(survey, sex)).transpose()?;
        layout.items_width = layout.width;
        for indicator in &survey.indicators {
            let source = MeasureSource::of(survey, &layout, indicator)?;
            let strata = layout.strata();
            layout.width += strata * (1 + source.parts());
            layout.sums += if let Counting::Mean { .. } = source.counting { strata * 2 } else { 0 };
            layout.indicators.push(source);
        }
        Ok(layout)
    }

    /// Girls, boys and who did not say; or everybody alone, where the survey does not ask.
    pub(crate) fn strata(&self) -> usize {
        1 + if self.sex.is_some() { SEXES } else { 0 }
    }

    /// The indicators that are scales, with their items.
    pub(crate) fn scales(&self) -> impl Iterator<Item = (usize, &[Scores])> {
        let indicators = self.indicators.iter().enumerate();
        indicators.filter_map(|(index, source)| Some((index, source.scale()?)))
    }

    /// The shares that the counts of a column tell, each with what its places say.
    pub(crate) fn plain_shares(
        &self,
        column: usize,
    ) -> impl Iterator<Item = (&MeasureSource, &Steps)> {
        let plain = self.indicators.iter().filter_map(|one| Some((one, one.plain_share()?)));
        plain.filter(move |(_, (of, _))| *of == column).map(|(one, (_, truth))| (one, truth))
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
            let missing = scale.missing_codes();
            self.add_column(AnswerColumn {
                missing,
                ..AnswerColumn::new(item.id.clone(), index, codes)
            });
            return Ok(());
        };
        for option in options {
            let named = option
                .name
                .as_ref()
                .ok_or_else(|| unfit(&item.id, "has an option without name"))?;
            let name = format!("{}_{named}", item.id);
            let option = Some((option.code, option.none));
            self.add_column(AnswerColumn { option, ..AnswerColumn::new(name, index, vec![0, 1]) });
        }
        Ok(())
    }

    fn add_column(&mut self, column: AnswerColumn) {
        let column = AnswerColumn { start: self.width, ..column };
        self.width += column.places();
        self.columns.push(column);
    }

    fn check_names(&self) -> Result<(), ComputeError> {
        let mut seen = BTreeSet::from(FIRST_COLUMNS);
        match self.columns.iter().find(|column| !seen.insert(&column.name)) {
            Some(column) => Err(unfit(&column.name, "is the name of two columns")),
            None => Ok(()),
        }
    }

    /// The columns of an item that something is over, at least one.
    pub(crate) fn columns_of_item(
        &self,
        survey: &Survey,
        owner: &str,
        item: &str,
    ) -> Result<Vec<(usize, &AnswerColumn)>, ComputeError> {
        let position = survey.items.iter().position(|one| one.id == item);
        let position = position.ok_or_else(|| unfit(owner, "is over an unknown item"))?;
        let columns: Vec<_> = self.columns_of(position).collect();
        match columns.is_empty() {
            true => Err(unfit(owner, "is over an item without options")),
            false => Ok(columns),
        }
    }

    /// The column of an item with one answer.
    pub(crate) fn column_of_item(
        &self,
        survey: &Survey,
        owner: &str,
        item: &str,
    ) -> Result<(usize, &AnswerColumn), ComputeError> {
        match self.columns_of_item(survey, owner, item)?.as_slice() {
            [(column, answers)] if answers.option.is_none() => Ok((*column, answers)),
            _ => Err(unfit(owner, "needs an item with one answer")),
        }
    }

    fn sex_column(&self, survey: &Survey, sex: &Sex) -> Result<SexColumn, ComputeError> {
        let (column, answers) = self.column_of_item(survey, "sex", &sex.item)?;
        let place = |code| answers.place(code).filter(|place| *place >= CODES);
        let place = |code| place(code).ok_or_else(|| unfit("sex", "names a code that is unknown"));
        Ok(SexColumn { column, girl: place(sex.girl)?, boy: place(sex.boy)? })
    }
}

impl AnswerColumn {
    fn new(name: String, item: usize, codes: Vec<i16>) -> Self {
        Self { name, item, codes, missing: Vec::new(), option: None, start: 0 }
    }

    /// The place of a code, -1 included.
    pub(crate) fn place(&self, code: i16) -> Option<usize> {
        match code {
            DO_NOT_WANT_CODE => Some(DO_NOT_WANT),
            code => self.codes.binary_search(&code).ok().map(|position| CODES + position),
        }
    }

    /// The code of a place, as files have it; `None` for not reached.
    pub(crate) fn code(&self, place: usize) -> Option<i16> {
        match place {
            DO_NOT_WANT => Some(DO_NOT_WANT_CODE),
            place => self.codes.get(place.checked_sub(CODES)?).copied(),
        }
    }

    /// How many places it has.
    pub(crate) fn places(&self) -> usize {
        CODES + self.codes.len()
    }
}

pub(crate) fn unfit(id: &str, problem: &str) -> ComputeError {
    ComputeError::Definition(format!("{id} {problem}"))
}
