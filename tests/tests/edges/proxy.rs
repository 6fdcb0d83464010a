//! nginx with the example that operators get.

use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;
use tests::{environment, package_directory};

/// Whether the network between tablet and nginx is in the clear, as no operator has it, so that a
/// test can send what it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wire {
    Clear,
    Encrypted,
}

/// A running nginx with a directory of its own for everything that it writes.
pub(crate) struct Nginx {
    process: Option<Child>,
    directory: TempDir,
    pub(crate) address: SocketAddr,
    wire: Wire,
}

pub(crate) fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Nginx {
    /// Before the server at `upstream`. Whatever it would put into a file on its way, which is
    /// deleted before anybody could look, it cannot: the folders for that are taken away.
    pub(crate) async fn start(wire: Wire, address: SocketAddr, upstream: &str) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        // Its workers may be another user than the one who made the directory.
        fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755)).unwrap();
        for folder in ["logs", "temporary"] {
            fs::create_dir(at(folder)).unwrap();
        }
        make_certificate(&at("certificate"), &at("key"));
        fs::write(at("nginx.conf"), example(wire, address, upstream, directory.path())).unwrap();
        let mut command = Command::new(environment("SENIM_NGINX"));
        command.arg("-p").arg(directory.path()).arg("-c").arg(at("nginx.conf"));
        command.args(["-g", "daemon off;"]).stderr(Stdio::null());
        let nginx = Self { process: Some(command.spawn().unwrap()), directory, address, wire };
        tests::wait_until("nginx", 20, async || TcpStream::connect(address).ok()).await;
        fs::remove_dir_all(nginx.path("temporary")).unwrap();
        fs::write(nginx.path("temporary"), "").unwrap();
        nginx
    }

    pub(crate) fn url(&self) -> String {
        let scheme = if self.wire == Wire::Clear { "http" } else { "https" };
        format!("{scheme}://{}", self.address)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Told, not killed: its workers end with it only then.
    fn end(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = Command::new("kill").args(["-TERM", &process.id().to_string()]).status();
            let _ = process.wait();
        }
    }

    /// Ends it; everything that it has written down, file by file.
    pub(crate) fn stop(mut self) -> Vec<(String, Vec<u8>)> {
        self.end();
        let mut written = Vec::new();
        for entry in fs::read_dir(self.path("logs")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            written.push((name, fs::read(entry.path()).unwrap()));
        }
        written
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        self.end();
    }
}

/// The shipped file with other addresses and paths, and nothing else changed.
fn example(wire: Wire, address: SocketAddr, upstream: &str, directory: &Path) -> String {
    let path = package_directory().join("../server/examples/nginx.conf");
    let mut example = fs::read_to_string(path).unwrap();
    let in_clear = match wire {
        Wire::Clear => "",
        Wire::Encrypted => " ssl http2",
    };
    let directory = directory.display();
    for (shipped, here) in [
        ("user www-data;", String::new()),
        ("/run/nginx.pid", format!("{directory}/pid")),
        ("/var/log/nginx/", format!("{directory}/logs/")),
        ("/var/lib/nginx/", format!("{directory}/temporary/")),
        ("/etc/ssl/senim.example.pem", format!("{directory}/certificate")),
        ("/etc/ssl/senim.example.key", format!("{directory}/key")),
        ("server 127.0.0.1:8080;", format!("server {};", upstream.replace("http://", ""))),
        ("listen 80 default_server;", format!("listen {} default_server;", free_address())),
        ("listen 443 ssl http2 default", format!("listen {address}{in_clear} default")),
    ] {
        assert!(example.contains(shipped), "the example has no {shipped}");
        example = example.replace(shipped, &here);
    }
    // As root it would change to a user that may not look into the test's directory.
    if is_root() {
        example.insert_str(0, "user root;\n");
    }
    example
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

fn make_certificate(certificate: &Path, key: &Path) {
    let mut command = Command::new(environment("OPENSSL"));
    command.args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
    command.args(["-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-out"]).arg(certificate);
    let made = command.arg("-keyout").arg(key).stderr(Stdio::null()).status();
    assert!(made.unwrap().success());
}
