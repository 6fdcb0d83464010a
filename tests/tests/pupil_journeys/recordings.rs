//! Reading aloud by sound files that a school or ministry has recorded.

use crate::tablet::{Tablet, Way};
use crate::voices::on_the_device;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::PathBuf;
use survey_definitions::{Language, Survey, shipped};
use tempfile::TempDir;
use tests::{ClassPlan, Database, OpenWave, Server, Visitor, senim, wait_until};

/// Named in the definition and in no folder.
const MISSING: &str = "0000000000000000000000000000000000000000000000000000000000000000.wav";

/// Folders of a definition and of what was recorded for it, as an operator fills them.
struct Folders {
    directory: TempDir,
    survey: Survey,
    /// The file of the sound.
    name: String,
}

impl Folders {
    /// The junior form: its first item is recorded with its options, its second one names a file
    /// that is nowhere. In Kazakh alone.
    fn make() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let sound = sound();
        let name = format!("{:x}.wav", Sha256::digest(&sound));
        let mut definition: Value =
            serde_json::from_str(shipped("senim_pupil_junior", 1).unwrap()).unwrap();
        definition["id"] = json!("read_aloud_junior");
        definition["items"][0]["text"]["kk"]["recording"] = json!(name);
        for option in definition["scales"][0]["options"].as_array_mut().unwrap() {
            option["text"]["kk"]["recording"] = json!(name);
        }
        definition["items"][1]["text"]["kk"]["recording"] = json!(MISSING);
        let definition = definition.to_string();
        for folder in ["definitions", "recordings"] {
            fs::create_dir(directory.path().join(folder)).unwrap();
        }
        fs::write(directory.path().join("definitions/read_aloud.json"), &definition).unwrap();
        let survey = Survey::parse(&definition).unwrap();
        let folders = Self { directory, survey, name };
        fs::write(folders.recording(), sound).unwrap();
        folders
    }

    fn recording(&self) -> PathBuf {
        self.directory.path().join("recordings").join(&self.name)
    }

    async fn serve(&self) -> Server {
        let [definitions, recordings] = ["definitions", "recordings"]
            .map(|folder| self.directory.path().join(folder).display().to_string());
        let settings = [("SENIM_DEFINITIONS", &*definitions), ("SENIM_RECORDINGS", &*recordings)];
        Server::start_with(Database::Sqlite, &settings).await
    }

    async fn lesson(&self) -> OpenWave {
        OpenWave::of_survey(self.serve().await, self.survey.clone(), &[ClassPlan::of(12)]).await
    }

    /// The texts of the first item, the question first.
    fn recorded(&self) -> Vec<&str> {
        let item = &self.survey.items[0];
        let options = self.survey.scale_of(item).unwrap().options().iter().map(|one| &one.text);
        [&item.text].into_iter().chain(options).map(|text| text.get(Language::Kk)).collect()
    }
}

