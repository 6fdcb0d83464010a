use super::DEFINITION;
use tests::{ClassPlan, Database, OpenWave, Paper, Staff, text_in};

/// Parts of the letters that stand in them as they are.
const TEXTS: [&str; 8] = [
    "parent_heading",
    "parent_what",
    "parent_anonymous",
    "parent_voluntary",
    "pupil_heading",
    "pupil_what",
    "pupil_free",
    "pupil_help",
];

#[tokio::test]
async fn letters_say_the_same_on_the_page_and_on_paper_in_each_language() {
    let wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(10)]).await;
    let school = wave.server.database.text("select id from schools").await;
    let class = format!("class:{}", wave.classes[0].id);
    let teacher = Staff::sign_in(&wave.server, "teacher", &class).await;
    for language in ["kk", "ru", "en"] {
        let path = format!("/schools/{school}/letters/{}/{language}", wave.id);
        let page = teacher.get(&path).await.expect_success().text;
        let paper = Paper::got(&teacher, &format!("{path}/file")).await;
        paper.expect_accessible(language);
        assert_eq!(paper.pages(), 2, "one for parents, one for pupils");
        let printed = letters(&paper.text());
        for name in TEXTS {
            let text = text_in(language, "letters", name);
            assert!(page.contains(&text), "{language} {name}: {page}");
            assert!(printed.contains(&letters(&text)), "{language} {name}: {printed}");
        }
        assert!(printed.contains("Schools0") && page.contains("School s0"));
    }
    let unknown = teacher.get(&format!("/schools/{school}/letters/{}/xx", wave.id)).await;
    assert_eq!(unknown.status, 404);
}

/// Without spaces: paper ends lines elsewhere, also behind a hyphen.
fn letters(text: &str) -> String {
    text.split_whitespace().collect()
}
