//! Every measure the slow way: pupil by pupil, as the documentation of the definition format
//! says, in three-valued logic by the book.

use analysis::{ClassPlace, CrossProducts, Level, Sex};
use std::collections::BTreeMap;
use survey_definitions::{
    Answer, Answers, Condition, MeanItem, Measure, Response, Survey, option_bit,
};

/// What is counted of one measure: valid, parts, squares.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) valid: u32,
    pub(crate) parts: Vec<u64>,
    pub(crate) squares: u64,
}

pub(crate) type Counts<'a> = BTreeMap<(&'a str, Sex, Level, String), Count>;

/// The counts of every measure in every group that a class lies in; grades and bands included,
/// even where the tallies leave them out.
pub(crate) fn counts<'a>(survey: &'a Survey, pupils: &[(&ClassPlace, &Response)]) -> Counts<'a> {
    let mut all = Counts::new();
    for (place, response) in pupils {
        let Response::Answered(answers) = response else { continue };
        let sex = sex(survey, answers);
        for indicator in &survey.indicators {
            let one = measured(survey, answers, &indicator.measure);
            for (level, group) in groups(place) {
                let sum = all.entry((&indicator.id, sex, level, group)).or_default();
                sum.parts.resize(one.parts.len(), 0);
                sum.valid += one.valid;
                sum.squares += one.squares;
                sum.parts.iter_mut().zip(&one.parts).for_each(|(sum, part)| *sum += part);
            }
        }
    }
    all
}

/// The groups of a class from itself to the nation.
pub(crate) fn groups(place: &ClassPlace) -> Vec<(Level, String)> {
    let mut groups = vec![
        (Level::Class, place.class.clone()),
        (Level::School, place.school.clone()),
        (Level::District, place.district.clone()),
        (Level::Region, place.region.clone()),
        (Level::Nation, "nation".to_owned()),
    ];
    if let Ok(grade) = place.grade.parse::<u8>() {
        groups.push((Level::Grade, format!("{}/{grade}", place.school)));
        let band = match grade {
            2..=4 => "2-4",
            5..=6 => "5-6",
            7..=9 => "7-9",
            _ => "10-12",
        };
        groups.push((Level::Band, format!("{}/{band}", place.school)));
    }
    groups
}

pub(crate) fn sex(survey: &Survey, answers: &Answers) -> Sex {
    let Some(sex) = &survey.sex else { return Sex::Unsaid };
    match code(survey, answers, &sex.item) {
        Some(code) if code == sex.girl => Sex::Girls,
        Some(code) if code == sex.boy => Sex::Boys,
        _ => Sex::Unsaid,
    }
}

/// A kind of missing is as good as no answer.
fn answer(survey: &Survey, answers: &Answers, item: &str) -> Answer {
    let position = survey.items.iter().position(|one| one.id == item).unwrap();
    let missing = survey.scale_of(&survey.items[position]).unwrap().missing_codes();
    match answers.0[position] {
        Answer::Code(code) if missing.contains(&code) => Answer::NotReached,
        answer => answer,
    }
}

/// The valid answer to an item with one answer.
fn code(survey: &Survey, answers: &Answers, item: &str) -> Option<i16> {
    match answer(survey, answers, item) {
        Answer::Code(code) => Some(code),
        _ => None,
    }
}

