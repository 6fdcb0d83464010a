use super::troubles;
use crate::storage::StorageError;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::Refusal;
use serde::de::DeserializeOwned;

/// Seconds that a tablet waits at least before it comes again, the same for all; it adds a time of
/// its own drawing, so that they do not all come back in one moment.
const AFTER: HeaderValue = HeaderValue::from_static("3");

/// A JSON body. Whatever is wrong with it, the reply is a [`Refusal`] and no echo of the input.
pub struct Body<T>(pub T);

/// A refusal with its status.
#[derive(Debug)]
pub struct Refused(pub StatusCode, pub Refusal);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refused> {
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let status = match rejection {
                BytesRejection::FailedToBufferBody(failed) => failed.into_response().status(),
                _ => StatusCode::BAD_REQUEST,
            };
            Refused(status, Refusal::Unreadable)
        })?;
        serde_json::from_slice(&bytes)
            .map(Self)
            .map_err(|_| Refused(StatusCode::BAD_REQUEST, Refusal::Unreadable))
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal {
            Refusal::Unreadable | Refusal::EnvelopeLength => StatusCode::BAD_REQUEST,
            Refusal::UnknownSlip => StatusCode::NOT_FOUND,
            Refusal::SlipUsed | Refusal::SessionClosed | Refusal::IntakeEnded => {
                StatusCode::CONFLICT
            }
            Refusal::Token => StatusCode::FORBIDDEN,
            Refusal::Busy => StatusCode::SERVICE_UNAVAILABLE,
        };
        Self(status, refusal)
    }
}

/// What failed is logged later, without any detail of the request; the tablet is told to try again.
impl From<StorageError> for Refused {
    fn from(error: StorageError) -> Self {
        if !matches!(error, StorageError::Busy) {
            troubles::note(&error);
        }
        Refusal::Busy.into()
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (self.0, axum::Json(self.1)).into_response();
        if self.1 == Refusal::Busy {
            response.headers_mut().insert(header::RETRY_AFTER, AFTER);
        }
        response
    }
}
