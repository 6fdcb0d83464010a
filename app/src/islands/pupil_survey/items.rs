//! One question and what can be answered.

use super::{TITLE, tablet::Tablet};
use crate::{Language, language::text};
use leptos::prelude::*;
use survey_definitions::{Answer, Choice, ScaleKind};

pub(super) fn item(tablet: Tablet, language: Language, item: usize, first: bool) -> AnyView {
    let found = tablet.read(|taking| {
        let survey = taking.survey();
        let question = survey.items.get(item)?;
        let scale = survey.scale_of(question)?;
        Some((question.text.get(language).to_owned(), scale.kind.clone()))
    });
    let Some((question, kind)) = found.flatten() else { return ().into_any() };
    let (hint, choices) = match kind {
        ScaleKind::One { options } => {
            (text!(language, pupil.one_answer), cards(tablet, language, item, options, false))
        }
        ScaleKind::Many { options } => {
            (text!(language, pupil.many_answers), cards(tablet, language, item, options, true))
        }
        ScaleKind::Number { lowest, highest, lowest_text, highest_text } => {
            let ends = [lowest_text.get(language).to_owned(), highest_text.get(language).to_owned()];
            (text!(language, pupil.number_answer), numbers(tablet, item, lowest, highest, ends))
        }
    };
    let skipped = move || {
        (answer(tablet, item) == Answer::DoNotWant)
            .then(|| view! { <p class="quiet">{text!(language, pupil.did_not_want)}</p> })
    };
    view! {
        <fieldset class="item">
            <legend>
                <h1 id=first.then_some(TITLE) tabindex="-1">
                    {question}
                </h1>
            </legend>
            <p class="quiet">{hint}</p>
            {choices}
            {skipped}
        </fieldset>
    }
    .into_any()
}

fn cards(
    tablet: Tablet,
    language: Language,
    item: usize,
    options: Vec<Choice>,
    many: bool,
) -> AnyView {
    let card = move |option: Choice| {
        let words = option.text.get(language).to_owned();
        input(tablet, item, option.code, many, "choice", words)
    };
    view! { <div class="choices">{options.into_iter().map(card).collect_view()}</div> }.into_any()
}

fn numbers(
    tablet: Tablet,
    item: usize,
    lowest: i16,
    highest: i16,
    [low, high]: [String; 2],
) -> AnyView {
    let buttons = (lowest..=highest)
        .map(|number| input(tablet, item, number, false, "choice number", number.to_string()))
        .collect_view();
    view! {
        <div class="numbers">{buttons}</div>
        <div class="ends">
            <span>{format!("{lowest}: {low}")}</span>
            <span>{format!("{highest}: {high}")}</span>
        </div>
    }
    .into_any()
}

/// A native input inside its label: keyboard and screen reader come with it.
fn input(
    tablet: Tablet,
    item: usize,
    code: i16,
    many: bool,
    class: &'static str,
    words: String,
) -> impl IntoView {
    let checked = move || match answer(tablet, item) {
        Answer::Code(chosen) => chosen == code,
        Answer::Many(bits) => u32::try_from(code).is_ok_and(|code| bits >> code & 1 == 1),
        Answer::NotReached | Answer::DoNotWant => false,
    };
    let choose = move |_| {
        tablet.change(|taking| {
            if many {
                taking.toggle(item, code);
            } else {
                taking.choose(item, code);
            }
        });
    };
    view! {
        <label class=class>
            <input
                type=if many { "checkbox" } else { "radio" }
                name=format!("item-{item}")
                value=code
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
