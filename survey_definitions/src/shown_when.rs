//! Which screens a tablet makes of items that not everybody is asked.

use crate::questionnaire::{LAST, NOT};
use crate::{Condition, Form, LeanPage, Survey, option_bit};

/// Groups of tests for one item: enough for any question that a person can still explain, and a
/// bound for what `any` multiplies.
const MOST_GROUPS: usize = 32;

/// Something that an answer tells: it names one of the options, or, for `not`, is there and names
/// none of them.
#[derive(Clone, Copy)]
struct Test {
    item: usize,
    bits: u32,
    not: bool,
}

/// Every group must have a test that holds.
type Groups = Vec<Vec<Test>>;

impl Survey {
    /// Whether classes can answer it on tablets.
    pub fn is_for_classes(&self) -> bool {
        self.form != Form::Parent && self.fits_tablets()
    }

    /// Whether a tablet can tell who is asked what. It knows options 0 to 31, and neither "at least
    /// so many of" nor "all the same". Nor does it shuffle: everybody's screens look the same.
    fn fits_tablets(&self) -> bool {
        if self.items.iter().any(|item| item.shuffled) {
            return false;
        }
        let mut conditions = self.items.iter().filter_map(|item| item.shown_when.as_ref());
        conditions.all(|condition| self.groups(condition, false).is_some())
    }

    /// The screens of a page: its items together, but one that is not for everybody alone, so that
    /// something else can stand there for the others.
    pub(crate) fn screens(&self, items: &[usize]) -> Vec<LeanPage> {
        let mut screens = Vec::new();
        let mut together = Vec::new();
        for &index in items {
            let condition = self.items.get(index).and_then(|item| item.shown_when.as_ref());
            let Some(condition) = condition else {
                together.push(index);
                continue;
            };
            if !together.is_empty() {
                screens.push(LeanPage::Items(std::mem::take(&mut together)));
            }
            let mut numbers = vec![index];
            numbers.extend(self.groups(condition, false).map_or(NEVER.to_vec(), numbered));
            screens.push(LeanPage::ItemWhen(numbers));
        }
        if !together.is_empty() {
            screens.push(LeanPage::Items(together));
        }
        screens
    }

    /// A condition, or its contrary, as groups of tests; `None` when a tablet cannot tell it.
    fn groups(&self, condition: &Condition, not: bool) -> Option<Groups> {
        match (condition, not) {
            (Condition::Codes { item, codes }, _) => self.test(item, codes, not),
            (Condition::Range { item, from, to }, _) => {
                let scale = self.scale_of(self.item(item)?)?;
                let missing = scale.missing_codes();
                let within = |code: &i16| {
                    from.is_none_or(|from| *code >= from)
                        && to.is_none_or(|to| *code <= to)
                        && !missing.contains(code)
                };
                let codes: Vec<i16> = scale.codes().into_iter().filter(within).collect();
                self.test(item, &codes, not)
            }
            (Condition::Not { of }, _) => self.groups(of, !not),
            (Condition::All { of }, false) | (Condition::Any { of }, true) => {
                let each = of.iter().map(|part| self.groups(part, not));
                let groups = each.collect::<Option<Vec<_>>>()?.concat();
                (groups.len() <= MOST_GROUPS).then_some(groups)
            }
            (Condition::Any { of }, false) | (Condition::All { of }, true) => {
                let each = of.iter().map(|part| self.groups(part, not));
                one_of(&each.collect::<Option<Vec<_>>>()?)
            }
            (Condition::AtLeast { .. } | Condition::Same { .. }, _) => None,
        }
    }

    fn test(&self, id: &str, codes: &[i16], not: bool) -> Option<Groups> {
        let item = self.items.iter().position(|item| item.id == id)?;
        let scale = self.scale_of(self.items.get(item)?)?;
        let missing = scale.missing_codes();
        let named = |codes: &[i16]| -> Option<u32> {
            let mut bits = 0;
            for code in codes {
                let bit = option_bit(*code);
                bits |= (bit != 0).then_some(bit)?;
            }
            Some(bits)
        };
        named(&scale.codes())?;
        let mut groups = vec![vec![Test { item, bits: named(codes)?, not }]];
        if not && !missing.is_empty() {
            // Who does not know has not said the contrary.
            groups.push(vec![Test { item, bits: named(&missing)?, not }]);
        }
        Some(groups)
    }
}

/// Groups that hold when those of one part do: each group of one with each of the others.
fn one_of(parts: &[Groups]) -> Option<Groups> {
    let mut groups: Groups = vec![Vec::new()];
    for part in parts {
        if groups.len().checked_mul(part.len())? > MOST_GROUPS {
            return None;
        }
        let with = |group: &Vec<Test>| -> Groups {
            part.iter().map(|more| [group.as_slice(), more].concat()).collect()
        };
        groups = groups.iter().flat_map(with).collect();
    }
    Some(groups)
}

/// A test that never holds: what cannot be told is not asked.
const NEVER: [usize; 3] = [0, 0, LAST];

/// As a tablet reads them.
fn numbered(groups: Groups) -> Vec<usize> {
    let of_group = |group: Vec<Test>| {
        let last = group.len().saturating_sub(1);
        group.into_iter().enumerate().flat_map(move |(place, test)| {
            let not = if test.not { NOT } else { 0 };
            [test.item, test.bits as usize, not | if place == last { LAST } else { 0 }]
        })
    };
    groups.into_iter().flat_map(of_group).collect()
}
