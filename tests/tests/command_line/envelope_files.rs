use std::fs;
use survey_definitions::Response;
use tests::{ClassPlan, Database, Finished, OpenWave, answers};

pub const RESPONSES: usize = 12;

/// A closed wave of two forms' worth of classes, its envelopes in a file, and a release of them
/// that is not published.
pub struct Elsewhere {
    pub wave: OpenWave,
    pub envelopes: String,
    pub release: String,
}

impl Elsewhere {
    pub async fn prepare(database: Database) -> Self {
        let classes =
            [ClassPlan::of(20), ClassPlan::of(20), ClassPlan { school: 1, enrolment: 20 }];
        let wave = OpenWave::start(database, "senim_pupil_senior", &classes).await;
        for number in 0..RESPONSES {
            wave.answer(0, number, &answers(&wave.survey, number)).await;
            wave.answer(2, number, &answers(&wave.survey, number / 2)).await;
        }
        wave.answer(0, RESPONSES, &Response::Declined).await;
        wave.close().await;
        let of = |name: &str| wave.server.path().join(name).display().to_string();
        let (envelopes, release) = (of("envelopes.jsonl"), of("release.jsonl"));
        let elsewhere = Self { wave, envelopes, release };
        elsewhere.export(&elsewhere.envelopes).expect_success();
        elsewhere.release_of(&elsewhere.envelopes, &elsewhere.release).expect_success();
        elsewhere
    }

    /// `senim envelopes`
    pub fn export(&self, out: &str) -> Finished {
        self.wave.server.senim(&["envelopes", "--wave", &self.wave.id.to_string(), "--out", out])
    }

    /// `senim release` without a database
    pub fn release_of(&self, envelopes: &str, out: &str) -> Finished {
        let key = ["--release-key", self.wave.release_key.as_str()];
        let of = ["release", "--envelopes", envelopes, "--out", out];
        tests::senim(&[&of[..], &key].concat())
    }

    /// `senim publish`
    pub fn publish(&self, release: &str) -> Finished {
        self.wave.server.senim(&["publish", release, "--wave", &self.wave.id.to_string()])
    }

    /// A file with other content in place of the envelopes or the release.
    pub fn changed(&self, original: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
        let text = fs::read_to_string(original).unwrap();
        let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
        change(&mut lines);
        self.wave.server.file("changed.jsonl", lines.concat())
    }
}
