//! The elements of a form in their order, panels taken apart.

use crate::authoring::draft::{Draft, Place};
use serde_json::Value;

/// Panels in panels are taken apart so deep.
const DEEPEST: usize = 16;

/// An element that is no panel.
pub(super) struct Element<'a> {
    pub(super) value: &'a Value,
    pub(super) name: &'a str,
    pub(super) place: Place,
    /// The `visibleIf` of what is around it and its own, outermost first, each with its place.
    pub(super) conditions: Vec<(Place, &'a str)>,
}

/// Walks through a form.
pub(super) struct Walk<'a> {
    pub(super) found: Vec<Element<'a>>,
    next: u32,
}

impl<'a> Walk<'a> {
    pub(super) fn through(form: &'a Value, draft: &mut Draft) -> Self {
        let mut walk = Self { found: Vec::new(), next: 0 };
        match form.get("pages").and_then(Value::as_array) {
            Some(pages) => {
                for (page, value) in pages.iter().enumerate() {
                    let path = format!("pages[{page}]");
                    let conditions = walk.with(Vec::new(), value, &path);
                    walk.inside(value, &path, &conditions, 0, draft);
                }
            }
            None => walk.inside(form, "", &[], 0, draft),
        }
        walk
    }

    /// A place, after every one before it.
    pub(super) fn place(&mut self, said: String) -> Place {
        self.next += 1;
        Place { order: [self.next, 0, 0, 0], said }
    }

    fn with(
        &mut self,
        mut around: Vec<(Place, &'a str)>,
        value: &'a Value,
        path: &str,
    ) -> Vec<(Place, &'a str)> {
        if let Some(condition) = value.get("visibleIf").and_then(Value::as_str) {
            around.push((self.place(format!("{path}.visibleIf")), condition));
        }
        around
    }

    fn inside(
        &mut self,
        value: &'a Value,
        path: &str,
        around: &[(Place, &'a str)],
        depth: usize,
        draft: &mut Draft,
    ) {
        let list = value.get("elements").or_else(|| value.get("questions"));
        for (index, element) in list.and_then(Value::as_array).into_iter().flatten().enumerate() {
            let dot = if path.is_empty() { "" } else { "." };
            let path = format!("{path}{dot}elements[{index}]");
            let place = self.place(path.clone());
            let conditions = self.with(around.to_vec(), element, &path);
            if element["type"] == "panel" {
                if depth == DEEPEST {
                    draft.wrong(place, format!("panels stand more than {DEEPEST} deep"));
                } else {
                    self.inside(element, &path, &conditions, depth + 1, draft);
                }
                continue;
            }
            let name = element["name"].as_str().unwrap_or_default();
            self.found.push(Element { value: element, name, place, conditions });
        }
    }
}
