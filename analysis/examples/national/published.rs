//! From tallies to what a page reads.

use crate::meters::{Measurements, Meters};
use crate::wave::Wave;
use analysis::{DefinitionRef, Group, Level, Protected, Tallies, protect};
use std::collections::HashMap;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom};
use std::path::Path;

/// Pages that are read.
const PAGES: usize = 1000;

/// Protects, writes, and reads pages of what was written.
pub fn measure(out: &mut Measurements, wave: &Wave, tallies: &Tallies, directory: &Path) {
    let path = directory.join("national.release");
    let meters = Meters::start();
    let release = protected(wave, tallies);
    out.stage("protection", meters.taken());
    let meters = Meters::start();
    write(&release, &path);
    drop(release);
    out.stage("writing the release", meters.taken());
    let lines = lines(&path);
    let meters = Meters::start();
    read_pages(wave, &lines, &path);
    let taken = meters.taken();
    out.add("one page's rows", taken.wall_us / PAGES as u64, "us");
}

fn protected(wave: &Wave, tallies: &Tallies) -> Protected {
    let sha256 = "00".repeat(32);
    let definition = DefinitionRef { id: wave.survey.id.clone(), version: 1, sha256 };
    protect("national", definition, &wave.survey, &wave.structure, tallies)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn write(release: &Protected, path: &Path) {
    let written =
        File::create(path).and_then(|file| release.write_json_lines(BufWriter::new(file)));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// Where the line of each group is: what an index of the database knows.
fn lines(path: &Path) -> HashMap<(Level, String), (u64, usize)> {
    let file = File::open(path).unwrap_or_else(|error| panic!("{error}"));
    let (mut start, mut lines) = (0, HashMap::new());
    for line in BufReader::new(file).lines() {
        let line = line.unwrap_or_else(|error| panic!("{error}"));
        let word = |field: &str| {
            let rest = line.split_once(&format!("\"{field}\":\""))?.1;
            Some(rest.split_once('"')?.0)
        };
        if let (Some(level), Some(group)) = (word("level"), word("group"))
            && let Some(level) = Level::from_code(level)
        {
            lines.insert((level, group.to_owned()), (start, line.len()));
        }
        start += line.len() as u64 + 1;
    }
    lines
}

fn read_pages(wave: &Wave, lines: &HashMap<(Level, String), (u64, usize)>, path: &Path) {
    let mut file = File::open(path).unwrap_or_else(|error| panic!("{error}"));
    let classes = wave.structure.classes();
    for place in classes.iter().step_by(classes.len() / PAGES) {
        let groups = [
            (Level::Class, place.class.clone()),
            (Level::School, place.school.clone()),
            (Level::District, place.district.clone()),
            (Level::Region, place.region.clone()),
            (Level::Nation, "nation".to_owned()),
        ];
        for group in groups {
            let (start, length) = lines[&group];
            let mut bytes = vec![0; length];
            let read = file.seek(SeekFrom::Start(start)).and_then(|_| file.read_exact(&mut bytes));
            read.unwrap_or_else(|error| panic!("{error}"));
            let line = String::from_utf8(bytes).unwrap_or_default();
            black_box(Group::from_line(&line).unwrap_or_else(|error| panic!("{error}")));
        }
    }
}
