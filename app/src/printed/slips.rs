use crate::{Language, language::text, parts::qr};
use serde::Serialize;

/// Slips of one class or of several, as sheets to cut.
#[derive(Serialize)]
pub struct SlipSheets {
    language: &'static str,
    title: String,
    /// For whoever cuts.
    advice: &'static str,
    /// What a screen reader says for a QR code.
    qr: &'static str,
    /// For pupils, in each language.
    words: [Words; 3],
    sheets: Vec<ClassSlips>,
}

#[derive(Serialize)]
struct Words {
    language: &'static str,
    text: &'static str,
}

/// The slips of a class. No Debug: whoever has them can answer.
#[derive(Serialize)]
pub struct ClassSlips {
    pub school: String,
    pub class: String,
    pub wave: String,
    /// Not all texts of its survey have been checked by native speakers.
    pub pilot: bool,
    /// The check line of the wave's keys, as tablets and the teacher's screen show it.
    pub fingerprint: String,
    /// The class link without a code, for those who type.
    pub link: String,
    heading: String,
    check: &'static str,
    slips: Vec<Slip>,
}

#[derive(Serialize)]
struct Slip {
    code: String,
    /// An SVG; empty when the address is too long for a QR code.
    qr: String,
}

impl SlipSheets {
    /// `of` is the class or the school whose slips these are.
    pub fn new(language: Language, of: &str, mut sheets: Vec<ClassSlips>) -> Self {
        for sheet in &mut sheets {
            let count = sheet.slips.len();
            let made = text!(language, slips.sheet_count, count = count);
            sheet.heading = format!("{} · {} · {made}", sheet.class, sheet.school);
            if sheet.pilot {
                sheet.heading =
                    format!("{} · {}", sheet.heading, text!(language, waves.pilot_mark));
            }
            sheet.check = text!(language, slips.fingerprint);
        }
        Self {
            language: language.code(),
            title: text!(language, slips.title, of = of),
            advice: text!(language, slips.how),
            qr: text!(language, slips.qr),
            words: Language::ALL.map(|language| Words {
                language: language.code(),
                text: text!(language, slips.instruction),
            }),
            sheets,
        }
    }
}

impl SlipSheets {
    /// Slips on a sheet, as the template lays them out.
    const A_SHEET: usize = 8;

    /// Sheets that so many slips of one class take.
    pub fn pages(slips: usize) -> usize {
        slips.div_ceil(Self::A_SHEET)
    }
}

impl ClassSlips {
    /// A sheet without slips yet.
    pub fn new(names: [String; 3], pilot: bool, fingerprint: String, link: &str) -> Self {
        let [school, class, wave] = names;
        // Nobody needs to type the scheme.
        let link = link.trim_start_matches("https://").trim_start_matches("http://").to_owned();
        let (heading, check) = (String::new(), "");
        Self { school, class, wave, pilot, fingerprint, link, heading, check, slips: Vec::new() }
    }

    /// Adds one: the pupil's own part of the code, `ABC-DEF-GHJ`, and the address with the code in
    /// its fragment.
    pub fn add(&mut self, code: String, url: &str) {
        self.slips.push(Slip { code, qr: qr::svg(url).unwrap_or_default() });
    }
}