/// Whether a condition holds; `None` is unknown.
pub(crate) fn holds(survey: &Survey, answers: &Answers, condition: &Condition) -> Option<bool> {
    let all = |of: &[Condition]| -> Vec<Option<bool>> {
        of.iter().map(|one| holds(survey, answers, one)).collect()
    };
    match condition {
        Condition::Codes { item, codes } => match answer(survey, answers, item) {
            Answer::Code(code) => Some(codes.contains(&code)),
            Answer::Many(bits) => Some(codes.iter().any(|code| bits & option_bit(*code) != 0)),
            Answer::NotReached | Answer::DoNotWant => None,
        },
        Condition::Range { item, from, to } => {
            let within = |code| from.unwrap_or(0) <= code && code <= to.unwrap_or(i16::MAX);
            code(survey, answers, item).map(within)
        }
        Condition::Not { of } => holds(survey, answers, of).map(|truth| !truth),
        Condition::All { of } => {
            let of = all(of);
            if of.contains(&Some(false)) {
                Some(false)
            } else if of.contains(&None) {
                None
            } else {
                Some(true)
            }
        }
        Condition::Any { of } => {
            let of = all(of);
            if of.contains(&Some(true)) {
                Some(true)
            } else if of.contains(&None) {
                None
            } else {
                Some(false)
            }
        }
        Condition::AtLeast { count, of } => {
            let of = all(of);
            let number = |truth: Option<bool>| of.iter().filter(|one| **one == truth).count();
            let (holding, count) = (number(Some(true)), *count as usize);
            if holding >= count {
                Some(true)
            } else if holding + number(None) >= count {
                None
            } else {
                Some(false)
            }
        }
        Condition::Same { items, from } => {
            let codes: Vec<_> = items.iter().map(|item| code(survey, answers, item)).collect();
            let valid: Vec<i16> = codes.iter().copied().flatten().collect();
            if valid.iter().any(|code| code < from || *code != valid[0]) {
                Some(false)
            } else {
                (valid.len() == codes.len()).then_some(true)
            }
        }
    }
}

fn measured(survey: &Survey, answers: &Answers, measure: &Measure) -> Count {
    let one = |part: bool| u64::from(part);
    match measure {
        Measure::Share { of, among } => {
            let of = holds(survey, answers, of);
            let among = among.as_ref().is_none_or(|one| holds(survey, answers, one) == Some(true));
            let valid = among && of.is_some();
            let hit = valid && of == Some(true);
            Count { valid: valid.into(), parts: vec![one(hit)], squares: 0 }
        }
        Measure::Shares { parts } => {
            let of: Vec<_> = parts.iter().map(|part| holds(survey, answers, &part.of)).collect();
            let valid = !of.contains(&None);
            let parts = of.iter().map(|of| one(valid && *of == Some(true))).collect();
            Count { valid: valid.into(), parts, squares: 0 }
        }
        Measure::Mean { items, at_least, .. } => {
            let scores = items.iter().map(|item| score(survey, answers, item));
            let scores: Vec<u64> = scores.flatten().collect();
            let n = scores.len() as u64;
            if n == 0 || n < u64::from(*at_least) {
                return Count { valid: 0, parts: vec![0], squares: 0 };
            }
            let sum = scores.iter().sum::<u64>() * 2520;
            assert_eq!(sum % n, 0);
            Count { valid: 1, parts: vec![sum / n], squares: (sum / n) * (sum / n) }
        }
    }
}

fn score(survey: &Survey, answers: &Answers, item: &MeanItem) -> Option<u64> {
    let applies = |code: &i16| !item.not_applicable.contains(code);
    let code = code(survey, answers, &item.item).filter(applies)?;
    let scale = survey.scale_of(survey.item(&item.item)?)?;
    let highest = scale.codes().into_iter().filter(applies).max()?;
    Some(u64::try_from(if item.reversed { highest - code } else { code }).unwrap())
}

/// The cross products of a mean in every school and above.
pub(crate) fn cross_products(
    survey: &Survey,
    items: &[MeanItem],
    pupils: &[(&ClassPlace, &Response)],
) -> BTreeMap<(Level, String), CrossProducts> {
    let none = CrossProducts {
        n: 0,
        sums: vec![0; items.len()],
        products: vec![0; items.len() * (items.len() + 1) / 2],
    };
    let mut all = BTreeMap::new();
    for (place, response) in pupils {
        let Response::Answered(answers) = response else { continue };
        let scores: Vec<_> = items.iter().map(|item| score(survey, answers, item)).collect();
        let Some(scores) = scores.into_iter().collect::<Option<Vec<u64>>>() else { continue };
        for group in groups(place).into_iter().filter(|(level, _)| *level >= Level::School) {
            let sum: &mut CrossProducts = all.entry(group).or_insert_with(|| none.clone());
            sum.n += 1;
            sum.sums.iter_mut().zip(&scores).for_each(|(sum, score)| *sum += score);
            let mut place = 0;
            for (index, one) in scores.iter().enumerate() {
                for other in &scores[index..] {
                    sum.products[place] += one * other;
                    place += 1;
                }
            }
        }
    }
    all
}
