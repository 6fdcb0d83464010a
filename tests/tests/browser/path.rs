use tests::{
    Browser, ClassPlan, Coordinator, Database, OpenWave, PASSWORD, Server, answers, kazakh,
};

const CLASSMATES: usize = 11;

#[tokio::test]
async fn a_pupil_answers_in_kazakh_and_the_teacher_reads_bands_after_the_release() {
    let classes = [ClassPlan::of(14), ClassPlan { school: 1, enrolment: 14 }];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_senior", &classes).await;
    for slip in 0..CLASSMATES {
        wave.answer(0, slip, &answers(&wave.survey, slip)).await;
    }
    let teacher = signed_in_teacher(&wave.server, "own-teacher", wave.classes[0].id).await;
    let class_page = format!("{}/classes/{}", wave.server.url(), wave.classes[0].id);
    teacher.go(&format!("{class_page}/session")).await;
    teacher.wait_for_text(&CLASSMATES.to_string()).await;

    a_pupil_answers(&wave).await;
    assert_eq!(wave.stored().await, CLASSMATES as i64 + 1);

    let count = format!(".done progress[value='{}']", CLASSMATES + 1);
    teacher.wait_for(&count).await;
    close_wave(&wave).await;
    wave.with_key("release").expect_success();

    teacher.go(&class_page).await;
    let text = teacher.text().await;
    assert!(text.contains("10–14"), "the number of respondents as a range: {text}");
    assert!(text.contains("40–60"), "a band of 20 points: {text}");
    let drawings = teacher.count(".chart svg[role=img]").await;
    let rows = teacher.count("table.numbers tbody tr").await;
    assert!(drawings > 0 && rows >= drawings, "a row for each drawing: {drawings}, {rows}");
    teacher.close().await;

    let other = signed_in_teacher(&wave.server, "other-teacher", wave.classes[1].id).await;
    other.go(&class_page).await;
    other.wait_for_text(&kazakh("errors", "not_found_title")).await;
    let console = other.console().await;
    assert!(console.iter().all(|line| line.contains("404")), "{console:?}");
    other.close().await;
}

/// Skips one item, goes back once, changes the language once, and sends.
async fn a_pupil_answers(wave: &OpenWave) {
    let browser = Browser::open().await;
    let slip = wave.slip(0, CLASSMATES);
    browser.enter(&wave.class_link(0), &slip).await;
    let total = browser.reach(1).await;
    answer_screen(&browser, 1).await;
    browser.reach(2).await;
    browser.press(&kazakh("pupil", "do_not_want")).await;
    browser.reach(3).await;
    browser.choose(0).await;
    let answer = browser.chosen().await;
    assert_eq!(answer.len(), 1);
    browser.press("Русский").await;
    browser.press("Қазақша").await;
    assert_eq!(browser.chosen().await, answer, "an answer stays when the language changes");
    browser.press(&kazakh("pupil", "next")).await;
    browser.reach(4).await;
    browser.press(&kazakh("pupil", "back")).await;
    browser.reach(3).await;
    assert_eq!(browser.chosen().await, answer, "an answer stays on going back");
    browser.press(&kazakh("pupil", "next")).await;
    for number in 4..total {
        answer_screen(&browser, number).await;
    }
    browser.reach(total).await;
    browser.press(&kazakh("pupil", "send")).await;
    browser.wait_for_text(&kazakh("pupil", "sent")).await;
    let text = browser.text().await;
    assert!(text.contains("111") && text.contains("BalaQorgau"), "{text}");
    assert_eq!(kept(&browser).await, 0, "the tablet keeps nothing of the pupil");

    browser.enter(&wave.class_link(0), &slip).await;
    browser.wait_for_text(&kazakh("pupil", "refused_slip_used")).await;
    let console = browser.console().await;
    assert!(console.iter().all(|line| line.contains("409")), "{console:?}");
    browser.close().await;
}

async fn answer_screen(browser: &Browser, number: usize) {
    browser.reach(number).await;
    browser.choose(0).await;
    browser.press(&kazakh("pupil", "next")).await;
}

/// What the tab's storages hold beside the fingerprint of the class's keys.
async fn kept(browser: &Browser) -> u64 {
    let script = "
        const lasting = Object.keys(localStorage);
        const others = lasting.filter((key) => !key.startsWith('senim.keys.'));
        return sessionStorage.length + others.length;";
    browser.client.execute(script, Vec::new()).await.unwrap().as_u64().unwrap()
}

async fn close_wave(wave: &OpenWave) {
    let browser = Browser::open().await;
    browser.sign_in(&wave.server.url(), Coordinator::NAME, PASSWORD).await;
    browser.go(&format!("{}/waves/{}", wave.server.url(), wave.id)).await;
    browser.wait_for("details summary").await.click().await.unwrap();
    browser.press(&kazakh("staff", "close_wave_sure")).await;
    browser.wait_for_text(&kazakh("staff", "state_closed")).await;
    browser.close().await;
}

async fn signed_in_teacher(server: &Server, name: &str, class: uuid::Uuid) -> Browser {
    server.add_account(name, "teacher", &format!("class:{class}"), PASSWORD);
    let browser = Browser::open().await;
    browser.sign_in(&server.url(), name, PASSWORD).await;
    browser
}
