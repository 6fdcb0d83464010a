use crate::columns::{Columns, Growing};
use crate::layout::{AnswerColumn, CODES, Layout, NOT_REACHED};
use crate::structure::form;
use crate::tree::Tree;
use crate::{ClassPlace, DataMistakes, DataProblem};
use std::sync::Arc;
use survey_definitions::Form;

/// One response as a source has it, before it is checked.
pub(crate) struct Row<'a> {
    /// Its line or position.
    pub(crate) number: u64,
    pub(crate) class: &'a str,
    /// Grade, form and language, where the source repeats what the structure says.
    pub(crate) place: Option<[&'a str; 3]>,
    pub(crate) status: &'a str,
}

/// One field of an answer column.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field<'a> {
    Empty,
    Number(i64),
    /// Anything that is not a whole number.
    Other(&'a str),
}

/// Checks rows and gathers those without a mistake. It goes on after a mistake, so that all are
/// found, and gives columns only when there was none.
pub(crate) struct Rows {
    layout: Arc<Layout>,
    tree: Arc<Tree>,
    growing: Growing,
    pub(crate) mistakes: DataMistakes,
    /// The place of each answer of the row.
    places: Vec<u16>,
    /// The class of the row before and its node: files mostly hold a class together.
    last: Option<(String, u32)>,
}

impl Rows {
    pub(crate) fn new(layout: Arc<Layout>, tree: Arc<Tree>) -> Self {
        let growing = Growing::new(&layout, &tree);
        let places = Vec::with_capacity(layout.columns.len());
        Self { layout, tree, growing, mistakes: DataMistakes::default(), places, last: None }
    }

    pub(crate) fn layout(&self) -> Arc<Layout> {
        Arc::clone(&self.layout)
    }

    /// Adds one response; `field` gives its answer column by position.
    pub(crate) fn push<'a>(&mut self, row: &Row<'a>, field: impl Fn(usize) -> Field<'a>) {
        let before = (self.mistakes.mistakes.len(), self.mistakes.more);
        let class = self.class(row);
        let answered = self.status(row);
        self.answers(row, answered, field);
        let clean = before == (self.mistakes.mistakes.len(), self.mistakes.more);
        match (clean, class, answered) {
            (true, Some(class), Some(true)) => self.growing.push(class, &self.places),
            (true, Some(class), Some(false)) => self.growing.push_declined(class),
            _ => {}
        }
    }

    pub(crate) fn finish(self) -> Result<Columns, DataMistakes> {
        let growing = self.mistakes.or(self.growing)?;
        growing.finish(self.layout, self.tree)
    }

    fn class(&mut self, row: &Row<'_>) -> Option<u32> {
        if let Some((class, node)) = &self.last
            && class == row.class
            && row.place.is_none()
        {
            return Some(*node);
        }
        let tree = Arc::clone(&self.tree);
        let Some((index, place)) = tree.class(row.class) else {
            let problem = DataProblem::UnknownClass { got: row.class.to_owned() };
            self.mistakes.add(Some(row.number), Some("class"), problem);
            return None;
        };
        self.compare(row, place);
        let Some(node) = tree.class_node(index) else {
            let form: Option<Form> = form(&place.form);
            let class = form.map_or(String::new(), |form| form.code().to_owned());
            let definition = self.layout.form.code().to_owned();
            let problem = DataProblem::OtherForm { class, definition };
            self.mistakes.add(Some(row.number), Some("class"), problem);
            return None;
        };
        self.last = Some((row.class.to_owned(), node));
        Some(node)
    }

    fn compare(&mut self, row: &Row<'_>, place: &ClassPlace) {
        let Some(got) = row.place else { return };
        let structure = [&place.grade, &place.form, &place.language];
        for ((column, got), structure) in
            ["grade", "form", "language"].iter().zip(got).zip(structure)
        {
            if got != structure {
                let (got, structure) = (got.to_owned(), structure.clone());
                let problem = DataProblem::Disagrees { got, structure };
                self.mistakes.add(Some(row.number), Some(column), problem);
            }
        }
    }

    fn status(&mut self, row: &Row<'_>) -> Option<bool> {
        match row.status {
            "answered" => Some(true),
            "declined" => Some(false),
            other => {
                let problem = DataProblem::UnknownStatus { got: other.to_owned() };
                self.mistakes.add(Some(row.number), Some("status"), problem);
                None
            }
        }
    }

    fn answers<'a>(
        &mut self,
        row: &Row<'a>,
        answered: Option<bool>,
        field: impl Fn(usize) -> Field<'a>,
    ) {
        self.places.clear();
        let mut clean = true;
        let layout = Arc::clone(&self.layout);
        for (index, column) in layout.columns.iter().enumerate() {
            let checked = match place(column, field(index)) {
                Ok(NOT_REACHED) => Ok(NOT_REACHED),
                _ if answered == Some(false) => Err(DataProblem::AnswerOfDeclined),
                checked => checked,
            };
            let place = checked.unwrap_or_else(|problem| {
                self.mistakes.add(Some(row.number), Some(&column.name), problem);
                clean = false;
                NOT_REACHED
            });
            self.places.push(u16::try_from(place).unwrap_or_default());
        }
        if clean {
            let items = layout.columns.chunk_by(|a, b| a.item == b.item);
            items.for_each(|columns| self.options(row, &layout, columns));
        }
    }

    /// The options of one item.
    fn options(&mut self, row: &Row<'_>, layout: &Layout, columns: &[AnswerColumn]) {
        let Some(first) = columns.first().filter(|column| column.option.is_some()) else { return };
        let start = layout.columns.partition_point(|column| column.item < first.item);
        let places = self.places.iter().map(|place| usize::from(*place)).skip(start);
        if let Some(problem) = options_problem(places.zip(columns)) {
            self.mistakes.add(Some(row.number), Some(&first.name), problem);
        }
    }
}

/// What is wrong with the options of one item together: answered together, at least one of them,
/// "none" alone. Each with its place.
pub(crate) fn options_problem<'a>(
    options: impl Iterator<Item = (usize, &'a AnswerColumn)> + Clone,
) -> Option<DataProblem> {
    let lead = options.clone().next().map_or(NOT_REACHED, |(place, _)| place);
    let valid = |place: usize| place >= CODES;
    let alike = options.clone().all(|(place, _)| place == lead || (valid(place) && valid(lead)));
    let chosen = options.filter(|(place, column)| column.code(*place) == Some(1));
    let none = chosen.clone().filter(|(_, column)| column.option.is_some_and(|(_, none)| none));
    let (chosen, none) = (chosen.count(), none.count());
    if !alike {
        Some(DataProblem::OptionsDisagree)
    } else if valid(lead) && chosen == 0 {
        Some(DataProblem::NoOption)
    } else if chosen > 1 && none > 0 {
        Some(DataProblem::NoneWithOther)
    } else {
        None
    }
}

/// The place of the answer that a field stands for.
pub(crate) fn place(column: &AnswerColumn, field: Field<'_>) -> Result<usize, DataProblem> {
    let unknown = |got: String| DataProblem::UnknownCode { got };
    match field {
        Field::Empty => Ok(NOT_REACHED),
        Field::Other(text) => Err(unknown(text.to_owned())),
        Field::Number(number) => i16::try_from(number)
            .ok()
            .and_then(|code| column.place(code))
            .ok_or_else(|| unknown(number.to_string())),
    }
}
