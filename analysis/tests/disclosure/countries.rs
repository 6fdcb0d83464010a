//! The attacker on generated countries: what ships, and weaknesses put in on purpose.

use crate::country::{Class, Pupil, country, done, structure};
use crate::planted::Weakness;
use crate::publisher::{Group, counts, groups, publish};
use crate::survey::{INDICATORS, response, survey};
use analysis::attack::{Findings, Known, Published, attack};
use analysis::{Columns, DefinitionRef, Tallies, protect};
use std::collections::BTreeSet;

fn seeds() -> Vec<u64> {
    if let Some(seed) = std::env::var_os("SENIM_COUNTRY") {
        return vec![seed.to_string_lossy().parse().unwrap()];
    }
    let countries = if std::env::var_os("SENIM_PROVE").is_some() { 500 } else { 50 };
    (0..countries).collect()
}

/// What ships for a wave.
fn shipped(classes: &[Class], wave: usize) -> String {
    let (survey, structure) = (survey(), structure(classes));
    let responses = classes.iter().flat_map(|class| {
        class.waves[wave].iter().map(|pupil| (class.place.class.clone(), response(pupil)))
    });
    let columns = Columns::from_responses(&survey, &structure, responses).unwrap();
    let tallies = Tallies::of(&survey, &structure, &columns).unwrap();
    let definition = DefinitionRef { id: "small".to_owned(), version: 1, sha256: "00".repeat(32) };
    let wave = format!("wave{wave}");
    protect(&wave, definition, &survey, &structure, &tallies).unwrap().release().write_json_lines()
}

fn attacked(classes: &[Class], wave: usize, release: &str) -> Findings {
    let structure = structure(classes);
    let known = Known::new(&structure).with_done(done(classes, wave));
    attack(&Published::parse(release).unwrap(), None, &known).unwrap()
}

/// The same by somebody who also reads the definition.
fn attacked_with_definition(classes: &[Class], release: &str) -> Findings {
    let (survey, structure) = (survey(), structure(classes));
    let known = Known::new(&structure).with_done(done(classes, 0)).with_definition(&survey);
    attack(&Published::parse(release).unwrap(), None, &known).unwrap()
}

/// What the attacker sees in both waves together.
fn attacked_twice(classes: &[Class], releases: [&str; 2]) -> Findings {
    let structure = structure(classes);
    let known = Known::new(&structure).with_done(done(classes, 0)).with_done(done(classes, 1));
    let [first, second] = releases.map(|release| Published::parse(release).unwrap());
    attack(&first, Some(&second), &known).unwrap()
}

