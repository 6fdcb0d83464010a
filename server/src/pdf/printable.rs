use serde_json::Value;

/// What stands in place of a sign that the fonts lack.
const UNKNOWN: char = '\u{fffd}';

/// Every text in `value` as the fonts can show it. PDF/UA wants a glyph for everything, and a name
/// with a picture in it must not keep a class from its slips.
pub(super) fn make_printable(value: &mut Value, has_glyph: &impl Fn(char) -> bool) {
    match value {
        Value::String(text) => *text = printable(text, has_glyph),
        Value::Array(items) => items.iter_mut().for_each(|item| make_printable(item, has_glyph)),
        Value::Object(fields) => {
            fields.values_mut().for_each(|field| make_printable(field, has_glyph));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn printable(text: &str, has_glyph: &impl Fn(char) -> bool) -> String {
    let shown = text.chars().filter(|sign| !is_invisible(*sign));
    shown
        .map(|sign| match sign {
            '\n' => '\n',
            _ if sign.is_whitespace() && sign != '\u{a0}' => ' ',
            // The sign for hidden, which only pages have.
            '✕' => '×',
            _ if has_glyph(sign) => sign,
            _ => UNKNOWN,
        })
        .collect()
}

/// Controls, marks that turn the direction of what follows, joiners, the byte order mark, tags.
fn is_invisible(sign: char) -> bool {
    (sign.is_control() && !sign.is_whitespace())
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_keep_what_the_fonts_have_at_any_depth() {
        let mut value = json!({ "a": ["Сенім №1 #[$\"\\", "x\u{202e}y\u{0}z\u{1F600}"], "n": 3 });
        make_printable(&mut value, &|sign| sign != '\u{1F600}');
        assert_eq!(value, json!({ "a": ["Сенім №1 #[$\"\\", "xyz\u{fffd}"], "n": 3 }));
    }
}
