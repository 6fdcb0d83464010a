//! A two-level model of answers: a latent burden with a part that a class shares (intraclass
//! correlation 0.05), cut where 17 % are bullied at all and 7 % two or three times a month.

use super::country::Kind;
use rand::Rng;
use rand_distr::StandardNormal;
use survey_definitions::{Answer, Answers, Choice, Item, Response, ScaleKind, Survey};

const CLASS_SHARE: f64 = 0.05;
/// Standard normal quantiles of 0.83 and 0.93, and of 0.96 and 0.985 for the two steps above.
const BULLIED_CUTS: [f64; 4] = [0.954, 1.476, 1.751, 2.170];
const WORSE_BY: f64 = 0.55;
/// Each wave is a little better than the one before.
const BETTER_A_WAVE: f64 = 0.08;

const ABSENT: f64 = 0.05;
const DECLINES: f64 = 0.02;
const SKIPS: f64 = 0.03;

/// Of several `none` options the one for a pupil who has nothing to report.
const NOT_HAPPENED: &str = "not_happened";

/// What the pupils of a class share.
pub struct ClassModel {
    shift: f64,
    all_alike: bool,
}

impl ClassModel {
    pub fn new(kind: Kind, all_alike: bool, wave: usize, rng: &mut impl Rng) -> Self {
        let class: f64 = rng.sample(StandardNormal);
        let worse = if kind == Kind::Worse { WORSE_BY } else { 0.0 };
        let shift = class * CLASS_SHARE.sqrt() + worse - BETTER_A_WAVE * wave as f64;
        Self { shift, all_alike }
    }

    /// One pupil's response; `None` for one who is not there that day.
    pub fn response(&self, survey: &Survey, rng: &mut impl Rng) -> Option<Response> {
        if self.all_alike {
            let answers = survey.items.iter().map(|item| calm(survey, item)).collect();
            return Some(Response::Answered(Answers(answers)));
        }
        if rng.gen_bool(ABSENT) {
            return None;
        }
        if rng.gen_bool(DECLINES) {
            return Some(Response::Declined);
        }
        let own: f64 = rng.sample(StandardNormal);
        let burden = self.shift + own * (1.0 - CLASS_SHARE).sqrt();
        let answers = survey
            .items
            .iter()
            .map(|item| match rng.gen_bool(SKIPS) {
                true => Answer::DoNotWant,
                false => answer(survey, item, burden, rng),
            })
            .collect();
        Some(Response::Answered(Answers(answers)))
    }
}

/// The answer of a pupil who has nothing to report.
fn calm(survey: &Survey, item: &Item) -> Answer {
    let Some(scale) = survey.scale_of(item) else { return Answer::NotReached };
    match &scale.kind {
        ScaleKind::Many { options } => {
            let none = || options.iter().filter(|option| option.none);
            let not_happened = none().find(|one| one.name.as_deref() == Some(NOT_HAPPENED));
            let none = not_happened.or_else(|| none().next());
            none.map_or(Answer::DoNotWant, |option| Answer::Many(option.bit()))
        }
        ScaleKind::Number { highest, .. } => Answer::Code(*highest),
        ScaleKind::One { .. } => {
            let codes = scale.codes();
            let code = if is_good_when_high(item) { codes.last() } else { codes.first() };
            code.map_or(Answer::DoNotWant, |code| Answer::Code(*code))
        }
    }
}

/// Items on which the highest code is the best: how a pupil feels, whom a pupil trusts.
fn is_good_when_high(item: &Item) -> bool {
    const GOOD: [&str; 20] = [
        "likes_school",
        "safe",
        "belongs",
        "accepted",
        "teacher_cares",
        "class_helps",
        "friends",
        "seen_stopped",
        "seen_comforted",
        "seen_told",
        "helped",
        "help_right",
        "could_help",
        "adults_step_in",
        "teacher_acted",
        "teacher_against",
        "trusted_adult",
        "knows_help",
        "rights_respected",
        "honest",
    ];
    GOOD.contains(&item.id.as_str())
}

fn answer(survey: &Survey, item: &Item, burden: f64, rng: &mut impl Rng) -> Answer {
    let Some(scale) = survey.scale_of(item) else { return Answer::NotReached };
    match &scale.kind {
        ScaleKind::Many { options } => {
            let chosen = options.iter().filter(|option| !option.none && rng.gen_bool(0.3));
            let bits = chosen.fold(0, |bits, option| bits | option.bit());
            match bits {
                _ if burden < BULLIED_CUTS[0] => calm(survey, item),
                0 => no_one_of_them(options),
                _ => Answer::Many(bits),
            }
        }
        ScaleKind::Number { .. } => {
            let codes = scale.codes();
            Answer::Code(codes[well_being(burden, codes.len(), rng)])
        }
        ScaleKind::One { .. } => {
            let codes = scale.codes();
            let step = match item.id.as_str() {
                "sex" => rng.gen_range(0..codes.len()).min(rng.gen_range(0..codes.len())),
                _ if is_good_when_high(item) => well_being(burden, codes.len(), rng),
                "bullied" => steps(burden),
                _ => steps(burden + rng.sample::<f64, _>(StandardNormal) * 0.6 - 0.2),
            };
            Answer::Code(codes[step.min(codes.len() - 1)])
        }
    }
}

/// The answer of a bullied pupil for whom no option holds: "nobody" and the like.
fn no_one_of_them(options: &[Choice]) -> Answer {
    let mut none = options.iter().filter(|option| option.none);
    let other = none.find(|option| option.name.as_deref() != Some(NOT_HAPPENED));
    other.map_or(Answer::DoNotWant, |option| Answer::Many(option.bit()))
}

/// How many of the cuts a burden passes.
fn steps(burden: f64) -> usize {
    BULLIED_CUTS.iter().filter(|cut| burden > **cut).count()
}

/// Most pupils feel well; fewer of those who carry much.
fn well_being(burden: f64, options: usize, rng: &mut impl Rng) -> usize {
    let feeling = 1.0 - 0.6 * burden + rng.sample::<f64, _>(StandardNormal);
    let best = options as f64 - 1.0;
    (best * (0.5 + feeling / 4.0)).round().clamp(0.0, best) as usize
}
