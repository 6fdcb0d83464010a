use crate::counts::Counts;
use serde_json::Value;

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
    for line in release.lines().skip(1) {
        let group: Value = serde_json::from_str(line).unwrap();
        let (level, id) = (group["level"].as_str().unwrap(), group["group"].as_str().unwrap());
        // One region and one district hold the whole nation.
        let (counted_level, counted_id) = match level {
            "region" | "district" => ("nation", "nation"),
            _ => (level, id),
        };
        let cells = group["cells"].as_object().unwrap();
        assert_eq!(cells.len(), INDICATORS.len(), "{line}");
        for (item, codes) in INDICATORS {
            let cell = &cells[item];
            if cell["kind"] == "hidden" {
                continue;
            }
            let valid = counts.valid(counted_level, counted_id, item);
            let hits: u32 =
                codes.iter().map(|code| counts.n(counted_level, counted_id, item, code)).sum();
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