/// A twentieth of a second of a tone: 8000 samples a second of one byte each.
fn sound() -> Vec<u8> {
    const RATE: u32 = 8000;
    let tone: Vec<u8> = (0..RATE / 20).map(|at| if at % 16 < 8 { 96 } else { 160 }).collect();
    let length = tone.len() as u32;
    let mut file = Vec::new();
    file.extend(b"RIFF");
    file.extend((36 + length).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // Plain samples, one channel.
    file.extend([1, 0, 1, 0]);
    file.extend(RATE.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    // One byte at a time, of eight bits.
    file.extend([1, 0, 8, 0]);
    file.extend(b"data");
    file.extend(length.to_le_bytes());
    file.extend(tone);
    file
}

/// Notes which texts are marked as being read, one after the other.
const NOTE: &str = "
    window.marked = [];
    new MutationObserver((changes) => {
        for (const { target } of changes) {
            if (target.matches('.being-read')) window.marked.push(target.textContent);
        }
    }).observe(document.querySelector('main'), { subtree: true, attributeFilter: ['class'] });";

/// Reads the item on the screen; which texts were marked until it ended.
async fn read(tablet: &Tablet) -> Vec<String> {
    tablet.browser.run(NOTE, Vec::new()).await;
    tablet.press(".item > .hear").await;
    let ended = "
        const reading = document.querySelector('.hear[aria-pressed=true]') !== null;
        return reading || window.marked.length === 0 ? null : window.marked;";
    wait_until("the end of reading", 20, async || {
        let marked = tablet.browser.run(ended, Vec::new()).await;
        serde_json::from_value::<Option<Vec<String>>>(marked).unwrap()
    })
    .await
}

#[tokio::test]
async fn a_recording_is_offered_where_it_is_and_played_without_voice_and_network() {
    let folders = Folders::make();
    let mut wave = folders.lesson().await;
    let tablet = Tablet::open(Way::Script).await;
    tablet.have_voices(&[]).await;
    tablet.enter(&wave, 0, 0).await;
    assert_eq!(tablet.hear_buttons().await, 4, "one for the question, one for each option");
    tablet.speak("ru").await;
    assert_eq!(tablet.hear_buttons().await, 0, "recorded in Kazakh alone");
    tablet.speak("kk").await;
    tablet.browser.wait_until_kept().await;
    let kept = "return caches.match(arguments[0]).then(Boolean)";
    let path = json!(format!("/recordings/{}", folders.name));
    assert_eq!(tablet.browser.run(kept, vec![path]).await, json!(true));

    wave.server.kill();
    assert_eq!(read(&tablet).await, folders.recorded());
    assert!(tablet.heard().await.said.is_empty());
    tablet.press(".option .hear").await;
    tablet.press(".skip-item").await;
    tablet.next_screen().await;
    assert_eq!(tablet.hear_buttons().await, 0, "a file that is missing is not offered");
    tablet.press(".skip-item").await;
    tablet.next_screen().await;
    tablet.browser.close().await;
}

#[tokio::test]
async fn what_cannot_be_played_is_spoken() {
    let folders = Folders::make();
    let wave = folders.lesson().await;
    fs::remove_file(folders.recording()).unwrap();
    let tablet = Tablet::open(Way::Script).await;
    tablet.have_voices(&[on_the_device("kk-KZ")]).await;
    tablet.enter(&wave, 0, 0).await;
    tablet.press(".item > .hear").await;
    for text in folders.recorded() {
        wait_until(text, 10, async || (tablet.heard().await.marked == [text]).then_some(())).await;
        let spoken = async || tablet.heard().await.speaking.then_some(());
        wait_until("the voice", 10, spoken).await;
        tablet.finish_speaking().await;
    }
    tablet.press(".skip-item").await;
    tablet.next_screen().await;
    tablet.press(".item > .hear").await;
    let question = folders.survey.items[1].text.get(Language::Kk);
    assert_eq!(tablet.heard().await.marked, [question]);
    assert!(tablet.heard().await.speaking);
}

#[tokio::test]
async fn recordings_are_files_for_good_and_others_are_not_found() {
    let folders = Folders::make();
    fs::write(folders.directory.path().join("recordings/notes.txt"), "who spoke").unwrap();
    let server = folders.serve().await;
    let visitor = Visitor::of(&server);
    let there = visitor.get(&format!("/recordings/{}", folders.name)).await;
    assert_eq!(
        (there.status.as_u16(), &there.headers["content-type"]),
        (200, &"audio/wav".parse().unwrap())
    );
    assert!(there.headers["cache-control"].to_str().unwrap().contains("immutable"));
    for name in [MISSING, "notes.txt", "..%2Fdefinitions%2Fread_aloud.json"] {
        assert_eq!(visitor.get(&format!("/recordings/{name}")).await.status, 404, "{name}");
    }
}

#[test]
fn a_recording_whose_name_is_not_its_hash_stops_the_start() {
    let folders = Folders::make();
    let wrong = folders.recording().with_file_name(MISSING);
    fs::copy(folders.recording(), &wrong).unwrap();
    let database = format!("sqlite://{}", folders.directory.path().join("senim.sqlite").display());
    let recordings = wrong.parent().unwrap().display().to_string();
    let serve = ["serve", "--database", &database, "--recordings", &recordings];
    let told = senim(&serve).expect_failure();
    let hash = folders.name.split('.').next().unwrap();
    for part in [wrong.to_str().unwrap(), "is not the SHA-256 of the content", hash] {
        assert!(told.contains(part), "{part} in {told}");
    }
}
