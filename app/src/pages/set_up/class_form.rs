use crate::{
    Language, StructureColumn, StructureProblem,
    language::text,
    pages::structure::language_name,
    parts::field::Field,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A class in a form: as it is stored, or as it was typed and could not be taken.
#[derive(Debug, Clone, Default)]
pub struct ClassForm {
    pub label: String,
    /// A code, or empty before one was chosen.
    pub language: String,
    pub enrolment: String,
    pub teacher: String,
    pub mistakes: Vec<(StructureColumn, StructureProblem)>,
}

/// One class, to be changed.
/// `POST /classes/{class}/edit` with the fields of [`ClassForm`];
/// `POST /classes/{class}/state` with `closed` = `yes` or `no`.
#[derive(Debug, Clone)]
pub struct EditClassPage {
    pub id: String,
    pub school_id: String,
    pub school: String,
    /// As it is stored.
    pub label: String,
    pub form: ClassForm,
    pub closed: bool,
    /// Frozen in a wave: it cannot be closed.
    pub in_open_wave: bool,
}

impl ClassForm {
    pub(super) fn view(
        &self,
        language: Language,
        action: &str,
        button: &'static str,
    ) -> impl IntoView + use<> {
        let wrong = (!self.mistakes.is_empty()).then(|| {
            view! { <p class="notice bad" role="alert">{text!(language, setup.not_saved)}</p> }
        });
        view! {
            {wrong}
            <form class="card stack" method="post" action=action.to_owned()>
                {self.field(language, StructureColumn::Class)}
                {self.languages(language)}
                {self.field(language, StructureColumn::Enrolment)}
                {self.field(language, StructureColumn::Teacher)}
                <button class="button">{button}</button>
            </form>
        }
    }

    fn field(&self, language: Language, column: StructureColumn) -> impl IntoView + use<> {
        let (value, hint, keys) = match column {
            StructureColumn::Class => (&self.label, text!(language, setup.label_hint), None),
            StructureColumn::Enrolment => {
                (&self.enrolment, text!(language, setup.enrolment_hint), Some("numeric"))
            }
            _ => (&self.teacher, text!(language, setup.teacher_hint), None),
        };
        let field = Field::text(column.name(), column.heading(language), value.clone());
        let field = field.hint(hint).wrong(self.wrong(language, column)).not_required();
        Field { keys, ..field }.view()
    }

    fn languages(&self, language: Language) -> impl IntoView + use<> {
        let column = StructureColumn::Language;
        let wrong = self.wrong(language, column);
        let chosen = self.language.clone();
        let options = Language::ALL.map(|one| {
            let code = one.code();
            view! {
                <option value=code selected=chosen == code>
                    {language_name(language, code)}
                </option>
            }
        });
        let wrong_id = "language-wrong";
        view! {
            <label for="language">{column.heading(language)}</label>
            <select
                id="language"
                name="language"
                aria-describedby=wrong.is_some().then_some(wrong_id)
                aria-invalid=wrong.is_some().then_some("true")
            >
                <option value="">{text!(language, setup.choose)}</option>
                {options.collect_view()}
            </select>
            {wrong.map(|words| view! { <p class="bad" id=wrong_id>{words}</p> })}
        }
    }

    fn wrong(&self, language: Language, column: StructureColumn) -> Option<String> {
        let found = self.mistakes.iter().find(|(wrong, _)| *wrong == column);
        found.map(|(_, problem)| problem.words(language))
    }
}

impl Page for EditClassPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, setup.change_class, label = self.label.as_str())
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let action = format!("/classes/{}/edit", self.id);
        let frozen = self
            .in_open_wave
            .then(|| view! { <p class="notice">{text!(language, setup.frozen)}</p> });
        view! {
            <p>
                <a href=format!("/schools/{}/classes", self.school_id)>
                    {text!(language, setup.back)}
                </a>
            </p>
            <h1>{self.title(language)}</h1>
            <p class="lead">{self.school.clone()}</p>
            {frozen}
            {self.form.view(language, &action, text!(language, setup.save))}
            {self.closing(language)}
        }
        .into_any()
    }
}

impl EditClassPage {
    fn closing(&self, language: Language) -> AnyView {
        let action = format!("/classes/{}/state", self.id);
        if self.closed {
            return view! {
                <h2>{text!(language, setup.closed)}</h2>
                <form method="post" action=action>
                    <input type="hidden" name="closed" value="no" />
                    <button class="button second">{text!(language, setup.reopen)}</button>
                </form>
            }
            .into_any();
        }
        if self.in_open_wave {
            let words = text!(language, setup.close_in_wave);
            return view! { <p class="quiet">{words}</p> }.into_any();
        }
        view! {
            <details class="card">
                <summary>{text!(language, setup.close_title)}</summary>
                <p>{text!(language, setup.close_what)}</p>
                <form method="post" action=action>
                    <input type="hidden" name="closed" value="yes" />
                    <button class="button danger">{text!(language, setup.close)}</button>
                </form>
            </details>
        }
        .into_any()
    }
}
