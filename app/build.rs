//! Turns `locales/LANGUAGE/NAMESPACE.json` into Rust. A key that one language lacks, or has
//! beyond the others, stops the build: leptos_i18n by itself only warns.

use leptos_i18n_parser::parse_locales::{
    ParsedLocales,
    options::{Config, ParseOptions},
    parse_locales,
};
use std::{env, error::Error, fs, path::PathBuf, process::ExitCode};

const NAMESPACES: [&str; 22] = [
    "common",
    "pupil",
    "help",
    "school_help",
    "staff",
    "unit_results",
    "lessons_held",
    "class_session",
    "unit_pages",
    "slips",
    "letters",
    "report",
    "waves",
    "errors",
    "stored",
    "key_ceremony",
    "structure",
    "setup",
    "account",
    "people",
    "teachers",
    "audit",
];

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    match generate() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the module; says how many things are wrong with the texts.
fn generate() -> Result<usize, Box<dyn Error>> {
    let config = Config::new("kk")?
        .add_locales(["ru", "en"])?
        .add_namespaces(NAMESPACES)?
        .parse_options(ParseOptions::new().interpolate_display(true));
    let parsed = parse_locales(None, config)?;
    let wrong = report(&parsed);
    let module = leptos_i18n_codegen::gen_code(&parsed, None, false, None, false)?;
    let mut file = PathBuf::from(env::var("OUT_DIR")?);
    file.push("i18n.rs");
    fs::write(file, module.to_string())?;
    Ok(wrong)
}

fn report(parsed: &ParsedLocales) -> usize {
    let (errors, warnings) = parsed.diag.borrow();
    for error in errors.iter() {
        println!("cargo::error={error}");
    }
    for warning in warnings.iter() {
        println!("cargo::error={warning}");
    }
    errors.len() + warnings.len()
}
