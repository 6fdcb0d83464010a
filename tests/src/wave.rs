use crate::database::Database;
use crate::pupil::Pupil;
use crate::server::Server;
use crate::{Coordinator, answers};
use protocol::{ClassPart, Lesson, Place, SlipCode};
use survey_definitions::{Response, Survey};
use uuid::Uuid;

/// A class that a test wants.
#[derive(Debug, Clone, Copy)]
pub struct ClassPlan {
    /// Which school of the test's district, from 0.
    pub school: usize,
    pub enrolment: u32,
}

impl ClassPlan {
    /// A class in the first school.
    pub fn of(enrolment: u32) -> Self {
        Self { school: 0, enrolment }
    }
}

/// A class of an open wave with its class session open and its slips made.
#[derive(Debug, Clone)]
pub struct OpenClass {
    pub id: Uuid,
    pub code: String,
    pub lesson: Lesson,
    pub slips: Vec<SlipCode>,
}

impl OpenClass {
    pub fn place(&self) -> Place {
        self.lesson.place
    }

    pub fn part(&self) -> ClassPart {
        self.lesson.class_part.parse().unwrap()
    }
}

/// A server, its coordinator and a wave that takes responses.
pub struct OpenWave {
    pub server: Server,
    pub coordinator: Coordinator,
    pub id: Uuid,
    pub survey: Survey,
    /// The file with the release key.
    pub release_key: String,
    /// Its public half as it is printed.
    pub public_key: String,
    pub classes: Vec<OpenClass>,
}

impl OpenWave {
    pub async fn start(database: Database, definition: &str, classes: &[ClassPlan]) -> Self {
        Self::start_on(Server::start(database).await, definition, classes).await
    }

    pub async fn start_on(server: Server, definition: &str, classes: &[ClassPlan]) -> Self {
        Self::of_survey(server, answers::definition(definition), classes).await
    }

    /// With any definition that the server has.
    pub async fn of_survey(server: Server, survey: Survey, classes: &[ClassPlan]) -> Self {
        let coordinator = Coordinator::sign_in(&server).await;
        // Not beside the database, where the server would find it and say that this is a pilot.
        let directory = server.path().join("key");
        std::fs::create_dir(&directory).unwrap();
        let release_key = directory.join("release-key").display().to_string();
        let public_key = crate::new_release_key(&release_key);
        let (id, places) = coordinator.open_wave(&survey, &public_key, classes).await;
        let mut open = Vec::new();
        for (class, code) in places {
            let lesson = coordinator.open_session(id, class).await;
            let slips = coordinator.make_slips(id, class).await;
            open.push(OpenClass { id: class, code, lesson, slips });
        }
        Self { server, coordinator, id, survey, release_key, public_key, classes: open }
    }

    /// A pupil of a class, before anything was sent.
    pub fn pupil(&self, class: usize) -> Pupil {
        Pupil::new(&self.server, &self.classes[class].lesson)
    }

    /// Where the tablets of a class go.
    pub fn class_link(&self, class: usize) -> String {
        format!("{}/c/{}", self.server.url(), self.classes[class].part())
    }

    /// A slip of a class.
    pub fn slip(&self, class: usize, number: usize) -> SlipCode {
        self.classes[class].slips[number]
    }

    /// One pupil's whole way with one slip.
    pub async fn answer(&self, class: usize, slip: usize, response: &Response) {
        self.pupil(class).answer(&self.slip(class, slip), &self.survey, response).await;
    }

    pub async fn close(&self) {
        self.coordinator.close(self.id).await;
    }

    /// A subcommand about this wave, with its release key.
    pub fn with_key(&self, subcommand: &str) -> crate::Finished {
        self.with_other_key(subcommand, &self.release_key)
    }

    pub fn with_other_key(&self, subcommand: &str, key: &str) -> crate::Finished {
        let wave = self.id.to_string();
        self.server.senim(&[subcommand, "--wave", &wave, "--release-key", key])
    }

    /// Responses in the database.
    pub async fn stored(&self) -> i64 {
        self.server.database.count("envelopes").await
    }
}
