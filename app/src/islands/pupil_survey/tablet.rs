use crate::{Language, Taking};
use leptos::prelude::*;
use protocol::{ClassPart, Lesson, Refusal, ResponseRequest, SlipCodeError, Token, Value};

/// What a tablet knows while one pupil has it. Copies share one state.
#[derive(Clone, Copy)]
pub(super) struct Tablet {
    pub(super) lesson: StoredValue<Lesson>,
    pub(super) languages: StoredValue<Vec<Language>>,
    pub(super) language: RwSignal<Language>,
    pub(super) stage: RwSignal<Stage>,
    /// What is typed as the slip's code.
    pub(super) code: RwSignal<String>,
    pub(super) problem: RwSignal<Option<Problem>>,
    /// A survey on this tab was begun and not sent.
    pub(super) unfinished: RwSignal<bool>,
    pub(super) permit: StoredValue<Option<Permit>>,
    /// Answers in memory; gone as soon as they are sealed.
    pub(super) taking: RwSignal<Option<Taking>>,
    pub(super) screen: Memo<usize>,
    pub(super) sealed: StoredValue<Option<ResponseRequest>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Preparing,
    Start,
    Checking,
    /// The server's key is not the wave's.
    ProofFailed,
    Questions,
    Sending,
    /// Sealed, and the network is away.
    Waiting,
    Failed(Refusal),
    Thanks,
}

/// Why a pupil is still on the first screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Problem {
    Code(SlipCodeError),
    OtherClass,
    Refused(Refusal),
    NoNetwork,
    Definition,
}

/// The right to send one response.
pub(super) type Permit = (Value, Token);

impl Tablet {
    pub(super) fn new(lesson: Lesson, languages: Vec<Language>, language: Language) -> Self {
        let taking = RwSignal::new(None::<Taking>);
        let screen = Memo::new(move |_| {
            taking.with(|taking| taking.as_ref().map_or(0, |taking| taking.progress().0))
        });
        Self {
            lesson: StoredValue::new(lesson),
            languages: StoredValue::new(languages),
            language: RwSignal::new(language),
            stage: RwSignal::new(Stage::Preparing),
            code: RwSignal::new(String::new()),
            problem: RwSignal::new(None),
            unfinished: RwSignal::new(false),
            permit: StoredValue::new(None),
            taking,
            screen,
            sealed: StoredValue::new(None),
        }
    }

    pub(super) fn class_part(self) -> Option<ClassPart> {
        self.lesson.with_value(|lesson| lesson.class_part.parse().ok())
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
}
