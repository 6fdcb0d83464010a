//! The attack itself: wave by wave and indicator by indicator.

use super::differences::{Difference, differences};
use super::family::{Family, Kind, Part, families};
use super::findings::Cell;
use super::groups::{Groups, Shown, Wave};
use super::limit::Limit;
use super::links::Links;
use super::solve::Problem;
use super::{AttackError, Finding, Findings, Known, Published};

/// Under so many pupils a difference must not be known to be all or none.
const SMALL: i64 = 10;

/// Works out from one release, or two, what fits.
///
/// Releases with the same wave and definition are about the same answers, others are not.
///
/// # Errors
/// The releases do not fit the structure, the done counts, or themselves.
pub fn attack(
    first: &Published,
    second: Option<&Published>,
    known: &Known<'_>,
) -> Result<Findings, AttackError> {
    let one = |releases, done, suffix| Wave { releases, known, done, suffix };
    let Some(second) = second else {
        return attack_groups(&Groups::of(one(&[first], 0, ""))?, &[first]);
    };
    if (&first.wave, &first.definition) == (&second.wave, &second.definition) {
        return attack_groups(&Groups::of(one(&[first, second], 0, ""))?, &[first, second]);
    }
    let suffixes = [first, second].map(|release| format!("@{}", release.wave));
    let (releases, later) = ([first], [second]);
    let groups =
        [Groups::of(one(&releases, 0, &suffixes[0]))?, Groups::of(one(&later, 1, &suffixes[1]))?];
    let mut findings = attack_groups(&groups[0], &[first])?;
    let later = attack_groups(&groups[1], &[second])?;
    findings.rows.extend(later.rows);
    findings.groups += later.groups;
    findings.differences += later.differences;
    let [mut both, later] = groups;
    // A contradiction says that some answers did change, and with that the guess is gone.
    if both.suppose_same(later).is_ok()
        && let Ok(supposed) = attack_groups(&both, &[first, second])
    {
        findings.supposed = supposed.broken_besides(&findings);
    }
    Ok(findings)
}

impl Findings {
    /// What is broken here and not there.
    fn broken_besides(self, certain: &Self) -> Vec<Finding> {
        let key = |row: &Finding| (row.group.clone(), row.indicator.clone());
        let known: std::collections::HashSet<_> = certain.broken().map(key).collect();
        let rows = self.rows.into_iter().filter(|row| row.broken.is_some());
        rows.filter(|row| !known.contains(&key(row))).collect()
    }

    /// What breaks the policy for certain.
    pub fn broken(&self) -> impl Iterator<Item = &Finding> {
        self.rows.iter().filter(|row| row.broken.is_some())
    }
}

fn attack_groups(groups: &Groups<'_>, releases: &[&Published]) -> Result<Findings, AttackError> {
    let tables = groups.list.iter().map(|group| group.tables.len());
    let mut findings = Findings { groups: tables.sum(), ..Findings::default() };
    for family in families(releases, &groups.ties) {
        attack_family(groups, &family, &mut findings)?;
    }
    Ok(findings)
}

/// A difference with its node.
struct Placed {
    difference: Difference,
    node: usize,
}

fn attack_family(
    groups: &Groups<'_>,
    family: &Family,
    findings: &mut Findings,
) -> Result<(), AttackError> {
    let mut links = groups.links.clone();
    let differences = small_differences(groups, family, &mut links);
    let mut problem = Problem::new(&links, family, limits(groups, family));
    problem.solve().map_err(|at| AttackError::Contradiction {
        group: groups.label(at.node).to_owned(),
        indicator: family.parts.get(at.part).map(|part| part.id.clone()).unwrap_or_default(),
    })?;
    for (part, Part { id: indicator, kind }) in family.parts.iter().enumerate() {
        let mut tell = |node: usize, cell: Cell, label: &str| {
            let domain = problem.domain(part, node)?;
            let done = links.done(node);
            findings.rows.push(Finding::of(label, indicator, *kind, cell, domain, done));
            Some(())
        };
        for (node, group) in groups.list.iter().enumerate() {
            for shown in &group.tables {
                if let Some(published) = shown.table.cells.get(indicator) {
                    let is_shown = published.band().is_some();
                    let cell = if is_shown { Cell::Shown } else { Cell::Hidden };
                    tell(node, cell, &shown.label);
                }
            }
        }
        for Placed { difference, node } in &differences {
            if *kind == Kind::Conditional || links.done(*node)[0] < SMALL {
                tell(*node, Cell::Difference, &label(groups, difference));
                findings.differences += 1;
            }
        }
    }
    Ok(())
}

/// The differences that may have under 10 pupils, each with its node.
fn small_differences(groups: &Groups<'_>, family: &Family, links: &mut Links) -> Vec<Placed> {
    let mut all = std::collections::BTreeSet::new();
    for part in &family.parts {
        all.extend(differences(groups, |group| groups.shows(group, &part.id)));
    }
    // In a large difference only few may be in the condition of a conditional share.
    let conditional = family.parts.iter().any(|part| part.kind == Kind::Conditional);
    let placed = all.into_iter().filter_map(|difference| {
        // Most others have many pupils and need no node.
        if !conditional && difference.least(links) >= SMALL {
            return None;
        }
        let node = difference.add(links);
        let done = links.done(node);
        ((conditional || done[0] < SMALL) && done[1] > 0).then_some(Placed { difference, node })
    });
    placed.collect()
}

fn limits(groups: &Groups<'_>, family: &Family) -> Vec<(usize, usize, Limit)> {
    let mut limits = Vec::new();
    for (part, Part { id, kind }) in family.parts.iter().enumerate() {
        for (node, group) in groups.list.iter().enumerate() {
            for Shown { table, .. } in &group.tables {
                let Some(cell) = table.cells.get(id) else { continue };
                let done = groups.links.done(node);
                let limit = kind.limit(cell, table, done, group.classes);
                limits.push((part, node, limit));
            }
        }
    }
    limits
}

fn label(groups: &Groups<'_>, difference: &Difference) -> String {
    let without = difference.without.iter().map(|group| groups.label(*group));
    let all: Vec<&str> = std::iter::once(groups.label(difference.whole)).chain(without).collect();
    all.join(" minus ")
}
