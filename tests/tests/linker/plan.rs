//! Who sits in a class, what they answer and how they come to it.

use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rand_distr::{Distribution, Normal};
use survey_definitions::{Answer, Answers, Response, ScaleKind, Survey};

/// Pupils of a class.
pub const SEATS: usize = 14;

/// How a pupil comes to answer. Independent of what is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Ordinary,
    /// Answers alone, that many days after the class.
    Absent(usize),
    /// The tablet has no network until the class session has closed and everybody else has sent.
    Late,
    /// The first slip is redeemed and its token never used; a spare slip is drawn.
    Spare,
    /// The page is loaded again in the middle: the token is asked for twice with the same bytes.
    Reload,
}

/// What the operator wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    Declined,
    Yes,
    No,
}

#[derive(Debug, Clone)]
pub struct Seat {
    pub way: Way,
    pub truth: Truth,
    pub response: Response,
    /// The language that the pupil reads in, as the browser says it.
    pub language: &'static str,
    /// Minutes after the wave's first midnight at which the pupil draws a slip.
    pub begins: f64,
    /// Minutes from there to the last screen. A pupil who declines gets tasks in place of the
    /// items and takes as long.
    pub takes: f64,
    /// When the response leaves the tablet.
    pub sends: f64,
}

#[derive(Debug, Clone)]
pub struct Class {
    /// When the lesson begins, in minutes like those of its seats.
    pub lesson: f64,
    pub seats: Vec<Seat>,
}

const DAY: f64 = 24.0 * 60.0;
/// A lesson.
pub const LESSON: f64 = 60.0;
/// Two of each, the others are ordinary.
const WAYS: [Way; 8] = [
    Way::Absent(1),
    Way::Absent(2),
    Way::Late,
    Way::Late,
    Way::Spare,
    Way::Spare,
    Way::Reload,
    Way::Reload,
];
const DECLINED: usize = 2;
/// Asked only of those who were bullied.
const AFTER_YES: [&str; 5] = ["where", "by_whom", "how_long", "told", "help"];
/// The item that the operator asks about.
const ASKED: &str = "bullied";

/// The classes of a wave. Ways, truths, languages, times and answers are drawn apart from each
/// other, so that nothing but a leak can tell one from another.
pub fn classes(survey: &Survey, count: usize, seed: u64) -> Vec<Class> {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    (0..count).map(|_| class(survey, &mut rng)).collect()
}

fn class(survey: &Survey, rng: &mut ChaCha20Rng) -> Class {
    // Five school days with six lessons each.
    let lesson =
        f64::from(rng.gen_range(0..5)) * DAY + 480.0 + f64::from(rng.gen_range(0..6)) * 60.0;
    let mut ways = WAYS.to_vec();
    ways.resize(SEATS, Way::Ordinary);
    ways.shuffle(rng);
    let answered = SEATS - DECLINED;
    let mut truths = vec![Truth::Declined; DECLINED];
    truths.resize(DECLINED + answered / 2, Truth::Yes);
    truths.resize(SEATS, Truth::No);
    truths.shuffle(rng);
    let mut seat = |(way, truth)| seat(survey, lesson, way, truth, rng);
    Class { lesson, seats: ways.into_iter().zip(truths).map(&mut seat).collect() }
}

/// Pupils begin about ten minutes into the lesson and take about 25 minutes, each with a standard
/// deviation of three minutes.
fn seat(survey: &Survey, lesson: f64, way: Way, truth: Truth, rng: &mut ChaCha20Rng) -> Seat {
    let mut normal = |mean: f64| Normal::new(mean, 3.0).unwrap().sample(rng).max(1.0);
    let day = match way {
        Way::Absent(days) => days as f64 * DAY,
        _ => 0.0,
    };
    let (begins, takes) = (lesson + day + normal(10.0), normal(25.0));
    let wait = rng.gen_range(5.0..300.0);
    let sends = match way {
        Way::Late => (lesson + LESSON + wait).max(begins + takes),
        _ => begins + takes,
    };
    let language =
        *["kk", "kk", "kk", "kk", "kk", "kk", "ru", "ru", "ru", "en"].choose(rng).unwrap();
    let response = match truth {
        Truth::Declined => Response::Declined,
        Truth::Yes | Truth::No => Response::Answered(answers(survey, truth == Truth::Yes, rng)),
    };
    Seat { way, truth, response, language, begins, takes, sends }
}

