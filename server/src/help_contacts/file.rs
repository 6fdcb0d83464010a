//! The file of contacts as it is written, and what must hold of it.

use super::Mistakes;
use app::{HelpContact, HelpWay, Language, Wording};
use reqwest::Url;
use serde::Deserialize;
use std::collections::HashSet;
use std::ops::RangeInclusive;

const CONTACTS: RangeInclusive<usize> = 1..=12;
const LONGEST_NAME: usize = 80;
const LONGEST_TEXT: usize = 400;
/// As much as fits a QR code that a phone reads from a sheet on a wall.
const LONGEST_URL: usize = 200;
const DIGITS: RangeInclusive<usize> = 2..=15;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    contacts: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    kind: Kind,
    number: Option<String>,
    url: Option<String>,
    name: Wording,
    text: Wording,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Phone,
    Web,
    Emergency,
}

/// The field that is wrong and how.
type Wrong = (&'static str, String);

impl File {
    /// The contacts, or every mistake at once.
    pub(super) fn checked(self) -> Result<Vec<HelpContact>, Mistakes> {
        let mut mistakes = Mistakes::default();
        let number = self.contacts.len();
        if !CONTACTS.contains(&number) {
            let (least, most) = (CONTACTS.start(), CONTACTS.end());
            mistakes.add("contacts", format!("expected {least} to {most} of them, got {number}"));
        }
        for (kind, name) in [(Kind::Phone, "phone"), (Kind::Emergency, "emergency")] {
            if !self.contacts.iter().any(|line| line.kind == kind) {
                mistakes.add("contacts", format!("there is none of the kind \"{name}\""));
            }
        }
        let mut ids = HashSet::new();
        let mut contacts = Vec::new();
        for (at, line) in self.contacts.into_iter().enumerate() {
            let place = format!("contacts[{at}]");
            if !ids.insert(line.id.clone()) {
                mistakes.add(&format!("{place}.id"), format!("{:?} is there twice", line.id));
            }
            contacts.extend(line.checked(&place, &mut mistakes));
        }
        if mistakes.0.is_empty() { Ok(contacts) } else { Err(mistakes) }
    }
}

impl Line {
    fn checked(self, place: &str, mistakes: &mut Mistakes) -> Option<HelpContact> {
        if !is_id(&self.id) {
            let problem = "expected lower-case letters, digits and _, got";
            mistakes.add(&format!("{place}.id"), format!("{problem} {:?}", self.id));
        }
        for (field, wording, longest) in
            [("name", &self.name, LONGEST_NAME), ("text", &self.text, LONGEST_TEXT)]
        {
            for language in Language::ALL {
                if let Some(problem) = self.problem(wording.get(language), longest) {
                    mistakes.add(&format!("{place}.{field}.{}", language.code()), problem);
                }
            }
        }
        match self.way() {
            Ok(way) => Some(HelpContact { id: self.id, way, name: self.name, text: self.text }),
            Err((field, problem)) => {
                mistakes.add(&format!("{place}.{field}"), problem);
                None
            }
        }
    }

    fn problem(&self, text: &str, longest: usize) -> Option<String> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            Some("it is empty".to_owned())
        } else if length > longest {
            Some(format!("expected at most {longest} characters, got {length}"))
        } else if text.chars().any(char::is_control) {
            Some("it has a control character".to_owned())
        } else if self.number.is_none() && text.contains("{number}") {
            Some("the contact has no number to stand for {number}".to_owned())
        } else {
            None
        }
    }

    fn way(&self) -> Result<HelpWay, Wrong> {
        match (self.kind, &self.number, &self.url) {
            (Kind::Web, None, None) => Ok(HelpWay::Web { url: None }),
            (Kind::Web, None, Some(url)) => Ok(HelpWay::Web { url: Some(checked_url(url)?) }),
            (Kind::Web, Some(_), _) => Err(("number", "a web contact has none".to_owned())),
            (Kind::Phone | Kind::Emergency, _, Some(_)) => {
                Err(("url", "only a web contact has one".to_owned()))
            }
            (Kind::Phone | Kind::Emergency, None, None) => {
                Err(("number", "it is missing".to_owned()))
            }
            (Kind::Phone, Some(number), None) => {
                Ok(HelpWay::Phone { number: checked_number(number)? })
            }
            (Kind::Emergency, Some(number), None) => {
                Ok(HelpWay::Emergency { number: checked_number(number)? })
            }
        }
    }
}

fn is_id(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !text.is_empty() && text.bytes().all(allowed)
}

fn checked_number(text: &str) -> Result<String, Wrong> {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    let known = rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ' || byte == b'-');
    let ends = rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.ends_with(|c: char| c.is_ascii_digit());
    if DIGITS.contains(&digits) && known && ends {
        return Ok(text.to_owned());
    }
    let (least, most) = (DIGITS.start(), DIGITS.end());
    let problem = format!(
        "expected {least} to {most} digits, spaces or hyphens between them, perhaps a + before \
         them; got {text:?}"
    );
    Err(("number", problem))
}

fn checked_url(text: &str) -> Result<String, Wrong> {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let is_safe = |url: Url| {
        let host = url.host_str().unwrap_or_default();
        host.contains('.') && url.username().is_empty() && url.password().is_none()
    };
    if plain
        && text.len() <= LONGEST_URL
        && text.starts_with("https://")
        && Url::parse(text).is_ok_and(is_safe)
    {
        return Ok(text.to_owned());
    }
    let problem = format!(
        "expected https:// and an address, at most {LONGEST_URL} letters of ASCII, no name or \
         password in it; got {text:?}"
    );
    Err(("url", problem))
}
