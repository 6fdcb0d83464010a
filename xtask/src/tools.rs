//! Parts of the Rust toolchain that a minimal installation lacks, and cargo-deny.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cargo::Workspace;
use crate::error::Error;
use crate::step;

pub(crate) const WASM: &str = "wasm32-unknown-unknown";
pub(crate) const MUSL: &str = "x86_64-unknown-linux-musl";

/// The version is fixed: a newer one may read deny.toml differently.
const CARGO_DENY: &str = "0.20.2";

/// Makes sure that Rust can build for the browser, through rustup where it can.
pub(crate) fn wasm_target() -> Result<(), Error> {
    if has_or_gets(WASM)? {
        return Ok(());
    }
    Err(Error::Missing {
        what: format!("Rust's target {WASM}"),
        why: "the survey's screens run in the browser as WebAssembly",
        advice: format!(
            "with rustup (https://rustup.rs) run `rustup target add {WASM}`; with Rust from Debian or Ubuntu \
             install the package libstd-rust-dev-wasm32; then run this command again"
        ),
    })
}

/// Makes sure that Rust can link the C library in, and that C can too, which SQLite is written in.
pub(crate) fn static_target() -> Result<(), Error> {
    if has_or_gets(MUSL)? && step::works(Command::new("musl-gcc").arg("--version")) {
        return Ok(());
    }
    Err(Error::Missing {
        what: format!("Rust's target {MUSL} or the compiler musl-gcc"),
        why: "a static binary holds its own C library",
        advice: format!(
            "run `rustup target add {MUSL}`, install your distribution's package musl-tools, then \
             run this command again"
        ),
    })
}

/// Whether the target is here, added through rustup where it was not.
fn has_or_gets(target: &str) -> Result<bool, Error> {
    if has_target(target)? {
        return Ok(true);
    }
    let add =
        || step::run("adding the target", Command::new("rustup").args(["target", "add", target]));
    step::step(&format!("Adding the target {target} to Rust"), add).or_else(
        |error| match error {
            Error::Interrupted => Err(error),
            error => {
                eprintln!("{error}");
                Ok(())
            }
        },
    )?;
    has_target(target)
}

/// Asked of the compiler, not of rustup: a distribution's Rust may bring the target without it.
fn has_target(target: &str) -> Result<bool, Error> {
    let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    command.args(["--print", "target-libdir", "--target", target]);
    let directory = step::output("asking rustc for its targets", &mut command)?;
    Ok(Path::new(directory.trim()).is_dir())
}

/// Whether the source of Rust's standard library is here, fetched by rustup where it can be. With
/// it the browser's copy is built without the texts of panics, a tenth of the wasm.
pub(crate) fn standard_library_source() -> Result<bool, Error> {
    let sysroot = || {
        let mut command = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        step::output("asking rustc for its directory", command.args(["--print", "sysroot"]))
    };
    let lock = PathBuf::from(sysroot()?.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if !lock.is_file() {
        step::works(Command::new("rustup").args(["component", "add", "rust-src"]));
    }
    Ok(lock.is_file())
}

/// Makes sure that `cargo fmt` and `cargo clippy` exist.
pub(crate) fn rust_components(workspace: &Workspace) -> Result<(), Error> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let exists = || step::works(workspace.cargo(subcommand).arg("--version"));
        if exists() {
            continue;
        }
        let mut add = Command::new("rustup");
        add.args(["component", "add", component]);
        if !step::works(&mut add) || !exists() {
            return Err(Error::Missing {
                what: format!("cargo {subcommand}"),
                why: "the code's form and common mistakes are checked with it",
                advice: format!(
                    "run `rustup component add {component}`, or install your distribution's package {component}"
                ),
            });
        }
    }
    Ok(())
}

/// A cargo-deny to run: one that is installed, or one built once beside the other build products.
pub(crate) fn cargo_deny(workspace: &Workspace) -> Result<PathBuf, Error> {
    let installed = PathBuf::from("cargo-deny");
    if step::works(Command::new(&installed).arg("--version")) {
        return Ok(installed);
    }
    let tools = workspace.target.join("tools");
    let own = tools.join("bin/cargo-deny");
    if step::output_if_works(Command::new(&own).arg("--version"))
        .is_some_and(|text| text.contains(CARGO_DENY))
    {
        return Ok(own);
    }
    let build = tools.join("build");
    let mut install = workspace.cargo("install");
    install.args(["cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--root"]);
    install.arg(&tools).arg("--target-dir").arg(&build).env("CARGO_PROFILE_DEV_DEBUG", "false");
    step::step("Building cargo-deny, which checks licences and sources (minutes, once)", || {
        step::run("building cargo-deny", &mut install)?;
        std::fs::remove_dir_all(&build).map_err(Error::file("removing", &build))
    })?;
    Ok(own)
}
