//! The test vectors of RFC 9497, A.1.3: ristretto255-SHA512 in POPRF mode, the suite and mode of
//! the tokens.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hex;

use hex::hex;
use rand_core::{CryptoRng, RngCore};
use voprf::{BlindedElement, Group, PoprfClient, PoprfServer, Ristretto255};

const SEED: &str = "a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3";
const KEY_INFO: &str = "74657374206b6579";
const SECRET: &str = "145c79c108538421ac164ecbe131942136d5570b16d8bf41a24d4337da981e07";
const PUBLIC: &str = "c647bef38497bc6ec077c22af65b696efa43bff3b4a1975a3e8e0a1c5a79d631";
const INFO: &str = "7465737420696e666f";
const BLIND: &str = "64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706";
const OTHER_BLIND: &str = "222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e";

/// One input of a vector, from the tablet's blinding to the output.
struct Line {
    input: &'static str,
    blind: &'static str,
    blinded: &'static str,
    evaluated: &'static str,
    output: &'static str,
}

const FIRST: Line = Line {
    input: "00",
    blind: BLIND,
    blinded: "c8713aa89241d6989ac142f22dba30596db635c772cbf25021fdd8f3d461f715",
    evaluated: "1a4b860d808ff19624731e67b5eff20ceb2df3c3c03b906f5693e2078450d874",
    output: "ca688351e88afb1d841fde4401c79efebb2eb75e7998fa9737bd5a82a152406d\
             38bd29f680504e54fd4587eddcf2f37a2617ac2fbd2993f7bdf45442ace7d221",
};

const SECOND: Line = Line {
    input: "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
    blind: BLIND,
    blinded: "f0f0b209dd4d5f1844dac679acc7761b91a2e704879656cb7c201e82a99ab07d",
    evaluated: "8c3c9d064c334c6991e99f286ea2301d1bde170b54003fb9c44c6d7bd6fc1540",
    output: "7c6557b276a137922a0bcfc2aa2b35dd78322bd500235eb6d6b6f91bc5b56a52\
             de2d65612d503236b321f5d0bebcbc52b64b92e426f29c9b8b69f52de98ae507",
};

/// The second input of the batch has a blind of its own.
const SECOND_OF_TWO: Line = Line {
    blind: OTHER_BLIND,
    blinded: "423a01c072e06eb1cce96d23acce06e1ea64a609d7ec9e9023f3049f2d64e50c",
    evaluated: "aa1f16e903841036e38075da8a46655c94fc92341887eb5819f46312adfc0504",
    ..SECOND
};

struct Vector {
    lines: &'static [Line],
    proof: &'static str,
    proof_scalar: &'static str,
}

const VECTOR_1: Vector = Vector {
    lines: &[FIRST],
    proof: "41ad1a291aa02c80b0915fbfbb0c0afa15a57e2970067a602ddb9e8fd6b7100d\
            e32e1ecff943a36f0b10e3dae6bd266cdeb8adf825d86ef27dbc6c0e30c52206",
    proof_scalar: OTHER_BLIND,
};

const VECTOR_2: Vector = Vector {
    lines: &[SECOND],
    proof: "4c39992d55ffba38232cdac88fe583af8a85441fefd7d1d4a8d0394cd1de7701\
            8bf135c174f20281b3341ab1f453fe72b0293a7398703384bed822bfdeec8908",
    proof_scalar: OTHER_BLIND,
};

const VECTOR_3: Vector = Vector {
    lines: &[FIRST, SECOND_OF_TWO],
    proof: "43fdb53be399cbd3561186ae480320caa2b9f36cca0e5b160c4a677b8bbf4301\
            b28f12c36aa8e11e5a7ef551da0781e863a6dc8c0b2bf5a149c9e00621f02006",
    proof_scalar: "419c4f4f5052c53c45f3da494d2b67b220d02118e0857cdbcf037f9ea84bbe0c",
};

/// Draws one given scalar: 64 bytes are reduced, so the scalar and zeros give the scalar.
struct Fixed(Vec<u8>);

impl Fixed {
    fn scalar(text: &str) -> Self {
        let mut bytes = hex(text);
        bytes.resize(64, 0);
        Self(bytes)
    }
}

