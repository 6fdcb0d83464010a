//! A server that is replaced by a newer one while tablets have files and responses of the old.

use crate::{close, queued, send_without_network, wait_until_delivered};
use serde_json::json;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::{Browser, ClassPlan, Database, OpenWave, Settings, kazakh, senim_command, wait_until};

/// Comments in the style and in the script of the queue, each with as long a one.
const CHANGES: &str = "s/Fonts: whatever the system has/Fonts: Whatever the system has/g
    s/Sealed responses that the server/Sealed Responses that the server/g";

/// The built server with other files for the browser.
fn other_version(directory: &Path) -> PathBuf {
    let built = PathBuf::from(senim_command().get_program());
    let path = directory.join("senim-of-tomorrow");
    let file = File::create(&path).unwrap();
    let mut change = Command::new("sed");
    change.env("LC_ALL", "C").arg(CHANGES).arg(&built).stdout(file);
    assert!(change.status().unwrap().success());
    fs::set_permissions(&path, fs::metadata(built).unwrap().permissions()).unwrap();
    path
}

/// The paths of the style and the script of the queue that the page uses.
async fn files_in_use(browser: &Browser) -> Vec<String> {
    let script = "
        const paths = performance.getEntriesByType('resource').map((one) => new URL(one.name).pathname);
        return paths.filter((path) => /pupil.css|queue.js/.test(path)).sort();";
    serde_json::from_value(browser.run(script, Vec::new()).await).unwrap()
}

/// Whether the tablet holds all of these files.
async fn holds(browser: &Browser, files: &[String]) -> Vec<bool> {
    let script = "
        return Promise.all(arguments[0].map((path) => caches.match(path)))
            .then((found) => found.map(Boolean));";
    serde_json::from_value(browser.run(script, vec![json!(files)]).await).unwrap()
}

async fn keep(browser: &Browser, link: &str) {
    browser.go(link).await;
    browser.wait_until_kept().await;
}

#[tokio::test]
async fn a_new_version_delivers_what_the_old_one_queued_and_replaces_its_files() {
    let classes = [ClassPlan::of(12), ClassPlan::of(12)];
    let mut wave = OpenWave::start(Database::Sqlite, "senim_pupil_junior", &classes).await;
    let [queueing, answering] =
        Browser::open_many(2, Settings::TABLET).await.try_into().ok().unwrap();
    let (link, other_link) = (wave.class_link(0), wave.class_link(1));
    keep(&queueing, &other_link).await;
    keep(&queueing, &link).await;
    for (slip, browser) in [&queueing, &answering].into_iter().enumerate() {
        browser.enter(&link, &wave.slip(0, slip)).await;
        browser.reach(1).await;
        browser.answer_until(3, 0).await;
    }
    let old = files_in_use(&queueing).await;
    assert_eq!(old.len(), 2, "{old:?}");
    wave.server.kill();
    send_without_network(&queueing, 1).await;
    assert_eq!(queued(&queueing).await, 1);
    wave.server.run_program(other_version(wave.server.path()));
    wave.server.restart();

    queueing.press(&kazakh("pupil", "next_pupil")).await;
    queueing.wait_for("#code").await;
    let new = files_in_use(&queueing).await;
    assert!(new.len() == 2 && new.iter().all(|file| !old.contains(file)), "{old:?} {new:?}");
    wait_until_delivered(&wave, &queueing, 1).await;
    let tidied = async || (holds(&queueing, &old).await == [false, false]).then_some(());
    wait_until("no file of the old version", 30, tidied).await;
    assert_eq!(holds(&queueing, &new).await, [true, true]);

    // Whoever was in the middle goes on with the old page.
    answering.answer_and_send(1).await;
    answering.wait_for_text(&kazakh("pupil", "sent")).await;
    assert_eq!(files_in_use(&answering).await, old);
    wait_until_delivered(&wave, &answering, 2).await;

    // A class that this tablet was made ready for before has the new files, too.
    wave.server.kill();
    queueing.go(&other_link).await;
    queueing.wait_for("#code").await;
    assert_eq!(files_in_use(&queueing).await, new);
    for browser in [queueing, answering] {
        close(browser).await;
    }
}
