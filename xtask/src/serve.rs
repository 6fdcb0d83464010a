//! `cargo xtask serve`: builds everything and becomes the demonstration server.

use std::net::SocketAddr;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use crate::cargo::Workspace;
use crate::error::Error;
use crate::{browser_part, step};

pub(crate) fn serve(
    workspace: &Workspace,
    address: SocketAddr,
    release: bool,
) -> Result<ExitCode, Error> {
    browser_part::build(workspace)?;
    workspace.build_server(release)?;
    println!("==> Starting the demonstration; Ctrl-C ends it");
    let mut command = Command::new(workspace.senim(release));
    command.arg("demonstrate").arg("--directory").arg(workspace.root.join("demonstration"));
    command.arg("--address").arg(address.to_string());
    // The server takes this process's place: terminal, signals and exit code are its own.
    let source = command.exec();
    Err(step::not_started(&command, source))
}
