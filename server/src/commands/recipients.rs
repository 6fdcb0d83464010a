use super::CommandError;
use age::x25519::Recipient;

/// Public keys as they were typed after a flag.
pub fn recipients(flag: &str, typed: &[String]) -> Result<Vec<Recipient>, CommandError> {
    let wrong = |text: &str, why: &str| {
        CommandError::Usage(format!("{flag} {text}: {why}; `age-keygen` prints one"))
    };
    typed.iter().map(|text| text.parse::<Recipient>().map_err(|why| wrong(text, why))).collect()
}
