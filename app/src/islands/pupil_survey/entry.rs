//! From the slip to the first screen.

use super::keeping::{self, Kept};
use super::sending;
use super::tablet::{Permit, Problem, Stage, Tablet};
use crate::{
    Taking,
    browser::{self, NoNetwork, Reply},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{PendingToken, Refusal, SlipCode, TokenReply, TokenRequest};
use rand_core::OsRng;
use survey_definitions::Survey;

/// Once, when the page has become alive.
pub(super) fn arrive(tablet: Tablet) {
    // A survey that lacks the reader's language is shown in one that it has.
    browser::speak(tablet.language.get_untracked().code());
    if let Some(code) = browser::take_fragment() {
        tablet.code.set(code);
    }
    tablet.unfinished.set(keeping::has_unfinished(tablet));
    tablet.stage.set(Stage::Start);
    sending::deliver_left(tablet);
}

/// Begins with the code that is typed, or goes on where this code was left.
pub(super) fn begin(tablet: Tablet) {
    tablet.problem.set(None);
    match slip(tablet) {
        Ok(slip) => run(tablet, async move { enter(tablet, slip).await }),
        Err(problem) => tablet.problem.set(Some(problem)),
    }
}

enum Halt {
    Back(Problem),
    ProofFailed,
}

fn run(tablet: Tablet, work: impl Future<Output = Result<Survey, Halt>> + 'static) {
    tablet.stage.set(Stage::Checking);
    spawn_local(async move {
        match work.await {
            Ok(survey) => {
                tablet.code.set(String::new());
                tablet.taking.set(Some(Taking::new(survey)));
                tablet.stage.set(Stage::Questions);
            }
            Err(Halt::ProofFailed) => {
                keeping::forget(tablet);
                tablet.stage.set(Stage::ProofFailed);
            }
            Err(Halt::Back(problem)) => {
                tablet.problem.set(Some(problem));
                tablet.stage.set(Stage::Start);
            }
        }
    });
}

fn slip(tablet: Tablet) -> Result<SlipCode, Problem> {
    let part = tablet.class_part().ok_or(Problem::OtherClass)?;
    let slip = tablet
        .code
        .with_untracked(|code| SlipCode::parse_with_class(part, code))
        .map_err(Problem::Code)?;
    if slip.class_part() == part { Ok(slip) } else { Err(Problem::OtherClass) }
}

/// The questions come first: a slip is spent only when they are there.
async fn enter(tablet: Tablet, slip: SlipCode) -> Result<Survey, Halt> {
    let survey = definition(tablet).await?;
    let permit = match keeping::kept(tablet, &slip) {
        Some(Kept::Permit(value, token)) => (value, token),
        Some(Kept::Pending(bytes)) => token(tablet, slip, &restored(&bytes)?).await?,
        None => token(tablet, slip, &drawn(tablet, &slip)?).await?,
    };
    tablet.permit.set_value(Some(permit));
    Ok(survey)
}

fn restored(bytes: &[u8]) -> Result<PendingToken, Halt> {
    PendingToken::from_bytes(bytes).map_err(|_| Halt::Back(UNREADABLE))
}

/// Kept before it is sent, so that a lost reply can be asked for again.
fn drawn(tablet: Tablet, slip: &SlipCode) -> Result<PendingToken, Halt> {
    let pending = PendingToken::new(&mut OsRng).map_err(|_| Halt::Back(UNREADABLE))?;
    keeping::keep(tablet, slip, &Kept::Pending(pending.to_bytes()));
    Ok(pending)
}

async fn definition(tablet: Tablet) -> Result<Survey, Halt> {
    let url = tablet.lesson.with_value(|lesson| lesson.definition_url.clone());
    let reply = browser::get(&url).await.map_err(|NoNetwork| Halt::Back(Problem::NoNetwork))?;
    // The server has checked the definition; here it is only read.
    let survey = if reply.ok { serde_json::from_str(&reply.text).ok() } else { None };
    survey.ok_or(Halt::Back(Problem::Definition))
}

async fn token(tablet: Tablet, slip: SlipCode, pending: &PendingToken) -> Result<Permit, Halt> {
    let request = TokenRequest { slip: slip.to_string(), blinded: pending.blinded() };
    let body = serde_json::to_string(&request).map_err(|_| Halt::Back(UNREADABLE))?;
    let reply = browser::post("/c/token", &body).await;
    let reply = reply.map_err(|NoNetwork| Halt::Back(Problem::NoNetwork))?;
    let evaluation = evaluation(&reply).map_err(|problem| {
        // What this server has refused is not repeated. After anything else the slip may have
        // been marked for this value: only the same request again gets its token.
        if matches!(problem, Problem::Refused(refusal) if refusal != Refusal::Busy) {
            keeping::forget(tablet);
        }
        Halt::Back(problem)
    })?;
    let permit = tablet
        .lesson
        .with_value(|lesson| pending.finish(&evaluation, &lesson.token_key, lesson.place))
        .map_err(|_| Halt::ProofFailed)?;
    keeping::keep(tablet, &slip, &Kept::Permit(permit.0, permit.1));
    Ok(permit)
}

const UNREADABLE: Problem = Problem::Refused(Refusal::Unreadable);

/// A reply without sense or reason is not this server's, or was cut on its way.
fn evaluation(reply: &Reply) -> Result<TokenReply, Problem> {
    if reply.ok {
        return serde_json::from_str(&reply.text).map_err(|_| Problem::NoNetwork);
    }
    Err(serde_json::from_str(&reply.text).map_or(Problem::NoNetwork, Problem::Refused))
}
