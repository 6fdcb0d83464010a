//! The pages of the definition, one a screen.

use super::{TITLE, items, sending, start, tablet::Tablet};
use crate::{Language, language::text};
use leptos::{either::EitherOf3, prelude::*};
use survey_definitions::Page;

pub(super) fn page(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let (page, (now, total)) =
        tablet.read(|taking| (taking.page().cloned(), taking.progress())).unwrap_or_default();
    let content = match page {
        None => EitherOf3::A(sending::last_step(tablet, language)),
        Some(Page::Reading { title, text, .. }) => {
            EitherOf3::B(reading(tablet, language, title.get(language), text.get(language)))
        }
        Some(Page::Items { .. }) => EitherOf3::C(questions(tablet, language)),
    };
    view! {
        <div class="survey-top">
            <p class="progress-words">
                {text!(language, pupil.progress, total = total, now = now)}
            </p>
            {start::languages(tablet, None)}
            <progress max=total value=now aria-hidden="true"></progress>
        </div>
        {content}
    }
}

fn reading(tablet: Tablet, language: Language, title: &str, text: &str) -> impl IntoView + use<> {
    let paragraphs = text
        .split('\n')
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    view! {
        <article class="card reading">
            <h1 id=TITLE tabindex="-1">
                {title.to_owned()}
            </h1>
            {paragraphs}
        </article>
        {steps(tablet, language, RwSignal::new(false))}
        {stop(tablet, language)}
    }
}

fn questions(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let tried = RwSignal::new(false);
    let items = tablet.read(|taking| taking.items_here()).unwrap_or_default();
    let items = items
        .into_iter()
        .enumerate()
        .map(|(place, item)| items::item(tablet, language, item, place == 0))
        .collect_view();
    let open = move || {
        let open =
            tablet.taking.with(|taking| taking.as_ref().is_some_and(|taking| !taking.is_ready()));
        (open && tried.get())
            .then(|| view! { <p class="notice bad">{text!(language, pupil.answer_first)}</p> })
    };
    let skip = move |_| {
        tablet.change(|taking| {
            taking.do_not_want_here();
            taking.next();
        });
    };
    view! {
        {items}
        <div role="alert">{open}</div>
        <p>
            <button type="button" class="button skip-item" on:click=skip>
                {text!(language, pupil.do_not_want)}
            </button>
        </p>
        {steps(tablet, language, tried)}
        {stop(tablet, language)}
    }
}

/// Back and next.
fn steps(tablet: Tablet, language: Language, tried: RwSignal<bool>) -> impl IntoView {
    let first = tablet.read(|taking| taking.progress().0 == 1).unwrap_or(true);
    let next = move |_| {
        tried.set(true);
        tablet.change(|taking| taking.next());
    };
    view! {
        <div class="steps">
            {(!first).then(|| back(tablet, language))}
            <button type="button" class="button next" on:click=next>
                {text!(language, pupil.next)}
            </button>
        </div>
    }
}

pub(super) fn back(tablet: Tablet, language: Language) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button second"
            on:click=move |_| tablet.change(|taking| taking.back())
        >
            {text!(language, pupil.back)}
        </button>
    }
}

fn stop(tablet: Tablet, language: Language) -> impl IntoView {
    view! {
        <details class="stop">
            <summary>{text!(language, pupil.stop)}</summary>
            <p>{text!(language, pupil.stop_confirm)}</p>
            <button
                type="button"
                class="button danger"
                on:click=move |_| tablet.change(|taking| taking.stop())
            >
                {text!(language, pupil.stop_yes)}
            </button>
        </details>
    }
}
