//! What the column `type` of the sheet survey says.

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    /// One choice of a list.
    One(String),
    /// Any number of choices of a list.
    Many(String),
    /// A whole number; its ends stand in `constraint`.
    Integer,
    /// A whole number; its ends stand in `parameters`.
    Range,
    Note,
    BeginGroup,
    EndGroup,
    /// Something about the device or the moment, which Senim does not keep.
    LeftOut,
    /// Why there is no such thing here.
    Refused(&'static str),
}

const ONE: &[&str] =
    &["add select one prompt using", "select one from", "select_one", "select one", "select1"];
const MANY: &[&str] = &[
    "add select multiple prompt using",
    "select all that apply from",
    "select all that apply",
    "select_multiple",
    "select multiple from",
    "select multiple",
];
const ELSEWHERE: &[&str] = &[
    "select_one_external",
    "select_one_from_file",
    "select_multiple_from_file",
    "select one from file",
    "select multiple from file",
];
const OR_OTHER: &[&str] = &[" or_other", " or other", " or specify other", " or specify_other"];

const FREE_TEXT: &str = "free text is not taken: it can name people, and an answer is kept as a \
    code; offer choices instead";
const REPEAT: &str = "questions are not repeated: each response of a wave has the same items";
const DEVICE: &str = "what a device records is not taken: it can tell who answered";
const MOMENT: &str = "a date or a time can tell who answered; ask for a grade, an age or a number \
    of days instead";
const COMPUTED: &str = "nothing is computed while somebody answers; an indicator is computed from \
    the answers afterwards";

/// Reads the column; `None` when there is no such type.
pub(super) fn read(written: &str) -> Option<Type> {
    let words = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_lowercase();
    if ELSEWHERE.iter().any(|start| list(&words, &lower, start).is_some()) {
        return Some(Type::Refused("choices stand on the sheet choices, not elsewhere"));
    }
    let find = |starts: &[&str]| starts.iter().find_map(|start| list(&words, &lower, start));
    if let Some(list) = find(ONE) {
        return Some(choice(list, Type::One));
    }
    if let Some(list) = find(MANY) {
        return Some(choice(list, Type::Many));
    }
    if list(&words, &lower, "rank").is_some() {
        return Some(Type::Refused(
            "an order of choices is not kept: ask for one choice, or after each",
        ));
    }
    simple(&lower)
}

fn simple(lower: &str) -> Option<Type> {
    Some(match lower {
        "integer" | "int" => Type::Integer,
        "range" => Type::Range,
        "note" => Type::Note,
        "begin_group" | "begin group" => Type::BeginGroup,
        "end_group" | "end group" => Type::EndGroup,
        "start" | "end" | "today" | "deviceid" | "device id" | "subscriberid" | "simserial"
        | "phonenumber" | "phone number" | "username" | "email" | "audit" | "start-geopoint"
        | "background-audio" | "get today" | "imei" => Type::LeftOut,
        _ if lower.starts_with("uri:") => Type::LeftOut,
        "text" | "string" => Type::Refused(FREE_TEXT),
        "begin_repeat" | "begin repeat" | "end_repeat" | "end repeat" | "begin loop"
        | "end loop" | "begin_loop" | "end_loop" => Type::Refused(REPEAT),
        "decimal" => Type::Refused("numbers are whole: use integer or range"),
        "date" | "time" | "datetime" | "dateTime" => Type::Refused(MOMENT),
        "geopoint" | "geotrace" | "geoshape" | "osm" => {
            Type::Refused("where somebody is tells who answered")
        }
        "image" | "photo" | "audio" | "video" | "file" | "barcode" => Type::Refused(DEVICE),
        "calculate" | "calculation" | "hidden" => Type::Refused(COMPUTED),
        "acknowledge" | "trigger" => {
            Type::Refused("a text to read is a note, and what is answered has choices")
        }
        "xml-external" | "csv-external" => Type::Refused("no other file is read"),
        _ if lower.starts_with("osm ") => Type::Refused("where somebody is tells who answered"),
        _ => return None,
    })
}

/// What stands after the start of a type, as it is written.
fn list<'a>(words: &'a str, lower: &str, start: &str) -> Option<&'a str> {
    let rest = lower.strip_prefix(start)?;
    let list = words.get(words.len().checked_sub(rest.len())?..)?;
    (list.is_empty() || list.starts_with(' ')).then_some(list.trim())
}

fn choice(list: &str, of: impl FnOnce(String) -> Type) -> Type {
    let lower = list.to_lowercase();
    if OR_OTHER.iter().any(|end| lower.ends_with(end)) {
        return Type::Refused("\"or other\" asks for free text, which is not taken");
    }
    of(list.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_known_by_every_spelling_in_use() {
        for written in ["select_one Yes_No", "select one  from Yes_No", "Select1 Yes_No"] {
            assert_eq!(read(written), Some(Type::One("Yes_No".to_owned())), "{written}");
        }
        let many = Some(Type::Many("a".to_owned()));
        assert_eq!(read("select all that apply from a"), many);
        assert_eq!(read("select_multiple a"), many);
        assert_eq!(read("begin  group"), Some(Type::BeginGroup));
        assert!(matches!(read("select_one a or_other"), Some(Type::Refused(_))));
        assert!(matches!(read("select_one_from_file a.csv"), Some(Type::Refused(_))));
        assert!(matches!(read("rank a"), Some(Type::Refused(_))));
        assert_eq!(read("select_ones a"), None);
        assert_eq!(read("ſelect_one İ"), None);
    }
}
