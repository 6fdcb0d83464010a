use crate::layout::Layout;
use crate::places::Places;
use crate::tree::Tree;
use crate::{ComputeError, DataMistakes, DataProblem, Structure};
use rayon::prelude::{IntoParallelRefMutIterator, ParallelIterator};
use std::sync::Arc;
use survey_definitions::Survey;

/// All responses to one definition, class by class: one small integer column an item (or
/// option). Nothing else is known of a response; the order in which they came is not kept.
#[derive(Debug, Clone)]
pub struct Columns {
    pub(crate) layout: Arc<Layout>,
    pub(crate) tree: Arc<Tree>,
    /// For each class of the tree its first row, then one past the last row of all.
    pub(crate) starts: Vec<usize>,
    /// For each class how many declined; they have no row.
    pub(crate) declined: Vec<u32>,
    /// The columns of the layout.
    pub(crate) answers: Vec<Places>,
}

impl Columns {
    /// How many responses there are, declined ones included.
    pub fn len(&self) -> usize {
        let answered = self.starts.last().copied().unwrap_or_default();
        answered + self.declined.iter().map(|declined| *declined as usize).sum::<usize>()
    }

    /// Whether there is no response at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An error if the columns were made for something else.
    pub(crate) fn check(&self, survey: &Survey, structure: &Structure) -> Result<(), ComputeError> {
        check(&self.layout, &self.tree, survey, structure)
    }
}

/// An error if a layout and a tree were not made for this survey and structure.
pub(crate) fn check(
    layout: &Layout,
    tree: &Tree,
    survey: &Survey,
    structure: &Structure,
) -> Result<(), ComputeError> {
    if *layout != Layout::of(survey)? {
        let expected = survey.definition_id().to_string();
        let got = layout.definition.to_string();
        return Err(ComputeError::OtherDefinition { expected, got });
    }
    if tree.structure() != structure {
        return Err(ComputeError::OtherStructure);
    }
    Ok(())
}

/// What the columns of a survey look like, for the readers.
pub(crate) fn shape(
    survey: &Survey,
    structure: &Structure,
) -> Result<(Arc<Layout>, Arc<Tree>), DataMistakes> {
    let layout = Layout::of(survey)
        .map_err(|error| DataMistakes::one(None, DataProblem::Definition(error.to_string())))?;
    let tree = Tree::of(structure, layout.form);
    Ok((Arc::new(layout), Arc::new(tree)))
}

/// Columns that grow by a row, in any order of classes.
pub(crate) struct Growing {
    classes: Vec<u32>,
    declined: Vec<u32>,
    answers: Vec<Places>,
}

impl Growing {
    pub(crate) fn new(layout: &Layout, tree: &Tree) -> Self {
        Self {
            classes: Vec::new(),
            declined: vec![0; tree.classes()],
            answers: layout.columns.iter().map(Places::new).collect(),
        }
    }

    /// Adds the answers of a pupil: one place a column.
    pub(crate) fn push(&mut self, class: u32, places: &[u16]) {
        self.classes.push(class);
        for (column, place) in self.answers.iter_mut().zip(places) {
            column.push(*place);
        }
    }

    /// Adds a pupil who did not take part.
    pub(crate) fn push_declined(&mut self, class: u32) {
        if let Some(declined) = self.declined.get_mut(class as usize) {
            *declined += 1;
        }
    }

    pub(crate) fn finish(
        mut self,
        layout: Arc<Layout>,
        tree: Arc<Tree>,
    ) -> Result<Columns, DataMistakes> {
        if u32::try_from(self.classes.len()).is_err() {
            let problem = "more responses than fit".to_owned();
            return Err(DataMistakes::one(None, DataProblem::Unreadable(problem)));
        }
        let starts = starts(&self.classes, tree.classes());
        if !self.classes.is_sorted() {
            let rows = by_class(&self.classes, &starts);
            self.answers.par_iter_mut().for_each(|column| column.arrange(&rows));
        }
        Ok(Columns { layout, tree, starts, declined: self.declined, answers: self.answers })
    }
}

/// For each class its first row when rows go class by class, then their number.
fn starts(classes: &[u32], count: usize) -> Vec<usize> {
    let mut starts = vec![0; count + 1];
    for class in classes {
        if let Some(next) = starts.get_mut(*class as usize + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    starts
}

/// The rows class by class: a counting sort.
fn by_class(classes: &[u32], starts: &[usize]) -> Vec<u32> {
    let mut next = starts.to_vec();
    let mut rows = vec![0; classes.len()];
    for (row, class) in (0_u32..).zip(classes) {
        let Some(place) = next.get_mut(*class as usize) else { continue };
        if let Some(slot) = rows.get_mut(*place) {
            *slot = row;
        }
        *place += 1;
    }
    rows
}
