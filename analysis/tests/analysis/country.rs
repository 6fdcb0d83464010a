//! Countries made for tests: where classes lie, and what their pupils say.

use crate::survey::{answered, survey};
use analysis::{
    Cell, ClassPlace, Columns, DefinitionRef, Group, Level, Release, Structure, Tallies, protect,
};
use proptest::prelude::*;
use survey_definitions::{Answer, Response};

/// How many of a class say what.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Pupils {
    /// Say 3 to both questions.
    pub(crate) yes: u32,
    /// Say 0.
    pub(crate) no: u32,
    /// Do not want to say.
    pub(crate) silent: u32,
    /// Did not come so far.
    pub(crate) left: u32,
    pub(crate) declined: u32,
    /// More pupils enrolled than there are responses, or fewer.
    pub(crate) absent: i32,
}

/// A region of districts of schools of classes.
pub(crate) type Country = Vec<Vec<Vec<Vec<Pupils>>>>;

pub(crate) fn yes_no(yes: u32, no: u32) -> Pupils {
    Pupils { yes, no, ..Pupils::default() }
}

impl Pupils {
    pub(crate) fn respondents(&self) -> u32 {
        self.yes + self.no + self.silent + self.left + self.declined
    }

    fn responses(&self) -> impl Iterator<Item = Response> {
        let all = |answer: Answer, place: Answer| answered(answer, answer, place, answer);
        let yes = all(Answer::Code(3), Answer::Many(0b010));
        let no = all(Answer::Code(0), Answer::Many(0b001));
        let silent = all(Answer::DoNotWant, Answer::DoNotWant);
        let left = all(Answer::NotReached, Answer::NotReached);
        let groups = [
            (self.yes, yes),
            (self.no, no),
            (self.silent, silent),
            (self.left, left),
            (self.declined, Response::Declined),
        ];
        groups.into_iter().flat_map(|(n, response)| (0..n).map(move |_| response.clone()))
    }
}

/// Every class with its place, ids counted from `r00`, and its pupils.
pub(crate) fn classes(country: &Country) -> Vec<(ClassPlace, Pupils)> {
    let mut all = Vec::new();
    for (r, region) in country.iter().enumerate() {
        for (d, district) in region.iter().enumerate() {
            for (s, school) in district.iter().enumerate() {
                for (c, pupils) in school.iter().enumerate() {
                    let enrolled = pupils.respondents();
                    let place = ClassPlace {
                        region: format!("r{r:02}"),
                        district: format!("r{r:02}d{d:02}"),
                        school: format!("r{r:02}d{d:02}s{s:02}"),
                        class: format!("r{r:02}d{d:02}s{s:02}c{c:02}"),
                        grade: "7".to_owned(),
                        form: "senior".to_owned(),
                        language: "kk".to_owned(),
                        enrolment: enrolled.saturating_add_signed(pupils.absent),
                    };
                    all.push((place, *pupils));
                }
            }
        }
    }
    all
}

pub(crate) fn structure(classes: &[(ClassPlace, Pupils)]) -> Structure {
    Structure::new(classes.iter().map(|(place, _)| place.clone()).collect()).unwrap()
}

pub(crate) fn responses(classes: &[(ClassPlace, Pupils)]) -> Vec<(String, Response)> {
    let all = classes.iter();
    all.flat_map(|(place, pupils)| {
        pupils.responses().map(|response| (place.class.clone(), response))
    })
    .collect()
}

pub(crate) fn tally(classes: &[(ClassPlace, Pupils)]) -> Tallies {
    let (survey, structure) = (survey(), structure(classes));
    let columns = Columns::from_responses(&survey, &structure, responses(classes)).unwrap();
    Tallies::of(&survey, &structure, &columns).unwrap()
}

pub(crate) fn definition() -> DefinitionRef {
    DefinitionRef { id: "small".to_owned(), version: 1, sha256: "00".repeat(32) }
}

pub(crate) fn released(classes: &[(ClassPlace, Pupils)]) -> Release {
    let (structure, tallies) = (structure(classes), tally(classes));
    protect("wave", definition(), &survey(), &structure, &tallies).unwrap().release()
}

pub(crate) fn release_of(country: &Country) -> Release {
    released(&classes(country))
}

pub(crate) fn group<'r>(release: &'r Release, level: Level, id: &str) -> &'r Group {
    let mut groups = release.groups.iter();
    groups.find(|group| group.level == level && group.group == id).unwrap()
}

pub(crate) fn cell(release: &Release, level: Level, id: &str, indicator: &str) -> Cell {
    group(release, level, id).cells.get(indicator).unwrap()
}

pub(crate) fn shown(cell: Cell) -> bool {
    matches!(cell, Cell::Band { .. })
}

fn pupils() -> impl Strategy<Value = Pupils> {
    // Sizes around every threshold, mostly as large as classes are.
    let size = prop_oneof![0..12u32, 8..32u32, 30..60u32];
    let silent = prop_oneof![Just(0), 0..5u32];
    let declined = prop_oneof![4 => Just(0u32), 1 => 0..3u32];
    let absent = prop_oneof![9 => 0..4i32, 1 => Just(-1)];
    (size, 0.0..=1.0f64, silent.clone(), silent, declined, absent).prop_map(
        |(size, share, silent, left, declined, absent)| {
            let yes = (f64::from(size) * share).round() as u32;
            Pupils { yes, no: size - yes, silent, left, declined, absent }
        },
    )
}

/// Up to 3 regions of up to 4 districts of up to 5 schools of up to 4 classes.
pub(crate) fn any_country() -> impl Strategy<Value = Country> {
    let school = prop::collection::vec(pupils(), 1..5);
    let district = prop::collection::vec(school, 1..6);
    let region = prop::collection::vec(district, 1..5);
    prop::collection::vec(region, 1..4)
}
