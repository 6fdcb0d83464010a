use reqwest::StatusCode;
use tests::forms::send;
use tests::{ClassPlan, Database, OpenWave, Staff, Visitor};

#[tokio::test]
async fn who_looks_at_a_class_and_who_changes_it_stands_in_the_record() {
    let classes = [ClassPlan::of(10)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_senior", &classes).await;
    let class = wave.classes[0].id;
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{class}")).await;
    let operator = Staff::sign_in(&wave.server, "operator", "nation").await;
    teacher.get(&format!("/classes/{class}")).await.expect_success();
    let again = [("again", "yes")];
    send(&teacher, &format!("/classes/{class}/slips"), &again).await.expect_success();
    operator.get("/language/en").await;
    let page = operator.get("/audit").await.expect_success().text;
    for words in ["read the page of a class", "made slips", "signed in", "account added"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let csv = operator.get("/audit.csv").await.expect_success().text;
    let codes = wave.classes[0].slips.iter().map(|slip| slip.own_part());
    for code in codes {
        assert!(!csv.contains(&code) && !page.contains(&code), "the record holds a code");
    }
    let who = format!("teacher-class-{class}");
    let filtered = operator.get(&format!("/audit.csv?who={who}")).await.text;
    let lines: Vec<_> = filtered.lines().skip(1).collect();
    assert_eq!(lines.len(), 3, "{filtered}");
    assert!(lines.iter().all(|line| line.contains(&who)), "{filtered}");
    let filtered = operator.get(&format!("/audit.csv?unit={class}")).await.text;
    assert!(filtered.lines().skip(1).all(|line| line.contains(&class.to_string())), "{filtered}");
    assert!(filtered.lines().count() > 3, "{filtered}");
    for somebody in [&teacher, wave.coordinator.visitor()] {
        assert_eq!(somebody.get("/audit").await.status, StatusCode::NOT_FOUND);
        assert_eq!(somebody.get("/audit.csv").await.status, StatusCode::NOT_FOUND);
    }
    assert!(Visitor::of(&wave.server).get("/audit").await.location.starts_with("/sign-in"));
}
