use age::secrecy::ExposeSecret;
use age::x25519::Identity;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use tests::Server;

/// Who opens a test's backups.
#[derive(Clone)]
pub struct Keys {
    pub recipient: String,
    /// The file with the identity.
    pub identity: String,
    own: Identity,
}

impl Keys {
    pub fn new(server: &Server, name: &str) -> Self {
        let own = Identity::generate();
        let identity = format!("# a key\n{}\n", own.to_string().expose_secret());
        let identity = server.file(name, identity);
        Self { recipient: own.to_public().to_string(), identity, own }
    }

    /// The lines that are sealed in a backup, as `age` alone opens it.
    pub fn open(&self, backup: &Path) -> Vec<String> {
        let mut file = BufReader::new(std::fs::File::open(backup).unwrap());
        file.read_until(b'\n', &mut Vec::new()).unwrap();
        let sealed = age::Decryptor::new_buffered(file).unwrap();
        let own = [&self.own as &dyn age::Identity];
        let mut text = String::new();
        sealed.decrypt(own.into_iter()).unwrap().read_to_string(&mut text).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}
