use crate::Waves;
use crate::needles::{Found, Needles};
use std::collections::BTreeSet;
use tests::{Database, answers, at_full_size, on_both_databases};

on_both_databases! { nothing_of_a_forgotten_wave_is_in_any_file }

const RESPONSES: usize = 300;
const IN_OTHER: usize = 60;
/// Responses to the other wave after the first was forgotten.
const LATER: usize = 20;

async fn nothing_of_a_forgotten_wave_is_in_any_file(database: Database) {
    let mut waves = Waves::answered(database, RESPONSES, IN_OTHER).await;
    waves.release().await;
    let server = &waves.released.server;
    if database == Database::Postgres {
        // Statistics keep copies of values.
        server.database.execute("analyze").await;
    }
    let content = server.database.content().await;
    let needles = Needles::of(&content, waves.released.id);
    // The files of other tests' databases are many, and hold nothing of this one's.
    let mut homes = server.database.homes(at_full_size()).await;
    homes.push(server.path().to_owned());
    let search = || -> Found { homes.iter().flat_map(|home| needles.find_below(home)).collect() };
    let all = BTreeSet::from(["envelope", "spent value", "slip hash", "blinded hash"]);
    assert_eq!(Needles::kinds(&search()), all, "it would not be found");

    waves.forget().expect_success();
    assert_eq!(search(), Found::new(), "while the server runs");
    waves.released.server.stop();
    assert_eq!(search(), Found::new(), "after the server has stopped");
    waves.released.server.restart();
    the_other_wave_goes_on(&waves).await;
}

async fn the_other_wave_goes_on(waves: &Waves) {
    let (wave, survey) = (waves.other.place.wave, &waves.released.survey);
    for (number, slip) in waves.unused.iter().take(LATER).enumerate() {
        waves.pupil_of_other().answer(slip, survey, &answers(survey, number)).await;
    }
    waves.released.coordinator.close(wave).await;
    let released = waves.with_key("release", wave).expect_success().stderr;
    assert!(released.contains(&format!("released: {} responses", IN_OTHER + LATER)), "{released}");
    assert!(released.contains("; 0 envelopes could not be read"), "{released}");
}
