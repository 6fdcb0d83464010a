//! Starts the server and stops it: nothing that was begun is cut off.

use crate::assets::{Assets, Recordings, RecordingsError};
use crate::clock::Clock;
use crate::counts::Counts;
use crate::definitions::{Definitions, DefinitionsError};
use crate::guessing::Guessing;
use crate::help_contacts::{HelpContacts, HelpContactsError};
use crate::housekeeping::{close_ended_waves, remove_ended, tell_troubles};
use crate::intake::Intake;
use crate::metrics::{self, Metrics};
use crate::pdf::Printer;
use crate::permissions::{self, PermissionsError};
use crate::provider::{Provider, ProviderError};
use crate::pupil::Turns;
use crate::random::Random;
use crate::readiness::{Draining, told_to_stop};
use crate::school_calendar::{SchoolCalendar, SchoolCalendarError};
use crate::secrets::{Secrets, SecretsError};
use crate::serving::{CertificateError, NetworkError, NetworkSettings, Serving};
use crate::settings::Settings;
use crate::staff::{Accounts, StaffSessions};
use crate::state::Senim;
use crate::storage::{
    Storage, StorageError, accounts, provider_links, second_factors, slips, wave_classes, waves,
};
use crate::stored_columns::{StoredColumns, StoredColumnsError};
use crate::wave_setup::in_lesson_time;
use crate::{demonstration, lessons, pilot, protection};
use axum::middleware::from_fn;
use protocol::SlipCode;
use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use survey_definitions::Mistakes;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tracing_subscriber::EnvFilter;

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
    #[error(transparent)]
    SchoolCalendar(#[from] SchoolCalendarError),
    #[error(transparent)]
    Provider(#[from] ProviderError),
    #[error("sign-in cannot be prepared: {0}")]
    SignIn(String),
    #[error(transparent)]
    Network(#[from] NetworkError),
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    #[error(transparent)]
    Permissions(#[from] PermissionsError),
}

/// A server that listens but does not answer yet.
pub struct Prepared {
    serving: Serving,
    metrics: Option<Serving>,
    network: NetworkSettings,
    address: SocketAddr,
    senim: Senim,
    accounts: Accounts,
    sessions: StaffSessions,
    /// Seconds for which the record of what staff did is kept.
    record_kept: i64,
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
    settings.network.check(settings.address, settings.public_url.as_deref())?;
    permissions::expect_private_directory(&settings.secrets)?;
    let help_contacts = HelpContacts::load(settings.help_contacts.as_deref())?;
    let school_calendar = SchoolCalendar::load(settings.school_calendar.as_deref())?;
    let keys_beside = pilot::keys_beside(settings);
    let storage = Storage::connect_with(&settings.database.database, settings.waiting).await?;
    keep_demonstration_here(&storage, settings).await?;
    let network = settings.network.clone();
    let (address, serving) = listen(settings.address, &network).await?;
    let metrics = match network.metrics_address {
        Some(address) => Some(listen(address, &network.for_metrics()).await?.1),
        None => None,
    };
    let (clock, random) = (Clock::system(), Random::system());
    let definitions = Definitions::with_folder(settings.definitions.folder.as_deref())?;
    let recordings = settings.recordings.clone().map(Recordings::open).transpose()?;
    let assets = Assets::load(&definitions, recordings.unwrap_or_default())?;
    if !assets.has_browser_part() {
        return Err(RunError::NoBrowserPart);
    }
    let public_url = settings.public_url.clone().unwrap_or_else(|| network.url(address));
    let provider = Provider::open(&settings.provider, &public_url)?;
    let secrets = open_secrets(settings, &random, &storage).await?;
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
        tokens: Turns::new(settings.waiting),
        help_contacts,
        imports: crate::import_job::Imports::default(),
        school_calendar,
        stored_columns: Arc::new(StoredColumns::shipped()?),
        printer: Printer::default(),
        provider,
        public_url: public_url.trim_end_matches('/').into(),
        idle_seconds: settings.idle_seconds,
        pilot,
        draining: Draining::default(),
    };
    let record_kept = i64::from(settings.keep_record_days) * 24 * 60 * 60;
    Ok(Prepared { serving, metrics, network, address, senim, accounts, sessions, record_kept })
}

async fn listen(
    address: SocketAddr,
    network: &NetworkSettings,
) -> Result<(SocketAddr, Serving), RunError> {
    let listen_error = |error| RunError::Listen { address, error };
    let listener = TcpListener::bind(address).await.map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    Ok((address, Serving::new(listener, network)?))
}

async fn open_secrets(
    settings: &Settings,
    random: &Random,
    storage: &Storage,
) -> Result<Arc<Secrets>, RunError> {
    let in_use = slips::exist(storage).await?
        || second_factors::exist(storage).await?
        || provider_links::exist(storage).await?;
    Ok(Arc::new(Secrets::open(&settings.secrets, random, in_use)?))
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
        self.network.url(self.address)
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
        let Self { serving, metrics, network, senim, .. } = self;
        let (storage, draining) = (senim.storage.clone(), senim.draining.clone());
        let mut beside = JoinSet::new();
        beside.spawn(senim.counts.clone().keep_fresh(
            storage.clone(),
            senim.secrets.clone(),
            senim.clock.clone(),
        ));
        beside.spawn(remove_ended(storage.clone(), senim.clock.clone(), self.record_kept));
        beside.spawn(close_ended_waves(senim.clone()));
        beside.spawn(tell_troubles());
        if let Some(provider) = senim.provider.clone() {
            beside.spawn(provider.keep_looking());
        }
        if let Some(listening) = metrics {
            let (page, connections) = (metrics::Page::default(), serving.counts());
            let (storage, draining) = (storage.clone(), draining.clone());
            let router = metrics::router(page.clone());
            beside.spawn(Metrics { storage, draining, connections, page }.keep_fresh());
            beside.spawn(async { listening.until(router, pending()).await.unwrap_or_default() });
        }
        let secure = senim.public_url.starts_with("https://");
        let mut router = crate::routes::router(senim, self.accounts, self.sessions, secure);
        if network.tls_cert.is_some() {
            router = router.layer(from_fn(protection::encrypted_from_now_on));
        }
        let stop = async {
            told_to_stop().await;
            draining.begin();
            sleep(Duration::from_secs(network.drain_seconds)).await;
        };
        serving.until(router, stop).await?;
        beside.shutdown().await;
        storage.close().await;
        tracing::info!("stopped");
        Ok(())
    }
}
