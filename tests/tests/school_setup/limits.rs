//! Who may bring in what, and what is too much.

use crate::school::{NAME, School, confirm, in_language, table_rows};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::fmt::Write as _;
use tests::{Database, Staff, Visitor, at_full_size, text_in};

#[tokio::test]
async fn a_coordinator_brings_in_the_own_school_alone() {
    let school = School::start(Database::Sqlite).await;
    in_language(&school.coordinator, "en").await;
    let own = format!("School,Class,Language,Pupils\n{NAME},5А,kk,24\n");
    let checked = school.coordinator.upload("/structure", "own.csv", own.as_bytes()).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.text);
    let other = "School,Class,Language,Pupils\n№ 6 мектеп,5А,kk,24\n";
    let refused = school.coordinator.upload("/structure", "other.csv", other.as_bytes()).await;
    let words = text_in("en", "structure", "not_yours");
    assert_eq!(table_rows(&refused.text), [["2", "School", &format!("№ 6 мектеп {words}")]]);
}

#[tokio::test]
async fn a_district_brings_in_its_schools_and_makes_new_ones() {
    let school = School::start(Database::Sqlite).await;
    let unit = format!("district:{}", school.district);
    let officer = Staff::sign_in(&school.server, "district", &unit).await;
    in_language(&officer, "en").await;
    let table = format!(
        "District;School;Class;Language;Pupils\n;{NAME};5А;kk;24\nАягөз ауданы;Жаңа мектеп;2Б;ru;11\n"
    );
    let checked = officer.upload("/structure", "table.csv", table.as_bytes()).await;
    let preview = officer.get(&checked.location).await.expect_success();
    assert!(preview.text.contains("Жаңа мектеп"), "{}", preview.text);
    confirm(&officer, &checked).await;
    assert_eq!((school.rows("schools").await.len(), school.rows("classes").await.len()), (2, 2));
    let elsewhere = "District;School;Class;Language;Pupils\nБасқа аудан;Мектеп;5А;kk;24\n";
    let refused = officer.upload("/structure", "table.csv", elsewhere.as_bytes()).await;
    let rows = table_rows(&refused.text);
    assert_eq!(rows[0][..2], ["2", "District"]);
    assert!(rows[0][2].starts_with("Басқа аудан "), "{rows:?}");
}

#[tokio::test]
async fn what_somebody_checked_is_found_and_confirmed_by_nobody_else() {
    let school = School::start(Database::Sqlite).await;
    let table = "Class,Language,Pupils\n5А,kk,24\n";
    let checked = school.coordinator.upload("/structure", "t.csv", table.as_bytes()).await;
    let operator = Staff::sign_in(&school.server, "operator", "nation").await;
    for method in [Method::GET, Method::POST] {
        let reply = operator.send(method, &checked.location, &json!({})).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND);
    }
    for (role, unit) in [("researcher", "nation"), ("ministry", "nation")] {
        let person = Staff::sign_in(&school.server, role, unit).await;
        assert_eq!(person.get("/structure").await.status, StatusCode::NOT_FOUND, "{role}");
    }
    assert!(school.rows("classes").await.is_empty());
}

#[tokio::test]
async fn what_changed_after_the_check_is_not_imported_over() {
    let school = School::start(Database::Sqlite).await;
    let table = |label: &str| format!("Class,Language,Pupils\n{label},kk,24\n");
    let first = school.coordinator.upload("/structure", "t.csv", table("5А").as_bytes()).await;
    let body = json!({ "school": school.id, "code": "x", "label": "5 «А»", "grade": "5",
        "language": "kk", "enrolment": 20 });
    school.nation.put(&format!("classes/{}", uuid::Uuid::new_v4()), body).await;
    let page = confirm(&school.coordinator, &first).await;
    assert!(page.text.contains(&text_in("kk", "structure", "stale")), "{}", page.text);
    assert_eq!(school.rows("classes").await.len(), 1);
    assert!(!school.rows("classes").await[0].contains(" 24 "));
}

#[tokio::test]
async fn a_file_that_is_too_large_or_missing_is_said_on_the_page() {
    let school = School::start(Database::Sqlite).await;
    let large = vec![b'x'; 6 * 1024 * 1024];
    for (file, words) in [(&large[..], "too_large"), (b"", "no_file")] {
        let reply = school.coordinator.upload("/structure", "t.csv", file).await;
        let words = text_in("kk", "structure", words);
        assert!(reply.text.contains(&words), "{}", reply.text);
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn the_template_is_a_table_with_the_readers_headings() {
    let school = School::start(Database::Sqlite).await;
    in_language(&school.coordinator, "ru").await;
    let csv = school.coordinator.get("/structure/files/template.csv").await.expect_success();
    assert_eq!(
        csv.text,
        "\u{feff}Класс;Год обучения;Язык обучения;Учеников;Классный руководитель\n"
    );
    let filled = csv.text.clone() + "5А;;казахский;24;Ахметова С.\n";
    let checked = school.coordinator.upload("/structure", "t.csv", filled.as_bytes()).await;
    confirm(&school.coordinator, &checked).await;
    let csv = school.coordinator.get("/structure/files/current.csv").await.expect_success();
    assert!(csv.text.ends_with("\n5 «А»;5;қазақша;24;Ахметова С.\n"), "{}", csv.text);
    let xlsx = school.coordinator.get("/structure/files/current.xlsx").await.expect_success();
    assert!(xlsx.text.starts_with("PK"));
    assert_eq!(
        school.coordinator.get("/structure/files/x.csv").await.status,
        StatusCode::NOT_FOUND
    );
}

/// In one table, in one transaction: 160,000 classes when a proof is asked for.
#[tokio::test]
async fn a_table_of_a_country_is_imported() {
    let classes = if at_full_size() { 160_000 } else { 2_000 };
    let school = School::start(Database::Sqlite).await;
    let operator = Staff::sign_in(&school.server, "operator", "nation").await;
    let mut table = "region;district;school;class;language;enrolment\n".to_owned();
    for number in 0..classes {
        let (place, class) = (number / 20, number % 20);
        let (region, district) = (place % 20, place % 234);
        let (grade, letter) = (2 + class % 10, if class < 10 { "А" } else { "Б" });
        writeln!(table, "О {region};Р {region} {district};М {place};{grade}{letter};kk;24")
            .unwrap();
    }
    assert!(table.len() <= 5 * 1024 * 1024, "{}", table.len());
    let checked = operator.upload("/structure", "country.csv", table.as_bytes()).await;
    let page = progress(&operator, &checked.location).await;
    assert!(page.contains(&classes.to_string()), "{page}");
    assert_eq!(school.server.database.count("classes").await, classes);
}

async fn progress(visitor: &Visitor, path: &str) -> String {
    visitor.send(Method::POST, path, &json!({})).await.expect_success();
    tests::wait_until("the import", 300, async || {
        let page = visitor.get(path).await.expect_success();
        (!page.text.contains("http-equiv=\"refresh\"")).then_some(page.text)
    })
    .await
}
