//! The attacker on generated countries: what ships, and weaknesses put in on purpose.

use crate::country::{Class, country, done, structure};
use crate::publisher::publish;
use analysis::attack::{Findings, Known, Published, attack};

fn seeds() -> Vec<u64> {
    if let Some(seed) = std::env::var_os("SENIM_COUNTRY") {
        return vec![seed.to_string_lossy().parse().unwrap()];
    }
    let countries = if std::env::var_os("SENIM_PROVE").is_some() { 500 } else { 50 };
    (0..countries).collect()
}

fn attacked(classes: &[Class], wave: usize, release: &str) -> Findings {
    let structure = structure(classes);
    let known = Known::new(&structure).with_done(done(classes, wave));
    attack(&Published::parse(release).unwrap(), None, &known).unwrap()
}

#[test]
fn what_is_not_looped_is_broken() {
    for seed in seeds() {
        let classes = country(seed);
        let findings = attacked(&classes, 0, &publish(&classes, 0));
        let pupils: usize = classes.iter().map(|class| class.waves[0].len()).sum();
        println!(
            "{seed}: {pupils} {} {} {} broken {}",
            findings.groups,
            findings.rows.len(),
            findings.differences,
            findings.broken().count()
        );
        for row in findings.broken().take(5) {
            println!("   {row:?}");
        }
    }
}
