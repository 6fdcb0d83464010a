//! What a page says, read as a person or a program would.

use survey_definitions::Language;

/// A marked number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) wave: String,
    /// `LEVEL:CODE`, then `:BREAKDOWN:PART` of a part.
    pub(super) group: String,
    pub(super) cell: String,
    pub(super) interval: bool,
    pub(super) words: String,
}

/// Every number with a mark.
pub(super) fn marks(html: &str) -> Vec<Seen> {
    let elements = html.split("<data ").skip(1);
    let seen = elements.map(|rest| {
        let (attributes, rest) = rest.split_once('>').unwrap();
        let value = |name: &str| {
            let (_, rest) = attributes.split_once(&format!("{name}=\"")).unwrap();
            unescaped(rest.split_once('"').unwrap().0)
        };
        Seen {
            wave: value("data-wave"),
            group: value("data-group"),
            cell: value("value"),
            interval: attributes.contains("data-interval"),
            words: text(rest.split_once("</data>").unwrap().0),
        }
    });
    seen.collect()
}

/// Where its links lead.
pub(super) fn links(html: &str) -> Vec<String> {
    let links = html.split("href=\"/").skip(1);
    links.map(|rest| format!("/{}", rest.split('"').next().unwrap())).collect()
}

/// The words of the page, those of drawings included.
pub(super) fn visible(html: &str) -> String {
    let body = html.split_once("<main").unwrap().1;
    text(&body.replace('>', "> "))
}

/// Its tables: the caption, the heads, then line by line.
pub(super) fn tables(html: &str) -> Vec<Vec<Vec<String>>> {
    let tables = html.split("<table class=\"numbers\">").skip(1);
    let tables = tables.map(|rest| {
        let table = rest.split("</table>").next().unwrap();
        let caption = between(table, "<caption>", "</caption>");
        let mut rows = vec![vec![text(caption)]];
        rows.extend(table.split("<tr>").skip(1).map(|row| {
            let cells = row.split("<t").skip(1);
            cells.filter(|cell| cell.starts_with('h') || cell.starts_with('d')).map(cell).collect()
        }));
        rows
    });
    tables.collect()
}

fn cell(rest: &str) -> String {
    let content = rest.split_once('>').unwrap().1;
    let content = content.split("</t").next().unwrap();
    let pieces: Vec<String> = content.split("<span class=\"piece\">").map(text).collect();
    let pieces: Vec<String> = pieces.into_iter().filter(|piece| !piece.is_empty()).collect();
    pieces.join("; ")
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    text.split_once(from).unwrap().1.split_once(to).unwrap().0
}

/// Without tags, with the characters that entities stand for.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    unescaped(text.trim())
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

fn is_of_number(character: char) -> bool {
    character.is_ascii_digit() || character == ',' || character == '.'
}

/// Every range that is a percentage or of 100, as it stands there.
pub(super) fn numbers_in(language: Language, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, dash) in text.match_indices('–') {
        let (before, after) = (&text[..at], &text[at + dash.len()..]);
        let low = before.len() - before.chars().rev().take_while(|c| is_of_number(*c)).count();
        let high = after.chars().take_while(|c| is_of_number(*c)).count();
        let (head, low) = before.split_at(low);
        let (high, tail) = after.split_at(high);
        // A full stop or a comma ends the sentence, not the number.
        let high = high.trim_end_matches(['.', ',']);
        if low.is_empty() || high.is_empty() {
            continue;
        }
        let range = format!("{low}–{high}");
        match language {
            _ if tail.starts_with("\u{a0}%") => found.push(format!("{range}\u{a0}%")),
            Language::Kk if head.ends_with("100-ден ") => found.push(format!("100-ден {range}")),
            Language::Ru if tail.starts_with(" из 100") => found.push(format!("{range} из 100")),
            Language::En if tail.starts_with(" of 100") => found.push(format!("{range} of 100")),
            _ => {}
        }
    }
    found
}

/// Every single percentage, such as an end of a band: its number.
pub(super) fn percentages_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('%') {
        let before = text[..at].trim_end_matches(['\u{a0}', ' ']);
        let number: Vec<char> = before.chars().rev().take_while(|c| is_of_number(*c)).collect();
        let number: String = number.into_iter().rev().collect();
        let of_range = before[..before.len() - number.len()].ends_with('–');
        if !of_range && !number.is_empty() {
            found.push(number);
        }
    }
    found
}
