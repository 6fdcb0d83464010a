//! Starts the server and stops it: nothing that was begun is cut off.

use crate::assets::{Assets, Recordings, RecordingsError};
use crate::clock::Clock;
use crate::counts::Counts;
use crate::definitions::{Definitions, DefinitionsError};
use crate::guessing::Guessing;
use crate::help_contacts::{HelpContacts, HelpContactsError};
use crate::intake::Intake;
use crate::pdf::Printer;
use crate::pupil::Turns;
use crate::random::Random;
use crate::secrets::{Secrets, SecretsError};
use crate::settings::Settings;
use crate::sign_in_tries::KEPT;
use crate::staff::{Accounts, StaffSessions};
use crate::state::Senim;
use crate::storage::{
    Storage, StorageError, accounts, invitations, second_factors, sign_in_tries, slips,
    staff_sessions, wave_classes, waves,
};
use crate::stored_columns::{StoredColumns, StoredColumnsError};
use crate::wave_setup::in_lesson_time;
use crate::{demonstration, lessons, pilot, protection};
use protocol::SlipCode;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use survey_definitions::Mistakes;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::time::sleep;
use tracing_subscriber::EnvFilter;

/// How long requests may take to end after the server was told to stop.
const LONGEST_END: Duration = Duration::from_secs(20);

