//! What the printed sheet says to type is what the program takes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use clap::Parser;
use server::command_line::CommandLine;
use uuid::Uuid;

#[test]
fn the_program_takes_every_command_of_the_key_ceremony() {
    for command in app::key_ceremony_commands::OF_SENIM {
        let typed = command.replace("ID", &Uuid::nil().to_string());
        let words = typed.split_whitespace().filter(|word| *word != "\\");
        if let Err(error) = CommandLine::try_parse_from(words) {
            panic!("{command}: {error}");
        }
    }
}
