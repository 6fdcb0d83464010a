use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{Place, ReleasePublicKey};
use rand_core::OsRng;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use survey_definitions::{Survey, pack, packed_length, shipped};
use tests::{answers, definition, measured, new_release_key, senim_command};
use uuid::Uuid;

const CLASSES: usize = 2_400;
const PUPILS: usize = 25;
const ENVELOPES: usize = CLASSES * PUPILS;
const ROUNDS: usize = 3;

/// `senim tallies --envelopes` over the senior form of a country of 60,000 pupils, start, reading
/// and printing included.
#[test]
fn opening() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name).display().to_string();
    let (key, envelopes, output) = (path("key"), path("envelopes.jsonl"), path("tallies.csv"));
    let public = new_release_key(&key);
    write_envelopes(Path::new(&envelopes), &public);
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let cpu = tallies(&envelopes, &key, &output);
        rounds.push((began.elapsed().as_millis() as u64, cpu));
        let nation = format!("nation,nation,status,answered,{ENVELOPES}\n");
        assert!(fs::read_to_string(&output).unwrap().contains(&nation), "not all were counted");
    }
    rounds.sort_unstable();
    let (wall, cpu) = rounds[ROUNDS / 2];
    measured("envelopes opened and counted", ENVELOPES as u64, "envelopes");
    measured("opening wall time median", wall, "ms");
    measured("opening processor time", cpu, "ms");
    measured("opening", ENVELOPES as u64 * 1000 / wall.max(1), "envelopes_per_second");
}

/// Runs it; the milliseconds of processor time it took, which the shell tells.
fn tallies(envelopes: &str, key: &str, output: &str) -> u64 {
    let program = senim_command().get_program().to_owned();
    let line = "out=$1; shift; \"$@\" > \"$out\" || exit 1; times";
    let mut shell = Command::new("bash");
    shell.env("LC_ALL", "C").args(["-c", line, "bash", output]).arg(program);
    shell.args(["tallies", "--envelopes", envelopes, "--release-key", key]);
    let said = shell.output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    // The second line is that of the children: `1m2.345s 0m0.678s`.
    let said = String::from_utf8(said.stdout).unwrap();
    let times = said.lines().nth(1).unwrap().split_whitespace().map(|time| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    });
    (times.sum::<f64>() * 1000.0) as u64
}

/// A file as `senim envelopes` writes it, sealed on all cores.
fn write_envelopes(path: &Path, public: &str) {
    let survey = definition("senim_pupil_senior");
    let key = ReleasePublicKey(protocol::Base64::decode(&public[..43]).unwrap());
    let wave = Uuid::new_v4();
    let ids: Vec<Uuid> = (0..CLASSES).map(|_| Uuid::new_v4()).collect();
    let sealed = seal(&survey, key, wave, &ids);
    let class = |(number, id): (usize, &Uuid)| {
        let school = number / 20;
        json!({
            "id": id, "region": format!("r{}", school / 40), "district": format!("d{}", school / 8),
            "school": format!("s{school:04}"), "class": format!("s{school:04}-{number:05}"),
            "grade": "7", "language": "kk", "enrolment": PUPILS,
        })
    };
    let text = shipped(&survey.id, survey.version).unwrap();
    let sha256: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    let header = json!({
        "kind": "senim envelopes", "schema": 1, "wave": wave, "name": "Autumn",
        "release_public_key": public, "envelopes": ENVELOPES,
        "definitions": [
            { "grade": "7", "id": survey.id, "version": survey.version, "sha256": sha256 },
        ],
        "classes": ids.iter().enumerate().map(class).collect::<Vec<_>>(),
    });
    let mut hash = Sha256::new();
    let mut file = BufWriter::new(File::create(path).unwrap());
    for line in [header.to_string()].into_iter().chain(sealed.into_iter().flatten()) {
        hash.update(format!("{line}\n"));
        writeln!(file, "{line}").unwrap();
    }
    let sha256: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    writeln!(file, "{}", json!({ "count": ENVELOPES, "sha256": sha256 })).unwrap();
    file.flush().unwrap();
}

/// The lines of every class, by id.
fn seal(survey: &Survey, key: ReleasePublicKey, wave: Uuid, ids: &[Uuid]) -> Vec<Vec<String>> {
    let layout = survey.answer_layout();
    let length = packed_length(&layout);
    let packed: Vec<Vec<u8>> =
        (0..7).map(|choice| pack(&layout, &answers(survey, choice), length).unwrap()).collect();
    let of_class = |class: &Uuid| {
        let place = Place { wave, class: *class };
        let mut lines: Vec<String> = (0..PUPILS)
            .map(|pupil| {
                let sealed = key.seal(&mut OsRng, place, &packed[pupil % packed.len()]).unwrap();
                let (id, envelope) = (Uuid::new_v4(), URL_SAFE_NO_PAD.encode(sealed));
                format!("{{\"id\":\"{id}\",\"class\":\"{class}\",\"envelope\":\"{envelope}\"}}")
            })
            .collect();
        lines.sort_unstable();
        lines
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let parts = ids.chunks(ids.len().div_ceil(cores));
        let parts: Vec<_> = parts
            .map(|part| scope.spawn(move || part.iter().map(of_class).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}
