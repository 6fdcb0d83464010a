use super::facts::Facts;
use crate::Policy;
use crate::tree::Tree;

/// Which groups the rules for class level hold for: fewer than 3 classes with respondents, under
/// 40 respondents, or less than 10 respondents more than such a group inside it. The last is
/// meant for a school that is a class and a few pupils, and is applied again to what it finds.
pub(crate) fn class_level(tree: &Tree, facts: &[Facts], policy: &Policy) -> Vec<bool> {
    let mut found: Vec<bool> = Vec::with_capacity(facts.len());
    for (node, own) in tree.nodes.iter().zip(facts) {
        let hardly_larger = node.children.iter().any(|child| {
            let respondents = facts.get(*child).map_or(0, |facts| facts.respondents);
            let difference = own.respondents.saturating_sub(respondents);
            found.get(*child) == Some(&true) && difference < policy.threshold
        });
        let small = own.classes < policy.class_level_classes
            || own.respondents < policy.class_level_respondents;
        found.push(small || hardly_larger);
    }
    found
}
