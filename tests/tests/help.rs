//! Where pupils find help: what a school says about its own psychologist reaches its classes, and
//! only theirs, in every language.

use reqwest::{Method, StatusCode};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use tests::{
    ClassPlan, Database, OpenWave, Reply, Server, Staff, Visitor, on_both_databases,
    package_directory, senim_command,
};

on_both_databases! { a_schools_psychologist_is_on_the_help_page_of_its_classes }

const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// What tablets get, by language.
#[derive(Deserialize, PartialEq, Eq, Debug)]
struct Help(BTreeMap<String, String>);

/// Two schools with a class each, open.
async fn two_schools(database: Database) -> OpenWave {
    let classes = [ClassPlan { school: 0, enrolment: 10 }, ClassPlan { school: 1, enrolment: 10 }];
    OpenWave::start(database, "senim_pupil_senior", &classes).await
}

async fn help_of(wave: &OpenWave, class: usize) -> Help {
    let path = format!("/c/{}/help", wave.classes[class].part());
    let reply = Visitor::of(&wave.server).get(&path).await;
    assert!(reply.headers.get("set-cookie").is_none());
    reply.expect_success().json()
}

/// Where the school of a class is filled in, as its teacher finds it.
async fn school_path(wave: &OpenWave, class: usize) -> String {
    let unit = format!("class:{}", wave.classes[class].id);
    let teacher = Staff::sign_in(&wave.server, "teacher", &unit).await;
    let page = teacher.get("/classes").await.expect_success().text;
    let (_, rest) = page.split_once("href=\"/schools/").expect("no link on the list of classes");
    format!("/schools/{}", rest.split_once('"').unwrap().0)
}

async fn coordinator_of(wave: &OpenWave, school_path: &str) -> Visitor {
    let school = school_path.split('/').nth(2).unwrap();
    Staff::sign_in(&wave.server, "coordinator", &format!("school:{school}")).await
}

async fn fill(person: &Visitor, path: &str, [psychologist, room, times]: [&str; 3]) -> Reply {
    let form = [("psychologist", psychologist), ("room", room), ("times", times)];
    Reply::to(person.request(Method::POST, path).form(&form)).await
}

