//! What is fetched for a survey: the questions before the first one is shown, everything else
//! after it, the same for every pupil.

use super::tablet::{Problem, Readiness, Tablet, in_language};
use crate::{
    Language, Setup,
    browser::{self, NoNetwork},
    tablet_scripts,
};
use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::Duration;
use survey_definitions::{Form, Questionnaire};

/// Until a tablet that lies ready fetches what it may need without a network.
const SOON: Duration = Duration::from_secs(6);
const AGAIN: Duration = Duration::from_secs(15);

/// At the page's start, so that the first question is there when the code is.
pub(super) fn begin(tablet: Tablet) {
    let language = tablet.language.get_untracked();
    spawn_local(async move {
        let _ = questionnaire(tablet, language).await;
        // The youngest answer by pictures.
        if tablet.setup.with_value(|setup| setup.form == Form::Junior) {
            pictures(tablet).await;
        }
    });
    set_timeout(move || the_rest(tablet), SOON);
}

/// The questions in a language, fetched once.
pub(super) async fn questionnaire(
    tablet: Tablet,
    language: Language,
) -> Result<Arc<Questionnaire>, Problem> {
    if let Some(found) = in_language(tablet.questionnaires, language) {
        return Ok(found);
    }
    let urls = tablet.setup.with_value(|setup| {
        let files = setup.files.iter().find(|files| files.language == language);
        files.map(|files| files.questionnaire.clone())
    });
    let fetched: Questionnaire = fetch(&urls.ok_or(Problem::Definition)?).await?;
    let fetched = Arc::new(fetched);
    tablet.questionnaires.update(|all| all.push((language, fetched.clone())));
    Ok(fetched)
}

async fn fetch<T: DeserializeOwned>(url: &str) -> Result<T, Problem> {
    match browser::get_bytes(url).await {
        Err(NoNetwork) => Err(Problem::NoNetwork),
        Ok(None) => Err(Problem::Definition),
        Ok(Some(bytes)) => postcard::from_bytes(&bytes).map_err(|_| Problem::Definition),
    }
}

/// Once: the other languages, neutral tasks, pictures, help, and what the tablet keeps of them.
pub(super) fn the_rest(tablet: Tablet) {
    if tablet.preparing.get_value() {
        return;
    }
    tablet.preparing.set_value(true);
    spawn_local(async move {
        while !all_here(tablet).await {
            browser::pause(AGAIN).await;
        }
        let urls = tablet.setup.with_value(urls_to_keep);
        let (files_kept, storage_lasts) = tablet_scripts::prepare_tablet(&urls).await;
        let waiting = tablet_scripts::queue_length().await;
        tablet.readiness.set(Some(Readiness { files_kept, storage_lasts, waiting }));
    });
}

async fn all_here(tablet: Tablet) -> bool {
    let mut here = true;
    for files in tablet.setup.with_value(|setup| setup.files.clone()) {
        here &= questionnaire(tablet, files.language).await.is_ok();
        if in_language(tablet.tasks, files.language).is_none() {
            match fetch(&files.tasks).await {
                Ok(tasks) => tablet.tasks.update(|all| all.push((files.language, Arc::new(tasks)))),
                Err(_) => here = false,
            }
        }
    }
    here & pictures(tablet).await & help(tablet).await
}

/// Where to find help; the page that ends the survey waits for nothing.
async fn help(tablet: Tablet) -> bool {
    let url = tablet.setup.with_value(Setup::help_url);
    let reply = browser::get(&url).await;
    if let Some(reply) = reply.ok().filter(|reply| reply.ok) {
        tablet.help.set(Some(reply.text));
    }
    tablet.help.with_untracked(Option::is_some)
}

/// The drawings, put into the page once; without them the words are there.
async fn pictures(tablet: Tablet) -> bool {
    if browser::has_pictures() {
        return true;
    }
    let url = tablet.setup.with_value(|setup| setup.pictures.clone());
    match browser::get(&url).await {
        Ok(reply) if reply.ok => browser::put_pictures(&reply.text),
        _ => return false,
    }
    true
}

/// The page itself and what is not among the files that every version of Senim keeps.
fn urls_to_keep(setup: &Setup) -> String {
    let mut urls = vec![browser::path(), setup.help_url()];
    urls.extend(setup.recordings.iter().cloned());
    urls.join(" ")
}
