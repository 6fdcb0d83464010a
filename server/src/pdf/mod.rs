//! Printed things as tagged PDF (PDF/UA-1): slips, letters, reports. A template of `templates/` gets
//! its data as values, so no name or text is ever read as markup.

#[cfg(feature = "pdf")]
mod engine;
mod printable;

use serde::Serialize;
use std::num::NonZero;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What one template prints.
///
/// Its JSON must have `language` (`kk`, `ru` or `en`) and `title`, which name the document for a
/// screen reader; everything else is between it and its template.
pub trait Printed: Serialize + Send + 'static {
    const TEMPLATE: Template;
}

/// The templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    Slips,
    Invitations,
    Letters,
    Report,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// Built without the feature `pdf`.
    #[error("this build cannot make PDF files")]
    NotInThisBuild,
    /// Says where and why, never with what was to be printed: that may be a code.
    #[error("{template:?} was not typeset: {why}")]
    Failed { template: Template, why: String },
}

/// Makes PDF files, as many at once as there are cores; the others wait.
#[derive(Clone)]
pub struct Printer {
    at_once: Arc<Semaphore>,
    #[cfg(feature = "pdf")]
    engine: Arc<engine::Engine>,
}

impl Default for Printer {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        Self {
            at_once: Arc::new(Semaphore::new(cores)),
            #[cfg(feature = "pdf")]
            engine: Arc::default(),
        }
    }
}

impl Printer {
    /// Whether this build can.
    pub const AVAILABLE: bool = cfg!(feature = "pdf");

    /// The bytes of a PDF file: the same for the same content, whenever it is made.
    pub async fn print<P: Printed>(&self, what: P) -> Result<Vec<u8>, PrintError> {
        let failed = |why: &str| PrintError::Failed { template: P::TEMPLATE, why: why.to_owned() };
        let turn = Arc::clone(&self.at_once).acquire_owned().await;
        let turn = turn.map_err(|_| failed("the server is stopping"))?;
        let printer = self.clone();
        let work = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            printer.print_here(&what)
        });
        work.await.map_err(|_| failed("the typesetter gave up"))?
    }

    /// The same on this thread, which it keeps for a while.
    #[cfg(feature = "pdf")]
    pub fn print_here<P: Printed>(&self, what: &P) -> Result<Vec<u8>, PrintError> {
        let failed = |why| PrintError::Failed { template: P::TEMPLATE, why };
        let data = serde_json::to_value(what).map_err(|_| failed("no JSON".to_owned()))?;
        self.engine.typeset(P::TEMPLATE, data).map_err(failed)
    }

    #[cfg(not(feature = "pdf"))]
    pub fn print_here<P: Printed>(&self, _: &P) -> Result<Vec<u8>, PrintError> {
        Err(PrintError::NotInThisBuild)
    }
}
