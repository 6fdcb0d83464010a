use crate::counts::Counts;
use serde_json::Value;
use std::collections::BTreeMap;

/// An indicator: its item and the codes that count, as the issue of the survey states them.
const INDICATORS: [(&str, &[&str]); 4] = [
    ("q23", &["1"]),
    ("q24", &["1"]),
    ("q15", &["2", "3", "4", "5"]),
    ("q18", &["2", "3", "4", "5", "6", "7", "8"]),
];

/// Every band of a release holds the exact share; returns how many bands there are.
pub fn check(release: &str, counts: &Counts) -> usize {
    let mut bands = 0;
    let parents = parents(release);
    for line in release.lines().skip(1) {
        let group: Value = serde_json::from_str(line).unwrap();
        let (level, id) = (group["level"].as_str().unwrap(), group["group"].as_str().unwrap());
        let counted = match level {
            // One region and one district hold the whole nation.
            "region" | "district" => vec![("nation", "nation".to_owned())],
            "grade" | "band" => classes_in(&parents, level, id),
            _ => vec![(level, id.to_owned())],
        };
        let cells = group["cells"].as_object().unwrap();
        assert_eq!(cells.len(), INDICATORS.len(), "{line}");
        for (item, codes) in INDICATORS {
            let cell = &cells[item];
            if cell["kind"] == "hidden" {
                continue;
            }
            let valid: u32 = counted.iter().map(|(level, id)| counts.valid(level, id, item)).sum();
            let hits = counted.iter().flat_map(|(level, id)| {
                codes.iter().map(move |code| counts.n(level, id, item, code))
            });
            let hits: u32 = hits.sum();
            assert!(valid >= 10, "{level} {id} {item} is shown with {valid} answers");
            let tenths = |value: &Value| (value.as_f64().unwrap() * 10.0).round() as u32;
            let (low, high) = (tenths(&cell["low"]), tenths(&cell["high"]));
            let share = hits * 1000;
            let inside = low * valid <= share && (share < high * valid || high == 1000);
            assert!(inside, "{level} {id} {item}: {hits} of {valid} is not in {cell}");
            let interval = &cell["interval"];
            let around = tenths(&interval[0]) <= low && high <= tenths(&interval[1]);
            assert!(around, "{level} {id} {item}: the interval does not hold the band: {cell}");
            bands += 1;
        }
    }
    bands
}

type Groups = BTreeMap<(String, String), (String, String)>;

/// The group around each group.
fn parents(release: &str) -> Groups {
    let name = |value: &Value| {
        let word = |field: &str| value[field].as_str().unwrap_or_default().to_owned();
        (word("level"), word("group"))
    };
    let lines = release.lines().skip(1);
    lines
        .map(|line| {
            let group: Value = serde_json::from_str(line).unwrap();
            (name(&group), name(&group["parent"]))
        })
        .collect()
}

/// The classes of a grade or a band of grades.
fn classes_in(parents: &Groups, level: &str, id: &str) -> Vec<(&'static str, String)> {
    let wanted = (level.to_owned(), id.to_owned());
    let inside = |class: &(String, String)| {
        std::iter::successors(parents.get(class), |group| parents.get(*group))
            .any(|group| *group == wanted)
    };
    let classes = parents.keys().filter(|(level, _)| level == "class");
    classes.filter(|class| inside(class)).map(|(_, id)| ("class", id.clone())).collect()
}
