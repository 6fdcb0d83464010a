use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Light modules around a code, without which it is not found.
const MARGIN: usize = 4;

/// An SVG called `name` for who cannot see it; nothing when `content` is too long for a QR code,
/// because what it says stands beside it in letters.
pub(crate) fn qr(name: &str, content: &str) -> String {
    let named = format!("<svg role=\"img\" aria-label=\"{}\"", attribute(name));
    svg(content).map(|image| image.replacen("<svg", &named, 1)).unwrap_or_default()
}

/// The same without a name; `None` when `content` is too long.
pub(crate) fn svg(content: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    let (width, all) = (code.width(), code.width() + 2 * MARGIN);
    let lines = lines(&code.to_colors(), width);
    // A little wider than a module: between lines that only touch a printer may leave white.
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {all} {all}\" width=\"123\" \
         height=\"123\"><path fill=\"#fff\" d=\"M0 0h{all}v{all}H0z\"/><path stroke=\"#000\" \
         stroke-width=\"1.02\" d=\"{lines}\"/></svg>"
    ))
}

/// Dark modules that touch in a row are one line: a whole school's codes are typeset in a fifth of
/// the time that single squares take.
fn lines(modules: &[Color], width: usize) -> String {
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}.5h{}", x + MARGIN, y + MARGIN, run.len());
            }
            x += run.len();
        }
    }
    path
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
