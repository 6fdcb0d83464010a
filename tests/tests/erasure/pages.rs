use crate::{DEFINITION, forget};
use tests::{ClassPlan, Database, OpenWave, Staff, answers, on_both_databases};

on_both_databases! { staff_read_what_was_destroyed_and_when }

const RESPONSES: usize = 13;

async fn staff_read_what_was_destroyed_and_when(database: Database) {
    let wave = OpenWave::start(database, DEFINITION, &[ClassPlan::of(20)]).await;
    for number in 0..RESPONSES {
        wave.answer(0, number, &answers(&wave.survey, number)).await;
    }
    wave.close().await;
    wave.with_key("release").expect_success();
    let staff = Staff::sign_in(&wave.server, "coordinator", "nation").await;
    let (page, class) = (format!("/waves/{}", wave.id), format!("/classes/{}", wave.classes[0].id));
    staff.get("/language/en").await;
    let released = staff.get(&page).await.text;
    assert!(released.contains("Classes that have answered: 1 of 1"), "{released}");
    let teacher = format!("class:{}", wave.classes[0].id);
    let teacher = Staff::sign_in(&wave.server, "teacher", &teacher).await;
    let results = teacher.get(&class).await.text;

    let secrets = wave.server.path().join("secrets");
    let said = forget(wave.id, &wave.server.database.url, &secrets).expect_success().stdout;
    let day = said.lines().find_map(|line| line.strip_prefix("begun on: ")).unwrap();
    let parts: Vec<_> = day.split('-').collect();
    let day = format!("{}.{}.{}", parts[2], parts[1], parts[0]);
    for (language, words) in [
        ("en", format!("The sealed answers were destroyed on {day} ({RESPONSES} in all).")),
        ("ru", format!("Запечатанные ответы уничтожены {day} (всего: {RESPONSES}).")),
        ("kk", format!("Мөрленген жауаптар {day} күні жойылды (саны: {RESPONSES}).")),
    ] {
        staff.get(&format!("/language/{language}")).await;
        let page = staff.get(&page).await.text;
        assert!(page.contains(&words), "{page}");
    }
    staff.get("/language/en").await;
    let forgotten = staff.get(&page).await.text;
    assert!(!forgotten.contains("Classes that have answered"), "{forgotten}");
    let numbers = |page: &str| page.split("class=\"results\"").nth(1).unwrap().to_owned();
    assert_eq!(numbers(&teacher.get(&class).await.text), numbers(&results));

    wave.server.database.execute("update erasures set finished = 0").await;
    let interrupted = staff.get(&page).await.text;
    assert!(interrupted.contains("is not finished: the operator has to"), "{interrupted}");
}
