//! From counts to what may be shown.

use crate::class_level::class_level;
use crate::facts::Facts;
use crate::mask::{Mask, Needs};
use crate::measure_source::MeasureSource;
use crate::measured::Measured;
use crate::release::SCHEMA;
use crate::{
    Cell, ComputeError, DefinitionRef, Group, Header, Level, Policy, Reason, Release, Respondents,
    Structure, Tallies, band, interval,
};
use std::collections::BTreeMap;
use survey_definitions::Survey;

/// Protects the tallies of a closed wave: once, for all groups together.
///
/// # Errors
/// The tallies were made for another definition or structure.
pub fn release(
    wave: &str,
    definition: DefinitionRef,
    survey: &Survey,
    structure: &Structure,
    tallies: &Tallies,
) -> Result<Release, ComputeError> {
    tallies.check(survey, structure)?;
    let protection = Protection::of(tallies, Policy::STANDARD);
    let mut groups = protection.groups();
    let sources = tallies.layout.indicators.iter().enumerate();
    for ((index, indicator), defined) in sources.zip(&survey.indicators) {
        // Other measures are not protected yet.
        if defined.simple_share().is_none() {
            continue;
        }
        for (group, cell) in groups.iter_mut().zip(protection.cells(index, indicator)) {
            group.cells.insert(indicator.id.clone(), cell);
        }
    }
    let policy = protection.policy;
    let header = Header { schema: SCHEMA, wave: wave.to_owned(), definition, policy };
    Ok(Release { header, groups })
}

struct Protection<'a> {
    tallies: &'a Tallies,
    policy: Policy,
    facts: Vec<Facts>,
    class_level: Vec<bool>,
    /// Why nothing at all is shown of a group.
    hidden: Vec<Option<Reason>>,
}

/// The counts of one indicator in one group.
#[derive(Debug, Clone, Copy)]
struct Share {
    hits: u32,
    valid: u32,
}

impl<'a> Protection<'a> {
    fn of(tallies: &'a Tallies, policy: Policy) -> Self {
        let tree = &tallies.tree;
        let facts = Facts::of(tallies);
        let class_level = class_level(tree, &facts, &policy);
        let hidden = tree.nodes.iter().zip(&facts);
        let hidden = hidden.map(|(node, facts)| why_hidden(node.level, facts, &policy)).collect();
        let respondents: Vec<u32> = facts.iter().map(|facts| facts.respondents).collect();
        let needs = Needs {
            respondents: policy.threshold,
            valid: policy.threshold,
            classes: 0,
            schools: policy.schools,
        };
        let hidden = Mask { tree, facts: &facts, valid: &respondents, needs, hidden }.complete();
        Self { tallies, policy, facts, class_level, hidden }
    }

    /// Every group, still without cells.
    fn groups(&self) -> Vec<Group> {
        let nodes = &self.tallies.tree.nodes;
        let parent = |index: usize| nodes.get(index).map(|node| node.id.clone());
        let groups = nodes.iter().zip(&self.facts).zip(&self.hidden);
        groups
            .map(|((node, facts), hidden)| Group {
                level: node.level,
                group: node.id.clone(),
                parent: node.parent.and_then(parent),
                n: match hidden {
                    Some(_) => Respondents::Hidden,
                    None => Respondents::shown(facts.respondents),
                },
                cells: BTreeMap::new(),
            })
            .collect()
    }

    /// One indicator in every group.
    fn cells(&self, index: usize, indicator: &MeasureSource) -> Vec<Cell> {
        let tree = &self.tallies.tree;
        let measured = self.tallies.measured(index);
        let shares: Vec<Share> = (0..tree.nodes.len()).map(|node| share(&measured, node)).collect();
        let valid: Vec<u32> = shares.iter().map(|share| share.valid).collect();
        let hidden = (0..shares.len()).zip(&valid);
        let hidden = hidden.map(|(node, valid)| self.why_hidden(indicator, node, *valid)).collect();
        let needs = self.needs(indicator);
        let hidden = Mask { tree, facts: &self.facts, valid: &valid, needs, hidden }.complete();
        let cells = shares.iter().zip(&self.facts).zip(hidden);
        cells.map(|((share, facts), hidden)| cell(*share, facts.respondents, hidden)).collect()
    }

    /// A remainder must be a group that the indicator could be shown for.
    fn needs(&self, indicator: &MeasureSource) -> Needs {
        let policy = &self.policy;
        let from = indicator.published_from.unwrap_or_default().max(policy.threshold);
        let (respondents, classes) = match indicator.sensitive {
            true => (from.max(policy.class_level_respondents), policy.class_level_classes),
            false => (from, 0),
        };
        Needs { respondents, valid: policy.threshold, classes, schools: policy.schools }
    }

    fn why_hidden(&self, indicator: &MeasureSource, node: usize, valid: u32) -> Option<Reason> {
        if let Some(Some(reason)) = self.hidden.get(node) {
            return Some(*reason);
        }
        let respondents = self.facts.get(node).map_or(0, |facts| facts.respondents);
        let answered = u64::from(valid) * 100;
        let needed = u64::from(respondents) * u64::from(self.policy.answered_percent);
        if indicator.sensitive && self.class_level.get(node) != Some(&false) {
            Some(Reason::Sensitive)
        } else if indicator.published_from.is_some_and(|from| respondents < from) {
            Some(Reason::SmallGroup)
        } else if valid < self.policy.threshold || answered < needed {
            Some(Reason::FewAnswers)
        } else {
            None
        }
    }
}

fn share(measured: &Measured, node: usize) -> Share {
    let strata = measured.strata.iter();
    let hits = strata.clone().filter_map(|stratum| stratum.parts.first()?.get(node)).sum::<u64>();
    let valid = strata.filter_map(|stratum| stratum.valid.get(node)).sum();
    Share { hits: u32::try_from(hits).unwrap_or(valid), valid }
}

/// Why nothing at all may be shown of a group, by itself.
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

fn cell(share: Share, respondents: u32, hidden: Option<Reason>) -> Cell {
    if let Some(reason) = hidden {
        return Cell::Hidden { reason };
    }
    let band = band(share.hits, share.valid);
    let with_interval =
        band.and_then(|band| Some((band, interval(band, Respondents::shown(respondents))?)));
    match with_interval {
        Some((band, interval)) => Cell::Band { low: band.low, high: band.high, interval },
        // Under 10 valid answers, which is hidden before; said here again rather than trusted.
        None => Cell::Hidden { reason: Reason::FewAnswers },
    }
}
