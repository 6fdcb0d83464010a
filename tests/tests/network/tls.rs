use super::DEFINITION;
use serde_json::json;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use tests::{Browser, ClassPlan, Database, OpenWave, Server, environment, kazakh, wait_until};

/// A certificate for this machine that vouches for itself, and its key.
pub(crate) fn make_certificate(certificate: &Path, key: &Path) {
    let mut command = Command::new(environment("OPENSSL"));
    command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    command.args(["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]);
    command.args(["-addext", "subjectAltName=IP:127.0.0.1", "-out"]).arg(certificate);
    let made = command.arg("-keyout").arg(key).stderr(Stdio::null()).status();
    assert!(made.unwrap().success());
    fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
}

/// A server that speaks HTTPS, and where its certificate lies.
struct Encrypted {
    server: Server,
    directory: TempDir,
}

impl Encrypted {
    async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name).display().to_string();
        make_certificate(at("cert").as_ref(), at("key").as_ref());
        let settings = [("SENIM_TLS_CERT", at("cert")), ("SENIM_TLS_KEY", at("key"))];
        let settings = settings.each_ref().map(|(name, value)| (*name, value.as_str()));
        let server = Server::start_with(Database::Sqlite, &settings).await;
        assert!(server.url().starts_with("https://127.0.0.1:"), "{}", server.url());
        Self { server, directory }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Sends this after a handshake in which the certificate must be the one of the file; what
    /// comes back, or nothing when it is another.
    fn said(&self, options: &[&str], request: &str) -> Option<String> {
        let address = self.server.url().replace("https://", "");
        let mut command = Command::new(environment("OPENSSL"));
        command.args(["s_client", "-connect", &address, "-verify_return_error", "-CAfile"]);
        command.arg(self.path("cert")).args(["-ign_eof"]).args(options);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut asking = command.spawn().unwrap();
        asking.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
        let output = asking.wait_with_output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

const REQUEST: &str = "GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

#[tokio::test]
async fn https_is_spoken_without_anything_that_knows_a_tablet_again() {
    let encrypted = Encrypted::start().await;
    for version in ["-tls1_2", "-tls1_3"] {
        let said = encrypted.said(&[version, "-alpn", "h2,http/1.1"], REQUEST).unwrap();
        for expected in ["HTTP/1.1 200 OK", "strict-transport-security: max-age=31536000", "\nok\n"]
        {
            assert!(said.replace('\r', "").contains(expected), "{version}, {expected}: {said}");
        }
        assert!(said.contains("ALPN protocol: http/1.1"), "{said}");
        for known_again in ["TLS session ticket", "Post-Handshake New Session Ticket"] {
            assert!(!said.contains(known_again), "{version}: {said}");
        }
        let id = said.lines().filter_map(|line| line.trim().strip_prefix("Session-ID:"));
        assert!(id.clone().all(|id| id.trim().is_empty()), "{version}: {said}");
    }
    assert_eq!(encrypted.said(&["-tls1_1"], REQUEST), None);
    // Whoever comes without TLS gets nothing, and the server goes on.
    let plain = encrypted.server.url().replace("https", "http");
    assert!(reqwest::get(plain).await.is_err());
    assert!(encrypted.said(&[], REQUEST).is_some());
}

#[tokio::test]
async fn a_new_certificate_is_used_after_a_sighup_and_a_broken_one_is_not() {
    let encrypted = Encrypted::start().await;
    let old = encrypted.path("old");
    fs::copy(encrypted.path("cert"), &old).unwrap();
    fs::write(encrypted.path("cert"), "broken").unwrap();
    encrypted.server.signal("-HUP");
    let told = async || encrypted.server.log().contains("could not be read again").then_some(());
    wait_until("a word about the broken certificate", 20, told).await;
    fs::copy(&old, encrypted.path("cert")).unwrap();
    assert!(encrypted.said(&[], REQUEST).is_some(), "the one before is not used on");
    make_certificate(&encrypted.path("cert"), &encrypted.path("key"));
    assert_eq!(encrypted.said(&[], REQUEST), None, "nobody told it yet");
    encrypted.server.signal("-HUP");
    wait_until("the new certificate", 20, async || encrypted.said(&[], REQUEST)).await;
}

#[tokio::test]
async fn a_pupil_answers_over_https_without_a_proxy() {
    let directory = tempfile::tempdir().unwrap();
    let (cert, key) = (directory.path().join("cert"), directory.path().join("key"));
    make_certificate(&cert, &key);
    // Set up over plain HTTP, whose client the tests have; then served anew over HTTPS.
    let mut wave = OpenWave::start(Database::Sqlite, DEFINITION, &[ClassPlan::of(10)]).await;
    wave.server.stop();
    wave.server.set("SENIM_TLS_CERT", &cert.display().to_string());
    wave.server.set("SENIM_TLS_KEY", &key.display().to_string());
    wave.server.restart();
    let browser = Browser::open().await;
    // Nobody vouches for a certificate that was made a moment ago.
    browser.devtools("Security.setIgnoreCertificateErrors", json!({ "ignore": true })).await;
    let link = format!("{}/c/{}", wave.server.url(), wave.classes[0].part());
    browser.enter(&link, &wave.slip(0, 0)).await;
    browser.reach(1).await;
    browser.answer_and_send(1).await;
    browser.wait_for_text(&kazakh("pupil", "thanks_title")).await;
    assert_eq!(wave.stored().await, 1);
    browser.client.clone().close().await.unwrap();
}
