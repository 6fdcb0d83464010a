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
        let start = format!("\"group\":\"{id}\"");
        let row = groups.iter().find(|row| row.contains(&start)).unwrap();
        let line: Value = serde_json::from_str(&row[row.find('{').unwrap()..]).unwrap();
        line["cells"].as_object().unwrap().clone()
    };
    let classes: Vec<_> = wave.classes.iter().map(|class| of(&class.code)).collect();
    for (item, cell) in &classes[0] {
        assert_eq!(cell["reason"], "more_responses_than_enrolment", "{item}: {cell}");
    }
    let mut told = 0;
    for (item, cell) in of("s0").iter().filter(|(_, cell)| cell["kind"] != "hidden") {
        let hidden = classes.iter().filter(|class| class[item]["kind"] == "hidden").count();
        assert!(hidden >= 2, "{item}: the school less its shown classes is the crowded class");
        // Of 41: nobody, the 11, the 30, all of them.
        let band = (cell["low"].as_f64().unwrap(), cell["high"].as_f64().unwrap());
        let right = [(0.0, 5.0), (25.0, 30.0), (70.0, 75.0), (95.0, 100.0)];
        assert!(right.contains(&band), "{item}: {cell}");
        told += usize::from([right[1], right[2]].contains(&band));
    }
    assert!(told > 0, "no number of the school depends on the crowded class");
}
