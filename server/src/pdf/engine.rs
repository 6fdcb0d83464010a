use super::Template;
use super::printable::make_printable;
use serde_json::Value;
use typst::diag::SourceDiagnostic;
use typst::foundations::Bytes;
use typst::text::Font;
use typst_as_lib::TypstEngine;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const FONTS: [&[u8]; 3] = [
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
    include_bytes!("fonts/NotoSansMono-Bold.ttf"),
];

/// The parts that templates share.
const COMMON: [(&str, &str); 2] = [
    ("common.typ", include_str!("templates/common.typ")),
    ("charts.typ", include_str!("templates/charts.typ")),
];
const MAIN: &str = "main.typ";
const DATA: &str = "data.json";

impl Template {
    fn text(self) -> &'static str {
        match self {
            Self::Slips => include_str!("templates/slips.typ"),
            Self::Invitations => include_str!("templates/invitations.typ"),
            Self::Letters => include_str!("templates/letters.typ"),
            Self::Report => include_str!("templates/report.typ"),
        }
    }
}

/// The typesetter with its fonts. Nothing else is within its reach: no file, no network, no clock.
pub(super) struct Engine {
    fonts: Vec<Font>,
}

impl Default for Engine {
    fn default() -> Self {
        Self { fonts: FONTS.iter().flat_map(|font| Font::iter(Bytes::new(*font))).collect() }
    }
}

impl Engine {
    /// A PDF file, or what was wrong with the template.
    pub(super) fn typeset(&self, template: Template, mut data: Value) -> Result<Vec<u8>, String> {
        make_printable(&mut data, &|sign| self.has_glyph(sign));
        let sources = [(MAIN, template.text())].into_iter().chain(COMMON);
        let typst = TypstEngine::builder()
            .fonts(self.fonts.iter().cloned())
            .with_static_source_file_resolver(sources)
            .with_static_file_resolver([(DATA, data.to_string().into_bytes())])
            .build();
        // Afterwards everything is dropped that the typesetter remembers for the next time: some of
        // it is codes.
        let pdf = typst.with_world(MAIN, |world| {
            let document = typst::compile(world).output.map_err(|errors| said(&errors))?;
            let standards = [PdfStandard::Ua_1];
            let standards =
                PdfStandards::new(&standards).map_err(|why| why.message().to_string())?;
            let options = PdfOptions { standards, ..PdfOptions::default() };
            typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
        });
        pdf.map_err(|why| why.to_string())?
    }

    /// In the font of all running text.
    fn has_glyph(&self, sign: char) -> bool {
        let font = self.fonts.first();
        font.is_some_and(|font| font.info().coverage.contains(sign.into()))
    }
}

/// The messages, cut before the first quotation: what is quoted may be what is printed.
fn said(errors: &[SourceDiagnostic]) -> String {
    let messages = errors.iter().take(3).map(|error| {
        let message = error.message.as_str();
        message.split(['"', '`', '“', '‘', '\'']).next().unwrap_or_default().trim().to_owned()
    });
    messages.collect::<Vec<_>>().join("; ")
}
