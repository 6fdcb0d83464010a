//! More responses than pupils: somebody used spare slips.

use super::DEFINITION;
use serde_json::{Map, Value};
use tests::{ClassPlan, Database, OpenWave, answers, on_both_databases};

on_both_databases! { a_class_with_more_responses_than_pupils_is_hidden_and_its_school_is_not }

/// How many pupils each class of the one school has, and how many responses come from it.
const CLASSES: [(u32, usize); 3] = [(10, 11), (20, 15), (20, 15)];

async fn a_class_with_more_responses_than_pupils_is_hidden_and_its_school_is_not(
    database: Database,
) {
    let plans = CLASSES.map(|(enrolment, _)| ClassPlan::of(enrolment));
    let wave = OpenWave::start(database, DEFINITION, &plans).await;
    for (class, (_, responses)) in CLASSES.into_iter().enumerate() {
        for slip in 0..responses {
            // The crowded class answers otherwise than the others: without it other numbers follow.
            wave.answer(class, slip, &answers(&wave.survey, usize::from(class > 0))).await;
        }
    }
    wave.close().await;
    let released = wave.with_key("release").expect_success().stderr;
    assert!(released.contains("released: 41 responses"), "{released}");
    let groups = wave.server.database.content().await.remove("release_groups").unwrap();
    let of = |id: &str| -> Map<String, Value> {
        let start = format!("\"group\":\"{id}\",\"parent\"");
        let row = groups.iter().find(|row| row.contains(&start)).unwrap();
        let line: Value = serde_json::from_str(&row[row.find('{').unwrap()..]).unwrap();
        line["cells"].as_object().unwrap().clone()
    };
    let classes: Vec<_> = wave.classes.iter().map(|class| of(&class.code)).collect();
    for (item, cell) in &classes[0] {
        assert_eq!(cell["reason"], "more_responses_than_enrolment", "{item}: {cell}");
    }
    let mut told = 0;
    let of_school = of("s0");
    // Of everybody, with one answer: means and conditional shares have other values.
    let shares = of_school.iter().filter(|(item, _)| item.ends_with("_any"));
    for (item, cell) in shares.filter(|(_, cell)| cell["kind"] != "hidden") {
        // Of 41: nobody, the 11, the 30, all of them.
        let (low, high) = (cell["low"].as_f64().unwrap(), cell["high"].as_f64().unwrap());
        let right = [0.0, 1100.0 / 41.0, 3000.0 / 41.0, 100.0];
        let holds = |share: f64| low <= share && (share < high || high == 100.0 && share == high);
        assert!(right.into_iter().any(holds), "{item}: {cell}");
        told += usize::from(low > 0.0 && high < 100.0 && (holds(right[1]) || holds(right[2])));
    }
    assert!(told > 0, "no number of the school depends on the crowded class");
}
