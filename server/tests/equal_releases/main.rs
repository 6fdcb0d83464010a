//! Two populations with equal releases give the same pages, files and findings, to the byte:
//! nothing that is shown can tell them apart.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod units;

use analysis::{
    ClassPlace, Columns, DefinitionRef, Group, Level, Parent, Release, Structure, Tallies,
    class_findings, protect,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::sheets::workbook;
use server::unit_results::{Published, unit_results};
use survey_definitions::{
    Answer, Answers, Language, NextSteps, Response, ScaleKind, Survey, next_steps, shipped,
};

/// The form with the fewest items, so that many populations can be tried.
const DEFINITION: &str = "senim_pupil_junior";
const PAIRS: u64 = 4;
/// Answers that differ between the two populations of a pair.
const MOVED: usize = 3;

/// Who answered what, in which class.
type Population = Vec<(String, Response)>;

struct Country {
    survey: Survey,
    steps: NextSteps,
    structure: Structure,
}

impl Country {
    /// Four schools with two classes in grade 3 and one in grade 4.
    fn new() -> Self {
        let survey = Survey::parse(shipped(DEFINITION, 1).unwrap()).unwrap();
        let steps = NextSteps::parse(next_steps(DEFINITION, 1).unwrap(), &survey).unwrap();
        let place = |school: usize, class: usize| ClassPlace {
            region: "r".to_owned(),
            district: "d".to_owned(),
            school: format!("s{school}"),
            class: format!("s{school}c{class}"),
            grade: if class < 2 { "3" } else { "4" }.to_owned(),
            form: survey.form.code().to_owned(),
            language: "kk".to_owned(),
            enrolment: 25,
        };
        let classes = (0..4).flat_map(|school| (0..3).map(move |class| (school, class)));
        let classes = classes.map(|(school, class)| place(school, class)).collect();
        let structure = Structure::new(classes).unwrap();
        Self { survey, steps, structure }
    }

    fn population(&self, rng: &mut StdRng) -> Population {
        let mut all = Vec::new();
        for place in self.structure.classes() {
            for _ in 0..rng.gen_range(18..=24) {
                let items = self.survey.items.iter();
                let answers = items.map(|item| {
                    let scale = self.survey.scale_of(item).unwrap();
                    let (codes, at) = (scale.codes(), rng.gen_range(0.0..1.0_f64).powi(2));
                    let code = codes[(at * codes.len() as f64) as usize];
                    match &scale.kind {
                        ScaleKind::Many { options } => {
                            let option = options.iter().find(|one| one.code == code);
                            Answer::Many(option.unwrap().bit())
                        }
                        ScaleKind::One { .. } | ScaleKind::Number { .. } => Answer::Code(code),
                    }
                });
                all.push((place.class.clone(), Response::Answered(Answers(answers.collect()))));
            }
        }
        all
    }

    /// The same but for one answer of one pupil.
    fn moved(&self, population: &Population, rng: &mut StdRng) -> Population {
        let mut moved = population.clone();
        let pupil = rng.gen_range(0..moved.len());
        let item = rng.gen_range(0..self.survey.items.len());
        let codes = self.survey.scale_of(&self.survey.items[item]).unwrap().codes();
        if let Response::Answered(answers) = &mut moved[pupil].1
            && let Answer::Code(code) = &mut answers.0[item]
        {
            *code = codes[rng.gen_range(0..codes.len())];
        }
        moved
    }

    fn tallies(&self, population: &Population) -> Tallies {
        let columns =
            Columns::from_responses(&self.survey, &self.structure, population.clone()).unwrap();
        Tallies::of(&self.survey, &self.structure, &columns).unwrap()
    }

    fn release(&self, tallies: &Tallies) -> Release {
        let definition =
            DefinitionRef { id: DEFINITION.to_owned(), version: 1, sha256: "00".repeat(32) };
        protect("wave", definition, &self.survey, &self.structure, tallies).unwrap().release()
    }

    /// The class pages of the whole country in every language, and the findings on them.
    fn pages(&self, release: &Release, earlier: &Release) -> Vec<String> {
        let mut pages = Vec::new();
        for place in self.structure.classes() {
            let [now, before] = [release, earlier].map(|one| published(one, &place.class));
            let chain: Vec<&Group> = now.chain.iter().collect();
            pages.push(format!("{:?}", class_findings(&self.survey, Some(&self.steps), &chain)));
            for language in Language::ALL {
                let steps = Some(&self.steps);
                let results = unit_results(&self.survey, steps, language, &now, Some(&before));
                pages.push(page(language, &place.class, results));
            }
        }
        for level in [Level::School, Level::District, Level::Nation] {
            // One unit of a level is enough: all go the same way.
            if let Some(group) = release.groups.iter().find(|group| group.level == level) {
                pages.extend(units::pages(self, release, earlier, group));
            }
        }
        pages
    }
}

fn published(release: &Release, class: &str) -> Published {
    let find = |level, id: &str| {
        let mut groups = release.groups.iter();
        groups.find(|group| group.level == level && group.group == id).cloned()
    };
    let mut chain = Vec::new();
    let mut next = Some(Parent { level: Level::Class, group: class.to_owned() });
    while let Some(parent) = next.filter(|parent| parent.level <= Level::School) {
        let group = find(parent.level, &parent.group).unwrap();
        next = group.parent.clone();
        chain.push(group);
    }
    let wave = app::WaveTitle { id: "9".into(), name: "wave".into(), days: "days".into() };
    let nation = find(Level::Nation, "nation");
    Published { wave, header: release.header.clone(), chain, around: None, nation }
}

fn page(language: Language, class: &str, results: app::UnitResults) -> String {
    let page = app::ClassPage {
        id: "1".to_owned(),
        label: class.to_owned(),
        school: "school".to_owned(),
        session: app::SessionState::NoWave,
        results: vec![results],
        lessons: app::LessonsHeld::default(),
        changes_enrolment: false,
    };
    let file = workbook(&page.tables(language)).unwrap();
    format!("{}{file:?}", app::render(&shell(language), page))
}

fn shell(language: Language) -> app::Shell {
    let asset = String::new;
    let assets = app::Assets {
        style: asset(),
        pupil_style: asset(),
        script: asset(),
        wasm: asset(),
        tablet_scripts: Vec::new(),
    };
    app::Shell {
        language,
        nonce: String::new(),
        assets,
        staff: Some("teacher".to_owned()),
        ways: Default::default(),
        pilot: false,
        path: String::new(),
    }
}

#[test]
fn populations_with_equal_releases_have_equal_files_pages_and_findings() {
    let country = Country::new();
    let mut other_releases = 0;
    for seed in 0..PAIRS {
        let mut rng = StdRng::seed_from_u64(seed);
        let one = country.population(&mut rng);
        let tallies = country.tallies(&one);
        let release = country.release(&tallies);
        let file = release.write_json_lines();
        let mut other = (one.clone(), tallies.clone(), release.clone());
        let mut moved = 0;
        for _ in 0..200 {
            if moved == MOVED {
                break;
            }
            let population = country.moved(&other.0, &mut rng);
            let tallies = country.tallies(&population);
            if tallies == other.1 {
                continue;
            }
            let release = country.release(&tallies);
            if release.write_json_lines() == file {
                moved += 1;
                other = (population, tallies, release);
            } else {
                other_releases += 1;
            }
        }
        assert_eq!(moved, MOVED, "seed {seed}: no pair was found");
        assert_ne!(tallies, other.1, "the populations differ in what is counted");
        let earlier = country.release(&country.tallies(&country.population(&mut rng)));
        assert_eq!(country.pages(&release, &earlier), country.pages(&other.2, &earlier));
        assert_eq!(country.pages(&earlier, &release), country.pages(&earlier, &other.2));
        let read = Release::parse_json_lines(&file).unwrap();
        assert_eq!(country.pages(&read, &earlier), country.pages(&release, &earlier));
        assert_ne!(country.pages(&earlier, &release), country.pages(&release, &earlier));
    }
    assert!(other_releases > 0, "a move is seen when it changes a band");
}
