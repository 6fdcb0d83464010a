//! What is shown depends on the release alone, also behind the whole server.

use super::DEFINITION;
use survey_definitions::{Answer, Response};
use tests::{ClassPlan, Database, OpenWave, Staff, answers};

const PUPILS: usize = 13;

/// What is stored of the release, and what the class page shows in each language, of a class of
/// which one pupil feels safer; without the ids that every server makes for itself.
async fn shown(one_feels_safer: bool) -> (String, Vec<String>, Vec<String>) {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(20)]).await;
    let safe = wave.survey.items.iter().position(|item| item.id == "safe").unwrap();
    let mut moved = false;
    for slip in 0..PUPILS {
        let mut response = answers(&wave.survey, slip);
        if let Response::Answered(answers) = &mut response
            && one_feels_safer
            && !moved
            && answers.0[safe] == Answer::Code(2)
        {
            answers.0[safe] = Answer::Code(3);
            moved = true;
        }
        wave.answer(0, slip, &response).await;
    }
    assert_eq!(moved, one_feels_safer);
    wave.close().await;
    let tallies = wave.with_key("tallies").expect_success().stdout;
    wave.with_key("release").expect_success();
    let mut content = wave.server.database.content().await;
    let stored = [content.remove("releases"), content.remove("release_groups")];
    let id = wave.id.to_string();
    // The check sum is of a file that names the wave.
    let sum = wave.server.database.text("select sha256 from releases").await;
    let stored = stored.into_iter().flatten().flatten();
    let stored = stored.map(|row| row.replace(&id, "WAVE").replace(&sum, "SUM"));
    let class = wave.classes[0].id;
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{class}")).await;
    let mut pages = Vec::new();
    for language in ["kk", "ru", "en"] {
        teacher.get(&format!("/language/{language}")).await;
        let page = teacher.get(&format!("/classes/{class}")).await.text;
        let (_, results) = page.split_once("class=\"results\"").unwrap();
        let results = results.split_once("</section>").unwrap().0;
        pages.push(results.replace(&id, "WAVE").replace(&class.to_string(), "CLASS"));
    }
    (tallies, stored.collect(), pages)
}

#[tokio::test]
async fn a_pupil_who_answers_otherwise_within_the_bands_changes_no_byte() {
    let (tallies, stored, pages) = shown(false).await;
    let (other_tallies, other_stored, other_pages) = shown(true).await;
    assert_ne!(tallies, other_tallies);
    assert_eq!(stored, other_stored);
    assert_eq!(pages, other_pages);
    assert!(pages.iter().all(|page| page.contains("class=\"chart\"")));
}
