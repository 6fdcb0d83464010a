//! Backups: what is restored is what was there, nothing in the file says more than the database
//! does, and what is not whole is refused.

mod keys;
mod load;
mod past;
mod refused;
mod restored;
mod sealed;
mod troubles;

use keys::Keys;
use std::path::{Path, PathBuf};
use std::process::Command;
use tests::{Database, Finished, OpenWave, OwnDatabase, Server, answers, senim, senim_command};

const DEFINITION: &str = "senim_pupil_senior";

/// Pupils of a class answer, one slip each.
async fn answer(wave: &OpenWave, class: usize, slips: std::ops::Range<usize>) {
    for slip in slips {
        wave.answer(class, slip, &answers(&wave.survey, slip)).await;
    }
}

/// `senim backup` of a server's database; the file.
fn back_up(server: &Server, keys: &Keys, name: &str) -> PathBuf {
    let to = server.path().join(name);
    back_up_with(server, keys, &to, &[]).expect_success();
    to
}

fn back_up_with(server: &Server, keys: &Keys, to: &Path, more: &[&str]) -> Finished {
    let to = to.display().to_string();
    let own = ["backup", "--to", &to, "--recipient", &keys.recipient];
    server.senim(&[&own[..], more].concat())
}

fn restore(backup: &Path, keys: &Keys, database: &str) -> Finished {
    senim(&["restore", &text(backup), "--identity", &keys.identity, "--database", database])
}

fn verify(backup: &Path, keys: &Keys) -> Finished {
    senim(&["verify", &text(backup), "--identity", &keys.identity])
}

/// What a command ended with, and what it printed.
fn ended(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

/// `senim verify` of a database: what it ended with, and its lines.
fn verified(database: &OwnDatabase) -> (Option<i32>, String) {
    ended(senim_command().args(["verify", "--database", &database.url]))
}

/// An empty database in a directory of its own.
async fn empty(kind: Database, beside: &Server) -> OwnDatabase {
    let directory = beside.path().join(format!("restored-{kind:?}-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir(&directory).unwrap();
    OwnDatabase::create(kind, &directory).await
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
