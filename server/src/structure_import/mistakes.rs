use app::{StructureColumn, StructureMistake, StructureProblem};

/// How many are kept in full: a file with one wrong column has one a row.
const KEPT: usize = 2000;
/// Characters of a cell that a mistake repeats.
const SHOWN: usize = 60;

/// Every mistake found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundMistakes {
    pub mistakes: Vec<StructureMistake>,
    /// How many more there are.
    pub more: u32,
}

impl FoundMistakes {
    /// One about the whole file.
    pub(super) fn file(problem: StructureProblem) -> Self {
        let mut found = Self::default();
        found.add(None, None, "", problem);
        found
    }

    pub(super) fn add(
        &mut self,
        row: Option<u32>,
        column: Option<StructureColumn>,
        text: &str,
        problem: StructureProblem,
    ) {
        if self.mistakes.len() < KEPT {
            let text = shown(text);
            self.mistakes.push(StructureMistake { row, column, text, problem });
        } else {
            self.more += 1;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.mistakes.is_empty()
    }

    /// By row and column, whatever order they were found in.
    pub(super) fn sort(&mut self) {
        self.mistakes.sort_by_key(|mistake| (mistake.row, mistake.column));
    }
}

/// Control characters are shown as what they are: a sign that cannot be seen helps nobody.
fn shown(text: &str) -> String {
    let visible = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut shown: String = visible.take(SHOWN).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}
