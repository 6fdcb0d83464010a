//! From counts to what may be shown.
//!
//! For each measure apart: fixed rules say what may be shown of each group at all (`rules`,
//! `slices`, `mask`); then the loop coarsens and hides until no reader can work out too much
//! (`school`, `upper`), which it judges by what could be otherwise without anybody noticing
//! (`moves`, `flow`, `known`), and where that is too little, by what is in the way (`binding`).

mod binding;
mod class_level;
mod facts;
mod flow;
mod groups;
mod known;
mod leaves;
mod mask;
mod measure;
mod moves;
mod numbers;
#[cfg(test)]
mod optimum;
mod problem;
mod protected;
mod room;
mod rules;
mod school;
mod shape;
mod slices;
mod spread;
mod state;
mod upper;

pub use protected::Protected;

use crate::measure_source::{MeasureKind, MeasureSource};
use crate::{
    ComputeError, DefinitionRef, Header, IndicatorNote, Kind, Policy, SCHEMA, Structure, Tallies,
};
use groups::Groups;
use measure::Measure;
use numbers::AllNumbers;
use protected::{Decided, Decision, Decisions};
use rayon::prelude::*;
use slices::Slices;
use std::sync::Arc;
use survey_definitions::Survey;

/// Protects the tallies of a closed wave: once, for all groups together.
///
/// # Errors
/// The tallies were made for another definition or structure.
pub fn protect(
    wave: &str,
    definition: DefinitionRef,
    survey: &Survey,
    structure: &Structure,
    tallies: &Tallies,
) -> Result<Protected, ComputeError> {
    tallies.check(survey, structure)?;
    let policy = Policy::STANDARD;
    let slices = Slices::of(tallies, &policy);
    let groups = Groups::of(&tallies.tree, &slices);
    // Distributions take longest: first, so that no thread waits for one at the end.
    let mut order: Vec<usize> = (0..tallies.layout.indicators.len()).collect();
    let parts = |indicator: &usize| match tallies.layout.indicators.get(*indicator) {
        Some(MeasureSource { kind: MeasureKind::Shares { parts }, .. }) => parts.len(),
        _ => 1,
    };
    order.sort_by_key(|indicator| std::cmp::Reverse(parts(indicator)));
    let decided: Vec<Vec<Decided>> = order
        .par_iter()
        .with_max_len(1)
        .map(|indicator| decide(tallies, *indicator, &slices, &groups, &policy))
        .collect();
    let mut decided: Vec<Decided> = decided.into_iter().flatten().collect();
    decided.sort_by(|one, other| one.id.cmp(&other.id));
    let indicators = decided.iter().map(|one| (one.id.to_string(), one.note)).collect();
    let header = Header { schema: SCHEMA, wave: wave.to_owned(), definition, policy, indicators };
    Ok(Protected::new(header, Arc::clone(&tallies.tree), slices, decided))
}

/// One measure, part by part.
fn decide(
    tallies: &Tallies,
    indicator: usize,
    slices: &Slices,
    groups: &Groups,
    policy: &Policy,
) -> Vec<Decided> {
    let Some(source) = tallies.layout.indicators.get(indicator) else { return Vec::new() };
    let tree = &tallies.tree;
    let measured = tallies.measured(indicator);
    let numbers = AllNumbers::of(tree, slices, source, &measured, policy);
    let measure = Measure { tree, policy, slices, groups, source, numbers: &numbers };
    let mut states = measure.by_rules();
    measure.settle(&mut states);
    let everybody = numbers.everybody();
    let parts = everybody.map_or(0, |numbers| numbers.parts.len());
    (0..parts)
        .filter_map(|part| {
            let note = IndicatorNote {
                kind: kind(source),
                comparable_since: source.comparable_since,
                spread: spread::spread(tree, everybody?, part, &measured, numbers.shape.unit.full),
            };
            let decisions = states
                .iter()
                .enumerate()
                .map(|(quantity, parts)| decisions(&numbers, quantity, part, parts.get(part)?))
                .map(Option::unwrap_or_default);
            Some(Decided { id: id(source, part), note, decisions: decisions.collect() })
        })
        .collect()
}

/// What is shown of one quantity in every group from the first that has a number, with the bands.
fn decisions(
    numbers: &AllNumbers,
    quantity: usize,
    part: usize,
    states: &[Option<state::State>],
) -> Option<Decisions> {
    let first = states.iter().position(Option::is_some)?;
    let of = numbers.numbers.get(quantity)?;
    let (valid, values) = (&of.valid, of.parts.get(part)?);
    let full = numbers.shape.unit.full;
    let each = states.iter().zip(valid).zip(values).skip(first);
    let each = each.map(|((state, valid), value)| {
        Some(Decision::of((*state)?, *value, u64::from(*valid) * full))
    });
    Some(Decisions { first, each: each.collect() })
}

fn kind(source: &MeasureSource) -> Kind {
    match source.kind {
        MeasureKind::Share => Kind::Share,
        MeasureKind::ConditionalShare => Kind::ConditionalShare,
        MeasureKind::Shares { .. } => Kind::Part,
        MeasureKind::Mean { .. } => Kind::Mean,
    }
}

fn id(source: &MeasureSource, part: usize) -> Arc<str> {
    match &source.kind {
        MeasureKind::Shares { parts } => match parts.get(part) {
            Some(name) => format!("{}.{name}", source.id).into(),
            None => source.id.as_str().into(),
        },
        _ => source.id.as_str().into(),
    }
}
