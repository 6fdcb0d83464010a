//! The counts of one measure by slice and stratum.

use super::room::{Count, Unit};
use super::shape::{Quantity, Shape};
use super::slices::Slices;
use crate::Policy;
use crate::measure_source::{MeasureKind, MeasureSource};
use crate::measured::Measured;
use crate::tree::Tree;
use std::ops::AddAssign;

/// The counts of some pupils in every group.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub(crate) valid: Vec<u32>,
    /// By part, then by group.
    pub(crate) parts: Vec<Vec<u64>>,
}

/// The numbers of every quantity of a measure, in the order of [`Shape::index`].
pub(crate) struct AllNumbers {
    pub(crate) shape: Shape,
    pub(crate) numbers: Vec<Numbers>,
}

impl AllNumbers {
    pub(crate) fn of(
        tree: &Tree,
        slices: &Slices,
        source: &MeasureSource,
        measured: &Measured,
        policy: &Policy,
    ) -> Self {
        let strata: Vec<Numbers> = measured
            .strata
            .iter()
            .map(|stratum| Numbers { valid: stratum.valid.clone(), parts: stratum.parts.clone() })
            .collect();
        let everybody = sum(&strata, tree.nodes.len());
        let languages: Vec<Numbers> = (0..slices.languages.len())
            .map(|language| of_language(tree, &everybody, slices, language))
            .collect();
        let shape = Shape {
            parts: everybody.parts.len(),
            strata: strata.len(),
            languages: languages.len(),
            unit: unit(source, policy),
        };
        let numbers = std::iter::once(everybody).chain(strata).chain(languages).collect();
        Self { shape, numbers }
    }

    pub(crate) fn everybody(&self) -> Option<&Numbers> {
        self.numbers.first()
    }

    /// The counts of a quantity in a group.
    pub(crate) fn count(
        &self,
        slices: &Slices,
        quantity: usize,
        part: usize,
        node: usize,
    ) -> Count {
        let at = |list: Option<&Vec<u32>>| list.and_then(|list| list.get(node)).copied();
        let Some(numbers) = self.numbers.get(quantity) else { return Count::default() };
        let value = numbers.parts.get(part).and_then(|part| part.get(node)).copied();
        let respondents = match self.shape.stratum(quantity) {
            Some(stratum) => at(slices.strata.get(stratum)),
            None if quantity == Shape::EVERYBODY => Some(slices.respondents(node)),
            None => {
                let language = slices.languages.get(quantity - 1 - self.shape.strata);
                language.and_then(|slice| Some(slice.facts.get(node)?.respondents))
            }
        };
        Count {
            value: value.unwrap_or_default(),
            valid: at(Some(&numbers.valid)).unwrap_or_default(),
            respondents: respondents.unwrap_or_default(),
        }
    }

    /// Where a language is among the quantities.
    pub(crate) fn language(&self, language: usize) -> Option<usize> {
        self.shape.index(Quantity::Language(u8::try_from(language).ok()?))
    }
}

fn unit(source: &MeasureSource, policy: &Policy) -> Unit {
    let (full, step) = match source.kind {
        // One answer of a pupil who answered everything moves the score by so much.
        MeasureKind::Mean { items, full } => {
            (full, u64::from(crate::measure_source::PARTS_OF_CODE / items.max(1)))
        }
        _ => (1, 1),
    };
    let (answered_percent, least_valid) = match source.kind {
        MeasureKind::ConditionalShare => (0, policy.condition),
        _ => (policy.answered_percent.into(), policy.threshold),
    };
    Unit { full, step, answered_percent, least_valid }
}

fn sum(strata: &[Numbers], nodes: usize) -> Numbers {
    let parts = strata.first().map_or(0, |stratum| stratum.parts.len());
    let mut all = Numbers { valid: vec![0; nodes], parts: vec![vec![0; nodes]; parts] };
    for stratum in strata {
        for (sum, more) in all.valid.iter_mut().zip(&stratum.valid) {
            *sum += more;
        }
        for (sums, more) in all.parts.iter_mut().zip(&stratum.parts) {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        }
    }
    all
}

/// The numbers of the classes of one language, and their sums in every group.
fn of_language(tree: &Tree, everybody: &Numbers, slices: &Slices, language: usize) -> Numbers {
    Numbers {
        valid: of_classes(tree, &everybody.valid, slices, language),
        parts: everybody
            .parts
            .iter()
            .map(|part| of_classes(tree, part, slices, language))
            .collect(),
    }
}

fn of_classes<T: Copy + Default + AddAssign>(
    tree: &Tree,
    values: &[T],
    slices: &Slices,
    language: usize,
) -> Vec<T> {
    let classes = values.iter().zip(&slices.of_class).take(tree.classes());
    let mut sums: Vec<T> = classes
        .map(|(value, of)| if usize::from(*of) == language { *value } else { T::default() })
        .collect();
    sums.resize(tree.nodes.len(), T::default());
    tree.sum_upward(&mut sums);
    sums
}
