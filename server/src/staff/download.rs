use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// A file that the browser saves: never shown in a tab, which would ask for it again to print it.
pub struct Download {
    name: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

/// Bytes of a file's name, before it is escaped.
const LONGEST_NAME: usize = 100;

/// `name` is without its ending and may hold any letters.
impl Download {
    pub fn pdf(name: &str, bytes: Vec<u8>) -> Self {
        Self::new(name, "pdf", "application/pdf", bytes)
    }

    pub fn xlsx(name: &str, bytes: Vec<u8>) -> Self {
        const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        Self::new(name, "xlsx", KIND, bytes)
    }

    pub fn csv(name: &str, bytes: Vec<u8>) -> Self {
        Self::new(name, "csv", "text/csv; charset=utf-8", bytes)
    }

    fn new(name: &str, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: format!("{}.{ending}", file_name(name)), kind, bytes }
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response = self.bytes.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind));
        // RFC 6266: the name in UTF-8, percent-encoded.
        let value = format!("attachment; filename*=UTF-8''{}", percent_encoded(&self.name));
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        response
    }
}

/// Letters and digits of any script; whatever else stood between them is a hyphen.
fn file_name(name: &str) -> String {
    let words = name.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut kept = String::new();
    for word in words {
        if kept.len() + word.len() >= LONGEST_NAME {
            break;
        }
        if !kept.is_empty() {
            kept.push('-');
        }
        kept.push_str(word);
    }
    if kept.is_empty() { "senim".to_owned() } else { kept }
}

fn percent_encoded(name: &str) -> String {
    let encoded = name.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_makes_a_plain_file_name() {
        for (name, file) in [
            ("slips 7 «Ә»", "slips-7-Ә"),
            ("../../etc/passwd\r\nX: y", "etc-passwd-X-y"),
            ("\u{202e}\"", "senim"),
        ] {
            assert_eq!(file_name(name), file);
        }
        assert_eq!(percent_encoded("7-Ә.pdf"), "7-%D3%98.pdf");
    }
}
