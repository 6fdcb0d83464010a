use super::{Rendered, SignInError, Visit};
use crate::pdf::PrintError;
use crate::storage::StorageError;
use crate::wave_setup::WaveError;
use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use serde_json::json;

/// Why a page or a coordinator's request is not answered as asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum PageError {
    #[error("not found")]
    NotFound,
    #[error("sign in first")]
    SignInNeeded,
    #[error("set up one-time codes first, at /account/second-factor")]
    SecondFactorNeeded,
    #[error("{}", app::texts::staff_refusal(survey_definitions::Language::En, *.0))]
    Refused(app::texts::StaffRefusal),
    #[error("{0}")]
    BadRequest(String),
    #[error("{0}")]
    Conflict(String),
    #[error("something went wrong here; it is in the server's log")]
    Internal,
}

impl PageError {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInNeeded => StatusCode::UNAUTHORIZED,
            Self::SecondFactorNeeded => StatusCode::FORBIDDEN,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Conflict(_) | Self::Refused(_) => StatusCode::CONFLICT,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<StorageError> for PageError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Exists { .. } => Self::Conflict(error.to_string()),
            _ => {
                tracing::error!(%error, "a request of staff could not be carried out");
                Self::Internal
            }
        }
    }
}

impl From<SignInError> for PageError {
    fn from(error: SignInError) -> Self {
        tracing::error!(%error, "a password could not be checked or hashed");
        Self::Internal
    }
}

impl From<tower_sessions::session::Error> for PageError {
    fn from(error: tower_sessions::session::Error) -> Self {
        tracing::error!(%error, "a session of staff cannot be used");
        Self::Internal
    }
}

impl From<PrintError> for PageError {
    fn from(error: PrintError) -> Self {
        match error {
            PrintError::NotInThisBuild => Self::Refused(app::texts::StaffRefusal::NoPdf),
            PrintError::Failed { .. } => {
                tracing::error!(%error, "something could not be printed");
                Self::Internal
            }
        }
    }
}

impl From<WaveError> for PageError {
    fn from(error: WaveError) -> Self {
        match error {
            WaveError::Storage(error) => error.into(),
            WaveError::Secrets(error) => {
                tracing::error!(%error, "a wave's secret cannot be used");
                Self::Internal
            }
            WaveError::State(_) | WaveError::Exists | WaveError::Obstacle(_) => {
                Self::Conflict(error.to_string())
            }
            _ => Self::BadRequest(error.to_string()),
        }
    }
}

/// Carries the error to [`as_page`] or [`as_json`], which know who asked and how to say it.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Says errors as a page in the visitor's language; who is not signed in is led to sign in.
pub async fn as_page(visit: Visit, request: Request, next: Next) -> Response {
    let path = visit.path().to_owned();
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<PageError>() {
        None => response,
        Some(PageError::SignInNeeded) => {
            Redirect::to(&format!("/sign-in?back={}", query_escaped(&path))).into_response()
        }
        Some(PageError::SecondFactorNeeded) => {
            Redirect::to("/account/second-factor").into_response()
        }
        Some(error) => {
            let kind = match &error {
                PageError::Refused(refusal) => {
                    let what = app::texts::staff_refusal(visit.language(), *refusal);
                    app::ErrorKind::BadRequest { what: Some(what.to_owned()) }
                }
                PageError::BadRequest(what) | PageError::Conflict(what) => {
                    app::ErrorKind::BadRequest { what: Some(what.clone()) }
                }
                PageError::Internal => app::ErrorKind::Internal,
                PageError::NotFound | PageError::SignInNeeded | PageError::SecondFactorNeeded => {
                    app::ErrorKind::NotFound
                }
            };
            let page: Rendered = visit.render(app::ErrorPage { kind });
            (error.status(), page).into_response()
        }
    }
}

/// Says errors as JSON, for the coordinator's routes.
pub async fn as_json(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<PageError>() {
        None => response,
        Some(error) => {
            (error.status(), Json(json!({ "error": error.to_string() }))).into_response()
        }
    }
}

/// Enough for a path that the router accepted.
pub(super) fn query_escaped(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace('#', "%23")
}
