//! Names of other formats as ids, and names of languages.

use survey_definitions::Language;

/// The id nearest to a name: lower-case ASCII letters, digits and `_`, a letter first. `None`
/// when nothing of it can stay.
pub(super) fn id(name: &str) -> Option<String> {
    let lower = name.trim().to_ascii_lowercase();
    let mut id = String::new();
    for c in lower.chars() {
        match c {
            'a'..='z' | '0'..='9' => id.push(c),
            _ if id.ends_with('_') || id.is_empty() => {}
            '_' | '-' | '.' | ' ' | '/' | ':' => id.push('_'),
            _ => return None,
        }
    }
    let kept = id.trim_end_matches('_');
    match kept.chars().next() {
        None => None,
        // An id begins with a letter.
        Some('0'..='9') => Some(format!("q{kept}")),
        // `a_` and `a__b` are ids as they are.
        Some(_) if is_id(name) => Some(name.to_owned()),
        Some(_) => Some(kept.to_owned()),
    }
}

pub(super) fn is_id(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(inside)
}

/// The language that people mean by `Kazakh (kk)`, `kk`, `қазақша` and the like.
pub(super) fn language(written: &str) -> Option<Language> {
    let lower = written.trim().to_lowercase();
    let code = lower.rsplit_once('(').and_then(|(_, rest)| rest.split(')').next());
    let known = code.map_or(lower.as_str(), str::trim);
    let known = known.split(['-', '_']).next().unwrap_or_default();
    Some(match known {
        "kk" | "kaz" | "kazakh" | "қазақша" | "қазақ тілі" | "казахский" | "qazaqsha" => {
            Language::Kk
        }
        "ru" | "rus" | "russian" | "русский" | "орысша" => Language::Ru,
        "en" | "eng" | "english" | "английский" | "ағылшынша" => Language::En,
        _ => return None,
    })
}

/// As headings of workbooks name it.
pub(super) fn of_language(language: Language) -> &'static str {
    match language {
        Language::Kk => "Kazakh (kk)",
        Language::Ru => "Russian (ru)",
        Language::En => "English (en)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_the_nearest_id() {
        for (name, wanted) in [
            ("Id10002", Some("id10002")),
            ("n1-c", Some("n1_c")),
            ("_1", Some("q1")),
            ("list-nolabel-test", Some("list_nolabel_test")),
            ("a__b_", Some("a__b_")),
            ("Жасы", None),
            ("--", None),
            ("2nd", Some("q2nd")),
        ] {
            assert_eq!(id(name).as_deref(), wanted, "{name}");
            assert!(wanted.is_none_or(is_id), "{name}");
        }
    }

    #[test]
    fn languages_are_known_by_name_and_by_code() {
        for written in ["Kazakh (kk)", "kk", "KK", "Қазақша", "kk-KZ", "Qazaq (kk-Cyrl)"] {
            assert_eq!(language(written), Some(Language::Kk), "{written}");
        }
        assert_eq!(language("english"), Some(Language::En));
        assert_eq!(language("French (fr)"), None);
        assert!(Language::ALL.iter().all(|one| language(of_language(*one)) == Some(*one)));
    }
}
