//! One tablet, one pupil after the other.

use crate::pupil::{Manner, Tablet, Way};
use crate::seen::{Seen, is_of_class};
use std::time::{Duration, Instant};
use tests::{Browser, ClassPlan, Database, Exchange, OpenWave, Recorder, at_full_size, wait_until};

/// How long nothing must pass before nothing more is expected.
const QUIET: Duration = Duration::from_secs(3);
const PATIENCE: u64 = 60;
const LANGUAGES: [Option<&str>; 5] = [None, None, Some("ru"), None, Some("en")];

#[tokio::test]
async fn pupils_of_the_senior_form_look_the_same_to_the_network() {
    a_class("senim_pupil_senior").await;
}

#[tokio::test]
async fn pupils_of_the_junior_form_look_the_same_to_the_network() {
    a_class("senim_pupil_junior").await;
}

fn pupils() -> usize {
    if at_full_size() { 200 } else { 20 }
}

async fn a_class(definition: &str) {
    let wave = OpenWave::start(Database::Sqlite, definition, &[ClassPlan::of(250)]).await;
    let recorder = Recorder::before(&wave.server).await;
    let browser = Browser::open().await;
    let tablet = Tablet { wave: &wave, recorder: &recorder, browser: &browser };
    // The first pupil finds an empty tablet and is the measure of nobody.
    tablet.open().await;
    tablet.enter(0, None).await;
    let mut declined = usize::from(tablet.walk(Manner::ANSWERS, 0).await.declined);
    browser.wait_until_kept().await;
    quiet(&recorder).await;
    let first_visit = of_class(&recorder.exchanges());

    let expected = Pupil::without_haste(&tablet, 1).await;
    let began = Instant::now();
    let pupils = pupils();
    for seed in 2..=pupils {
        let pupil = Pupil::after(&tablet, seed, &expected).await;
        let who = format!("{definition}, pupil {seed}, {:?}", Manner::of(seed));
        pupil.seen.assert_equals(&expected.seen, &who);
        check(&pupil.way, &expected.way, Manner::of(seed), &who);
        declined += usize::from(pupil.way.declined);
    }
    println!("{definition}: {pupils} pupils, {declined} declined, {:.1?}", began.elapsed());
    quiet(&recorder).await;
    assert_eq!(
        of_class(&recorder.exchanges()) - first_visit,
        pupils * expected.seen.class.len(),
        "something came later"
    );
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    for (status, number) in [("answered", pupils + 1 - declined), ("declined", declined)] {
        let line = format!("nation,nation,status,{status},{number}\n");
        assert!(tallies.contains(&line), "{line} in {tallies}");
    }
}

/// One pupil, seen from the page and from the network.
struct Pupil {
    way: Way,
    seen: Seen,
    /// How many requests there were until the first screen.
    entered: usize,
}

impl Pupil {
    /// Waits long enough at each step for everything that a page may ask for by itself.
    async fn without_haste(tablet: &Tablet<'_>, seed: usize) -> Self {
        let recorder = tablet.recorder;
        let from = recorder.exchanges().len();
        tablet.hand_on().await;
        tablet.enter(seed, None).await;
        quiet(recorder).await;
        let entered = of_class(&recorder.exchanges()[from..]);
        let way = tablet.walk(Manner::of(seed), seed).await;
        quiet(recorder).await;
        Self { way, seen: Seen::of(&recorder.exchanges()[from..]), entered }
    }

    /// Goes on as soon as there were as many requests as before. One too many is found with this
    /// pupil or with the next.
    async fn after(tablet: &Tablet<'_>, seed: usize, before: &Self) -> Self {
        let from = tablet.recorder.exchanges().len();
        let as_many = async |number: usize| {
            let what = format!("{number} requests of pupil {seed}");
            wait_until(&what, PATIENCE, async || {
                (of_class(&tablet.recorder.exchanges()[from..]) >= number).then_some(())
            })
            .await;
        };
        tablet.hand_on().await;
        tablet.enter(seed, LANGUAGES[seed % LANGUAGES.len()]).await;
        as_many(before.entered).await;
        let way = tablet.walk(Manner::of(seed), seed).await;
        as_many(before.seen.class.len()).await;
        let seen = Seen::of(&tablet.recorder.exchanges()[from..]);
        Self { way, seen, entered: before.entered }
    }
}

fn check(way: &Way, expected: &Way, manner: Manner, who: &str) {
    assert_eq!(way.total, expected.total, "{who}");
    if manner.is_straight() {
        assert_eq!(way.seen, expected.seen, "{who}");
        assert_eq!(way.declined, manner.stops(), "{who}");
    }
}

/// How many requests of the class page have been answered.
fn of_class(exchanges: &[Exchange]) -> usize {
    exchanges.iter().filter(|one| is_of_class(&one.path) && one.reply.is_some()).count()
}

/// Waits until nothing has been asked for and nothing is open for a while.
async fn quiet(recorder: &Recorder) {
    let mut before = recorder.exchanges();
    loop {
        tokio::time::sleep(QUIET).await;
        let now = recorder.exchanges();
        if now == before && now.iter().all(|exchange| exchange.reply.is_some()) {
            return;
        }
        before = now;
    }
}
