use super::DEFINITION;
use protocol::{Refusal, SlipCode};
use std::collections::BTreeSet;
use tests::{ClassPlan, Database, OpenWave, Paper, Refused, Staff, Visitor, kazakh};

const ENROLMENT: u32 = 10;
/// With a tenth to spare.
const ALLOWED: usize = 11;

struct Desk {
    wave: OpenWave,
    teacher: Visitor,
    path: String,
}

/// A teacher of a class whose slips nobody has printed in the browser yet.
async fn desk() -> Desk {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(ENROLMENT)]).await;
    let class = wave.classes[0].id;
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{class}")).await;
    Desk { wave, teacher, path: format!("/classes/{class}/slips") }
}

impl Desk {
    async fn printed(&self) -> Paper {
        Paper::posted(&self.teacher, &self.path, &[("again", "yes")]).await
    }

    /// The slips of a page with all that a tablet sends: the class's part, too.
    fn slips(&self, paper: &Paper) -> Vec<SlipCode> {
        let part = &self.wave.classes[0].lesson.class_part;
        codes(paper).iter().map(|code| format!("{part}{code}").parse().unwrap()).collect()
    }
}

/// The codes in the text of a page, without hyphens, in its order.
fn codes(paper: &Paper) -> Vec<String> {
    let text = paper.text();
    let words = text
        .split_whitespace()
        .filter(|word| word.len() == 11 && [3, 7].map(|at| word.as_bytes()[at]) == [b'-'; 2]);
    words.map(|word| word.replace('-', "")).collect()
}

#[tokio::test]
async fn every_slip_is_there_once_as_text_and_as_the_same_qr_code() {
    let desk = desk().await;
    let paper = desk.printed().await;
    paper.expect_accessible("kk");
    let codes = codes(&paper);
    assert_eq!(codes.len(), ALLOWED);
    let link = desk.wave.class_link(0);
    let session = format!("/classes/{}/session", desk.wave.classes[0].id);
    let session = desk.teacher.get(&session).await.expect_success().text;
    let scanned: BTreeSet<_> = paper.qr_codes().into_iter().collect();
    let mut of_codes = BTreeSet::new();
    for scanned in &scanned {
        let (address, fragment) = scanned.split_once('#').unwrap();
        assert_eq!(address, link);
        let (code, keys) = fragment.split_once('.').unwrap();
        assert!(session.contains(&format!("{link}#.{keys}")), "as the teacher's link: {keys}");
        of_codes.insert(code.to_owned());
    }
    assert_eq!(of_codes, codes.iter().cloned().collect());
    assert_eq!(scanned.len(), ALLOWED);
}

#[tokio::test]
async fn a_slip_says_what_to_do_in_three_languages_with_every_letter() {
    let text = desk().await.printed().await.text().replace('\n', " ");
    assert!(text.contains(&kazakh("slips", "instruction")), "{text}");
    for words in ["Наведи камеру на QR-код", "Point the camera at the QR code", "Autumn", "6 №0"]
    {
        assert_eq!(text.matches(words).count(), ALLOWED + usize::from(words == "6 №0"), "{words}");
    }
}

#[tokio::test]
async fn a_printed_slip_buys_a_token_and_an_unused_old_one_nothing() {
    let desk = desk().await;
    let pupil = desk.wave.pupil(0);
    let first = desk.slips(&desk.printed().await);
    pupil.token(&first[0]).await;
    let second = desk.slips(&desk.printed().await);
    assert_eq!(second.len(), ALLOWED - 1, "a used slip counts");
    let old = pupil.ask(&first[1], &pupil.pending()).await;
    assert_eq!(old.unwrap_err(), Refused(404, Refusal::UnknownSlip));
    pupil.token(&second[0]).await;
}

#[tokio::test]
async fn without_a_tick_nothing_stops_working() {
    let desk = desk().await;
    let before = desk.slips(&desk.printed().await);
    let form: [(&str, &str); 0] = [];
    let request = desk.teacher.request(reqwest::Method::POST, &desk.path).form(&form);
    let reply = request.send().await.unwrap();
    assert_eq!(reply.status(), 422);
    assert!(reply.text().await.unwrap().contains(&kazakh("slips", "confirm_needed")));
    desk.wave.pupil(0).token(&before[0]).await;
}

#[tokio::test]
async fn slips_of_a_school_are_one_file_in_no_order() {
    let plans = [ClassPlan::of(ENROLMENT), ClassPlan::of(ENROLMENT)];
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &plans).await;
    let school = wave.server.database.text("select id from schools").await;
    let coordinator =
        Staff::sign_in(&wave.server, "coordinator", &format!("school:{school}")).await;
    let path = format!("/schools/{school}/slips");
    let page = coordinator.get(&path).await.expect_success().text;
    assert!(page.contains("6 №0") && page.contains("6 №1"), "{page}");
    let paper = Paper::posted(&coordinator, &path, &[("again", "yes")]).await;
    let codes = codes(&paper);
    assert_eq!(codes.len(), 2 * ALLOWED);
    assert!(!codes.is_sorted(), "in the order in which they were drawn at random");
    assert_eq!(paper.pages(), 4, "each class begins on a sheet of its own");
}
