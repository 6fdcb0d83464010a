//! From the slip to the first screen.

use super::tablet::{Permit, Problem, Stage, Tablet};
use crate::{
    Taking,
    browser::{self, NoNetwork, Reply},
};
use leptos::{prelude::*, task::spawn_local};
use protocol::{PendingToken, Refusal, SlipCode, TokenReply, TokenRequest};
use rand_core::OsRng;
use serde::{Deserialize, Serialize};
use survey_definitions::Survey;

const PENDING: &str = "pending";
pub(super) const TOKEN: &str = "token";

/// A request that was sent and not yet answered: repeated to the byte, it gets the same answer.
#[derive(Serialize, Deserialize)]
struct Pending {
    slip: String,
    token: Vec<u8>,
}

/// Once, when the page has become alive.
pub(super) fn arrive(tablet: Tablet) {
    // A survey that lacks the reader's language is shown in one that it has.
    browser::speak(tablet.language.get_untracked().code());
    if let Some(code) = browser::take_fragment() {
        tablet.code.set(code);
    }
    tablet.unfinished.set(browser::kept(&tablet.key(TOKEN)).is_some());
    tablet.stage.set(Stage::Start);
}

/// Begins with the code that is typed.
pub(super) fn begin(tablet: Tablet) {
    tablet.problem.set(None);
    match slip(tablet) {
        Ok(slip) => run(tablet, async move { enter(tablet, slip).await }),
        Err(problem) => tablet.problem.set(Some(problem)),
    }
}

/// Begins again what was left unfinished on this tab.
pub(super) fn resume(tablet: Tablet) {
    tablet.problem.set(None);
    let kept = browser::kept(&tablet.key(TOKEN));
    let Some(permit) = kept.and_then(|kept| serde_json::from_str::<Permit>(&kept).ok()) else {
        return other(tablet);
    };
    run(tablet, async move {
        let survey = definition(tablet).await?;
        tablet.permit.set_value(Some(permit));
        Ok(survey)
    });
}

/// Another pupil begins on a tab where one was left unfinished.
pub(super) fn other(tablet: Tablet) {
    browser::forget(&tablet.key(TOKEN));
    tablet.unfinished.set(false);
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
            Err(Halt::ProofFailed) => tablet.stage.set(Stage::ProofFailed),
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
    let permit = token(tablet, slip).await?;
    tablet.permit.set_value(Some(permit));
    Ok(survey)
}

async fn definition(tablet: Tablet) -> Result<Survey, Halt> {
    let url = tablet.lesson.with_value(|lesson| lesson.definition_url.clone());
    let reply = browser::get(&url).await.map_err(|NoNetwork| Halt::Back(Problem::NoNetwork))?;
    // The server has checked the definition; here it is only read.
    let survey = if reply.ok { serde_json::from_str(&reply.text).ok() } else { None };
    survey.ok_or(Halt::Back(Problem::Definition))
}

async fn token(tablet: Tablet, slip: SlipCode) -> Result<Permit, Halt> {
    let pending = pending(tablet, slip)?;
    let request = TokenRequest { slip: slip.to_string(), blinded: pending.blinded() };
    let body = serde_json::to_string(&request).map_err(|_| Halt::Back(UNREADABLE))?;
    let reply = browser::post("/c/token", &body).await;
    let reply = reply.map_err(|NoNetwork| Halt::Back(Problem::NoNetwork))?;
    let evaluation = evaluation(&reply).map_err(|problem| {
        // What has been refused is not repeated: a next try draws a value of its own.
        if problem != Problem::Refused(Refusal::Busy) {
            browser::forget(&tablet.key(PENDING));
        }
        Halt::Back(problem)
    })?;
    let permit = tablet
        .lesson
        .with_value(|lesson| pending.finish(&evaluation, &lesson.token_key, lesson.place))
        .map_err(|_| Halt::ProofFailed)?;
    if let Ok(kept) = serde_json::to_string(&permit) {
        browser::keep(&tablet.key(TOKEN), &kept);
    }
    browser::forget(&tablet.key(PENDING));
    Ok(permit)
}

const UNREADABLE: Problem = Problem::Refused(Refusal::Unreadable);

/// Kept before it is sent, so that a lost reply can be asked for again.
fn pending(tablet: Tablet, slip: SlipCode) -> Result<PendingToken, Halt> {
    let key = tablet.key(PENDING);
    let slip = slip.to_string();
    let before = browser::kept(&key)
        .and_then(|kept| serde_json::from_str::<Pending>(&kept).ok())
        .filter(|before| before.slip == slip)
        .and_then(|before| PendingToken::from_bytes(&before.token).ok());
    if let Some(before) = before {
        return Ok(before);
    }
    let pending = PendingToken::new(&mut OsRng).map_err(|_| Halt::Back(UNREADABLE))?;
    let record = Pending { slip, token: pending.to_bytes() };
    if let Ok(record) = serde_json::to_string(&record) {
        browser::keep(&key, &record);
    }
    Ok(pending)
}

fn evaluation(reply: &Reply) -> Result<TokenReply, Problem> {
    if reply.ok {
        return serde_json::from_str(&reply.text).map_err(|_| UNREADABLE);
    }
    // Without a reason it was not this server that spoke, or it is in trouble.
    Err(serde_json::from_str(&reply.text).map_or(Problem::NoNetwork, Problem::Refused))
}
