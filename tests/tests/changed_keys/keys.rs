use protocol::{Base64, Issuer, ReleaseKey};
use rand_core::OsRng;
use std::fs;
use std::path::PathBuf;
use tests::OpenWave;

/// What a server tells tablets of a wave, and what it can prove with it.
#[derive(Clone)]
pub(crate) struct Keys {
    /// The file of the token secret.
    secret: String,
    token: String,
    release: String,
    packed_length: usize,
}

impl Keys {
    pub(crate) fn of(wave: &OpenWave) -> Self {
        let lesson = &wave.classes[0].lesson;
        Self {
            secret: fs::read_to_string(file(wave)).unwrap(),
            token: lesson.token_key.0.encode(),
            release: lesson.release_key.0.encode(),
            packed_length: lesson.packed_length,
        }
    }

    /// Proofs are right under the other token key.
    pub(crate) fn with_another_token_key(&self) -> Self {
        let issuer = Issuer::new(&mut OsRng).unwrap();
        let secret = Base64(*issuer.secret()).encode() + "\n";
        Self { secret, token: issuer.public_key().0.encode(), ..self.clone() }
    }

    pub(crate) fn with_another_release_key(&self) -> Self {
        let release = ReleaseKey::new(&mut OsRng).public_key().0.encode();
        Self { release, ..self.clone() }
    }

    /// The keys are right, but one can tell an envelope from the others.
    pub(crate) fn with_another_length(&self) -> Self {
        Self { packed_length: self.packed_length + 1, ..self.clone() }
    }

    /// The server at this address goes on with these, for the same wave and class.
    pub(crate) async fn are_served(&self, wave: &mut OpenWave) {
        let Self { secret, token, release, packed_length } = self;
        wave.server.kill();
        fs::write(file(wave), secret).unwrap();
        let statement = format!(
            "update waves set token_public_key = '{token}', release_public_key = '{release}', \
             packed_length = {packed_length} where id = '{}'",
            wave.id
        );
        wave.server.database.execute(&statement).await;
        wave.server.restart();
    }
}

fn file(wave: &OpenWave) -> PathBuf {
    wave.server.path().join(format!("secrets/token-secret-{}", wave.id))
}
