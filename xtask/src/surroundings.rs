//! What tests find around them: the built product, both databases, a browser.

use std::path::PathBuf;
use std::process::Command;

use crate::browser_part;
use crate::cargo::Workspace;
use crate::chromium::{self, Chromium};
use crate::error::Error;
use crate::faketime;
use crate::nginx::{self, Nginx};
use crate::npm;
use crate::paper;
use crate::postgres::Postgres;
use crate::strace;

pub(crate) struct Surroundings<'workspace> {
    workspace: &'workspace Workspace,
    chromium: Chromium,
    packages: PathBuf,
    faketime: PathBuf,
    strace: PathBuf,
    nginx: Nginx,
    postgres: Postgres,
}

impl<'workspace> Surroundings<'workspace> {
    pub(crate) fn prepare(workspace: &'workspace Workspace) -> Result<Self, Error> {
        let chromium = chromium::find_or_install()?;
        let faketime = faketime::find_or_install()?;
        let strace = strace::find_or_install()?;
        let packages = npm::packages(workspace)?;
        let nginx = nginx::find_or_install()?;
        paper::find_or_install()?;
        browser_part::build(workspace)?;
        workspace.build_server(false)?;
        workspace.build_planted()?;
        let postgres = Postgres::start()?;
        Ok(Surroundings { workspace, chromium, packages, faketime, strace, nginx, postgres })
    }

    /// `cargo test` with everything in its environment that tests look for.
    pub(crate) fn cargo_test(&self) -> Command {
        let mut command = self.workspace.cargo("test");
        command
            .env("SENIM_BIN", self.workspace.senim(false))
            .env("SENIM_PLANTED_BIN", self.workspace.senim_planted())
            .env("SENIM_TEST_POSTGRES", self.postgres.url())
            .env("CHROMIUM", &self.chromium.browser)
            .env("CHROMEDRIVER", &self.chromium.driver)
            .env("SENIM_FAKETIME", &self.faketime)
            .env("SENIM_STRACE", &self.strace)
            .env("AXE_CORE", self.packages.join(npm::AXE_CORE))
            .env("SENIM_NPM", &self.packages)
            .env("SENIM_NGINX", &self.nginx.nginx)
            .env("OPENSSL", &self.nginx.openssl);
        command
    }
}
