//! Tables by language and by sex: other ways to cut the groups of the tree.

use super::AttackError;
use super::groups::{Groups, Shown, Wave};
use super::published::Table;
use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Pupils who are in a table by sex under neither word.
const UNSAID: &str = "unsaid";

/// One table: its group, the language or sex, and what is published.
type PartTable<'a> = (usize, &'a str, &'a Table);

/// Adds for each group from the district up, and all groups inside it, what its classes of one
/// language make up. A group with one language is that part itself.
pub(super) fn add_languages<'a>(
    wave: Wave<'a, '_>,
    tree: &Tree<'a>,
    groups: &mut Groups<'a>,
) -> Result<(), AttackError> {
    let tables = tables(wave, tree, "language");
    if tables.is_empty() {
        return Ok(());
    }
    let mut languages = Languages::of(tree);
    for group in tree.above_schools() {
        languages.split(group, tree, groups);
    }
    for (group, language, table) in tables {
        let label = part_label(groups, group, "language", language);
        let Some(part) = languages.part(group, language, tree, groups) else {
            return Err(AttackError::UnknownGroup { group: label });
        };
        groups.publish(part, Shown { label, table });
    }
    Ok(())
}

/// How many classes of each language a group has, and the parts made so far.
struct Languages<'a> {
    classes: HashMap<usize, BTreeMap<&'a str, usize>>,
    made: HashMap<(usize, &'a str), usize>,
    split: BTreeSet<usize>,
}

impl<'a> Languages<'a> {
    fn of(tree: &Tree<'a>) -> Self {
        let mut classes: HashMap<usize, BTreeMap<&'a str, usize>> = HashMap::new();
        for (place, chain) in &tree.classes {
            for group in chain {
                let languages = classes.entry(*group).or_default();
                *languages.entry(place.language.as_str()).or_default() += 1;
            }
        }
        Self { classes, made: HashMap::new(), split: BTreeSet::new() }
    }

    /// Cuts a group with several languages, and the groups inside it, by language.
    fn split(&mut self, group: usize, tree: &Tree<'a>, groups: &mut Groups<'a>) {
        let languages: Vec<&'a str> =
            self.classes.get(&group).into_iter().flat_map(BTreeMap::keys).copied().collect();
        if languages.len() < 2 || !self.split.insert(group) {
            return;
        }
        let parts = languages.iter().filter_map(|one| self.part(group, one, tree, groups));
        let parts = parts.collect();
        groups.add_split(group, parts);
        for child in tree.children_of(group) {
            self.split(*child, tree, groups);
        }
    }

    /// The classes of one language in a group; `None` if there are none.
    fn part(
        &mut self,
        group: usize,
        language: &'a str,
        tree: &Tree<'a>,
        groups: &mut Groups<'a>,
    ) -> Option<usize> {
        let languages = self.classes.get(&group)?;
        let classes = *languages.get(language)?;
        if languages.len() == 1 {
            return Some(group);
        }
        if let Some(part) = self.made.get(&(group, language)) {
            return Some(*part);
        }
        let children = tree.children_of(group).iter();
        let parts = children.filter_map(|child| self.part(*child, language, tree, groups));
        let parts = parts.collect();
        let part = groups.add(part_label(groups, group, "language", language), classes);
        groups.add_split(part, parts);
        self.made.insert((group, language), part);
        Some(part)
    }
}

/// Adds girls, boys and the others of every group with a table by sex, of the groups around it
/// and of the largest groups inside. Deeper down nothing is said about sexes, so that any cut
/// of those groups has one of the groups inside them.
pub(super) fn add_sexes<'a>(wave: Wave<'a, '_>, tree: &Tree<'a>, groups: &mut Groups<'a>) {
    let tables = tables(wave, tree, "sex");
    let with_table: BTreeSet<usize> = tables.iter().map(|(group, ..)| *group).collect();
    let mut sexes: BTreeSet<&'a str> = tables.iter().map(|(_, sex, _)| *sex).collect();
    sexes.insert(UNSAID);
    let parts = add_parts(&groups_around(&with_table, tree), &sexes, tree, groups);
    for (group, sex, table) in tables {
        let label = part_label(groups, group, "sex", sex);
        if let Some(part) = parts.get(&(group, sex)) {
            groups.publish(*part, Shown { label, table });
        }
    }
}

/// These groups and all groups that they lie in.
fn groups_around(inner: &BTreeSet<usize>, tree: &Tree<'_>) -> BTreeSet<usize> {
    let mut around = BTreeSet::new();
    for (_, chain) in &tree.classes {
        let from = chain.iter().position(|group| inner.contains(group));
        around.extend(chain.iter().skip(from.unwrap_or(chain.len())).copied());
    }
    around
}

/// Cuts groups and the largest groups inside them by sex.
fn add_parts<'a>(
    around: &BTreeSet<usize>,
    sexes: &BTreeSet<&'a str>,
    tree: &Tree<'a>,
    groups: &mut Groups<'a>,
) -> HashMap<(usize, &'a str), usize> {
    let mut cut = around.clone();
    cut.extend(around.iter().flat_map(|group| tree.children_of(*group)).copied());
    let mut parts = HashMap::new();
    for group in &cut {
        for sex in sexes {
            let label = part_label(groups, *group, "sex", sex);
            let part = groups.add(label, groups.classes_of(*group));
            parts.insert((*group, *sex), part);
        }
        let split = sexes.iter().filter_map(|sex| parts.get(&(*group, *sex)).copied());
        groups.add_split(*group, split.collect());
    }
    for (group, sex) in around.iter().flat_map(|group| sexes.iter().map(move |sex| (group, sex))) {
        let children = tree.children_of(*group).iter();
        let split = children.filter_map(|child| parts.get(&(*child, *sex)).copied()).collect();
        if let Some(part) = parts.get(&(*group, *sex)) {
            groups.add_split(*part, split);
        }
    }
    parts
}

/// All published tables by `what`.
fn tables<'a>(wave: Wave<'a, '_>, tree: &Tree<'a>, what: &str) -> Vec<PartTable<'a>> {
    let groups = wave.releases.iter().flat_map(|release| &release.groups);
    let by = groups.filter_map(|group| Some((tree.find(group)?, group.by.get(what)?)));
    by.flat_map(|(group, tables)| {
        tables.iter().map(move |(part, table)| (group, part.as_str(), table))
    })
    .collect()
}

fn part_label(groups: &Groups<'_>, group: usize, what: &str, part: &str) -> String {
    format!("{}/{what}={part}", groups.label(group))
}