/// Each pupil leans to one end of the scales and answers a little by chance: no two alike.
fn answers(survey: &Survey, yes: bool, rng: &mut ChaCha20Rng) -> Answers {
    let lean: f64 = rng.r#gen();
    let answer = |item: &survey_definitions::Item| {
        let scale = survey.scale_of(item).unwrap();
        let codes = scale.codes();
        if item.id == ASKED {
            return Answer::Code(if yes { rng.gen_range(1..=4) } else { 0 });
        }
        if !yes && AFTER_YES.contains(&item.id.as_str()) {
            return Answer::NotReached;
        }
        if rng.gen_bool(0.02) {
            return Answer::DoNotWant;
        }
        let last = codes.len() as f64 - 1.0;
        let at = (last * lean + Normal::new(0.0, 1.2).unwrap().sample(rng)).round();
        let code = codes[at.clamp(0.0, last) as usize];
        match scale.kind {
            ScaleKind::Many { .. } => Answer::Many(1_u32 << code),
            ScaleKind::One { .. } | ScaleKind::Number { .. } => Answer::Code(code),
        }
    };
    Answers(survey.items.iter().map(answer).collect())
}

/// A group of pupils that is looked at by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stratum {
    WholeClass,
    FirstAndLastFinisher,
    AbsenteeAlone,
    LateFromTheQueue,
    AfterASpare,
    Declined,
    ReloadInTheMiddle,
}

impl Stratum {
    pub const ALL: [Self; 7] = [
        Self::WholeClass,
        Self::FirstAndLastFinisher,
        Self::AbsenteeAlone,
        Self::LateFromTheQueue,
        Self::AfterASpare,
        Self::Declined,
        Self::ReloadInTheMiddle,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::WholeClass => "whole class",
            Self::FirstAndLastFinisher => "first and last finisher",
            Self::AbsenteeAlone => "absentee alone",
            Self::LateFromTheQueue => "late from the queue",
            Self::AfterASpare => "after a spare",
            Self::Declined => "declined",
            Self::ReloadInTheMiddle => "reload in the middle",
        }
    }
}

impl Class {
    /// The seats of a stratum.
    pub fn seats_of(&self, stratum: Stratum) -> Vec<usize> {
        let with = |fits: &dyn Fn(&Seat) -> bool| {
            (0..self.seats.len()).filter(|seat| fits(&self.seats[*seat])).collect()
        };
        match stratum {
            Stratum::WholeClass => with(&|_| true),
            Stratum::FirstAndLastFinisher => self.first_and_last(),
            Stratum::AbsenteeAlone => with(&|seat| matches!(seat.way, Way::Absent(_))),
            Stratum::LateFromTheQueue => with(&|seat| seat.way == Way::Late),
            Stratum::AfterASpare => with(&|seat| seat.way == Way::Spare),
            Stratum::Declined => with(&|seat| seat.truth == Truth::Declined),
            Stratum::ReloadInTheMiddle => with(&|seat| seat.way == Way::Reload),
        }
    }

    /// Of those who send during the lesson.
    fn first_and_last(&self) -> Vec<usize> {
        let in_lesson = |seat: &usize| !matches!(self.seats[*seat].way, Way::Absent(_) | Way::Late);
        let mut seats: Vec<usize> = (0..self.seats.len()).filter(in_lesson).collect();
        seats.sort_by(|a, b| self.seats[*a].sends.total_cmp(&self.seats[*b].sends));
        [seats.first(), seats.last()].into_iter().flatten().copied().collect()
    }
}
