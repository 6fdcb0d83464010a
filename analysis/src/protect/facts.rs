use crate::Level;
use crate::tree::Tree;

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
    /// A class with more responses, declined ones included, than pupils enrolled, or a group with
    /// respondents in no other class.
    pub(crate) too_many: bool,
}

impl Facts {
    /// The facts of every group, in the order of the tree, from the respondents of its classes
    /// that count: all, girls, or the classes of one language.
    pub(crate) fn of(tree: &Tree, respondents: impl Fn(usize) -> u32) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::with_capacity(tree.nodes.len());
        for (index, node) in tree.nodes.iter().enumerate() {
            let facts = if node.level == Level::Class {
                let respondents = respondents(index);
                let some = u32::from(respondents > 0);
                let too_many = respondents > node.enrolment;
                Self { respondents, classes: some, schools: 0, too_many }
            } else {
                let children = || node.children.iter().filter_map(|child| all.get(*child));
                let classes = children().map(|child| child.classes).sum();
                Self {
                    respondents: children().map(|child| child.respondents).sum(),
                    classes,
                    schools: match node.level {
                        Level::School => u32::from(classes > 0),
                        _ => children().map(|child| child.schools).sum(),
                    },
                    too_many: classes == 1 && children().any(|child| child.too_many),
                }
            };
            all.push(facts);
        }
        all
    }
}