/// Why the server cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error("{address} cannot be listened on: {error}")]
    Listen { address: SocketAddr, error: io::Error },
    #[error(
        "the database holds demonstration accounts, whose passwords are public: it is served on \
         loopback addresses only and under no public URL, not on {0}"
    )]
    DemonstrationOffLoopback(SocketAddr),
    #[error("the browser part was not built in; `cargo xtask serve` builds it")]
    NoBrowserPart,
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    #[error(transparent)]
    Definitions(#[from] DefinitionsError),
    #[error("the neutral tasks in this program have mistakes:\n{0}")]
    NeutralTasks(#[from] Mistakes),
    #[error("server/stored_columns.json in this program: {0}")]
    StoredColumns(#[from] StoredColumnsError),
    #[error(transparent)]
    Recordings(#[from] RecordingsError),
    #[error(transparent)]
    HelpContacts(#[from] HelpContactsError),
    #[error("sign-in cannot be prepared: {0}")]
    SignIn(String),
    #[error("the server stopped: {0}")]
    Serve(io::Error),
}

/// A server that listens but does not answer yet.
pub struct Prepared {
    listener: TcpListener,
    address: SocketAddr,
    senim: Senim,
    accounts: Accounts,
    sessions: StaffSessions,
}

/// JSON lines on standard error, `info` and up unless `SENIM_LOG` says otherwise. There is no
/// access log: nothing logs requests.
pub fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("SENIM_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    let _ =
        tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(io::stderr).try_init();
    protection::log_panics();
}

/// Opens database and secrets and listens.
pub async fn prepare(settings: &Settings) -> Result<Prepared, RunError> {
    let help_contacts = HelpContacts::load(settings.help_contacts.as_deref())?;
    let keys_beside = pilot::keys_beside(settings);
    let storage = Storage::connect_with(&settings.database.database, settings.waiting).await?;
    keep_demonstration_here(&storage, settings).await?;
    let listen_error = |error| RunError::Listen { address: settings.address, error };
    let listener = TcpListener::bind(settings.address).await.map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    let (clock, random) = (Clock::system(), Random::system());
    let definitions = Definitions::with_folder(settings.definitions.folder.as_deref())?;
    let recordings = settings.recordings.clone().map(Recordings::open).transpose()?;
    let assets = Assets::load(&definitions, recordings.unwrap_or_default())?;
    if !assets.has_browser_part() {
        return Err(RunError::NoBrowserPart);
    }
    let public_url = settings.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let in_use = slips::exist(&storage).await? || second_factors::exist(&storage).await?;
    let secrets = Arc::new(Secrets::open(&settings.secrets, &random, in_use)?);
    let accounts =
        Accounts::new(storage.clone()).map_err(|error| RunError::SignIn(error.to_string()))?;
    let sessions = StaffSessions::new(storage.clone(), clock.clone());
    let pilot = settings.pilot || pilot::opens_a_wave(&keys_beside, &storage).await?;
    let senim = Senim {
        storage,
        clock,
        random,
        secrets,
        definitions,
        assets,
        counts: Counts::default(),
        guessing: Guessing::default(),
        intake: Intake::default(),
        evaluating: Turns::new(settings.waiting),
        help_contacts,
        imports: crate::import_job::Imports::default(),
        stored_columns: Arc::new(StoredColumns::shipped()?),
        printer: Printer::default(),
        public_url: public_url.trim_end_matches('/').into(),
        idle_seconds: settings.idle_seconds,
        pilot,
    };
    Ok(Prepared { listener, address, senim, accounts, sessions })
}

async fn keep_demonstration_here(storage: &Storage, settings: &Settings) -> Result<(), RunError> {
    let off_loopback = !settings.address.ip().is_loopback() || settings.public_url.is_some();
    match off_loopback && accounts::has_demonstration(storage).await? {
        true => Err(RunError::DemonstrationOffLoopback(settings.address)),
        false => Ok(()),
    }
}

impl Prepared {
    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Opens the class session of the demonstration's teacher; the class link and fresh slips.
    pub async fn open_demonstration_lesson(
        &self,
    ) -> Result<Option<(String, Vec<String>)>, RunError> {
        let senim = &self.senim;
        let Some(class) = demonstration::lesson_class(&senim.storage).await? else {
            return Ok(None);
        };
        for frozen in wave_classes::of_class(&senim.storage, class).await? {
            let wave = waves::by_id(&senim.storage, frozen.wave).await?;
            let Some(wave) = wave.filter(|wave| in_lesson_time(wave, &senim.clock)) else {
                continue;
            };
            // Neither fails while the wave takes lessons, which was just seen.
            if lessons::open(senim, &wave, &frozen).await.is_ok()
                && let Ok(slips) = lessons::make_slips(senim, &wave, &frozen).await
            {
                let link = crate::staff::class_link(senim, &frozen);
                return Ok(link.map(|link| (link, slips.iter().map(SlipCode::own_part).collect())));
            }
        }
        Ok(None)
    }

    /// Answers until the process is told to stop, then finishes what was begun.
    pub async fn serve(self) -> Result<(), RunError> {
        let storage = self.senim.storage.clone();
        let (counts, secrets) = (self.senim.counts.clone(), self.senim.secrets.clone());
        let counting =
            tokio::spawn(counts.keep_fresh(storage.clone(), secrets, self.senim.clock.clone()));
        let sweeping = tokio::spawn(remove_ended(storage.clone(), self.senim.clock.clone()));
        let secure = self.senim.public_url.starts_with("https://");
        let router = crate::routes::router(self.senim, self.accounts, self.sessions, secure);
        let stopping = Arc::new(Notify::new());
        let told = stopping.clone();
        let serving = axum::serve(self.listener, router).with_graceful_shutdown(async move {
            told_to_stop().await;
            told.notify_one();
        });
        let result = tokio::select! {
            result = serving => result.map_err(RunError::Serve),
            // A request that never ends must not keep the server from ending.
            () = async { stopping.notified().await; sleep(LONGEST_END).await } => Ok(()),
        };
        counting.abort();
        sweeping.abort();
        storage.close().await;
        tracing::info!("stopped");
        result
    }
}

/// Sessions, invitations and tries to sign in that are over.
async fn remove_ended(storage: Storage, clock: Clock) {
    let mut hours = tokio::time::interval(Duration::from_secs(60 * 60));
    loop {
        hours.tick().await;
        let now = clock.seconds();
        let removed = async {
            staff_sessions::delete_ended(&storage, now).await?;
            invitations::delete_ended(&storage, now).await?;
            sign_in_tries::delete_older(&storage, now - KEPT).await
        };
        if let Err(error) = removed.await {
            tracing::warn!(%error, "ended sessions could not be removed");
        }
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let interrupt = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => drop(interrupt.await),
    }
}
