//! The binary `senim`.

use clap::Parser;
use server::command_line::{Command, CommandLine};
use server::commands;
use std::process::ExitCode;

#[tokio::main]
pub async fn main() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Serve(settings) => commands::serve::run(settings).await,
        Command::Settings => {
            commands::settings::run();
            Ok(())
        }
        Command::Demonstrate(options) => commands::demonstrate::run(options).await,
        Command::Keys(command) => commands::keys::run(command).await,
        Command::Accounts(command) => commands::accounts::run(command).await,
        Command::Waves(database) => commands::waves::run(database).await,
        Command::Slips(options) => commands::slips::run(options).await,
        Command::Release(options) => commands::release::run(options).await,
        Command::Envelopes(options) => commands::envelopes::run(options).await,
        Command::Publish(options) => commands::publish::run(options).await,
        Command::Tallies(options) => commands::tallies::run(options).await,
        Command::Attack(options) => commands::attack::run(&options),
        Command::Estimate(options) => commands::estimate::run(&options),
        Command::Shown(options) => commands::shown::run(options).await,
        Command::Forget(options) => commands::forget::run(options).await,
        Command::Wave(command) => commands::retire::run(command).await,
        Command::Backup(options) => commands::backup::run(options).await,
        Command::Restore(options) => commands::restore::run(options).await,
        Command::Verify(options) => commands::verify::run(options).await,
        Command::Definitions(command) => commands::definitions::run(command),
        Command::Replay(options) => commands::replay::run(options).await,
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("senim: {error}");
            error.exit_code()
        }
    }
}
