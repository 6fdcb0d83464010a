use super::LoadPlan;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::scalar::Scalar;
use protocol::{
    Base64, Evaluation, Lesson, PendingToken, Place, ResponseRequest, Token, TokenRequest, Value,
};
use rand_core::OsRng;
use sha2::{Digest, Sha512};
use std::thread;

/// A pupil with everything that can be worked out before the first request.
pub struct Journey {
    /// The body of the first request.
    pub token_request: Vec<u8>,
    place: Place,
    value: Value,
    unblind: Scalar,
    envelope: String,
}

impl Journey {
    /// All of a plan, one class after the other for each pupil of it, on all cores.
    pub fn prepare(plan: &LoadPlan) -> Vec<Self> {
        let most = plan.classes.iter().map(|class| class.slips.len()).max().unwrap_or_default();
        let slips = (0..most).flat_map(|slip| {
            plan.classes
                .iter()
                .filter_map(move |class| Some((&class.lesson, class.slips.get(slip)?)))
        });
        let slips: Vec<_> = slips.collect();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let of_part = |part: &[(&Lesson, &String)]| {
            let one = |(lesson, slip): &(&Lesson, &String)| Self::new(lesson, slip, &plan.packed);
            part.iter().map(one).collect::<Vec<_>>()
        };
        thread::scope(|scope| {
            let parts = slips.chunks(slips.len().div_ceil(cores).max(1));
            let parts: Vec<_> = parts.map(|part| scope.spawn(|| of_part(part))).collect();
            parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
        })
    }

    fn new(lesson: &Lesson, slip: &str, packed: &[u8]) -> Self {
        let pending = PendingToken::new(&mut OsRng).unwrap();
        let request = TokenRequest { slip: slip.to_owned(), blinded: pending.blinded() };
        let sealed = lesson.release_key.seal(&mut OsRng, lesson.place, packed).unwrap();
        // The value, then the client's state, which begins with the scalar that blinds.
        let kept = pending.to_bytes();
        let part = |from: usize| kept[from..from + 32].try_into().unwrap();
        Self {
            token_request: serde_json::to_vec(&request).unwrap(),
            place: lesson.place,
            value: Base64(part(0)),
            unblind: Scalar::from_canonical_bytes(part(32)).unwrap().invert(),
            envelope: URL_SAFE_NO_PAD.encode(sealed),
        }
    }

    /// The body of the second request, from the reply to the first. The token is RFC 9497's
    /// Finalize (3.3.3) without the check of the proof; a wrong one would be refused.
    pub fn response_request(&self, reply: &[u8]) -> Result<Vec<u8>, String> {
        let evaluation: Evaluation =
            serde_json::from_slice(reply).map_err(|error| error.to_string())?;
        let element = CompressedRistretto(evaluation.element.0).decompress();
        let issued = (element.ok_or("not an element")? * self.unblind).compress();
        let mut hash = Sha512::new();
        for part in [&self.value.0[..], &self.place.to_bytes(), issued.as_bytes()] {
            hash.update(32_u16.to_be_bytes());
            hash.update(part);
        }
        let token = hash.chain_update(b"Finalize").finalize();
        let request = ResponseRequest {
            place: self.place,
            value: self.value,
            token: Token(Base64(token.into())),
            envelope: self.envelope.clone(),
        };
        serde_json::to_vec(&request).map_err(|error| error.to_string())
    }
}
