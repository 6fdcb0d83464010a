//! Which indicators pages show first, and which together.

use super::shape::{Shape, optional, required};
use super::{elements, elements_within, repeated, repeated_values};
use crate::{Mistake, Survey};
use serde_json::Value;

pub(super) const SECTION: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("title", Shape::Text),
    required("indicators", Shape::List(&Shape::Id)),
    optional("unfolded_above_class", Shape::Flag),
    optional("as_list", Shape::Flag),
]);

pub(super) fn mistakes(file: &Value, survey: &Survey) -> Vec<Mistake> {
    let sections = elements(file, "sections");
    let mut found = repeated(&sections, "id");
    let in_sections = sections.iter();
    let in_sections: Vec<_> = in_sections
        .flat_map(|(place, section)| elements_within(place, section, "indicators"))
        .collect();
    for list in [elements(file, "lead"), elements(file, "lead_above_class"), in_sections] {
        found.extend(repeated_values(&list));
        found.extend(list.iter().filter_map(|(place, id)| unknown(place, id, survey)));
    }
    let lead = elements(file, "lead");
    found.extend(lead.iter().filter_map(|(place, id)| sensitive(place, id, survey)));
    found
}

fn unknown(place: &str, id: &Value, survey: &Survey) -> Option<Mistake> {
    let id = id.as_str()?;
    let known = survey.indicator(id).is_some();
    (!known).then(|| Mistake::new(place, format!("there is no indicator {id:?}")))
}

fn sensitive(place: &str, id: &Value, survey: &Survey) -> Option<Mistake> {
    let id = id.as_str()?;
    let kept = survey.indicator(id).is_some_and(|one| survey.is_sensitive(one));
    kept.then(|| Mistake::new(place, format!("{id:?} is sensitive: no class may show it")))
}
