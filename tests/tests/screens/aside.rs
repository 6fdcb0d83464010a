//! Screens beside the straight way through a survey.

use crate::camera::Camera;
use crate::pupil::Walk;
use tests::{Browser, ClassPlan, Database, OpenWave, Server, Settings};

/// Longer than the camera needs for one screen.
const IDLE_SECONDS: &str = "12";

/// One pupil a language who hesitates, stops, loses the network and comes too late.
pub(crate) async fn walk(camera: &mut Camera, form: &str, languages: &[&str]) {
    let definition = format!("senim_pupil_{form}");
    let mut wave = OpenWave::start(Database::Sqlite, &definition, &[ClassPlan::of(12)]).await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    let mut late = Vec::new();
    for (number, language) in languages.iter().enumerate() {
        let browser = Browser::open_as(Settings::TABLET).await;
        let mut walk = Walk { camera: &mut *camera, browser, form, language };
        walk.open(&link).await;
        walk.wait_for("ready_title").await;
        walk.take("tablet_ready").await;
        // As the QR of a slip does whose keys are others.
        walk.browser.run("location.hash = '.0'", Vec::new()).await;
        walk.wait_for("keys_text").await;
        walk.take("other_keys").await;
        walk.open(&link).await;
        walk.begin(&wave.slip(0, 2 * number).own_part()).await;
        walk.press("next").await;
        walk.wait_for("answer_first").await;
        walk.take("answer_first").await;
        unfold(&walk, "look").await;
        walk.take("letters_and_colours").await;
        unfold(&walk, "look").await;
        unfold(&walk, "stop").await;
        walk.take("about_taking_part").await;
        walk.press("stop_yes").await;
        walk.browser.wait_for(".stop:not([open])").await;
        walk.take("neutral_task").await;
        walk.skip_to_the_end().await;
        wave.server.kill();
        walk.press("send").await;
        walk.wait_for("saved_waiting").await;
        walk.take("thanks_waiting").await;
        wave.server.restart();
        walk.wait_for("sent").await;
        walk.open(&link).await;
        walk.begin(&wave.slip(0, 2 * number + 1).own_part()).await;
        walk.browser.wait_for(".progress-words").await;
        walk.open(&link).await;
        walk.take("start_unfinished").await;
        walk.begin(&wave.slip(0, 2 * number + 1).own_part()).await;
        walk.browser.wait_for(".progress-words").await;
        walk.skip_to_the_end().await;
        late.push((walk.browser, *language));
    }
    wave.close().await;
    for (browser, language) in late {
        let mut walk = Walk { camera: &mut *camera, browser, form, language };
        walk.press("send").await;
        walk.wait_for("failed_title").await;
        walk.take("refused").await;
    }
}

/// One pupil a language who leaves the tablet alone.
pub(crate) async fn leave_alone(camera: &mut Camera, form: &str, languages: &[&str]) {
    let settings = [("SENIM_IDLE_SECONDS", IDLE_SECONDS)];
    let server = Server::start_with(Database::Sqlite, &settings).await;
    let definition = format!("senim_pupil_{form}");
    let wave = OpenWave::start_on(server, &definition, &[ClassPlan::of(12)]).await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    for (number, language) in languages.iter().enumerate() {
        let browser = Browser::open_as(Settings::TABLET).await;
        let mut walk = Walk { camera: &mut *camera, browser, form, language };
        walk.open(&link).await;
        walk.begin(&wave.slip(0, number).own_part()).await;
        walk.browser.wait_for("[role=alertdialog]").await;
        walk.take("nobody_there").await;
        walk.wait_for("idle_closed").await;
        walk.take("start_after_idle").await;
    }
}

async fn unfold(walk: &Walk<'_>, part: &str) {
    walk.browser.wait_for(&format!("details.{part} summary")).await.click().await.unwrap();
}
