//! Whatever is sent and whatever fails: no code, token, value, blinded value, evaluation, envelope,
//! address or browser's name is in a log line of any level, in what an error says, or in a file.

use super::DEFINITION;
use super::hostile::{send_all, send_broken};
use protocol::{Refusal, ResponseRequest, SlipCode};
use reqwest::Method;
use std::fs;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use tests::{
    ClassPlan, Database, OpenWave, PASSWORD, Paper, Pupil, Refused, Reply, Secrets, Server, Staff,
    Visitor, answers, on_both_databases, packed_text, wait_until,
};

on_both_databases! {
    nothing_is_repeated_of_what_was_sent,
    a_database_that_fails_is_told_of_without_what_it_should_have_kept,
}

const TABLETS: usize = 4;

/// A server that logs everything it can and puts its temporary files where they are looked for.
async fn talkative(database: Database) -> OpenWave {
    let temporary = tempfile::tempdir().unwrap();
    let (directory, settings) = (temporary.path().display().to_string(), "trace");
    let settings = [("SENIM_LOG", settings), ("TMPDIR", directory.as_str())];
    let server = Server::start_with(database, &settings).await;
    // Looked for at the end in `/proc`: a file that was made there keeps its name.
    drop(temporary);
    OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(40)]).await
}

/// A tablet with an address and a name that nobody else has.
struct Tablet {
    address: SocketAddr,
    visitor: Visitor,
    pupil: Pupil,
}

impl Tablet {
    fn new(wave: &OpenWave, number: usize, secrets: &mut Secrets) -> Self {
        let address: IpAddr = format!("127.0.77.{}", 10 + number).parse().unwrap();
        let name = format!("Planshet/{number}.{number}");
        secrets.text("address", address.to_string());
        secrets.text("browser", &name);
        let visitor = Visitor::coming_from(&wave.server.url(), address, &name);
        let pupil = Pupil::with(visitor.clone(), &wave.classes[0].lesson);
        Self { address: (address, 0).into(), visitor, pupil }
    }

    /// From the slip to what is ready to be sent.
    async fn prepare(
        &self,
        wave: &OpenWave,
        slip: &SlipCode,
        secrets: &mut Secrets,
    ) -> ResponseRequest {
        let (pupil, pending) = (&self.pupil, self.pupil.pending());
        secrets.slip(slip);
        secrets.bytes("blinded value", &pending.blinded().0);
        let evaluation = pupil.ask(slip, &pending).await.unwrap();
        secrets.bytes("evaluation", &evaluation.element.0);
        let response = answers(&wave.survey, 1);
        secrets.text("answers", packed_text(&wave.survey, &response));
        let token = pupil.finish(&pending, &evaluation);
        let request = pupil.sealed(token, &wave.survey, &response);
        secrets.sent(&request);
        secrets.text("envelope", &request.envelope);
        request
    }
}

async fn nothing_is_repeated_of_what_was_sent(database: Database) {
    let mut wave = talkative(database).await;
    let mut secrets = Secrets::default();
    let server: SocketAddr = wave.server.url()["http://".len()..].parse().unwrap();
    for number in 0..TABLETS {
        let tablet = Tablet::new(&wave, number, &mut secrets);
        let request = tablet.prepare(&wave, &wave.slip(0, number), &mut secrets).await;
        let slip = wave.slip(0, TABLETS + number);
        secrets.slip(&slip);
        let (whole, printed) = (slip.to_string(), slip.own_part());
        for code in [&whole, &printed, &printed.replace('-', "")] {
            for reply in send_all(&tablet.visitor, code, &request).await {
                let said = format!("{:?}{}", reply.headers, reply.text);
                // A redirect says where to, which is for whoever asked to be led there.
                let said = said.replace(&format!("\"location\": \"{}\"", reply.location), "");
                assert_eq!(secrets.found_in(said.as_bytes()), [""; 0], "{reply:?}");
            }
            for reply in send_broken(server, tablet.address, code).await {
                assert_eq!(secrets.found_in(&reply), [""; 0], "{reply:?}");
            }
        }
        tablet.pupil.send(&request).await.unwrap();
        tablet.pupil.ask(&wave.slip(0, number), &tablet.pupil.pending()).await.unwrap_err();
        // What no code was wrong about works still.
        tablet.prepare(&wave, &slip, &mut secrets).await;
    }
    staff_make_slips(&wave, &mut secrets).await;
    look_everywhere(&mut wave, &secrets);
}

