//! One question and what can be answered.

use super::{TITLE, tablet::Tablet};
use crate::{Language, language::text};
use leptos::{either::Either, prelude::*};
use survey_definitions::{Answer, Choice, ScaleKind, Text};

/// `first` on its screen, which is where the focus goes.
pub(super) fn item(
    tablet: Tablet,
    language: Language,
    item: usize,
    first: bool,
) -> impl IntoView + use<> {
    let (question, kind) = tablet
        .read(|taking| {
            let question = taking.survey().items.get(item)?;
            let scale = taking.survey().scale_of(question)?;
            Some((question.text.get(language).to_owned(), scale.kind.clone()))
        })
        .flatten()?;
    let skipped = move || {
        (answer(tablet, item) == Answer::DoNotWant)
            .then(|| view! { <p class="quiet">{text!(language, pupil.did_not_want)}</p> })
    };
    Some(view! {
        <fieldset class="item">
            <legend>
                <h1 id=first.then_some(TITLE) tabindex="-1">
                    {question}
                </h1>
            </legend>
            {choices(tablet, language, item, kind)}
            {skipped}
        </fieldset>
    })
}

fn choices(
    tablet: Tablet,
    language: Language,
    item: usize,
    kind: ScaleKind,
) -> impl IntoView + use<> {
    match kind {
        ScaleKind::One { options } => {
            let hint = text!(language, pupil.one_answer);
            Either::Left(cards(tablet, language, item, options, Input::Radio, hint))
        }
        ScaleKind::Many { options } => {
            let hint = text!(language, pupil.many_answers);
            Either::Left(cards(tablet, language, item, options, Input::Checkbox, hint))
        }
        ScaleKind::Number { lowest, highest, lowest_text, highest_text } => {
            let ends = [(lowest, lowest_text), (highest, highest_text)];
            Either::Right(numbers(tablet, language, item, ends))
        }
    }
}

fn cards(
    tablet: Tablet,
    language: Language,
    item: usize,
    options: Vec<Choice>,
    input: Input,
    hint: &'static str,
) -> impl IntoView + use<> {
    let card = move |option: Choice| {
        let words = option.text.get(language).to_owned();
        choice(tablet, item, option.code, input, "choice", words)
    };
    view! {
        <p class="quiet">{hint}</p>
        <div class="choices">{options.into_iter().map(card).collect_view()}</div>
    }
}

fn numbers(
    tablet: Tablet,
    language: Language,
    item: usize,
    [(lowest, lowest_text), (highest, highest_text)]: [(i16, Text); 2],
) -> impl IntoView + use<> {
    let button = move |number: i16| {
        choice(tablet, item, number, Input::Radio, "choice number", number.to_string())
    };
    view! {
        <p class="quiet">{text!(language, pupil.number_answer)}</p>
        <div class="numbers">{(lowest..=highest).map(button).collect_view()}</div>
        <div class="ends">
            <span>{format!("{lowest}: {}", lowest_text.get(language))}</span>
            <span>{format!("{highest}: {}", highest_text.get(language))}</span>
        </div>
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    Radio,
    Checkbox,
}

/// A native input inside its label: keyboard and screen reader come with it.
fn choice(
    tablet: Tablet,
    item: usize,
    code: i16,
    input: Input,
    class: &'static str,
    words: String,
) -> impl IntoView + use<> {
    let checked = move || match answer(tablet, item) {
        Answer::Code(chosen) => chosen == code,
        Answer::Many(bits) => u32::try_from(code).is_ok_and(|code| (bits >> code) & 1 == 1),
        Answer::NotReached | Answer::DoNotWant => false,
    };
    let choose = move |_| {
        tablet.change(|taking| match input {
            Input::Radio => taking.choose(item, code),
            Input::Checkbox => taking.toggle(item, code),
        });
    };
    let kind = match input {
        Input::Radio => "radio",
        Input::Checkbox => "checkbox",
    };
    view! {
        <label class=class>
            <input
                type=kind
                name=format!("item-{item}")
                value=code.to_string()
                autocomplete="off"
                prop:checked=checked
                on:change=choose
            />
            <span>{words}</span>
        </label>
    }
}

fn answer(tablet: Tablet, item: usize) -> Answer {
    tablet
        .taking
        .with(|taking| taking.as_ref().map_or(Answer::NotReached, |taking| taking.answer(item)))
}
