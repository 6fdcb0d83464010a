//! Answers as the text that is sealed: `ID,VERSION,answered,FIELD,FIELD,...` or
//! `ID,VERSION,declined`, then zero bytes up to the length of the wave, so that every
//! response of a wave has one length.
//!
//! A field: the code of an option or a number in decimal; empty = not reached; `-` = does not
//! want to answer; many options = `x` and the bits in hexadecimal.

use crate::answer_layout::Domain;
use crate::{Answer, AnswerError, AnswerLayout, Answers, Response};

const ANSWERED: &str = "answered";
const DECLINED: &str = "declined";
const DO_NOT_WANT: &str = "-";
const BITS: &str = "x";

/// Lengths are multiples of this, so that small changes of a definition change no length.
const STEP: usize = 64;

/// Why sealed text is not a response to this definition.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    #[error("not text: byte {0}")]
    NotText(usize),
    #[error("of another definition: {0}")]
    OtherDefinition(String),
    #[error("neither answered nor declined: {0}")]
    Status(String),
    #[error("field {0} cannot be read")]
    Field(usize),
    #[error("byte {0}, after the end, is not zero")]
    Padding(usize),
    #[error(transparent)]
    Answers(#[from] AnswerError),
}

/// Bytes that hold any response to this definition.
pub fn packed_length(layout: &AnswerLayout) -> usize {
    let fields: usize = layout.items.iter().map(|item| 1 + longest_field(&item.domain)).sum();
    let answered = head(layout).len() + ANSWERED.len() + fields;
    let declined = head(layout).len() + DECLINED.len();
    answered.max(declined).next_multiple_of(STEP)
}

/// The response as `length` bytes; `None` when it does not fit the length or the definition.
pub fn pack(layout: &AnswerLayout, response: &Response, length: usize) -> Option<Vec<u8>> {
    let mut text = head(layout);
    match response {
        Response::Declined => text.push_str(DECLINED),
        Response::Answered(answers) => {
            answers.check(layout).ok()?;
            text.push_str(ANSWERED);
            for answer in &answers.0 {
                text.push(',');
                text.push_str(&field(*answer));
            }
        }
    }
    let mut bytes = text.into_bytes();
    (bytes.len() <= length).then(|| {
        bytes.resize(length, 0);
        bytes
    })
}

/// The response inside `bytes`, checked against the definition.
///
/// # Errors
/// The first thing that [`pack`] would not have written.
pub fn unpack(layout: &AnswerLayout, bytes: &[u8]) -> Result<Response, UnpackError> {
    let text = unpadded(bytes)?;
    let Some(rest) = text.strip_prefix(&head(layout)) else {
        let named: Vec<&str> = text.splitn(3, ',').take(2).collect();
        return Err(UnpackError::OtherDefinition(named.join(".")));
    };
    let mut parts = rest.split(',');
    let status = parts.next().unwrap_or_default();
    let fields: Vec<&str> = parts.collect();
    match status {
        DECLINED if fields.is_empty() => Ok(Response::Declined),
        ANSWERED => {
            let read = |(index, text)| answer(text).ok_or(UnpackError::Field(index));
            let answers =
                Answers(fields.into_iter().enumerate().map(read).collect::<Result<_, _>>()?);
            answers.check(layout)?;
            Ok(Response::Answered(answers))
        }
        _ => Err(UnpackError::Status(rest.to_owned())),
    }
}

fn head(layout: &AnswerLayout) -> String {
    format!("{},{},", layout.id, layout.version)
}

fn field(answer: Answer) -> String {
    match answer {
        Answer::NotReached => String::new(),
        Answer::DoNotWant => DO_NOT_WANT.to_owned(),
        Answer::Code(code) => code.to_string(),
        Answer::Many(bits) => format!("{BITS}{bits:x}"),
    }
}

/// Reads only what [`field`] writes: `03` or `xF` would let a changed tablet mark a response.
fn answer(text: &str) -> Option<Answer> {
    let read = match (text, text.strip_prefix(BITS)) {
        ("", _) => Answer::NotReached,
        (DO_NOT_WANT, _) => Answer::DoNotWant,
        (_, Some(bits)) => Answer::Many(u32::from_str_radix(bits, 16).ok()?),
        _ => Answer::Code(text.parse().ok()?),
    };
    (field(read) == text).then_some(read)
}

fn longest_field(domain: &Domain) -> usize {
    let digits = |code: &i16| field(Answer::Code(*code)).len();
    let longest = match domain {
        Domain::One(codes) => codes.iter().map(digits).max().unwrap_or(0),
        Domain::Number { lowest, highest } => digits(lowest).max(digits(highest)),
        Domain::Many { bits, .. } => field(Answer::Many(*bits)).len(),
    };
    longest.max(DO_NOT_WANT.len())
}

fn unpadded(bytes: &[u8]) -> Result<&str, UnpackError> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (text, padding) = bytes.split_at(end);
    if let Some(position) = padding.iter().position(|byte| *byte != 0) {
        return Err(UnpackError::Padding(end + position));
    }
    std::str::from_utf8(text).map_err(|error| UnpackError::NotText(error.valid_up_to()))
}
