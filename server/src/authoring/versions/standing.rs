//! What stands before an item.

use super::reworded;
use survey_definitions::{Page, Survey, Text};

/// Something that a pupil meets before an item.
#[derive(PartialEq)]
enum Before<'a> {
    Item(&'a str),
    Reading { id: &'a str, texts: Vec<&'a Text> },
}

impl Before<'_> {
    fn id(&self) -> &str {
        match self {
            Self::Item(id) | Self::Reading { id, .. } => id,
        }
    }

    fn same_as(&self, other: &Before<'_>) -> bool {
        match (self, other) {
            (Self::Reading { texts, .. }, Before::Reading { texts: others, .. }) => {
                let mut both = texts.iter().zip(others);
                texts.len() == others.len()
                    && both.all(|(one, other)| reworded(one, other).is_empty())
            }
            _ => self == other,
        }
    }
}

/// The first thing before an item that is not as it was, in words; `None` when nothing is.
pub(super) fn changed(old: &Survey, new: &Survey, item: &str) -> Option<String> {
    let (before, now) = (before(old, item), before(new, item));
    let mut both = before.iter().zip(&now);
    if let Some((was, is)) = both.find(|(was, is)| !was.same_as(is)) {
        let kept = before.iter().any(|one| one.id() == is.id());
        return Some(match (was.id() == is.id(), kept) {
            (true, _) => format!("{:?}, before it, has another text", is.id()),
            (false, true) => format!("{:?} stood elsewhere before it", is.id()),
            (false, false) => format!("{:?} came before it", is.id()),
        });
    }
    match (before.get(now.len()), now.get(before.len())) {
        (Some(was), _) => Some(format!("{:?} stands before it no more", was.id())),
        (None, Some(is)) => Some(format!("{:?} came before it", is.id())),
        (None, None) => None,
    }
}

fn before<'a>(survey: &'a Survey, item: &str) -> Vec<Before<'a>> {
    let mut all = Vec::new();
    for page in &survey.pages {
        match page {
            Page::Reading { id, title, parts, .. } => {
                let texts = std::iter::once(title).chain(parts.iter().map(|part| &part.text));
                all.push(Before::Reading { id, texts: texts.collect() });
            }
            Page::Items { items, .. } => {
                all.extend(items.iter().map(|id| Before::Item(id)));
            }
        }
    }
    let end = all.iter().position(|one| matches!(one, Before::Item(id) if *id == item));
    all.truncate(end.unwrap_or(all.len()));
    all
}
