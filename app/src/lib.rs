//! What people see: pages (server only), the parts they share, and islands, the only code that
//! reaches the browser.
//!
//! A page is a component over one plain struct. The server loads that struct and calls [`render`];
//! tests do the same.

mod browser;
pub mod islands;
mod language;
mod setup;
mod tablet_scripts;
mod taking;

#[cfg(feature = "ssr")]
mod figures;
#[cfg(feature = "ssr")]
mod help;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod parts;
#[cfg(feature = "ssr")]
pub mod printed;
#[cfg(feature = "ssr")]
mod results;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod structure;
#[cfg(feature = "ssr")]
pub mod texts;

#[cfg(feature = "ssr")]
pub use help::{
    Help, HelpContact, HelpField, HelpMistake, HelpWay, SchoolHelp, Wording, help_fragment,
};
pub use language::Language;
#[cfg(feature = "ssr")]
pub use pages::*;
#[cfg(feature = "ssr")]
pub use parts::table::{Table, TableCell};
#[cfg(feature = "ssr")]
pub use results::{
    Advice, Beside, Figure, Findings, GroupName, IndicatorRow, Parts, PartsLine, Peer, PeerKind,
    Peers, ResultSection, Strength, Support, SupportReason, UnitResults, WaveTitle,
};
pub use setup::{LanguageFiles, Setup};
#[cfg(feature = "ssr")]
pub use shell::{Assets, Audience, Page, Shell, StaffWays, render};
#[cfg(feature = "ssr")]
pub use structure::{StructureColumn, StructureMistake, StructureProblem};
pub use taking::{Progress, Taking};

/// The style of the survey, for a tablet that loads it once over a bad network.
#[cfg(feature = "ssr")]
pub const PUPIL_STYLE: &str =
    concat!(include_str!("../style/base.css"), include_str!("../style/pupil.css"));

/// The style of every other page.
#[cfg(feature = "ssr")]
pub const STYLE: &str =
    concat!(include_str!("../style/base.css"), include_str!("../style/staff.css"));

/// The drawings beside options and on reading pages, one `symbol` each.
#[cfg(feature = "ssr")]
pub const PICTURES: &str = include_str!("../pictures/pupil.svg");

/// What only a pupil's page loads, as names and texts.
#[cfg(feature = "ssr")]
pub const TABLET_SCRIPTS: [(&str, &str); 3] = [
    ("queue.js", QUEUE),
    ("tablet.js", include_str!("../scripts/tablet.js")),
    ("read_aloud.js", include_str!("../scripts/read_aloud.js")),
];

#[cfg(feature = "ssr")]
const QUEUE: &str = include_str!("../scripts/queue.js");

/// Without the two constants that the server writes above it.
#[cfg(feature = "ssr")]
pub const SERVICE_WORKER: &str = include_str!("../scripts/service_worker.js");

/// Generated from `locales` by the build script.
#[allow(unreachable_pub, unused_imports, dead_code, rust_2018_idioms, clippy::expect_used)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n.rs"));
}
use generated::i18n;
