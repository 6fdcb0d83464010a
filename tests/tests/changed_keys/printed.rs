//! What the teacher's screen carries; paper carries the same (`paper/slips.rs`).

use crate::told;
use tests::{ClassPlan, Database, OpenWave, Staff};

#[tokio::test]
async fn the_teachers_links_name_what_tablets_compare() {
    let classes = [ClassPlan::of(12)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let class = &wave.classes[0];
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{}", class.id)).await;
    let (link, told) = (wave.class_link(0), told(&class.lesson));

    let page = teacher.get(&format!("/classes/{}/session", class.id)).await.expect_success().text;
    for link in [link.clone(), format!("{link}/kiosk")] {
        assert!(page.contains(&format!("href=\"{link}#{}\"", told.fragment(""))), "{page}");
        assert!(page.contains(&format!(">{link}<")), "to be written on a board: {page}");
    }
}
