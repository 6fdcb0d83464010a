//! A running wave outlives the program: a new version on the tables of any earlier one, a kill in
//! the middle of a lesson.

mod earlier;

use earlier::Earlier;
use tests::{
    ClassPlan, Database, OpenWave, Staff, Visitor, answers, on_both_databases, senim_command,
};

on_both_databases! {
    a_running_wave_goes_on_from_the_tables_of_every_earlier_version,
    a_class_session_goes_on_when_the_server_is_killed_in_its_middle,
}

const DEFINITION: &str = "senim_pupil_senior";

/// The teacher's page of a class session: whether it is open, for tablets and for the teacher.
async fn page(teacher: &Visitor, wave: &OpenWave) -> String {
    let page = teacher.get(&format!("/classes/{}/session", wave.classes[0].id)).await;
    assert_eq!(page.status, 200, "{}", page.text);
    assert!(page.text.contains(&wave.classes[0].part().to_string()), "the session is not open");
    let link = format!("/c/{}", wave.classes[0].part());
    assert_eq!(teacher.get(&link).await.status, 200);
    page.text
}

/// One pupil is through, one has a token and not sent yet, one has a slip: then the server is away,
/// and all go on with the same requests.
async fn lesson_around(
    wave: &mut OpenWave,
    teacher: &Visitor,
    slips: usize,
    interruption: impl AsyncFnOnce(&mut OpenWave),
) {
    let before = wave.stored().await;
    page(teacher, wave).await;
    let pupil = wave.pupil(0);
    wave.answer(0, slips, &answers(&wave.survey, 0)).await;
    let pending = pupil.pending();
    let evaluation = pupil.ask(&wave.slip(0, slips + 1), &pending).await.unwrap();
    interruption(wave).await;
    page(teacher, wave).await;
    let again = pupil.ask(&wave.slip(0, slips + 1), &pending).await.unwrap();
    for evaluation in [evaluation, again] {
        let token = pupil.finish(&pending, &evaluation);
        let request = pupil.sealed(token, &wave.survey, &answers(&wave.survey, 1));
        assert_eq!(pupil.send(&request).await, Ok(()));
    }
    wave.answer(0, slips + 2, &answers(&wave.survey, 2)).await;
    assert!(pupil.ask(&wave.slip(0, slips), &pupil.pending()).await.is_err(), "a slip works twice");
    assert_eq!(wave.stored().await, before + 3);
    let mut verify = senim_command();
    verify.args(["verify", "--database", &wave.server.database.url]);
    tests::Finished::of(&mut verify).expect_success();
}

async fn a_running_wave_goes_on_from_the_tables_of_every_earlier_version(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(60)]).await;
    let teacher = Staff::sign_in(&wave.server, "teacher", &class(&wave)).await;
    let versions = earlier::versions(database);
    assert!(versions.len() > 5, "{versions:?}");
    for (number, version) in versions.into_iter().enumerate() {
        lesson_around(&mut wave, &teacher, 3 * number, async |wave| {
            wave.server.kill();
            let earlier = Earlier::of(&wave.server, version).await;
            wave.server.database = earlier.database;
            wave.server.restart();
        })
        .await;
        eprintln!("{database:?}: from version {version}");
    }
    wave.close().await;
    wave.with_key("release").expect_success();
}

async fn a_class_session_goes_on_when_the_server_is_killed_in_its_middle(database: Database) {
    let mut wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await;
    let teacher = Staff::sign_in(&wave.server, "teacher", &class(&wave)).await;
    for number in 0..3 {
        lesson_around(&mut wave, &teacher, 3 * number, async |wave| wave.server.restart()).await;
    }
}

fn class(wave: &OpenWave) -> String {
    format!("class:{}", wave.classes[0].id)
}
