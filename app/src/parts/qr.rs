use qrcode::{EcLevel, QrCode, render::svg};

/// An SVG called `name` for who cannot see it; nothing when `content` is too long for a QR code,
/// because what it says stands beside it in letters.
pub(crate) fn qr(name: &str, content: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(content, EcLevel::M) else {
        return String::new();
    };
    let image = code.render::<svg::Color<'_>>().min_dimensions(120, 120).build();
    let declaration_ends = image.find("<svg").unwrap_or(0);
    let named = format!("<svg role=\"img\" aria-label=\"{}\"", attribute(name));
    image[declaration_ends..].replacen("<svg", &named, 1)
}

fn attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
