//! The project's commands, so that a machine with Rust needs nothing else written down:
//! `cargo xtask serve` shows the product, `cargo xtask test` checks it.

#![allow(clippy::print_stdout, reason = "this is a command-line tool: printing is its work")]

mod bench;
mod browser_part;
mod cargo;
mod chromium;
mod debian;
mod directories;
mod error;
mod faketime;
mod measured;
mod nginx;
mod npm;
mod paper;
mod postgres;
mod prove;
mod python;
mod screens;
mod serve;
mod step;
mod strace;
mod surroundings;
mod tally;
mod test;
mod tools;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::cargo::Workspace;
use crate::error::Error;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "Builds, shows and checks Senim")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything, fill a demonstration country and serve it on this machine
    Serve {
        /// Where to listen; the demonstration is refused anywhere but on loopback
        #[arg(long, default_value = "127.0.0.1:8080")]
        address: SocketAddr,
        /// Optimise the server; takes much longer to build
        #[arg(long)]
        release: bool,
    },
    /// Build the one binary with everything inside, and print where it lies
    Build {
        /// Link everything in, the C library too: runs on any Linux of this processor
        #[arg(long = "static")]
        linked: bool,
    },
    /// Install what tests need, build, check and test everything, and print one line of counts
    Test {
        /// Run only the tests whose name contains this; leaves the checks of style and licences out
        filter: Option<String>,
    },
    /// Run a larger size of the same tests
    Prove {
        /// What to prove
        subject: prove::Subject,
    },
    /// Take a picture of every kind of screen and lay them side by side on one page
    Screens {
        /// Where the pictures go; the target directory's `screens` unless given
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Measure, print `name,value,unit` and write bench.json into the target directory
    Bench {
        /// What to measure
        subject: bench::Subject,
    },
}

fn main() -> ExitCode {
    match run(CommandLine::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, Error> {
    step::watch_for_interrupts()?;
    let workspace = Workspace::find()?;
    match command {
        Command::Serve { address, release } => serve::serve(&workspace, address, release),
        Command::Build { linked } => serve::build(&workspace, linked),
        Command::Test { filter } => Ok(test::test(&workspace, filter.as_deref())),
        Command::Prove { subject } => prove::prove(&workspace, subject),
        Command::Screens { out } => screens::screens(&workspace, out),
        Command::Bench { subject } => bench::bench(&workspace, subject),
    }
}
