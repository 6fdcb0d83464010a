use crate::layout::{AnswerColumn, Layout};
use crate::tree::Tree;
use crate::{ComputeError, DataMistakes, DataProblem, Structure};
use polars::prelude::{
    BooleanChunkedBuilder, ChunkedBuilder, Column, DataFrame, Int8Type, Int16Type, IntoColumn,
    PrimitiveChunkedBuilder, UInt32Type,
};
use std::sync::Arc;
use survey_definitions::Survey;

/// All responses to one definition: one small integer column an item (or option), and for each
/// response its class. Nothing else is known of a response; the order of rows means nothing.
#[derive(Debug, Clone)]
pub struct Columns {
    pub(crate) layout: Arc<Layout>,
    pub(crate) tree: Arc<Tree>,
    /// [`CLASS`], [`ANSWERED`], then the columns of the layout: a code, -1 for "does not want to
    /// say", null for not reached.
    pub(crate) frame: DataFrame,
}

/// The node of the response's class. No item has such an id: ids are plain words.
pub(crate) const CLASS: &str = "class";
/// Whether the pupil took part.
pub(crate) const ANSWERED: &str = "status";

impl Columns {
    /// How many responses there are, declined ones included.
    pub fn len(&self) -> usize {
        self.frame.height()
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

/// Columns that grow by a row.
pub(crate) struct Growing {
    class: PrimitiveChunkedBuilder<UInt32Type>,
    answered: BooleanChunkedBuilder,
    answers: Vec<Codes>,
}

/// One growing column, as narrow as its codes allow.
enum Codes {
    Narrow(PrimitiveChunkedBuilder<Int8Type>),
    Wide(PrimitiveChunkedBuilder<Int16Type>),
}

impl Growing {
    pub(crate) fn new(layout: &Layout) -> Self {
        Self {
            class: PrimitiveChunkedBuilder::new(CLASS.into(), 0),
            answered: BooleanChunkedBuilder::new(ANSWERED.into(), 0),
            answers: layout.columns.iter().map(Codes::new).collect(),
        }
    }

    /// Adds one response; `None` is not reached.
    pub(crate) fn push(&mut self, class: u32, answered: bool, codes: &[Option<i16>]) {
        self.class.append_value(class);
        self.answered.append_value(answered);
        for (column, code) in self.answers.iter_mut().zip(codes) {
            column.push(*code);
        }
    }

    pub(crate) fn finish(
        self,
        layout: Arc<Layout>,
        tree: Arc<Tree>,
    ) -> Result<Columns, DataMistakes> {
        let first = [self.class.finish().into_column(), self.answered.finish().into_column()];
        let columns =
            first.into_iter().chain(self.answers.into_iter().map(Codes::finish)).collect();
        let frame = DataFrame::new_infer_height(columns)
            .map_err(|error| DataMistakes::one(None, DataProblem::Unreadable(error.to_string())))?;
        Ok(Columns { layout, tree, frame })
    }
}

impl Codes {
    fn new(column: &AnswerColumn) -> Self {
        let name = column.name.as_str().into();
        if column.narrow() {
            Self::Narrow(PrimitiveChunkedBuilder::new(name, 0))
        } else {
            Self::Wide(PrimitiveChunkedBuilder::new(name, 0))
        }
    }

    fn push(&mut self, code: Option<i16>) {
        match self {
            // Codes of a narrow column fit, so what is lost here cannot be a code.
            Self::Narrow(column) => {
                column.append_option(code.and_then(|code| i8::try_from(code).ok()))
            }
            Self::Wide(column) => column.append_option(code),
        }
    }

    fn finish(self) -> Column {
        match self {
            Self::Narrow(column) => column.finish().into_column(),
            Self::Wide(column) => column.finish().into_column(),
        }
    }
}
