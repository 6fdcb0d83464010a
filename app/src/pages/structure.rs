mod mistakes;
mod preview;

pub(super) use preview::language_name;
pub use preview::{PreviewClass, PreviewFields, StructurePreview};

use crate::{
    Language, StructureColumn, StructureMistake,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A table of classes: brought in, checked, confirmed.
/// `POST /structure` with `file`; `POST /structure/{import}`.
#[derive(Debug, Clone)]
pub struct StructurePage {
    /// The one school that it is about.
    pub school: Option<String>,
    /// Where its classes are changed by hand.
    pub by_hand: Option<String>,
    /// Classes are frozen in a wave.
    pub wave_open: bool,
    /// Where its class teachers are invited, for who may.
    pub teachers: Option<String>,
    /// The most pupils that a class may have.
    pub most_pupils: u32,
    pub step: StructureStep,
}

/// How far it has come.
#[derive(Debug, Clone)]
pub enum StructureStep {
    /// With why it begins again.
    Upload(Option<StructureNotice>),
    /// Every mistake, and how many more there are than are listed.
    Mistakes(Vec<StructureMistake>, u32),
    Preview(StructurePreview),
    Running {
        done: u32,
        total: u32,
    },
    Done {
        classes: u32,
    },
}

/// Why a table must be checked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StructureNotice {
    NoFile,
    TooLarge,
    Stale,
    Expired,
    Failed,
}

impl StructureNotice {
    fn words(self, language: Language) -> &'static str {
        match self {
            Self::NoFile => text!(language, structure.no_file),
            Self::TooLarge => text!(language, structure.too_large),
            Self::Stale => text!(language, structure.stale),
            Self::Expired => text!(language, structure.expired),
            Self::Failed => text!(language, structure.failed),
        }
    }
}

impl Page for StructurePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, structure.title).to_owned()
    }

    fn refresh_seconds(&self) -> Option<u32> {
        matches!(self.step, StructureStep::Running { .. }).then_some(2)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let school = self.school.as_ref().map(|name| {
            let words = text!(language, structure.for_school, name = name.as_str());
            view! { <p class="lead">{words}</p> }
        });
        let wave = self
            .wave_open
            .then(|| view! { <p class="notice">{text!(language, structure.wave_open)}</p> });
        let step = match &self.step {
            StructureStep::Upload(notice) => self.upload(language, *notice),
            StructureStep::Mistakes(mistakes, more) => {
                mistakes::mistakes(language, mistakes, *more)
            }
            StructureStep::Preview(preview) => preview.view(language),
            StructureStep::Running { done, total } => running(language, *done, *total),
            StructureStep::Done { classes } => self.done(language, *classes),
        };
        view! {
            <p>
                <a href="/classes">{text!(language, staff.back_to_classes)}</a>
            </p>
            <h1>{text!(language, structure.title)}</h1>
            {school}
            {wave}
            {step}
        }
        .into_any()
    }
}

impl StructurePage {
    fn upload(&self, language: Language, notice: Option<StructureNotice>) -> AnyView {
        let notice = notice.map(|notice| {
            view! { <p class="notice bad" role="alert">{notice.words(language)}</p> }
        });
        let links = [
            ("template.xlsx", text!(language, structure.template_xlsx)),
            ("template.csv", text!(language, structure.template_csv)),
            ("current.xlsx", text!(language, structure.current_xlsx)),
            ("current.csv", text!(language, structure.current_csv)),
        ];
        let links = links.map(|(file, words)| {
            view! {
                <li>
                    <a class="row-link" href=format!("/structure/files/{file}") download=file>
                        {words}
                    </a>
                </li>
            }
        });
        let by_hand = self.by_hand.clone().map(|address| {
            view! {
                <p>
                    <a class="row-link" href=address>
                        {text!(language, setup.classes_link)}
                    </a>
                </p>
            }
        });
        view! {
            {notice}
            <p>{text!(language, structure.what)}</p>
            {by_hand}
            <h2>{text!(language, structure.step_fill)}</h2>
            <p>{text!(language, structure.step_fill_what)}</p>
            <ul class="plain-list">{links.collect_view()}</ul>
            <details>
                <summary>{text!(language, structure.columns)}</summary>
                <dl class="facts">{self.columns(language)}</dl>
            </details>
            <h2>{text!(language, structure.step_upload)}</h2>
            {upload_form(language)}
        }
        .into_any()
    }

    fn done(&self, language: Language, classes: u32) -> AnyView {
        let teachers = self.teachers.clone().map(|address| {
            view! {
                <a class="button" href=address>
                    {text!(language, teachers.link)}
                </a>
            }
        });
        view! {
            <p class="notice" role="status">{text!(language, structure.done, count = classes)}</p>
            <p class="row">
                {teachers} <a class="row-link" href="/classes">{text!(language, structure.to_classes)}</a>
                <a class="row-link" href="/structure">{text!(language, structure.another_file)}</a>
            </p>
        }
        .into_any()
    }

    fn columns(&self, language: Language) -> Vec<AnyView> {
        let of_place = [
            StructureColumn::Region,
            StructureColumn::District,
            StructureColumn::School,
            StructureColumn::SchoolCode,
        ];
        let shown = |column: &StructureColumn| self.school.is_none() || !of_place.contains(column);
        let columns = StructureColumn::ALL.into_iter().filter(shown);
        let line = |column: StructureColumn| {
            view! {
                <dt>{column.heading(language)}</dt>
                <dd>{column.hint(language, self.most_pupils)}</dd>
            }
            .into_any()
        };
        columns.map(line).collect()
    }
}

impl StructureColumn {
    fn hint(self, language: Language, most_pupils: u32) -> String {
        match self {
            Self::Region | Self::District | Self::School => {
                text!(language, structure.place_hint).to_owned()
            }
            Self::SchoolCode => text!(language, structure.school_code_hint).to_owned(),
            Self::Class => text!(language, structure.class_hint).to_owned(),
            Self::Grade => text!(language, structure.grade_hint).to_owned(),
            Self::Language => text!(language, structure.language_hint).to_owned(),
            Self::Enrolment => text!(language, structure.enrolment_hint, limit = most_pupils),
            Self::Teacher => text!(language, structure.teacher_hint).to_owned(),
        }
    }
}

fn upload_form(language: Language) -> impl IntoView {
    view! {
        <form
            class="card stack"
            method="post"
            action="/structure"
            enctype="multipart/form-data"
        >
            <label for="file">{text!(language, structure.file)}</label>
            <input
                id="file"
                name="file"
                type="file"
                accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                aria-describedby="file-hint"
            />
            <span class="quiet" id="file-hint">
                {text!(language, structure.check_what)}
            </span>
            <button class="button">{text!(language, structure.check)}</button>
        </form>
    }
}

fn running(language: Language, done: u32, total: u32) -> AnyView {
    let words = text!(language, structure.running, done = done, total = total);
    view! {
        <p class="done-words" role="status">
            {words}
        </p>
        <progress value=done max=total></progress>
        <p>{text!(language, structure.running_what)}</p>
    }
    .into_any()
}
