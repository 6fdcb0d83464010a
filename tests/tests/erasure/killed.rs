use crate::needles::{Found, Needles};
use crate::{Waves, arguments, forget};
use rand::{Rng, SeedableRng, rngs::StdRng};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tests::{Database, OwnDatabase, at_full_size, on_both_databases, senim_command};
use uuid::Uuid;

on_both_databases! { a_killed_forget_is_finished_by_the_next }

const SEED: u64 = 20261122;
/// Responses in the other wave.
const IN_OTHER: usize = 50;

/// Responses and kills; more when a proof is asked for.
fn size() -> (usize, usize) {
    if at_full_size() { (2000, 30) } else { (200, 5) }
}

type Content = BTreeMap<String, Vec<String>>;

/// The database and the secrets of a stopped server, copied for one kill.
struct Copy {
    database: OwnDatabase,
    directory: TempDir,
}

impl Copy {
    async fn of(waves: &Waves) -> Self {
        let (server, directory) = (&waves.released.server, tempfile::tempdir().unwrap());
        let database = server.database.copy(directory.path()).await;
        let secrets = directory.path().join("secrets");
        std::fs::create_dir(&secrets).unwrap();
        for file in std::fs::read_dir(server.path().join("secrets")).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), secrets.join(file.file_name())).unwrap();
        }
        Self { database, directory }
    }

    fn secrets(&self) -> std::path::PathBuf {
        self.directory.path().join("secrets")
    }

    /// Starts `senim forget` and waits until it begins to destroy; the process and what it says
    /// after that.
    fn begin(&self, wave: Uuid) -> (Child, Lines<BufReader<ChildStderr>>) {
        let mut command = senim_command();
        command.args(arguments(wave, &self.database.url, &self.secrets()));
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut said = String::new();
        let mut stderr = BufReader::new(process.stderr.take().unwrap());
        stderr.read_line(&mut said).unwrap();
        assert!(said.starts_with("destroying"), "{said}");
        (process, stderr.lines())
    }
}

/// How long an undisturbed run takes from where it begins to destroy: until rows and secret are
/// gone, and in all. PostgreSQL's checkpoint is most of it, and nothing of ours happens meanwhile.
async fn undisturbed(waves: &Waves) -> [Duration; 2] {
    let copy = Copy::of(waves).await;
    let (mut process, mut said) = copy.begin(waves.released.id);
    let began = Instant::now();
    said.find(|line| line.as_ref().unwrap().starts_with("removing")).unwrap().unwrap();
    let destroyed = began.elapsed();
    said.for_each(drop);
    assert!(process.wait().unwrap().success());
    [destroyed, began.elapsed()]
}

async fn a_killed_forget_is_finished_by_the_next(database: Database) {
    let (responses, kills) = size();
    let mut waves = Waves::answered(database, responses, IN_OTHER).await;
    waves.release().await;
    waves.released.server.stop();
    let before = waves.released.server.database.content().await;
    let needles = Needles::of(&before, waves.released.id);
    let longest = undisturbed(&waves).await;
    eprintln!("{database:?}, seed {SEED}: undisturbed {longest:.1?}");
    let mut random = StdRng::seed_from_u64(SEED);
    let mut in_the_middle = 0;
    for kill in 1..=kills {
        let after = longest[usize::from(kill % 3 == 0)].mul_f64(random.gen_range(0.0..1.0));
        let copy = Copy::of(&waves).await;
        let (mut process, _said) = copy.begin(waves.released.id);
        tokio::time::sleep(after).await;
        process.kill().unwrap();
        process.wait().unwrap();
        let found = found(&copy, waves.released.id).await;
        eprintln!("{database:?}, kill {kill} after {after:.1?}: {found}");
        in_the_middle += u32::from(!found.starts_with("finished"));
        finish(&copy, &waves, &before, responses, &needles).await;
    }
    eprintln!("{database:?}: {in_the_middle} of {kills} were not finished when they were killed");
}

/// How far a killed run came.
async fn found(copy: &Copy, wave: Uuid) -> String {
    let content = copy.database.content().await;
    let left = rows_of(&content, wave, "envelopes").len();
    let secret = secret(copy.directory.path(), wave).exists();
    match content["erasures"].first() {
        None => "nothing was recorded".to_owned(),
        Some(record) if record.ends_with(" 1") => "finished".to_owned(),
        Some(_) => format!("recorded, {left} envelopes left, secret there: {secret}"),
    }
}

/// The next run finishes, the one after it says that nothing was left to do.
async fn finish(copy: &Copy, waves: &Waves, before: &Content, responses: usize, needles: &Needles) {
    let (wave, other) = (waves.released.id, waves.other.place.wave);
    let slips = rows_of(before, wave, "slips").len();
    let again = forget(wave, &copy.database.url, &copy.secrets()).expect_success().stdout;
    let record = format!(
        "sealed responses destroyed: {responses}\nspent values destroyed: {responses}\n\
         slips destroyed: {slips}\n"
    );
    assert!(again.ends_with(&record), "{again}");
    let third = forget(wave, &copy.database.url, &copy.secrets()).expect_success().stdout;
    assert!(third.contains("was forgotten already") && third.ends_with(&record), "{third}");

    let after = copy.database.content().await;
    assert_eq!(after["erasures"].len(), 1);
    for table in ["envelopes", "spent_values", "slips"] {
        assert_eq!(rows_of(&after, wave, table), [""; 0], "{table}");
        assert_eq!(after[table], rows_of(before, other, table), "{table} of the other wave");
    }
    for table in ["waves", "wave_definitions", "releases", "release_groups", "jobs"] {
        assert_eq!(after[table], before[table], "{table}");
    }
    assert!(rows_of(&after, wave, "wave_classes").iter().all(|row| row.contains(" null ")));
    assert_eq!(rows_of(&after, other, "wave_classes"), rows_of(before, other, "wave_classes"));
    assert!(!secret(copy.directory.path(), wave).exists());
    assert!(secret(copy.directory.path(), other).exists());
    // On PostgreSQL the wave that the copies are made of is still there.
    if copy.database.kind == Database::Sqlite {
        assert_eq!(needles.find_below(copy.directory.path()), Found::new());
    }
}

fn rows_of<'a>(content: &'a Content, wave: Uuid, table: &str) -> Vec<&'a str> {
    let of_wave = |row: &&String| row.contains(&wave.to_string());
    content[table].iter().filter(of_wave).map(String::as_str).collect()
}

fn secret(directory: &Path, wave: Uuid) -> std::path::PathBuf {
    directory.join("secrets").join(format!("token-secret-{wave}"))
}
