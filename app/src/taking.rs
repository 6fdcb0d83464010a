//! One pupil's way through a survey: which screen, which answers, forth and back. No browser in
//! it, so its laws are tested where everything else is.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use survey_definitions::{
    Answer, Answers, LeanPage, Questionnaire, Response, is_asked, option_bit,
};

/// A survey being taken. It lives in memory only; whoever drops it drops the answers.
#[derive(Clone)]
pub struct Taking {
    /// In any language: pages, items and scales are the same in all of them.
    questionnaire: Arc<Questionnaire>,
    progress: Progress,
}

/// How far a pupil has come: all that a survey is gone on with after a reload.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    answers: Vec<Answer>,
    /// The index of a page; the number of pages stands for the last screen, where one sends.
    at: usize,
    declined: bool,
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}

impl fmt::Debug for Taking {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Taking")
    }
}

impl Taking {
    pub fn new(questionnaire: Arc<Questionnaire>) -> Self {
        let answers = nothing_answered(&questionnaire);
        Self { questionnaire, progress: Progress { answers, at: 0, declined: false } }
    }

    /// Goes on where it was left; from the beginning if that was another survey.
    pub fn resume(questionnaire: Arc<Questionnaire>, progress: Progress) -> Self {
        let answers = Answers(progress.answers.clone());
        let fits = answers.check(&questionnaire.answer_layout()).is_ok()
            && progress.at <= questionnaire.pages.len();
        if fits { Self { questionnaire, progress } } else { Self::new(questionnaire) }
    }

    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    pub fn questionnaire(&self) -> &Questionnaire {
        &self.questionnaire
    }

    /// The index of the page that is shown; the number of pages on the last screen.
    pub fn at(&self) -> usize {
        self.progress.at
    }

    /// Which screen of how many, from 1. The total depends on the survey alone.
    pub fn screen(&self) -> (usize, usize) {
        (self.progress.at + 1, self.questionnaire.pages.len() + 1)
    }

    /// Whether the pupil takes no part: screens show neutral tasks.
    pub fn has_declined(&self) -> bool {
        self.progress.declined
    }

    /// Whether this screen shows a neutral task: to a pupil who takes no part always, and in the
    /// place of an item that is asked of others only.
    pub fn shows_task(&self) -> bool {
        self.progress.declined
            || match self.questionnaire.pages.get(self.progress.at) {
                Some(LeanPage::ItemWhen(item)) => {
                    !is_asked(item.get(1..).unwrap_or_default(), |item| self.chosen(item))
                }
                _ => false,
            }
    }

    /// The items of this screen, as indices into the survey's items.
    pub fn items_here(&self) -> &[usize] {
        match self.questionnaire.pages.get(self.progress.at) {
            _ if self.shows_task() => &[],
            Some(LeanPage::Items(items)) => items,
            Some(LeanPage::ItemWhen(item)) => item.get(..1).unwrap_or_default(),
            _ => &[],
        }
    }

    pub fn answer(&self, item: usize) -> Answer {
        self.progress.answers.get(item).copied().unwrap_or(Answer::NotReached)
    }

    /// Answers with one option or number.
    pub fn choose(&mut self, item: usize, code: i16) {
        self.set(item, Answer::Code(code));
    }

    /// Takes an option of a `many` scale in or out; a `none` option excludes the others.
    pub fn toggle(&mut self, item: usize, code: i16) {
        let bit = option_bit(code);
        let alone = self.questionnaire.none_bits(item);
        let chosen = self.chosen(item);
        let toggled = if chosen & bit != 0 {
            chosen & !bit
        } else if alone & bit != 0 {
            bit
        } else {
            (chosen & !alone) | bit
        };
        self.set(item, if toggled == 0 { Answer::NotReached } else { Answer::Many(toggled) });
    }

    /// "I do not want to answer", for what is still open on this screen; for all of it when
    /// nothing is.
    pub fn do_not_want_here(&mut self) {
        let here = self.items_here().to_vec();
        let open: Vec<usize> = here.iter().copied().filter(|item| self.is_open(*item)).collect();
        for item in if open.is_empty() { here } else { open } {
            self.set(item, Answer::DoNotWant);
        }
    }

    /// Whether every item of this screen was answered or skipped.
    pub fn is_ready(&self) -> bool {
        !self.items_here().iter().any(|item| self.is_open(*item))
    }

    /// To the next screen, if this one is ready. An item that is asked no longer, because an answer
    /// before it was changed, loses its answer: the way to the end leads past each of them.
    pub fn next(&mut self) {
        if self.is_ready() && self.progress.at < self.questionnaire.pages.len() {
            self.progress.at += 1;
            if let Some(LeanPage::ItemWhen(item)) = self.questionnaire.pages.get(self.progress.at)
                && let Some(item) = item.first().copied()
                && self.shows_task()
            {
                self.set(item, Answer::NotReached);
            }
        }
    }

    /// To the screen before.
    pub fn back(&mut self) {
        self.progress.at = self.progress.at.saturating_sub(1);
    }

    /// Stops taking part: drops every answer. The screens that are left show neutral tasks, so
    /// that nobody sees it.
    pub fn stop(&mut self) {
        self.progress.answers = nothing_answered(&self.questionnaire);
        self.progress.declined = true;
    }

    /// Takes part after all, from the first question.
    pub fn take_part(&mut self) {
        self.progress = Self::new(self.questionnaire.clone()).progress;
    }

    pub fn response(&self) -> Response {
        if self.progress.declined {
            Response::Declined
        } else {
            Response::Answered(Answers(self.progress.answers.clone()))
        }
    }

    /// The options of a valid answer, as bits.
    fn chosen(&self, item: usize) -> u32 {
        match self.answer(item) {
            Answer::Code(code) => option_bit(code),
            Answer::Many(bits) => bits,
            Answer::NotReached | Answer::DoNotWant => 0,
        }
    }

    fn is_open(&self, item: usize) -> bool {
        self.answer(item) == Answer::NotReached
    }

    fn set(&mut self, item: usize, answer: Answer) {
        if let Some(place) = self.progress.answers.get_mut(item) {
            *place = answer;
        }
    }
}

fn nothing_answered(questionnaire: &Questionnaire) -> Vec<Answer> {
    Answers::empty(&questionnaire.answer_layout()).0
}