impl RngCore for Fixed {
    fn next_u32(&mut self) -> u32 {
        unreachable!("scalars are drawn as bytes")
    }

    fn next_u64(&mut self) -> u64 {
        unreachable!("scalars are drawn as bytes")
    }

    fn fill_bytes(&mut self, wanted: &mut [u8]) {
        wanted.copy_from_slice(&self.0);
    }

    fn try_fill_bytes(&mut self, wanted: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(wanted);
        Ok(())
    }
}

impl CryptoRng for Fixed {}

fn server() -> PoprfServer<Ristretto255> {
    PoprfServer::new_from_seed(&hex(SEED), &hex(KEY_INFO)).unwrap()
}

fn check(vector: &Vector) {
    let info = hex(INFO);
    let inputs: Vec<_> = vector.lines.iter().map(|line| hex(line.input)).collect();
    let (mut clients, mut blinded) = (Vec::new(), Vec::new());
    for (line, input) in vector.lines.iter().zip(&inputs) {
        let blind = PoprfClient::<Ristretto255>::blind(input, &mut Fixed::scalar(line.blind));
        let blind = blind.unwrap();
        assert_eq!(blind.message.serialize().to_vec(), hex(line.blinded));
        clients.push(blind.state);
        blinded.push(BlindedElement::deserialize(&blind.message.serialize()).unwrap());
    }

    let mut proof_scalar = Fixed::scalar(vector.proof_scalar);
    let server = server();
    let evaluated = server.batch_blind_evaluate(&mut proof_scalar, &blinded, Some(&info)).unwrap();
    for (line, element) in vector.lines.iter().zip(&evaluated.messages) {
        assert_eq!(element.serialize().to_vec(), hex(line.evaluated));
    }
    assert_eq!(evaluated.proof.serialize().to_vec(), hex(vector.proof));

    let outputs = PoprfClient::batch_finalize(
        inputs.iter().map(Vec::as_slice),
        &clients,
        &evaluated.messages,
        &evaluated.proof,
        server.get_public_key(),
        Some(&info),
    );
    for (line, output) in vector.lines.iter().zip(outputs.unwrap()) {
        assert_eq!(output.unwrap().to_vec(), hex(line.output));
        let alone = server.evaluate(&hex(line.input), Some(&info)).unwrap();
        assert_eq!(alone.to_vec(), hex(line.output));
    }
}

#[test]
fn keys_are_derived_from_seed_and_key_info() {
    let derived = <Ristretto255 as Group>::serialize_elem(server().get_public_key());
    assert_eq!(derived.to_vec(), hex(PUBLIC));
    let of_secret = PoprfServer::<Ristretto255>::new_with_key(&hex(SECRET)).unwrap();
    let public = <Ristretto255 as Group>::serialize_elem(of_secret.get_public_key());
    assert_eq!(public.to_vec(), hex(PUBLIC));
}

#[test]
fn vector_1_one_input() {
    check(&VECTOR_1);
}

#[test]
fn vector_2_one_longer_input() {
    check(&VECTOR_2);
}

#[test]
fn vector_3_two_inputs_at_once() {
    check(&VECTOR_3);
}

#[test]
fn single_calls_give_what_the_batch_gives() {
    for vector in [VECTOR_1, VECTOR_2] {
        let (line, info) = (&vector.lines[0], hex(INFO));
        let input = hex(line.input);
        let blind = PoprfClient::<Ristretto255>::blind(&input, &mut Fixed::scalar(line.blind));
        let blind = blind.unwrap();
        let mut proof_scalar = Fixed::scalar(vector.proof_scalar);
        let server = server();
        let one = server.blind_evaluate(&mut proof_scalar, &blind.message, Some(&info)).unwrap();
        assert_eq!(one.message.serialize().to_vec(), hex(line.evaluated));
        assert_eq!(one.proof.serialize().to_vec(), hex(vector.proof));
        let key = server.get_public_key();
        let output =
            blind.state.finalize(&input, &one.message, &one.proof, key, Some(&info)).unwrap();
        assert_eq!(output.to_vec(), hex(line.output));
    }
}