/// Slips are shown to staff, which is what staff asks for; no log repeats them, nor a password, nor
/// what a signed-in browser is known by.
async fn staff_make_slips(wave: &OpenWave, secrets: &mut Secrets) {
    let class = wave.classes[0].id;
    let name = Staff::account(&wave.server, "teacher", &format!("class:{class}"));
    let form = [("name", name.as_str()), ("password", PASSWORD)];
    let teacher = Visitor::of(&wave.server);
    let signed_in = Reply::to(teacher.request(Method::POST, "/sign-in").form(&form)).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    secrets.text("session", cookie.strip_prefix("senim=").unwrap());
    let path = format!("/classes/{class}/slips");
    let page = Paper::posted(&teacher, &path, &[("again", "yes")]).await.text();
    let words = page.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let is_code = |word: &&str| word.len() == 11 && [3, 7].map(|at| &word[at..=at]) == ["-"; 2];
    let codes: Vec<_> = words.filter(is_code).collect();
    assert!(codes.len() >= 44 - 2 * TABLETS, "{page}");
    for code in codes {
        secrets.text("slip on the page", code);
        secrets.text("slip on the page, as typed", code.replace('-', ""));
    }
    for slip in wave.coordinator.make_slips(wave.id, class).await {
        secrets.slip(&slip);
    }
}

/// The log, everything that the process has open and every file that it has made.
fn look_everywhere(wave: &mut OpenWave, secrets: &Secrets) {
    let own = wave.server.path().canonicalize().unwrap();
    for file in open_files(wave.server.process_id()) {
        let name = file.display().to_string();
        let is_no_file = ["socket:", "pipe:", "anon_inode:", "/dev/null"];
        let harmless = is_no_file.iter().any(|start| name.starts_with(start));
        assert!(harmless || file.starts_with(&own), "{name} is open");
    }
    wave.server.stop();
    let log = wave.server.log();
    assert!(log.contains("\"level\":\"TRACE\""), "the server does not log everything: {log}");
    assert_eq!(secrets.found_in(log.as_bytes()), [""; 0], "in the log");
    assert!(!log.contains(PASSWORD), "the log has a password");
    for file in files_below(&own) {
        let content = fs::read(&file).unwrap();
        let is_database = file.display().to_string().contains("senim.sqlite");
        let mut found = secrets.found_in(&content);
        found.retain(|name| !(is_database && *name == "envelope"));
        assert_eq!(found, [""; 0], "in {}", file.display());
    }
}

fn open_files(process: u32) -> Vec<PathBuf> {
    let open = fs::read_dir(format!("/proc/{process}/fd")).unwrap();
    open.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok()).collect()
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { files_below(&path) } else { vec![path] };
    entries.flat_map(below).collect()
}

/// Ways in which a database may fail under a server, and how that is mended.
const FAILURES: [(&str, &str); 4] = [
    ("alter table slips rename to away", "alter table away rename to slips"),
    ("alter table envelopes rename to away", "alter table away rename to envelopes"),
    ("alter table spent_values rename to away", "alter table away rename to spent_values"),
    ("alter table waves rename to away", "alter table away rename to waves"),
];

async fn a_database_that_fails_is_told_of_without_what_it_should_have_kept(database: Database) {
    let mut wave = talkative(database).await;
    let mut secrets = Secrets::default();
    let tablet = Tablet::new(&wave, 0, &mut secrets);
    let mut ready = Vec::new();
    for number in 0..FAILURES.len() {
        ready.push(tablet.prepare(&wave, &wave.slip(0, number), &mut secrets).await);
    }
    let busy = Refused(503, Refusal::Busy);
    let (slip, pending) = (wave.slip(0, ready.len()), tablet.pupil.pending());
    secrets.slip(&slip);
    secrets.bytes("blinded value", &pending.blinded().0);
    for ((away, back), request) in FAILURES.iter().zip(&ready) {
        wave.server.database.execute(*away).await;
        let (asked, sent) =
            (tablet.pupil.ask(&slip, &pending).await, tablet.pupil.send(request).await);
        assert!(asked == Err(busy) || sent == Err(busy), "{away}: {asked:?}, {sent:?}");
        wave.server.database.execute(*back).await;
    }
    let told = || wave.server.log().contains("pupils' requests could not be carried out");
    wait_until("a line in the log", 30, async || told().then_some(())).await;
    for request in &ready {
        tablet.pupil.send(request).await.unwrap();
    }
    tablet.pupil.ask(&slip, &pending).await.unwrap();
    look_everywhere(&mut wave, &secrets);
}

#[tokio::test]
async fn there_is_no_metric() {
    let server = Server::start(Database::Sqlite).await;
    let nobody = Visitor::of(&server);
    for path in ["/metrics", "/stats", "/status", "/debug", "/log", "/.well-known", "/api"] {
        assert_eq!(nobody.get(path).await.status.as_u16(), 404, "{path}");
    }
    assert_eq!(nobody.get("/health").await.text, "ok\n");
}
