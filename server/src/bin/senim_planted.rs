//! `senim` with one leak put in on purpose; see `server/src/planted.rs`. For tests alone.

#[path = "../main.rs"]
mod senim;

fn main() -> std::process::ExitCode {
    senim::main()
}
