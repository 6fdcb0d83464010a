//! What the browser gets: the wasm, the JavaScript that loads it, and both compressed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use wasm_bindgen_cli_support::Bindgen;

use crate::cargo::Workspace;
use crate::error::Error;
use crate::{directories, step, tools};

/// The smallest: about a tenth below the step that compressors take by themselves.
const BROTLI_QUALITY: i32 = 11;

/// Opens what is unstable in cargo and the compiler for this one build. A panic stops the wasm at
/// once and says nothing; its place and words would be loaded by every tablet and read by nobody.
const SMALL_STANDARD_LIBRARY: [(&str, &str); 2] = [
    ("RUSTC_BOOTSTRAP", "1"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// One file for the browser and its weight.
pub(crate) struct BrowserFile {
    pub(crate) name: String,
    pub(crate) raw: u64,
    pub(crate) brotli: u64,
}

/// Builds the browser part where it is out of date, and prints what it weighs.
pub(crate) fn build(workspace: &Workspace) -> Result<Vec<BrowserFile>, Error> {
    tools::wasm_target()?;
    let mut command = cargo(workspace, "build")?;
    step::step("Building the browser part (some minutes the first time)", || {
        step::run("building the browser part", &mut command)
    })?;
    let wasm = workspace.target.join(tools::WASM).join("browser/hydration.wasm");
    let directory = workspace.browser_part();
    if !up_to_date(&wasm, &directory)? {
        step::step("Preparing and compressing the browser part", || prepare(&wasm, &directory))?;
    }
    let files = weigh(&directory)?;
    for file in &files {
        println!("    {}: {} bytes, {} with brotli", file.name, file.raw, file.brotli);
    }
    Ok(files)
}

/// A subcommand of cargo on the browser part. All with the same settings: a build script is run
/// again, and what depends on it built again, when one of them is another.
pub(crate) fn cargo(workspace: &Workspace, subcommand: &str) -> Result<Command, Error> {
    let mut command = workspace.cargo(subcommand);
    command.args(["--package", "hydration", "--target", tools::WASM, "--profile", "browser"]);
    if tools::standard_library_source()? {
        command.arg("-Zbuild-std=std,panic_abort").envs(SMALL_STANDARD_LIBRARY);
    } else {
        println!("    rustup has no component rust-src: the wasm will be a tenth heavier");
    }
    Ok(command)
}

/// A copy of the wasm that was prepared last. It lies beside the directory, not in it: everything
/// in the directory becomes part of the server.
fn prepared_wasm(directory: &Path) -> PathBuf {
    directory.with_extension("wasm")
}

/// Compared by content, because cargo touches what it does not change. A newer xtask may prepare
/// the same wasm differently, so its own age counts too.
fn up_to_date(wasm: &Path, directory: &Path) -> Result<bool, Error> {
    let copy = prepared_wasm(directory);
    if !directory.is_dir() || !copy.is_file() {
        return Ok(false);
    }
    let own = std::env::current_exe().map_err(Error::file("finding", Path::new("xtask")))?;
    Ok(changed(&own)? < changed(&copy)? && read(wasm)? == read(&copy)?)
}

fn changed(path: &Path) -> Result<SystemTime, Error> {
    fs::metadata(path)
        .and_then(|metadata| metadata.modified())
        .map_err(Error::file("asking the age of", path))
}

fn prepare(wasm: &Path, directory: &Path) -> Result<(), Error> {
    let fresh = directory.with_extension("new");
    directories::remove(&fresh)?;
    let bindgen = |error: &dyn std::fmt::Display| Error::Bindgen {
        path: wasm.to_owned(),
        problem: error.to_string(),
    };
    let mut generator = Bindgen::new();
    generator.input_path(wasm).out_name("senim").typescript(false).remove_name_section(true);
    generator.web(true).map_err(|error| bindgen(&format!("{error:#}")))?;
    generator.generate(&fresh).map_err(|error| bindgen(&format!("{error:#}")))?;
    for file in files_under(&fresh)? {
        compress(&file)?;
    }
    directories::replace(directory, &fresh)?;
    let copy = prepared_wasm(directory);
    fs::copy(wasm, &copy).map(drop).map_err(Error::file("writing", &copy))
}

fn compress(file: &Path) -> Result<(), Error> {
    let content = read(file)?;
    let settings =
        brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut content.as_slice(), &mut compressed, &settings)
        .map_err(Error::file("compressing", file))?;
    let sibling = compressed_name(file);
    fs::write(&sibling, compressed).map_err(Error::file("writing", &sibling))
}

fn compressed_name(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

fn weigh(directory: &Path) -> Result<Vec<BrowserFile>, Error> {
    let size = |path: &Path| {
        fs::metadata(path).map(|metadata| metadata.len()).map_err(Error::file("weighing", path))
    };
    let originals = files_under(directory)?
        .into_iter()
        .filter(|path| path.extension().is_none_or(|end| end != "br"));
    originals
        .map(|path| {
            let name = path.strip_prefix(directory).unwrap_or(&path).display().to_string();
            Ok(BrowserFile { name, raw: size(&path)?, brotli: size(&compressed_name(&path))? })
        })
        .collect()
}

/// All files in a directory and below, sorted.
fn files_under(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(directory).map_err(Error::file("listing", directory))? {
        let path = entry.map_err(Error::file("listing", directory))?.path();
        match path.is_dir() {
            true => files.extend(files_under(&path)?),
            false => files.push(path),
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file("reading", path))
}
