//! One pupil's way through a survey: which screen, which answers, forth and back. No browser in
//! it, so its laws are tested where everything else is.

use survey_definitions::{Answer, Answers, Page, Response, ScaleKind, Survey};

/// A survey being taken. It lives in memory only; whoever drops it drops the answers.
#[derive(Clone)]
pub struct Taking {
    survey: Survey,
    answers: Vec<Answer>,
    /// The index of a page; the number of pages stands for the last screen, where one sends.
    at: usize,
    declined: bool,
}

impl std::fmt::Debug for Taking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Taking")
    }
}

impl Taking {
    pub fn new(survey: Survey) -> Self {
        let answers = Answers::empty(&survey).0;
        Self { survey, answers, at: 0, declined: false }
    }

    pub fn survey(&self) -> &Survey {
        &self.survey
    }

    /// `None` on the last screen.
    pub fn page(&self) -> Option<&Page> {
        self.survey.pages.get(self.at)
    }

    /// Which screen of how many, from 1. The total depends on the survey alone.
    pub fn progress(&self) -> (usize, usize) {
        (self.at + 1, self.survey.pages.len() + 1)
    }

    /// The items of this screen, as indices into the survey's items.
    pub fn items_here(&self) -> Vec<usize> {
        let Some(Page::Items { items }) = self.page() else { return Vec::new() };
        let index = |id: &String| self.survey.items.iter().position(|item| item.id == *id);
        items.iter().filter_map(index).collect()
    }

    pub fn answer(&self, item: usize) -> Answer {
        self.answers.get(item).copied().unwrap_or(Answer::NotReached)
    }

    /// Answers with one option or number.
    pub fn choose(&mut self, item: usize, code: i16) {
        self.set(item, Answer::Code(code));
    }

    /// Takes an option of a `many` scale in or out; a `none` option excludes the others.
    pub fn toggle(&mut self, item: usize, code: i16) {
        let Some(bit) = u32::try_from(code).ok().and_then(|code| 1_u32.checked_shl(code)) else {
            return;
        };
        let alone = self.none_bits(item);
        let chosen = match self.answer(item) {
            Answer::Many(bits) => bits,
            Answer::NotReached | Answer::DoNotWant | Answer::Code(_) => 0,
        };
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
        let here = self.items_here();
        let open: Vec<usize> = here.iter().copied().filter(|item| self.is_open(*item)).collect();
        for item in if open.is_empty() { here } else { open } {
            self.set(item, Answer::DoNotWant);
        }
    }

    /// Whether every item of this screen was answered or skipped.
    pub fn is_ready(&self) -> bool {
        !self.items_here().into_iter().any(|item| self.is_open(item))
    }

    /// To the next screen, if this one is ready.
    pub fn next(&mut self) {
        if self.is_ready() && self.at < self.survey.pages.len() {
            self.at += 1;
        }
    }

    /// To the screen before. Whoever had stopped takes part again, with nothing answered.
    pub fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
        self.declined = false;
    }

    /// Stops taking part: drops every answer and goes to the last screen.
    pub fn stop(&mut self) {
        self.answers = Answers::empty(&self.survey).0;
        self.at = self.survey.pages.len();
        self.declined = true;
    }

    pub fn response(&self) -> Response {
        if self.declined {
            Response::Declined
        } else {
            Response::Answered(Answers(self.answers.clone()))
        }
    }

    fn is_open(&self, item: usize) -> bool {
        self.answer(item) == Answer::NotReached
    }

    fn set(&mut self, item: usize, answer: Answer) {
        if let Some(place) = self.answers.get_mut(item) {
            *place = answer;
        }
    }

    fn none_bits(&self, item: usize) -> u32 {
        let scale = self.survey.items.get(item).and_then(|item| self.survey.scale_of(item));
        let Some(ScaleKind::Many { options }) = scale.map(|scale| &scale.kind) else { return 0 };
        options.iter().filter(|option| option.none).fold(0, |bits, option| {
            bits | u32::try_from(option.code).ok().and_then(|c| 1_u32.checked_shl(c)).unwrap_or(0)
        })
    }
}
