//! The pages of the definition, one a screen.

use super::{items, look, parts, sending, start, tablet::Tablet};
use crate::{Language, language::text};
use leptos::{either::EitherOf4, prelude::*};
use survey_definitions::{LeanPage, LeanPart, Words};

pub(super) fn page(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let (now, total) = tablet.read(|taking| taking.screen()).unwrap_or_default();
    let (task_here, items) = tablet
        .read(|taking| (taking.shows_task(), taking.items_here().to_vec()))
        .unwrap_or_default();
    let questionnaire = tablet.questionnaire();
    let page = questionnaire.as_ref().and_then(|all| all.pages.get(now.saturating_sub(1)));
    let content = match page {
        None => EitherOf4::A(sending::last_step(tablet, language)),
        Some(_) if task_here => EitherOf4::B(task(tablet, language, now - 1)),
        Some(LeanPage::Reading { title, parts }) => {
            EitherOf4::C(reading(tablet, language, title, parts))
        }
        Some(_) => EitherOf4::D(questions(tablet, language, &items)),
    };
    view! {
        <div class="survey-top">
            <p class="progress-words">
                {text!(language, pupil.progress, total = total, now = now)}
            </p>
            {start::languages(tablet, None)}
            {look::settings(tablet, language)}
            <progress max=total value=now aria-hidden="true"></progress>
        </div>
        {content}
    }
}

fn reading(
    tablet: Tablet,
    language: Language,
    title: &Words,
    parts: &[LeanPart],
) -> impl IntoView + use<> {
    let recorded =
        title.recording.is_some() && parts.iter().all(|part| part.words.recording.is_some());
    let paragraphs = parts
        .iter()
        .map(|part| {
            view! {
                <p class="told">
                    {parts::picture(part.picture.as_ref())} {parts::readable(&part.words)}
                </p>
            }
        })
        .collect_view();
    view! {
        <article class="card reading readable">
            <h1 id=super::TITLE tabindex="-1">
                {parts::readable(title)}
            </h1>
            {parts::hear(language, "hear", recorded)}
            {paragraphs}
        </article>
        {steps(tablet, language, RwSignal::new(false))}
        {taking_part(tablet, language)}
    }
}

fn questions(tablet: Tablet, language: Language, items: &[usize]) -> impl IntoView + use<> {
    let tried = RwSignal::new(false);
    let items = items
        .iter()
        .enumerate()
        .map(|(place, item)| items::item(tablet, language, *item, place == 0))
        .collect_view();
    let open = move || {
        let open =
            tablet.taking.with(|taking| taking.as_ref().is_some_and(|taking| !taking.is_ready()));
        (open && tried.get())
            .then(|| view! { <p class="notice bad">{text!(language, pupil.answer_first)}</p> })
    };
    view! {
        {items}
        <div role="alert">{open}</div>
        {skip(tablet, language)}
        {steps(tablet, language, tried)}
        {taking_part(tablet, language)}
    }
}

/// For a pupil who takes no part or is not asked here: the same page to anybody who looks at it
/// from afar.
fn task(tablet: Tablet, language: Language, at: usize) -> impl IntoView + use<> {
    let task = items::task(tablet, language, at);
    let missing = task.is_none().then(|| {
        view! {
            <fieldset class="item">
                <legend>{parts::title(text!(language, pupil.task_missing))}</legend>
            </fieldset>
        }
    });
    view! {
        {task}
        {missing}
        <div role="alert"></div>
        {skip(tablet, language)}
        {steps(tablet, language, RwSignal::new(false))}
        {taking_part(tablet, language)}
    }
}

fn skip(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let skip = move || {
        tablet.change(|taking| {
            taking.do_not_want_here();
            taking.next();
        });
    };
    view! { <p>{parts::button("button skip-item", text!(language, pupil.do_not_want), Box::new(skip))}</p> }
}

/// Back and next.
fn steps(tablet: Tablet, language: Language, tried: RwSignal<bool>) -> impl IntoView + use<> {
    let first = tablet.read(|taking| taking.at() == 0).unwrap_or(true);
    let next = move || {
        tried.set(true);
        tablet.change(|taking| taking.next());
    };
    view! {
        <div class="steps">
            {(!first).then(|| back(tablet, language))}
            {parts::button("button next", text!(language, pupil.next), Box::new(next))}
        </div>
    }
}

pub(super) fn back(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let back = move || tablet.change(|taking| taking.back());
    parts::button("button second", text!(language, pupil.back), Box::new(back))
}

/// Stopping and taking part again stand behind the same words, so that the page looks the same.
fn taking_part(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let declined = tablet.read(|taking| taking.has_declined()).unwrap_or_default();
    let (words, yes, class) = match declined {
        false => {
            (text!(language, pupil.stop_text), text!(language, pupil.stop_yes), "button danger")
        }
        true => (
            text!(language, pupil.take_part_text),
            text!(language, pupil.take_part_yes),
            "button second",
        ),
    };
    let change = move || {
        tablet.change(|taking| match taking.has_declined() {
            false => taking.stop(),
            true => taking.take_part(),
        });
    };
    view! {
        <details class="stop">
            <summary>{text!(language, pupil.taking_part)}</summary>
            <p>{words}</p>
            {parts::button(class, yes, Box::new(change))}
        </details>
    }
}
