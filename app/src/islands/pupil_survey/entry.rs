//! From the slip to the first screen.

use super::files;
use super::keeping::{self, Kept, Permit};
use super::known_keys;
use super::tablet::{Problem, Stage, Tablet};
use crate::{Progress, Taking, browser, tablet_scripts};
use leptos::{leptos_dom::helpers::window_event_listener_untyped, prelude::*, task::spawn_local};
use protocol::{PendingToken, Refusal, SlipCode, TokenReply, TokenRequest};
use rand_core::OsRng;

/// Once, when the page has become alive.
pub(super) fn arrive(tablet: Tablet) {
    // A survey that lacks the reader's language is shown in one that it has.
    browser::speak(tablet.language.get_untracked().code());
    take_scanned(tablet);
    // A slip may be scanned where its class's page is open already.
    window_event_listener_untyped("hashchange", move |_| take_scanned(tablet));
    if tablet.stage.get_untracked() == Stage::OtherKeys || !known_keys::are_as_before(tablet) {
        // Nothing of what came with other keys is kept, and nothing is sent.
        return tablet.stage.set(Stage::OtherKeys);
    }
    tablet.unfinished.set(keeping::has_unfinished(tablet));
    tablet.stage.set(Stage::Start);
    files::begin(tablet);
    tablet_scripts::flush_queue();
}

/// The code that a slip's QR puts into the address goes into the field, before a survey has begun
/// and if the QR knows the keys that this tablet was given.
fn take_scanned(tablet: Tablet) {
    let Some(fragment) = browser::take_fragment() else { return };
    let stage = tablet.stage.get_untracked();
    if !matches!(stage, Stage::Preparing | Stage::Start | Stage::OtherKeys) {
        return;
    }
    let (code, keys) = fragment.split_once('.').unwrap_or((&fragment, ""));
    if !keys.is_empty() && !known_keys::are(tablet, keys) {
        // Stays in the address, without the code, so that a reload does not forget it.
        browser::put_fragment(&format!(".{keys}"));
        tablet.stage.set(Stage::OtherKeys);
    } else if stage != Stage::OtherKeys && slip(tablet, code).is_ok() {
        tablet.code.set(code.to_owned());
    }
}

/// Begins with the code that is typed, or goes on where this code was left.
pub(super) fn begin(tablet: Tablet) {
    tablet.problem.set(None);
    match tablet.code.with_untracked(|code| slip(tablet, code)) {
        Ok(slip) => run(tablet, slip),
        Err(problem) => tablet.problem.set(Some(problem)),
    }
}

enum Halt {
    Back(Problem),
    ProofFailed,
}

fn run(tablet: Tablet, slip: SlipCode) {
    tablet.stage.set(Stage::Checking);
    spawn_local(async move {
        match enter(tablet, slip).await {
            Ok(taking) => {
                tablet.code.set(String::new());
                tablet.taking.set(Some(taking));
                tablet.stage.set(Stage::Questions);
                files::the_rest(tablet);
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

fn slip(tablet: Tablet, typed: &str) -> Result<SlipCode, Problem> {
    let part = tablet.class_part().ok_or(Problem::OtherClass)?;
    let slip = SlipCode::parse_with_class(part, typed).map_err(Problem::Code)?;
    if slip.class_part() == part { Ok(slip) } else { Err(Problem::OtherClass) }
}

/// The questions come first: a slip is spent only when they are there.
async fn enter(tablet: Tablet, slip: SlipCode) -> Result<Taking, Halt> {
    let language = tablet.language.get_untracked();
    let questionnaire = files::questionnaire(tablet, language).await.map_err(Halt::Back)?;
    let (permit, progress) = match keeping::open(tablet, &slip) {
        Some(Kept { permit: Permit::Pending(bytes), .. }) => {
            (token(tablet, slip, &restored(&bytes)?).await?, None)
        }
        Some(Kept { permit, progress }) => (permit, progress),
        None => (token(tablet, slip, &drawn(tablet)?).await?, None),
    };
    tablet.permit.set_value(Some(permit));
    Ok(match progress {
        Some(progress) => Taking::resume(questionnaire, progress),
        None => Taking::new(questionnaire),
    })
}

fn restored(bytes: &[u8]) -> Result<PendingToken, Halt> {
    PendingToken::from_bytes(bytes).map_err(|_| Halt::Back(UNREADABLE))
}

/// Kept before it is sent, so that a lost reply can be asked for again.
fn drawn(tablet: Tablet) -> Result<PendingToken, Halt> {
    let pending = PendingToken::new(&mut OsRng).map_err(|_| Halt::Back(UNREADABLE))?;
    tablet.permit.set_value(Some(Permit::Pending(pending.to_bytes())));
    keeping::keep(tablet, None::<Progress>);
    Ok(pending)
}

async fn token(tablet: Tablet, slip: SlipCode, pending: &PendingToken) -> Result<Permit, Halt> {
    let request = TokenRequest { slip: slip.to_string(), blinded: pending.blinded() };
    let body = serde_json::to_string(&request).map_err(|_| Halt::Back(UNREADABLE))?;
    let word = tablet_scripts::ask_for_token(&body).await;
    let evaluation = evaluation(&word).map_err(|problem| {
        // What this server has refused is not repeated. After anything else the slip may have
        // been marked for this value: only the same request again gets its token.
        if matches!(problem, Problem::Refused(refusal) if refusal != Refusal::Busy) {
            keeping::forget(tablet);
        }
        Halt::Back(problem)
    })?;
    let (value, token) = tablet
        .setup
        .with_value(|setup| {
            pending.finish(&evaluation, &setup.lesson.token_key, setup.lesson.place)
        })
        .map_err(|_| Halt::ProofFailed)?;
    Ok(Permit::Held(value, token))
}

const UNREADABLE: Problem = Problem::Refused(Refusal::Unreadable);

/// A word without sense or reason is not this server's, or was cut on its way.
fn evaluation(word: &str) -> Result<TokenReply, Problem> {
    serde_json::from_str(word)
        .map_err(|_| serde_json::from_str(word).map_or(Problem::NoNetwork, Problem::Refused))
}
