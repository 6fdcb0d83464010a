//! `cargo xtask build` and `serve`: the product for who installs it and for who looks at it.

use std::net::SocketAddr;
use std::os::unix::process::CommandExt as _;
use std::process::{Command, ExitCode};

use crate::cargo::Workspace;
use crate::error::Error;
use crate::{browser_part, step};

/// Optimised, for who installs it.
pub(crate) fn build(workspace: &Workspace, linked: bool) -> Result<ExitCode, Error> {
    browser_part::build(workspace)?;
    let built = match linked {
        true => workspace.build_static()?,
        false => {
            workspace.build_server(true)?;
            workspace.senim(true)
        }
    };
    println!("==> {}", built.display());
    Ok(ExitCode::SUCCESS)
}

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
