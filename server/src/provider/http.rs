//! How the provider is asked: no redirect is followed, no reply is waited for or read without end.

use openidconnect::http::{self, Response};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use std::error::Error;
use std::pin::Pin;
use std::time::Duration;

const LONGEST_CONNECTING: Duration = Duration::from_secs(5);
const LONGEST_ANSWER: Duration = Duration::from_secs(10);
/// Discovery documents and key sets are some kilobytes.
const LARGEST_ANSWER: usize = 256 * 1024;

pub(super) struct Http(reqwest::Client);

/// Why the provider gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    #[error("{}", with_causes(.0))]
    Exchange(#[from] reqwest::Error),
    #[error("an answer of more than {LARGEST_ANSWER} bytes")]
    TooLarge,
    #[error(transparent)]
    Answer(#[from] http::Error),
}

impl Http {
    /// `on_this_machine`: without TLS and past any proxy.
    pub(super) fn new(on_this_machine: bool) -> Result<Self, HttpError> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(LONGEST_CONNECTING)
            .timeout(LONGEST_ANSWER)
            .https_only(!on_this_machine);
        let client = if on_this_machine { client.no_proxy() } else { client };
        Ok(Self(client.build()?))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut response = self.0.execute(request.try_into()?).await?;
        let mut answer = Response::builder().status(response.status());
        for (name, value) in response.headers() {
            answer = answer.header(name, value);
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST_ANSWER {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(answer.body(body)?)
    }
}

impl<'a> AsyncHttpClient<'a> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'a>>;

    fn call(&'a self, request: HttpRequest) -> Self::Future {
        Box::pin(self.answer(request))
    }
}

/// An error with what lies under it: alone it says only that something failed.
pub(super) fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.ends_with(&more) {
            text = format!("{text}: {more}");
        }
        cause = error.source();
    }
    text
}
