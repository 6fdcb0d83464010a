use crate::{Level, Tallies};

/// What the rules of protection need to know of a group besides the answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Pupils who are done, declined ones included: how many are done is known in the class, so
    /// a number without them would tell that somebody declined.
    pub(crate) respondents: u32,
    /// Classes with respondents.
    pub(crate) classes: u32,
    /// Schools with respondents.
    pub(crate) schools: u32,
    /// A class with more responses, declined ones included, than pupils enrolled.
    pub(crate) too_many: bool,
}

impl Facts {
    /// The facts of every group, in the order of the tree.
    pub(crate) fn of(tallies: &Tallies) -> Vec<Self> {
        let nodes = &tallies.tree.nodes;
        let done = tallies.respondents();
        let mut all: Vec<Self> = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            let of_node = done.iter().filter_map(|stratum| stratum.get(index));
            let respondents = of_node.sum::<u32>();
            let some = u32::from(respondents > 0);
            let children = || node.children.iter().filter_map(|child| all.get(*child));
            let facts = Self {
                respondents,
                classes: match node.level {
                    Level::Class => some,
                    _ => children().map(|child| child.classes).sum(),
                },
                schools: match node.level {
                    Level::Class | Level::School => some,
                    _ => children().map(|child| child.schools).sum(),
                },
                too_many: node.level == Level::Class && respondents > node.enrolment,
            };
            all.push(facts);
        }
        all
    }
}
