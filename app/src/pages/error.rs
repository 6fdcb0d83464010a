use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// A request that leads to no page.
#[derive(Debug, Clone)]
pub struct ErrorPage {
    pub kind: ErrorKind,
}

/// What went wrong, as far as it is anybody's business: what one may not see is not found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorKind {
    NotFound,
    /// `what` is already in the reader's language.
    BadRequest {
        what: Option<String>,
    },
    TooLarge,
    TooMany,
    Internal,
}

impl Page for ErrorPage {
    const AUDIENCE: Audience = Audience::Everybody;

    fn title(&self, language: Language) -> String {
        self.kind.title(language).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let detail = match &self.kind {
            ErrorKind::BadRequest { what: Some(what) } => {
                Some(text!(language, errors.bad_request_what, what = what))
            }
            _ => None,
        };
        view! {
            <h1>{self.kind.title(language)}</h1>
            <p class="lead">{self.kind.advice(language)}</p>
            {detail.map(|detail| view! { <p class="notice bad">{detail}</p> })}
            <p>
                <a class="button second" href="/">
                    {text!(language, common.back_home)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl ErrorKind {
    pub(crate) fn title(&self, language: Language) -> &'static str {
        match self {
            Self::NotFound => text!(language, errors.not_found_title),
            Self::BadRequest { .. } => text!(language, errors.bad_request_title),
            Self::TooLarge => text!(language, errors.too_large_title),
            Self::TooMany => text!(language, errors.too_many_title),
            Self::Internal => text!(language, errors.internal_title),
        }
    }

    pub(crate) fn advice(&self, language: Language) -> &'static str {
        match self {
            Self::NotFound => text!(language, errors.not_found),
            Self::BadRequest { .. } => text!(language, errors.bad_request),
            Self::TooLarge => text!(language, errors.too_large),
            Self::TooMany => text!(language, errors.too_many),
            Self::Internal => text!(language, errors.internal),
        }
    }
}
