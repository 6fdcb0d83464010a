//! Of whom there are numbers: everybody in a group, its girls, its boys, the classes of one
//! language of instruction.

use super::class_level::class_level;
use super::facts::Facts;
use super::mask::{Mask, Needs};
use crate::tree::Tree;
use crate::{Level, Policy, Reason, Tallies};
use std::collections::BTreeSet;

/// Girls, boys, and who did not say; a survey that does not ask has one stratum of everybody.
pub(crate) const STRATA_BY_SEX: usize = 3;

/// The pupils that a kind of number is about, in every group.
#[derive(Debug, Clone)]
pub(crate) struct Slice {
    pub(crate) facts: Vec<Facts>,
    pub(crate) class_level: Vec<bool>,
    /// Why nothing at all is shown of the slice of a group; `None` when something may be.
    pub(crate) hidden: Vec<Option<Reason>>,
    /// Whether there is such a number: of everybody always, of others where the table exists.
    pub(crate) exists: Vec<bool>,
}

/// All slices of a wave.
#[derive(Debug, Clone)]
pub(crate) struct Slices {
    pub(crate) everybody: Slice,
    /// Girls and boys; empty when the survey does not ask.
    pub(crate) sexes: Vec<Slice>,
    /// By language, in the order of `names`; empty when no group has a table.
    pub(crate) languages: Vec<Slice>,
    pub(crate) names: Vec<String>,
    /// For each class its language, as a position in `names`; 0 when there are no tables.
    pub(crate) of_class: Vec<u8>,
    /// Respondents by stratum and group.
    pub(crate) strata: Vec<Vec<u32>>,
}

impl Slices {
    pub(crate) fn of(tallies: &Tallies, policy: &Policy) -> Self {
        let tree = &tallies.tree;
        let strata = tallies.respondents();
        let all = |node: usize| strata.iter().filter_map(|stratum| stratum.get(node)).sum();
        let everybody = everybody(tree, Facts::of(tree, all), policy);
        let sexes = by_sex(tree, &strata, &everybody, policy);
        let (names, languages, of_class) = by_language(tree, &all, &everybody, policy);
        Self { everybody, sexes, languages, names, of_class, strata }
    }

    /// How many are done in a group.
    pub(crate) fn respondents(&self, node: usize) -> u32 {
        self.everybody.facts.get(node).map_or(0, |facts| facts.respondents)
    }
}

fn everybody(tree: &Tree, facts: Vec<Facts>, policy: &Policy) -> Slice {
    let hidden = tree.nodes.iter().zip(&facts);
    let hidden = hidden.map(|(node, facts)| why_hidden(node.level, facts, policy)).collect();
    Slice {
        class_level: class_level(tree, &facts, policy),
        hidden,
        exists: vec![true; facts.len()],
        facts,
    }
}

/// Why nothing at all may be shown of a group.
fn why_hidden(level: Level, facts: &Facts, policy: &Policy) -> Option<Reason> {
    if facts.too_many {
        Some(Reason::MoreResponsesThanEnrolment)
    } else if facts.respondents < policy.threshold {
        Some(Reason::FewRespondents)
    } else if level > Level::School && facts.schools < policy.schools {
        Some(Reason::FewSchools)
    } else {
        None
    }
}

/// Girls and boys, in groups from 100 respondents and 3 classes; and only where the girls (boys)
/// that are left of a group without the tables inside it are none or at least 10.
fn by_sex(tree: &Tree, strata: &[Vec<u32>], everybody: &Slice, policy: &Policy) -> Vec<Slice> {
    if strata.len() != STRATA_BY_SEX {
        return Vec::new();
    }
    let facts: Vec<Vec<Facts>> = strata
        .iter()
        .take(2)
        .map(|stratum| Facts::of(tree, |node| stratum.get(node).copied().unwrap_or_default()))
        .collect();
    let large = |node: usize| {
        let of = |facts: &[Facts]| facts.get(node).copied().unwrap_or_default();
        let all = of(&everybody.facts);
        everybody.hidden.get(node) == Some(&None)
            && all.respondents >= policy.by_sex_respondents
            && all.classes >= policy.class_level_classes
            && facts.iter().all(|facts| of(facts).respondents >= policy.threshold)
    };
    let mut hidden: Vec<Option<Reason>> = (0..tree.nodes.len())
        .map(|node| if large(node) { None } else { Some(Reason::SmallGroup) })
        .collect();
    let values = |node: usize| {
        let sex = |sex: usize| strata.get(sex).and_then(|sex| sex.get(node)).copied();
        (sex(0).unwrap_or_default(), sex(1).unwrap_or_default().into())
    };
    loop {
        let before = hidden.clone();
        for facts in &facts {
            let needs = Needs { respondents: policy.threshold, classes: 0 };
            hidden = Mask { tree, facts, needs, values: &values, hidden }.complete();
        }
        if hidden == before {
            break;
        }
    }
    let exists: Vec<bool> = hidden.iter().map(Option::is_none).collect();
    let slice = |facts: Vec<Facts>| Slice {
        class_level: class_level(tree, &facts, policy),
        facts,
        hidden: hidden.clone(),
        exists: exists.clone(),
    };
    facts.into_iter().map(slice).collect()
}

/// Languages of instruction, from the district: in groups where every language has at least 10
/// respondents and 3 schools, so that none follows from the others.
fn by_language(
    tree: &Tree,
    all: &impl Fn(usize) -> u32,
    everybody: &Slice,
    policy: &Policy,
) -> (Vec<String>, Vec<Slice>, Vec<u8>) {
    let language = |class: usize| tree.place(class).map_or("", |place| place.language.as_str());
    let names: BTreeSet<&str> = (0..tree.classes()).map(language).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let position = |class: usize| {
        let found = names.binary_search_by(|name| name.as_str().cmp(language(class)));
        u8::try_from(found.unwrap_or_default()).unwrap_or(u8::MAX)
    };
    let of_class: Vec<u8> = (0..tree.classes()).map(position).collect();
    let facts: Vec<Vec<Facts>> = (0..names.len())
        .map(|name| {
            let own = |class: &usize| of_class.get(*class).map(|at| usize::from(*at)) == Some(name);
            Facts::of(tree, |class| if own(&class) { all(class) } else { 0 })
        })
        .collect();
    let exists: Vec<bool> = (0..tree.nodes.len())
        .map(|node| {
            let spoken = facts.iter().filter_map(|facts| facts.get(node));
            let spoken = spoken.filter(|facts| facts.respondents > 0);
            let high = tree.nodes.get(node).is_some_and(|node| node.level >= Level::District);
            high && everybody.hidden.get(node) == Some(&None)
                && spoken.clone().count() > 1
                && spoken.clone().all(|facts| {
                    facts.respondents >= policy.threshold && facts.schools >= policy.schools
                })
        })
        .collect();
    if !exists.contains(&true) {
        return (Vec::new(), Vec::new(), vec![0; tree.classes()]);
    }
    let slice = |facts: Vec<Facts>| {
        let exists: Vec<bool> = exists
            .iter()
            .zip(&facts)
            .map(|(exists, facts)| *exists && facts.respondents > 0)
            .collect();
        Slice {
            class_level: class_level(tree, &facts, policy),
            hidden: exists.iter().map(|exists| (!exists).then_some(Reason::SmallGroup)).collect(),
            facts,
            exists,
        }
    };
    (names.clone(), facts.into_iter().map(slice).collect(), of_class)
}
