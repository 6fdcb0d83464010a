//! Whatever it is given, `parse` answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod example;

use example::{definition, pointers, remove, survey};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use survey_definitions::{Mistake, NeutralTasks, NextSteps, SHIPPED, Survey};

const WORDS: [&str; 14] = [
    "mocked", "where", "many", "kk", "one", "number", "items", "share", "shares", "mean", "codes",
    "all", "at_least", "same",
];
const NAMES: [&str; 13] = [
    "id", "kind", "code", "items", "text", "options", "measure", "of", "among", "parts", "item",
    "codes", "count",
];

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(WORDS.to_vec()).prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        let names = prop::sample::select(NAMES.to_vec());
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::btree_map(names, inner, 0..3).prop_map(|fields| json!(fields)),
        ]
    })
}

/// A refusal always has a place and a reason, and the types refuse nothing that went unseen before.
fn accepted_or_refused(text: &str) -> Result<(), TestCaseError> {
    if let Err(mistakes) = Survey::parse(text) {
        prop_assert!(!mistakes.0.is_empty());
        prop_assert!(mistakes.0.iter().all(|m| !m.place.is_empty() && !m.problem.is_empty()));
        // A field that is called so by chance was seen by the walk, as the file as a whole was.
        let seen = ["expected an object", "is not a field that exists"];
        let by_types_only = |m: &Mistake| {
            m.place == "file" && !seen.iter().any(|start| m.problem.starts_with(start))
        };
        prop_assert!(!mistakes.0.iter().any(by_types_only), "{mistakes}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_accepted_or_refused(text in ".{0,200}") {
        accepted_or_refused(&text)?;
        prop_assert!(NextSteps::parse(&text, &survey()).is_err());
        prop_assert!(NeutralTasks::parse(&text).is_err());
    }

    #[test]
    fn any_json_is_accepted_or_refused(value in any_json()) {
        accepted_or_refused(&value.to_string())?;
        prop_assert!(NextSteps::parse(&value.to_string(), &survey()).is_err());
        prop_assert!(NeutralTasks::parse(&value.to_string()).is_err());
    }

    #[test]
    fn a_definition_with_changed_parts_is_accepted_or_refused(
        changes in prop::collection::vec((any::<Index>(), prop::option::of(any_json())), 1..5)
    ) {
        let mut changed = definition();
        for (index, value) in changes {
            let pointers = pointers(&changed);
            let pointer = index.get(&pointers);
            match value {
                Some(value) => *changed.pointer_mut(pointer).unwrap() = value,
                None if pointer.is_empty() => {}
                None => remove(&mut changed, pointer),
            }
        }
        accepted_or_refused(&changed.to_string())?;
    }

    #[test]
    fn a_shipped_definition_with_changed_bytes_is_accepted_or_refused(
        file in any::<Index>(), at in any::<Index>(), length in 0_usize..40, with in ".{0,3}"
    ) {
        let characters: Vec<char> = file.get(SHIPPED).1.chars().collect();
        let start = at.index(characters.len());
        let rest = characters.iter().skip(start + length);
        let text: String = characters[..start].iter().copied().chain(with.chars()).chain(rest.copied()).collect();
        accepted_or_refused(&text)?;
    }

    #[test]
    fn deep_nesting_is_refused(depth in 0_usize..5000) {
        prop_assert!(Survey::parse(&"[".repeat(depth)).is_err());
    }
}

#[test]
fn numbers_outside_every_range_are_refused() {
    for number in ["1e400", "-1e400", "99999999999999999999", "32768", "-0.0"] {
        let text =
            definition().to_string().replacen("\"code\":0", &format!("\"code\":{number}"), 1);
        assert!(Survey::parse(&text).is_err(), "{number}");
    }
}
