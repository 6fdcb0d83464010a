use qrcode::{EcLevel, QrCode, render::svg};

/// An SVG called `name` for who cannot see it; nothing when `content` is too long for a QR code,
/// because what it says stands beside it in letters.
pub(crate) fn qr(name: &str, content: &str) -> String {
    let named = format!("<svg role=\"img\" aria-label=\"{}\"", attribute(name));
    svg(content).map(|image| image.replacen("<svg", &named, 1)).unwrap_or_default()
}

/// The same without a name; `None` when `content` is too long.
pub(crate) fn svg(content: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(content, EcLevel::M).ok()?;
    let image = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    let declaration_ends = image.find("<svg").unwrap_or(0);
    image.get(declaration_ends..).map(str::to_owned)
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
