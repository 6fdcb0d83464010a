use super::keeping::Permit;
use crate::{Language, Setup, Taking};
use leptos::prelude::*;
use protocol::{ClassPart, KeepingKey, Refusal, SlipCodeError};
use std::sync::Arc;
use survey_definitions::{LeanTasks, Questionnaire};

/// What a tablet knows while one pupil has it. Copies share one state.
#[derive(Clone, Copy)]
pub(super) struct Tablet {
    pub(super) setup: StoredValue<Setup>,
    pub(super) language: RwSignal<Language>,
    pub(super) stage: RwSignal<Stage>,
    /// What is typed as the slip's code.
    pub(super) code: RwSignal<String>,
    pub(super) problem: RwSignal<Option<Problem>>,
    /// A survey on this tab was begun and not sent.
    pub(super) unfinished: RwSignal<bool>,
    pub(super) key: StoredValue<Option<KeepingKey>>,
    pub(super) permit: StoredValue<Option<Permit>>,
    /// Answers in memory; gone as soon as they are sealed.
    pub(super) taking: RwSignal<Option<Taking>>,
    /// Which screen, and what it shows.
    pub(super) screen: Memo<(usize, Content)>,
    pub(super) delivery: RwSignal<Delivery>,
    pub(super) questionnaires: RwSignal<Vec<(Language, Arc<Questionnaire>)>>,
    pub(super) tasks: RwSignal<Vec<(Language, Arc<LeanTasks>)>>,
    /// Where to find help, as HTML, one in each language.
    pub(super) help: RwSignal<Option<String>>,
    /// Unknown until everything was fetched.
    pub(super) readiness: RwSignal<Option<Readiness>>,
    /// Whether fetching it has begun.
    pub(super) preparing: StoredValue<bool>,
    pub(super) look: RwSignal<Look>,
    /// Nobody has touched the tablet for a while.
    pub(super) idle: RwSignal<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Preparing,
    Start,
    /// The server's keys are not those of the slip, or not those of the first time.
    OtherKeys,
    Checking,
    /// The server's key is not the wave's.
    ProofFailed,
    Questions,
    Sending,
    Failed(Refusal),
    Thanks,
}

/// What a screen of the survey shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// The definition's.
    Page,
    Task,
    /// A neutral task that has not been loaded in this language.
    NoTaskYet,
}

/// Where the sealed response is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    Stored,
    /// In the tablet's queue, until the network is back.
    Queued,
    /// Only in this page: the tablet keeps nothing.
    Unsaved,
}

/// Why a pupil is still on the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    Code(SlipCodeError),
    OtherClass,
    Refused(Refusal),
    NoNetwork,
    Definition,
    /// Answers were deleted because nobody was there.
    Idle,
}

/// Whether this tablet can do without the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Readiness {
    pub(super) files_kept: bool,
    pub(super) storage_lasts: bool,
    pub(super) waiting: u32,
}

/// How the pupil wants to see the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// 0 to 2.
    pub(super) size: u8,
    pub(super) contrast: bool,
}

impl Tablet {
    pub(super) fn new(setup: Setup, language: Language) -> Self {
        let taking = RwSignal::new(None::<Taking>);
        let language = RwSignal::new(language);
        let tasks = RwSignal::new(Vec::<(Language, Arc<LeanTasks>)>::new());
        let screen = Memo::new(move |_| {
            let tasks_here = || tasks.with(|all| all.iter().any(|(one, _)| *one == language.get()));
            let at = |taking: &Taking| match taking.shows_task() {
                false => (taking.at(), Content::Page),
                true if tasks_here() => (taking.at(), Content::Task),
                true => (taking.at(), Content::NoTaskYet),
            };
            taking.with(|taking| taking.as_ref().map_or((0, Content::Page), at))
        });
        Self {
            setup: StoredValue::new(setup),
            language,
            stage: RwSignal::new(Stage::Preparing),
            code: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            unfinished: RwSignal::new(false),
            key: StoredValue::new(None),
            permit: StoredValue::new(None),
            taking,
            screen,
            delivery: RwSignal::new(Delivery::Stored),
            questionnaires: RwSignal::new(Vec::new()),
            tasks,
            help: RwSignal::new(None),
            readiness: RwSignal::new(None),
            preparing: StoredValue::new(false),
            look: RwSignal::new(Look::default()),
            idle: RwSignal::new(false),
        }
    }

    pub(super) fn class_part(self) -> Option<ClassPart> {
        self.setup.with_value(|setup| setup.lesson.class_part.parse().ok())
    }

    pub(super) fn languages(self) -> Vec<Language> {
        self.setup.with_value(|setup| setup.files.iter().map(|files| files.language).collect())
    }

    /// The questionnaire in the language that is shown, if it is here.
    pub(super) fn questionnaire(self) -> Option<Arc<Questionnaire>> {
        in_language(self.questionnaires, self.language.get_untracked())
    }

    /// The neutral task that a screen shows.
    pub(super) fn tasks(self) -> Option<Arc<LeanTasks>> {
        in_language(self.tasks, self.language.get_untracked())
    }

    /// Reads the survey being taken without being told of changes.
    pub(super) fn read<T>(self, read: impl FnOnce(&Taking) -> T) -> Option<T> {
        self.taking.with_untracked(|taking| taking.as_ref().map(read))
    }

    pub(super) fn change(self, change: impl FnOnce(&mut Taking)) {
        self.taking.update(|taking| {
            if let Some(taking) = taking {
                change(taking);
            }
        });
    }

    /// Lets go of everything that one pupil has left in memory.
    pub(super) fn let_go(self) {
        self.taking.set(None);
        self.permit.set_value(None);
        self.key.set_value(None);
        self.code.set(String::new());
    }
}

/// What has come in one language.
pub(super) fn in_language<T: Send + Sync + 'static>(
    all: RwSignal<Vec<(Language, Arc<T>)>>,
    language: Language,
) -> Option<Arc<T>> {
    all.with_untracked(|all| {
        all.iter().find(|(one, _)| *one == language).map(|(_, found)| found.clone())
    })
}
