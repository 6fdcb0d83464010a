//! Every measure equals what a slow evaluation pupil by pupil gives.

use crate::generated::{any_pupils, any_survey, places, response};
use crate::oracle;
use analysis::{ClassPlace, Columns, Level, MeasureCounts, Structure, Tallies};
use proptest::prelude::*;
use survey_definitions::{Measure, Response, Survey, shipped};

fn shipped_survey(id: &str) -> Survey {
    Survey::parse(shipped(id, 1).unwrap()).unwrap()
}

/// Pupils with their classes.
pub(crate) struct Wave {
    pub(crate) survey: Survey,
    pub(crate) places: Vec<ClassPlace>,
    pub(crate) pupils: Vec<(usize, Response)>,
}

impl Wave {
    pub(crate) fn of(survey: Survey, pupils: &[(usize, Vec<u16>)]) -> Self {
        let places = places(survey.form.code());
        let pupils = pupils
            .iter()
            .map(|(class, numbers)| (class % places.len(), response(&survey, numbers)));
        let pupils = pupils.collect();
        Self { survey, places, pupils }
    }

    pub(crate) fn tallies_of(&self, pupils: &[(usize, Response)]) -> Tallies {
        let structure = Structure::new(self.places.clone()).unwrap();
        let responses = pupils.iter().map(|(class, one)| (&self.places[*class].class, one.clone()));
        let columns = Columns::from_responses(&self.survey, &structure, responses).unwrap();
        assert_eq!(columns.len(), pupils.len());
        Tallies::of(&self.survey, &structure, &columns).unwrap()
    }

    pub(crate) fn tallies(&self) -> Tallies {
        self.tallies_of(&self.pupils)
    }

    fn placed(&self) -> Vec<(&ClassPlace, &Response)> {
        self.pupils.iter().map(|(class, one)| (&self.places[*class], one)).collect()
    }
}

fn equals_the_slow_way(wave: &Wave) -> Result<(), TestCaseError> {
    let tallies = wave.tallies();
    let mut expected = oracle::counts(&wave.survey, &wave.placed());
    for (index, indicator) in wave.survey.indicators.iter().enumerate() {
        let strata = tallies.measure_counts(index);
        prop_assert_eq!(strata.len(), if wave.survey.sex.is_some() { 3 } else { 1 });
        for MeasureCounts { sex, valid, parts, squares } in strata {
            for (node, (level, group)) in tallies.groups().enumerate() {
                let count = expected.remove(&(&indicator.id, sex, level, group.to_owned()));
                let none = oracle::Count { parts: vec![0; parts.len()], ..Default::default() };
                let counted = oracle::Count {
                    valid: valid[node],
                    parts: parts.iter().map(|part| part[node]).collect(),
                    squares: squares.get(node).copied().unwrap_or_default(),
                };
                let count = count.unwrap_or(none);
                prop_assert_eq!(counted, count, "{} {} {:?}", indicator.id, group, sex);
            }
        }
    }
    // Only grades and bands may be left out.
    prop_assert!(
        expected.keys().all(|(_, _, level, _)| matches!(level, Level::Grade | Level::Band))
    );
    cross_products_equal(wave, &tallies)
}

fn cross_products_equal(wave: &Wave, tallies: &Tallies) -> Result<(), TestCaseError> {
    let groups = || tallies.groups().map(|(level, group)| (level, group.to_owned()));
    for (index, indicator) in wave.survey.indicators.iter().enumerate() {
        let counted = tallies.cross_products(index);
        let Measure::Mean { items, .. } = &indicator.measure else {
            prop_assert_eq!(counted, None);
            continue;
        };
        prop_assert_eq!(counted.is_some(), items.len() >= 3);
        let Some(counted) = counted else { continue };
        prop_assert_eq!(counted.len(), groups().count());
        let mut expected = oracle::cross_products(&wave.survey, items, &wave.placed());
        for ((level, group), counted) in groups().zip(counted) {
            prop_assert_eq!(counted.is_some(), level >= Level::School);
            let Some(counted) = counted else { continue };
            match expected.remove(&(level, group)) {
                Some(expected) => prop_assert_eq!(counted, expected),
                None => prop_assert_eq!(counted.n, 0),
            }
        }
        prop_assert!(expected.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_measure_of_the_senior_form_equals_the_slow_way(pupils in any_pupils(60)) {
        equals_the_slow_way(&Wave::of(shipped_survey("senim_pupil_senior"), &pupils))?;
    }

    #[test]
    fn every_measure_of_the_junior_form_equals_the_slow_way(pupils in any_pupils(60)) {
        equals_the_slow_way(&Wave::of(shipped_survey("senim_pupil_junior"), &pupils))?;
    }

    #[test]
    fn every_measure_of_the_online_study_equals_the_slow_way(
        pupils in any_pupils(80),
        young in any_pupils(40),
    ) {
        equals_the_slow_way(&Wave::of(shipped_survey("senim_online_study"), &pupils))?;
        equals_the_slow_way(&Wave::of(shipped_survey("senim_online_study_junior"), &young))?;
    }

    #[test]
    fn every_measure_of_any_definition_equals_the_slow_way(
        survey in any_survey(),
        pupils in any_pupils(4),
    ) {
        equals_the_slow_way(&Wave::of(survey, &pupils))?;
    }
}
