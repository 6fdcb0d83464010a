use std::collections::BTreeMap;

/// The lines of `senim tallies`: level, group, item and code, with how many. What nobody gave is
/// left out.
pub fn tally_lines(text: &str) -> BTreeMap<[String; 4], u32> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["level", "group", "item", "code", "n"]);
    let mut counts = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let key = [0, 1, 2, 3].map(|column| record[column].to_owned());
        let n: u32 = record[4].parse().unwrap();
        let before = if n > 0 { counts.insert(key, n) } else { None };
        assert_eq!(before, None, "{record:?} is there twice");
    }
    counts
}
