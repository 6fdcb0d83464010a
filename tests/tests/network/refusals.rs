use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tests::{new_release_key, senim};

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// What `senim serve` with these arguments says against itself.
fn refusal(directory: &Path, arguments: &[&str]) -> String {
    let at = |name: &str| directory.join(name).display().to_string();
    let database = format!("sqlite://{}", at("senim.sqlite"));
    let secrets = at("secrets");
    let serve = ["serve", "--database", &database, "--secrets", &secrets];
    senim(&[&serve, arguments].concat()).expect_failure()
}

#[test]
fn plain_http_off_loopback_is_refused_with_what_to_do() {
    let directory = tempfile::tempdir().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.7:80"] {
        let told = refusal(directory.path(), &["--address", address]);
        for word in [address, "--tls-cert", "--tls-key", "--behind-proxy", "loopback"] {
            assert!(told.contains(word), "{word}: {told}");
        }
    }
    assert!(!directory.path().join("senim.sqlite").exists(), "something was made before");
    for url in [&[][..], &["--public-url", "http://senim.example"]] {
        let told = refusal(
            directory.path(),
            &[&["--address", "0.0.0.0:0", "--behind-proxy"], url].concat(),
        );
        assert!(told.contains("--public-url https://"), "{told}");
    }
    let told =
        refusal(directory.path(), &["--address", "127.0.0.1:0", "--metrics-address", "0.0.0.0:9"]);
    assert!(told.contains("metrics") && told.contains("0.0.0.0:9"), "{told}");
}

#[test]
fn secrets_that_others_may_read_are_refused_with_what_to_run() {
    let directory = tempfile::tempdir().unwrap();
    let secrets = directory.path().join("secrets");
    fs::create_dir(&secrets).unwrap();
    set(&secrets, 0o755);
    let told = refusal(directory.path(), &["--address", "127.0.0.1:0"]);
    assert!(told.contains(&format!("chmod 700 {}", secrets.display())), "{told}");
    set(&secrets, 0o700);
    let pepper = secrets.join("slip-pepper");
    fs::write(&pepper, "x").unwrap();
    set(&pepper, 0o644);
    let told = refusal(directory.path(), &["--address", "127.0.0.1:0"]);
    assert!(told.contains(&format!("chmod 600 {}", pepper.display())), "{told}");
}

#[test]
fn a_certificate_that_cannot_be_used_is_refused_with_file_and_reason() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, mode: u32, content: &str| {
        let path = directory.path().join(name);
        fs::write(&path, content).unwrap();
        set(&path, mode);
        path.display().to_string()
    };
    let (empty, open) = (file("empty.pem", 0o600, ""), file("open.pem", 0o644, "x"));
    // A release key is not one of TLS.
    let other = directory.path().join("key").display().to_string();
    new_release_key(&other);
    let (cert, key) = (directory.path().join("cert.pem"), directory.path().join("key.pem"));
    super::tls::make_certificate(&cert, &key);
    let (cert, key) = (cert.display().to_string(), key.display().to_string());
    let second = directory.path().join("second-key.pem");
    super::tls::make_certificate(&directory.path().join("second.pem"), &second);
    let second = second.display().to_string();
    for (cert, key, said) in [
        (&empty, &key, "holds no certificate"),
        (&cert, &open, "chmod 600"),
        (&cert, &empty, "holds no private key"),
        (&cert, &other, "holds no private key"),
        (&cert, &second, "cannot be used together"),
        (&"nowhere.pem".to_owned(), &key, "nowhere.pem"),
    ] {
        let files = ["--tls-cert", cert, "--tls-key", key];
        let told = refusal(directory.path(), &[&["--address", "127.0.0.1:0"], &files[..]].concat());
        assert!(told.contains(said), "{said}: {told}");
    }
    let told = refusal(directory.path(), &["--address", "127.0.0.1:0", "--tls-cert", &cert]);
    assert!(told.contains("--tls-key"), "{told}");
}
