//! The table that a run ends with, on standard output and in the file `SENIM_LINKER_TABLE`.

use crate::attacks::Scores;
use std::fs::OpenOptions;
use std::io::Write;

const HEADER: &str = "database,build,adversary,stratum,targets,hits,chance,z\n";

/// Writes the rows of one database and build. Chance is the share of hits without knowledge.
pub fn write(database: &str, build: &str, scores: &Scores) {
    let mut rows = String::new();
    for ((adversary, stratum), score) in &scores.0 {
        let (targets, hits, stratum) = (score.targets(), score.hits, stratum.name());
        let chance = score.expected() / targets as f64;
        let z = score.z();
        rows += &format!(
            "{database},{build},{adversary},{stratum},{targets},{hits},{chance:.4},{z:.2}\n"
        );
    }
    println!("{HEADER}{rows}");
    if let Some(path) = std::env::var_os("SENIM_LINKER_TABLE") {
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        // One write each: builds are tested at the same time.
        let header = if file.metadata().unwrap().len() == 0 { HEADER } else { "" };
        file.write_all(format!("{header}{rows}").as_bytes()).unwrap();
    }
}
