//! Says where the browser part lies that is embedded: `cargo xtask` builds it and sets
//! `SENIM_BROWSER_DIR`. Without it the server compiles and says at start what is missing.

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed=SENIM_BROWSER_DIR");
    println!("cargo::rerun-if-changed=migrations");
    let directory = match env::var_os("SENIM_BROWSER_DIR") {
        Some(directory) => PathBuf::from(directory),
        None => PathBuf::from(env::var("OUT_DIR")?).join("no_browser_part"),
    };
    fs::create_dir_all(&directory)?;
    println!("cargo::rerun-if-changed={}", directory.display());
    println!("cargo::rustc-env=SENIM_BROWSER_DIR={}", directory.display());
    Ok(())
}