/// The pupils that a finding is about, if it is about a group of the tree or a part of one.
fn pupils<'c>(groups: &'c [Group<'c>], wave: usize, name: &str) -> Option<Vec<&'c Pupil>> {
    let (name, part) = match name.rsplit_once('/') {
        Some((name, part)) if part.contains('=') => (name, Some(part)),
        _ => (name, None),
    };
    let (level, id) = name.split_once(':')?;
    let group = groups.iter().find(|group| (group.level, group.id.as_str()) == (level, id))?;
    let classes = group.classes.iter().filter(|class| {
        part.and_then(|part| part.strip_prefix("language="))
            .is_none_or(|language| class.place.language == language)
    });
    let sex = match part {
        Some("sex=girl") => Some(1),
        Some("sex=boy") => Some(2),
        _ => None,
    };
    let pupils = classes.flat_map(|class| &class.waves[wave]);
    Some(pupils.filter(|pupil| sex.is_none() || pupil.sex == sex).collect())
}

/// Every range holds the true count, or the attacker claims what is not so.
fn check_truth(classes: &[Class], findings: &Findings, seed: u64) {
    let groups = groups(classes);
    for row in &findings.rows {
        let indicator = INDICATORS.iter().find(|one| one.id == row.indicator).unwrap();
        let hits = |name: &str| {
            let pupils = pupils(&groups, 0, name)?;
            Some(counts(indicator, pupils.into_iter())[1] as f64 / 1000.0)
        };
        let mut names = row.group.split(" minus ").map(hits);
        let whole = names.next().flatten();
        let truth = names.try_fold(whole, |whole, part| Some(Some(whole? - part?))).flatten();
        let truth = truth.unwrap_or_else(|| panic!("{row:?}"));
        assert!(row.low <= truth && truth <= row.high, "seed {seed}: {row:?}, in truth {truth}");
    }
}

/// Broken rows by what they are about.
fn broken(findings: &Findings) -> BTreeSet<(String, String)> {
    findings.broken().map(|row| (row.group.clone(), row.indicator.clone())).collect()
}

/// What was looked at, over all countries.
#[derive(Default)]
struct Looked {
    countries: usize,
    pupils: usize,
    groups: usize,
    cells: usize,
    differences: usize,
}

impl Looked {
    fn at(&mut self, classes: &[Class], findings: &Findings) {
        self.countries += 1;
        self.pupils += classes.iter().map(|class| class.waves[0].len()).sum::<usize>();
        self.groups += findings.groups;
        self.cells += findings.rows.len() - findings.differences;
        self.differences += findings.differences;
    }

    fn print(&self, what: &str) {
        let Self { countries, pupils, groups, cells, differences } = self;
        println!(
            "{what}: {countries} countries, {pupils} pupils, {groups} groups and parts, \
             {cells} cells, {differences} differences"
        );
    }
}

/// What is broken in a country, with how to repeat it alone.
fn told(seed: u64, findings: &Findings) -> Option<String> {
    let first = findings.broken().next()?;
    Some(format!("SENIM_COUNTRY={seed}: {} broken, first {first:?}", findings.broken().count()))
}

#[test]
fn nothing_is_broken_in_what_ships() {
    let (mut looked, mut failed, mut tied) = (Looked::default(), Vec::new(), 0);
    for seed in seeds() {
        let classes = country(seed);
        let release = shipped(&classes, 0);
        let findings = attacked(&classes, 0, &release);
        check_truth(&classes, &findings, seed);
        looked.at(&classes, &findings);
        failed.extend(told(seed, &findings));
        let more = attacked_with_definition(&classes, &release);
        check_truth(&classes, &more, seed);
        tied += broken(&more).difference(&broken(&findings)).count();
    }
    looked.print("shipped");
    println!("with what indicators say about each other, {tied} rows more are broken");
    assert!(failed.is_empty(), "{} countries:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn nothing_is_broken_in_two_waves_of_what_ships() {
    let (mut looked, mut failed) = (Looked::default(), Vec::new());
    let (mut supposed, mut countries) = (0, 0);
    for seed in seeds() {
        let classes = country(seed);
        let releases = [0, 1].map(|wave| shipped(&classes, wave));
        let findings = attacked_twice(&classes, [&releases[0], &releases[1]]);
        looked.at(&classes, &findings);
        failed.extend(told(seed, &findings));
        supposed += findings.supposed.len();
        countries += usize::from(!findings.supposed.is_empty());
    }
    looked.print("two waves");
    println!(
        "supposing that classes with as many done had the same answers, {supposed} rows more are \
         broken, in {countries} countries"
    );
    assert!(failed.is_empty(), "{} countries:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_planted_weakness_is_broken_in_one_country_of_two() {
    let names = [
        "without the loop",
        "exact answers an item",
        "exact intervals",
        "conditional answers, without the loop",
    ];
    let (mut looked, mut found, mut rows) = (Looked::default(), [0; 4], [0; 4]);
    for seed in seeds() {
        let classes = country(seed);
        let unlooped_release = publish(&classes, 0);
        let unlooped = attacked(&classes, 0, &unlooped_release);
        check_truth(&classes, &unlooped, seed);
        looked.at(&classes, &unlooped);
        let mut more = vec![unlooped.broken().count()];
        let shipped = shipped(&classes, 0);
        for weakness in Weakness::ALL {
            // In countries as small as these few conditional shares are shown at all: 10 of 50
            // have one that ships and that its own number breaks.
            let release = match weakness {
                Weakness::ConditionalAnswers => &unlooped_release,
                Weakness::ExactAnswers | Weakness::ExactIntervals => &shipped,
            };
            let before = broken(&attacked_with_definition(&classes, release));
            let findings =
                attacked_with_definition(&classes, &weakness.plant(release, &classes, 0));
            check_truth(&classes, &findings, seed);
            more.push(broken(&findings).difference(&before).count());
        }
        for ((found, rows), more) in found.iter_mut().zip(&mut rows).zip(more) {
            *found += usize::from(more > 0);
            *rows += more;
        }
    }
    looked.print("planted");
    println!("{:<40}{:>10}{:>10}{:>10}", "weakness", "countries", "broken", "rows");
    for ((name, found), rows) in names.into_iter().zip(found).zip(rows) {
        println!("{name:<40}{:>10}{found:>10}{rows:>10}", looked.countries);
        assert!(2 * found >= looked.countries, "{name}: {found} of {}", looked.countries);
    }
}
