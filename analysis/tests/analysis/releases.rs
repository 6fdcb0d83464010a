use crate::country::{Pupils, release_of, yes_no};
use analysis::{Cell, Group, Header, Level, Release, ReleaseFileProblem, Respondents, Tenths};

fn example() -> Release {
    let large = yes_no(400, 800);
    let odd = Pupils { silent: 4, declined: 1, ..yes_no(3, 13) };
    let schools = vec![vec![large; 2], vec![odd; 3], vec![yes_no(0, 30), yes_no(2, 5)]];
    release_of(&vec![vec![schools; 2]; 2])
}

#[test]
fn a_release_is_read_back_and_written_to_the_same_bytes() {
    let release = example();
    let text = release.write_json_lines();
    let read = Release::parse_json_lines(&text).unwrap();
    assert_eq!(read, release);
    assert_eq!(read.write_json_lines(), text);
    assert_eq!(text.lines().count(), release.groups.len() + 1);
}

#[test]
fn lines_look_as_documented() {
    let release = example();
    let text = release.write_json_lines();
    assert!(text.starts_with(
        r#"{"schema":2,"wave":"wave","definition":{"id":"small","version":1,"sha256":"00"#
    ));
    let class = text.lines().nth(1).unwrap();
    assert!(
        class.starts_with(
            r#"{"level":"class","group":"r00d00s00c00","parent":{"level":"school","group":"r00d00s00"},"n":[1200,1200],"cells":{"any":{"kind":"band","low":33.3,"high":33.4,"interval":[30.4,36.4]},"#
        ),
        "{class}"
    );
    assert!(class.contains(r#""touched":{"kind":"hidden","reason":"sensitive"}"#), "{class}");
    let nation = text.lines().last().unwrap();
    assert!(nation.starts_with(r#"{"level":"nation","group":"nation","parent":null,"n":["#));
    assert!(text.contains(r#""n":null"#));
}

#[test]
fn header_and_groups_are_also_read_one_by_one() {
    let release = example();
    assert_eq!(Header::from_line(&release.header.to_line()).unwrap(), release.header);
    for group in &release.groups {
        assert_eq!(&Group::from_line(&group.to_line()).unwrap(), group);
    }
}

#[test]
fn tenths_are_exact_in_files() {
    for tenths in 0..=1000 {
        let text = serde_json::to_string(&Tenths(tenths)).unwrap();
        assert_eq!(text, Tenths(tenths).to_string());
        assert_eq!(serde_json::from_str::<Tenths>(&text).unwrap(), Tenths(tenths));
    }
    for wrong in ["101", "-1", "-0.1", "19.55", "100.1", "1e9", "\"5\"", "null"] {
        assert!(serde_json::from_str::<Tenths>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn respondents_are_shown_as_ranges_then_exactly_and_not_under_ten() {
    let json = |n| serde_json::to_string(&Respondents::shown(n)).unwrap();
    assert_eq!([0, 9].map(json), ["null", "null"]);
    assert_eq!([10, 14, 15, 999].map(json), ["[10,14]", "[10,14]", "[15,19]", "[500,999]"]);
    assert_eq!([1000, 3_900_000].map(json), ["[1000,1000]", "[3900000,3900000]"]);
    for n in 0..2000 {
        let shown = Respondents::shown(n);
        assert_eq!(
            serde_json::from_str::<Respondents>(&serde_json::to_string(&shown).unwrap()).unwrap(),
            shown
        );
        assert!(shown.bounds().is_none_or(|(low, high)| low <= n && n <= high));
    }
}

#[test]
fn levels_go_from_class_to_nation_and_have_words() {
    assert!(Level::ALL.is_sorted());
    for level in Level::ALL {
        assert_eq!(Level::from_code(level.code()), Some(level));
        assert_eq!(serde_json::to_string(&level).unwrap(), format!("\"{}\"", level.code()));
    }
    assert_eq!(Level::from_code("family"), None);
}

#[test]
fn what_is_not_a_release_is_refused_with_its_line() {
    let text = example().write_json_lines();
    let lines: Vec<&str> = text.lines().collect();
    let problem = |lines: &[&str]| Release::parse_json_lines(&lines.join("\n")).unwrap_err();
    assert_eq!(problem(&[]).problem, ReleaseFileProblem::NoHeader);
    let other = lines[0].replace("\"schema\":2", "\"schema\":1");
    assert_eq!(problem(&[&other]).problem, ReleaseFileProblem::Schema(1));
    let twice = problem(&[lines[0], lines[1], lines[1]]);
    assert_eq!(
        (twice.line, twice.problem),
        (3, ReleaseFileProblem::Order("r00d00s00c00".to_owned()))
    );
    assert_eq!(problem(&[lines[0], lines[2], lines[1]]).line, 3);
    assert_eq!(problem(&[lines[0], "{}"]).line, 2);
    let extra = lines[1].replacen("\"n\":", "\"count\":7,\"n\":", 1);
    assert!(matches!(problem(&[lines[0], &extra]).problem, ReleaseFileProblem::Json(_)));
    let crooked = lines[1].replacen("\"low\":33.3", "\"low\":33.5", 1);
    assert_eq!(problem(&[lines[0], &crooked]).problem, ReleaseFileProblem::Band("any".to_owned()));
}

#[test]
fn hidden_groups_are_there_with_every_cell_hidden() {
    let release = example();
    for group in release.groups.iter().filter(|group| group.n == Respondents::Hidden) {
        assert_eq!(group.cells.iter().count(), 5);
        assert!(group.cells.iter().all(|(_, cell)| matches!(cell, Cell::Hidden { .. })));
    }
    assert_eq!(release.groups.len(), 2 * 2 * 7 + 2 * 2 * 3 + 4 + 2 + 1);
}
