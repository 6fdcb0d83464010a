use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use protocol::{ResponseRequest, SlipCode};

/// What must be found nowhere, each with its name.
#[derive(Debug, Clone, Default)]
pub struct Secrets(Vec<(&'static str, Vec<u8>)>);

impl Secrets {
    pub fn text(&mut self, name: &'static str, secret: impl AsRef<str>) {
        self.0.push((name, secret.as_ref().as_bytes().to_vec()));
    }

    /// As they are and as they are sent.
    pub fn bytes(&mut self, name: &'static str, secret: &[u8]) {
        self.text(name, URL_SAFE_NO_PAD.encode(secret));
        self.0.push((name, secret.to_vec()));
    }

    /// In each way in which it is written.
    pub fn slip(&mut self, slip: &SlipCode) {
        self.text("slip code", slip.to_string());
        self.text("slip code as printed", slip.own_part());
        self.text("slip code without class part", slip.own_part().replace('-', ""));
    }

    /// What a response is sent with.
    pub fn sent(&mut self, request: &ResponseRequest) {
        self.bytes("value", &request.value.0);
        self.bytes("token", &request.token.0.0);
    }

    /// The names of those that are somewhere in `place`.
    pub fn found_in(&self, place: &[u8]) -> Vec<&'static str> {
        let is_in = |secret: &[u8]| place.windows(secret.len()).any(|window| window == secret);
        self.0.iter().filter(|(_, secret)| is_in(secret)).map(|(name, _)| *name).collect()
    }
}
