//! One question and what can be answered: an item, or a neutral task that looks like one.

use super::{
    TITLE,
    parts::{hear, picture, readable},
    tablet::Tablet,
};
use crate::{Language, language::text};
use leptos::prelude::*;
use std::sync::Arc;
use survey_definitions::{Answer, LeanChoice, LeanScale, Words, option_bit};

/// What the options of one question do, and which is chosen.
#[derive(Clone)]
struct Choosing {
    /// The name that the inputs share.
    name: String,
    many: bool,
    chosen: Arc<dyn Fn() -> Answer + Send + Sync>,
    choose: Arc<dyn Fn(i16) + Send + Sync>,
}

/// An item of the survey; `first` on its screen, which is where the focus goes.
pub(super) fn item(
    tablet: Tablet,
    language: Language,
    item: usize,
    first: bool,
) -> Option<impl IntoView + use<>> {
    let questionnaire = tablet.questionnaire()?;
    let words = &questionnaire.items.get(item)?.words;
    let scale = questionnaire.scale_of(item)?;
    let many = matches!(scale, LeanScale::Many(_));
    let choosing = Choosing {
        name: format!("item-{item}"),
        many,
        chosen: Arc::new(move || answer(tablet, item)),
        choose: Arc::new(move |code| {
            tablet.change(|taking| match many {
                true => taking.toggle(item, code),
                false => taking.choose(item, code),
            });
        }),
    };
    Some(question(language, words, scale, &choosing, first))
}

/// A neutral task: its answer is kept nowhere.
pub(super) fn task(tablet: Tablet, language: Language, at: usize) -> Option<impl IntoView + use<>> {
    let tasks = tablet.tasks()?;
    let task = tasks.tasks.get(at % tasks.tasks.len().max(1))?;
    let chosen = RwSignal::new(Answer::NotReached);
    let choosing = Choosing {
        name: "task".to_owned(),
        many: false,
        chosen: Arc::new(move || chosen.get()),
        choose: Arc::new(move |code| chosen.set(Answer::Code(code))),
    };
    let scale = LeanScale::One(task.options.clone());
    Some(question(language, &task.words, &scale, &choosing, true))
}

fn question(
    language: Language,
    words: &Words,
    scale: &LeanScale,
    choosing: &Choosing,
    first: bool,
) -> impl IntoView + use<> {
    let recorded = is_recorded(words) && options(scale).iter().all(|one| is_recorded(&one.words));
    let hint = match scale {
        LeanScale::One(_) => text!(language, pupil.one_answer),
        LeanScale::Many(_) => text!(language, pupil.many_answers),
        LeanScale::Number { .. } => text!(language, pupil.number_answer),
    };
    let chosen = choosing.chosen.clone();
    let skipped = move || {
        (chosen() == Answer::DoNotWant)
            .then(|| view! { <p class="quiet">{text!(language, pupil.did_not_want)}</p> })
    };
    view! {
        <fieldset class="item readable">
            <legend>
                <h1 id=first.then_some(TITLE) tabindex="-1">
                    {readable(words)}
                </h1>
            </legend>
            {hear(language, "hear", recorded)}
            <p class="quiet">{hint}</p>
            {options(scale)
                .into_iter()
                .map(|option| choice(language, &option, choosing, false))
                .collect_view()}
            {numbers(language, scale, choosing)}
            {skipped}
        </fieldset>
    }
}

fn is_recorded(words: &Words) -> bool {
    words.recording.is_some()
}

fn options(scale: &LeanScale) -> Vec<LeanChoice> {
    match scale {
        LeanScale::One(options) | LeanScale::Many(options) => options.clone(),
        LeanScale::Number { .. } => Vec::new(),
    }
}

fn numbers(
    language: Language,
    scale: &LeanScale,
    choosing: &Choosing,
) -> Option<impl IntoView + use<>> {
    let LeanScale::Number { lowest, highest, lowest_words, highest_words } = scale else {
        return None;
    };
    let button = |code: i16| {
        let words = Words { text: code.to_string(), recording: None };
        let number = LeanChoice { code, none: false, picture: None, words };
        choice(language, &number, choosing, true)
    };
    Some(view! {
        <div class="numbers">{(*lowest..=*highest).map(button).collect_view()}</div>
        <div class="ends">
            <span>{format!("{lowest}: ")} {readable(lowest_words)}</span>
            <span>{format!("{highest}: ")} {readable(highest_words)}</span>
        </div>
    })
}

/// A native input inside its label: keyboard and screen reader come with it.
fn choice(
    language: Language,
    option: &LeanChoice,
    choosing: &Choosing,
    number: bool,
) -> impl IntoView + use<> {
    let Choosing { name, many, chosen, choose } = choosing.clone();
    let code = option.code;
    let checked = move || match chosen() {
        Answer::Code(chosen) => chosen == code,
        Answer::Many(bits) => bits & option_bit(code) != 0,
        Answer::NotReached | Answer::DoNotWant => false,
    };
    view! {
        <div class="option readable" class:number=number>
            <label class="choice" class:number=number>
                <input
                    type=if many { "checkbox" } else { "radio" }
                    name=name
                    value=code.to_string()
                    autocomplete="off"
                    prop:checked=checked
                    on:change=move |_| choose(code)
                />
                {picture(option.picture.as_ref())}
                {readable(&option.words)}
            </label>
            {(!number).then(|| hear(language, "hear own", is_recorded(&option.words)))}
        </div>
    }
}

fn answer(tablet: Tablet, item: usize) -> Answer {
    tablet
        .taking
        .with(|taking| taking.as_ref().map_or(Answer::NotReached, |taking| taking.answer(item)))
}
