use crate::{
    HelpField, HelpMistake, Language, SchoolHelp,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// What a school says to its pupils about its own psychologist.
/// `POST /schools/{school}/help` with `psychologist`, `room`, `times`.
#[derive(Debug, Clone)]
pub struct SchoolHelpPage {
    pub school_id: String,
    pub school: String,
    /// What is stored, or what was typed and could not be taken.
    pub help: SchoolHelp,
    pub mistakes: Vec<(HelpField, HelpMistake)>,
    pub saved: bool,
    pub may_change: bool,
}

impl Page for SchoolHelpPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, school_help.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let content = if self.may_change {
            self.form(language).into_any()
        } else {
            self.said(language).into_any()
        };
        view! {
            <p>
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{text!(language, school_help.title)}</h1>
            <p class="lead">{self.school.clone()}</p>
            <p>{text!(language, school_help.what)}</p>
            {self.outcome(language)}
            {content}
        }
        .into_any()
    }
}

impl SchoolHelpPage {
    fn outcome(&self, language: Language) -> Option<AnyView> {
        if !self.mistakes.is_empty() {
            let words = text!(language, school_help.not_saved);
            Some(view! { <p class="notice bad" role="alert">{words}</p> }.into_any())
        } else if self.saved {
            let words = text!(language, school_help.saved);
            Some(view! { <p class="notice" role="status">{words}</p> }.into_any())
        } else {
            None
        }
    }

    fn form(&self, language: Language) -> impl IntoView + use<> {
        let fields = HelpField::ALL.map(|field| self.field(language, field));
        view! {
            <form
                class="card stack"
                method="post"
                action=format!("/schools/{}/help", self.school_id)
            >
                {fields.collect_view()}
                <button class="button">{text!(language, school_help.save)}</button>
            </form>
        }
    }

    /// No `maxlength`: with it a browser cuts off what somebody pastes without a word.
    fn field(&self, language: Language, field: HelpField) -> impl IntoView + use<> {
        let name = field.name();
        let mistake = self.mistakes.iter().find(|(wrong, _)| *wrong == field);
        let wrong = mistake.map(|(_, mistake)| mistake.words(language, field));
        let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
        let described = match wrong {
            Some(_) => format!("{wrong_id} {hint_id}"),
            None => hint_id.clone(),
        };
        let limit = text!(language, school_help.longest, limit = field.longest());
        view! {
            <label for=name>{field.label(language)}</label>
            <span class="quiet" id=hint_id>
                {format!("{} {limit}", field.hint(language))}
            </span>
            <input
                id=name
                name=name
                value=self.help.get(field).to_owned()
                autocomplete="off"
                aria-describedby=described
                aria-invalid=wrong.is_some().then_some("true")
            />
            {wrong.map(|words| view! { <p class="bad" id=wrong_id>{words}</p> })}
        }
    }

    fn said(&self, language: Language) -> impl IntoView + use<> {
        let lines = HelpField::ALL.map(|field| {
            let text = self.help.get(field);
            let text = if text.is_empty() { "—".to_owned() } else { text.to_owned() };
            view! {
                <dt>{field.label(language)}</dt>
                <dd>{text}</dd>
            }
        });
        view! {
            <dl class="facts">{lines.collect_view()}</dl>
            <p class="quiet">{text!(language, school_help.only_coordinator)}</p>
        }
    }
}

impl HelpField {
    fn name(self) -> &'static str {
        match self {
            Self::Psychologist => "psychologist",
            Self::Room => "room",
            Self::Times => "times",
        }
    }

    fn label(self, language: Language) -> &'static str {
        match self {
            Self::Psychologist => text!(language, school_help.psychologist),
            Self::Room => text!(language, school_help.room),
            Self::Times => text!(language, school_help.times),
        }
    }

    fn hint(self, language: Language) -> &'static str {
        match self {
            Self::Psychologist => text!(language, school_help.psychologist_hint),
            Self::Room => text!(language, school_help.room_hint),
            Self::Times => text!(language, school_help.times_hint),
        }
    }
}

impl HelpMistake {
    fn words(self, language: Language, field: HelpField) -> String {
        match self {
            Self::TooLong(length) => {
                let limit = field.longest();
                text!(language, school_help.too_long, length = length, limit = limit)
            }
            Self::Control => text!(language, school_help.control).to_owned(),
        }
    }
}