async fn a_schools_psychologist_is_on_the_help_page_of_its_classes(database: Database) {
    let wave = two_schools(database).await;
    let before = help_of(&wave, 1).await;
    assert!(before.0.keys().eq(["en", "kk", "ru"]), "{before:?}");
    assert_eq!(help_of(&wave, 0).await, before, "schools that say nothing differ");
    let (own, other) = (school_path(&wave, 0).await, school_path(&wave, 1).await);
    let (coordinator, stranger) =
        (coordinator_of(&wave, &own).await, coordinator_of(&wave, &other).await);
    let said = ["Сәуле <b>Ахметқызы", "2-қабат, 205", "12:00–14:00"];

    assert_eq!(fill(&stranger, &own, said).await.status, StatusCode::NOT_FOUND);
    assert_eq!(stranger.get(&own).await.status, StatusCode::NOT_FOUND);
    assert_eq!(help_of(&wave, 0).await, before);

    let reply = fill(&coordinator, &own, said).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    let page = coordinator.get(&reply.location).await.expect_success().text;
    assert!(page.contains("value=\"2-қабат, 205\"") && page.contains("role=\"status\""), "{page}");

    let help = help_of(&wave, 0).await;
    for language in LANGUAGES {
        let html = &help.0[language];
        for text in ["Сәуле &lt;b&gt;Ахметқызы", "2-қабат, 205", "12:00–14:00", ">111<", ">112<"]
        {
            assert!(html.contains(text), "{language}, {text}: {html}");
        }
        assert!(html.contains("<h2") && html.contains("<svg role=\"img\""), "{html}");
        for wrong in ["<h1", "<script", " style=", "<a ", "{number}"] {
            assert!(!html.contains(wrong), "{language}, {wrong}: {html}");
        }
    }
    assert_eq!(help_of(&wave, 1).await, before, "another school's page changed");
    wave.close().await;
    assert_eq!(help_of(&wave, 0).await, help, "help ended with the wave");
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_beside_the_field_and_nothing_is_lost() {
    let wave = two_schools(Database::Sqlite).await;
    let path = school_path(&wave, 0).await;
    let coordinator = coordinator_of(&wave, &path).await;
    coordinator.get("/language/ru?back=/").await.expect_success();
    fill(&coordinator, &path, ["", "205", ""]).await.expect_success();
    let help = help_of(&wave, 0).await;
    let long = "ү".repeat(81);
    for ([psychologist, room], words) in [
        ([long.as_str(), "206"], "Слишком длинно: знаков 81, а можно не больше 80."),
        (["Сәуле\u{0}", "206"], "невидимый управляющий символ"),
    ] {
        let reply = fill(&coordinator, &path, [psychologist, room, "күн сайын"]).await;
        assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(reply.text.contains(words), "{}", reply.text);
        for typed in [psychologist, room, "күн сайын"] {
            assert!(reply.text.contains(&format!("value=\"{typed}\"")), "{}", reply.text);
        }
        assert_eq!(help_of(&wave, 0).await, help, "half of it was stored");
    }
}

#[tokio::test]
async fn the_help_sheet_is_printed_in_the_language_that_was_chosen() {
    let wave = two_schools(Database::Sqlite).await;
    let path = format!("/c/{}/help/print", wave.classes[0].part());
    let visitor = Visitor::of(&wave.server);
    for (language, words) in
        [("kk", "байланыс орталығы"), ("ru", "Контакт-центр 111"), ("en", "Contact centre 111")]
    {
        visitor.get(&format!("/language/{language}?back={path}")).await.expect_success();
        let page = visitor.get(&path).await.expect_success().text;
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{page}");
        assert!(page.contains(words) && page.contains("School s0"), "{page}");
        assert!(page.contains("<svg role=\"img\"") && !page.contains("<script"), "{page}");
        for other in LANGUAGES {
            assert!(page.contains(&format!("/language/{other}?back={path}")), "{page}");
        }
    }
    let unit = format!("class:{}", wave.classes[0].id);
    let teacher = Staff::sign_in(&wave.server, "teacher", &unit).await;
    let classes = teacher.get("/classes").await.text;
    assert!(classes.contains(&format!("href=\"{path}\"")), "no link to the sheet: {classes}");
    for nowhere in ["/c/ZZZZ/help/print", "/c/x/help/print", "/c/ZZZZ/help", "/c/x/help"] {
        assert_eq!(visitor.get(nowhere).await.status, StatusCode::NOT_FOUND, "{nowhere}");
    }
}

#[tokio::test]
async fn the_help_page_needs_neither_scripts_nor_a_class() {
    let server = Server::start(Database::Sqlite).await;
    let page = Visitor::of(&server).get("/help").await.expect_success().text;
    assert!(page.contains("href=\"tel:111\"") && page.contains("href=\"tel:112\""), "{page}");
    assert!(page.contains("BalaQorgau") && !page.contains("<script"), "{page}");
}

#[tokio::test]
async fn a_number_is_changed_in_one_line_of_the_operators_own_file() {
    let directory = tempfile::tempdir().unwrap();
    let at = |name: &str| directory.path().join(name);
    let shipped = package_directory().join("../server/help_contacts.json");
    let shipped = std::fs::read_to_string(shipped).unwrap();
    assert_eq!(shipped.matches("111").count(), 1, "the number stands in more than one place");
    std::fs::write(at("contacts.json"), shipped.replace("111", "+7 700 150")).unwrap();
    let mut command = senim_command();
    command.args(["serve", "--address", "127.0.0.1:0", "--database"]);
    command.arg(format!("sqlite://{}", at("senim.sqlite").display()));
    command.arg("--secrets").arg(at("secrets")).env("SENIM_HELP_CONTACTS", at("contacts.json"));
    let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
    let url = lines.find_map(|line| Some(line.ok()?.strip_prefix("serving on ")?.to_owned()));
    let page = reqwest::get(format!("{}/help", url.unwrap())).await.unwrap().text().await;
    process.kill().unwrap();
    process.wait().unwrap();
    let page = page.unwrap();
    assert!(page.contains("href=\"tel:+7700150\"") && page.contains("+7 700 150"), "{page}");
    assert!(!page.contains(">111<") && !page.contains("tel:111"), "{page}");
}
