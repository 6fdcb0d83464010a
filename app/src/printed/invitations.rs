use crate::{Language, language::text, parts::qr};
use serde::Serialize;

/// Invitations of a school's class teachers, as sheets to cut apart. No Debug: whoever has a link
/// can take it.
#[derive(Serialize)]
pub struct TeacherInvitations {
    language: &'static str,
    title: String,
    /// For whoever cuts.
    advice: &'static str,
    /// What a screen reader says for a QR code.
    qr: &'static str,
    heading: &'static str,
    school: String,
    how: &'static str,
    /// For who has several links.
    several: &'static str,
    secret: &'static str,
    until: String,
    sheets: Vec<TeacherSheet>,
}

/// The sheet of one teacher.
#[derive(Serialize)]
pub struct TeacherSheet {
    person: String,
    links: Vec<Link>,
}

#[derive(Serialize)]
struct Link {
    class: String,
    address: String,
    /// An SVG; empty when the address is too long for a QR code.
    qr: String,
}

impl TeacherInvitations {
    /// `until` is the last day of the links, as shown.
    pub fn new(language: Language, school: &str, until: &str, sheets: Vec<TeacherSheet>) -> Self {
        Self {
            language: language.code(),
            title: text!(language, teachers.file_title, school = school),
            advice: text!(language, teachers.advice),
            qr: text!(language, people.qr),
            heading: text!(language, people.made_title),
            school: school.to_owned(),
            how: text!(language, people.made_how),
            several: text!(language, teachers.several),
            secret: text!(language, people.made_secret),
            until: text!(language, teachers.until, day = until),
            sheets,
        }
    }
}

impl TeacherSheet {
    /// For one person, without links yet.
    pub fn of(person: &str) -> Self {
        Self { person: person.to_owned(), links: Vec::new() }
    }

    pub fn person(&self) -> &str {
        &self.person
    }

    /// Adds the link for a class.
    pub fn add(&mut self, class: &str, address: String) {
        let qr = qr::svg(&address).unwrap_or_default();
        self.links.push(Link { class: class.to_owned(), address, qr });
    }
}
