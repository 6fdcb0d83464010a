//! What paper and the teacher's screen carry.

use crate::told;
use qrcode::{EcLevel, QrCode, render::svg};
use reqwest::Method;
use serde_json::json;
use tests::{ClassPlan, Database, OpenWave, Staff};

#[tokio::test]
async fn the_qr_of_a_slip_and_the_teachers_links_name_what_tablets_compare() {
    let classes = [ClassPlan::of(12)];
    let wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let class = &wave.classes[0];
    let teacher = Staff::sign_in(&wave.server, "teacher", &format!("class:{}", class.id)).await;
    let (link, told) = (wave.class_link(0), told(&class.lesson));

    let page = teacher.get(&format!("/classes/{}", class.id)).await.expect_success().text;
    for link in [link.clone(), format!("{link}/kiosk")] {
        assert!(page.contains(&format!("href=\"{link}#{}\"", told.fragment(""))), "{page}");
        assert!(page.contains(&format!(">{link}<")), "to be written on a board: {page}");
    }

    let path = format!("/classes/{}/slips", class.id);
    let page = teacher.send(Method::POST, &path, &json!({})).await.expect_success().text;
    let slips: Vec<&str> = page.split("class=\"slip-code\">").collect();
    assert_eq!(slips.len(), class.slips.len() + 1);
    for (before, after) in slips.iter().zip(&slips[1..]) {
        let code = after.split('<').next().unwrap().replace('-', "");
        let drawing = drawing(&format!("{link}#{}", told.fragment(&code)));
        assert!(before.contains(&drawing), "{code}: {before}");
    }
}

/// The squares of the QR code that says this.
fn drawing(content: &str) -> String {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).unwrap();
    let image = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    let (_, squares) = image.split_once(" d=\"").unwrap();
    squares.split('"').next().unwrap().to_owned()
}
