//! Bodies: too large, of another kind than is said, broken, endless inside.

use crate::wire::request;
use crate::{Case, Expected, reads_no_body};
use server::protection::LARGEST_BODY;
use server::routes::{Route, Who};
use server::structure_import::LARGEST_FILE;

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";
const PARTS: &str = "multipart/form-data; boundary=b";

/// A body and what kind it says that it is.
fn all(route: &Route) -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let utf16: Vec<u8> = "{\"slip\":\"x\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let largest = if route.path == "/structure" { LARGEST_FILE } else { LARGEST_BODY };
    let upload =
        b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\xff\0\"\r\n\r\n";
    let empty_form = b"%=%&&;\xff=\xfe".to_vec();
    vec![
        ("nothing as a form", FORM, Vec::new()),
        ("nothing as JSON", JSON, Vec::new()),
        ("too large a form", FORM, [b"name=", &vec![b'x'; largest + 99_000][..]].concat()),
        ("too large JSON", JSON, vec![b' '; largest + 99_000]),
        ("too large in parts", PARTS, [&upload[..], &vec![b'x'; largest + 99_000]].concat()),
        ("form that is no UTF-8", FORM, empty_form),
        ("form with control characters", FORM, b"name=%00%01%1b%7f&password=%ff%fe".to_vec()),
        ("form with a field twice", FORM, b"name=a&name=b&password=c&password=d".to_vec()),
        ("form with a thousand fields", FORM, b"a=b&".repeat(5_000)),
        ("JSON that is no UTF-8", JSON, b"{\"slip\":\"\xff\xfe\"}".to_vec()),
        ("JSON in UTF-16", JSON, utf16),
        ("JSON cut off", JSON, b"{\"slip\":\"ABCD-EFGH\",\"blinded\":".to_vec()),
        ("deep JSON", JSON, b"[".repeat(60_000)),
        ("deep objects", JSON, b"{\"slip\":".repeat(7_000)),
        ("JSON with a field twice", JSON, br#"{"slip":1,"slip":2,"code":1,"code":2}"#.to_vec()),
        ("JSON with numbers beyond all", JSON, br#"{"enrolment":1e999,"code":-0.0e-999}"#.to_vec()),
        ("JSON that is only a number", JSON, vec![b'9'; 60_000]),
        ("JSON of another shape", JSON, b"[null,true,\"\\u0000\\ud800\"]".to_vec()),
        ("text", "text/plain", b"slip=x".to_vec()),
        (
            "XML",
            "application/xml",
            b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>".to_vec(),
        ),
        ("of a kind that is none", "\u{1}/\u{2}", b"x".to_vec()),
        ("parts without a boundary", "multipart/form-data", upload.to_vec()),
        ("parts that never end", PARTS, upload.to_vec()),
        ("parts of nothing", PARTS, b"--b--\r\n".to_vec()),
    ]
}

/// All of them for a route that is not only read.
pub(crate) fn of(route: &Route, path: &str, cookie: &str) -> Vec<Case> {
    if reads_no_body(route) {
        return Vec::new();
    }
    let is_page = matches!(route.who, Who::Anyone | Who::Staff(_));
    all(route)
        .into_iter()
        .map(|(name, kind, body)| {
            let headers: [(&[u8], &[u8]); 2] =
                [(b"cookie", cookie.as_bytes()), (b"content-type", kind.as_bytes())];
            let bytes = request(route.method.as_str(), path.as_bytes(), &headers, &body);
            // A form in which nothing is filled in is a form: the page says what is missing.
            let expected = if is_page && name.contains("form") && !name.contains("large") {
                Expected::NoFault
            } else {
                Expected::Refused
            };
            Case::new(name, bytes, expected)
        })
        .collect()
}
