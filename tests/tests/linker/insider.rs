//! Collects what an insider of the release job holds once a wave is closed.

use crate::holdings::{Row, Sent};
use crate::plan::Class;
use sqlx::any::AnyPoolOptions;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, HashMap, HashSet};
use tests::{OpenWave, packed_text, planted_binary};

/// Columns that every envelope has; any other one is looked at.
const SHIPPED_COLUMNS: [&str; 4] = ["id", "wave_id", "class_id", "envelope"];

/// Class and place among its rows.
type At = (usize, usize);

/// For each class its envelopes, in the order in which the release job reads them.
pub async fn rows(
    wave: &mut OpenWave,
    pools: &str,
    classes: &[Class],
    sent: &[Vec<Sent>],
) -> Vec<Vec<Row>> {
    let mut rows = stored(wave, sent).await;
    for (class, rows) in classes.iter().zip(&rows) {
        assert_eq!(rows.len(), class.seats.len(), "a response is missing");
    }
    let of = |text: &dyn Fn(&Row) -> String| -> HashMap<String, At> {
        let class = |(class, rows): (usize, &Vec<Row>)| {
            let row = |(at, row)| (text(row), (class, at));
            rows.iter().enumerate().map(row).collect::<Vec<_>>()
        };
        rows.iter().enumerate().flat_map(class).collect()
    };
    let (ids, mut anything) = (of(&|row| row.id.clone()), of(&|row| row.envelope.clone()));
    let named = named_elsewhere(wave, &ids).await;
    anything.extend(ids);
    let logged = logged(&wave.server.log(), &anything);
    for (class, row) in named {
        rows[class][row].named_elsewhere = true;
    }
    for ((class, row), at) in logged {
        rows[class][row].logged = Some(at);
    }
    add_pools(wave, pools, classes, &mut rows);
    rows
}

/// With the columns that there are, in the job's own order: by id.
async fn stored(wave: &OpenWave, sent: &[Vec<Sent>]) -> Vec<Vec<Row>> {
    let mut owners = HashMap::new();
    for (class, seats) in sent.iter().enumerate() {
        owners.extend(seats.iter().enumerate().map(|(seat, one)| (&one.envelope, (class, seat))));
    }
    let database = &wave.server.database;
    let columns = database.tables().await.remove("envelopes").unwrap();
    let text: Vec<_> = columns.iter().map(|one| format!("cast({} as text)", one.name)).collect();
    let query = format!("select {} from envelopes where wave_id = $1 order by id", text.join(", "));
    let pool = AnyPoolOptions::new().max_connections(1).connect(&database.url).await.unwrap();
    let query = sqlx::query(AssertSqlSafe(query)).bind(wave.id.to_string());
    let found = query.fetch_all(&pool).await.unwrap();
    pool.close().await;
    let mut rows = vec![Vec::new(); sent.len()];
    for one in found {
        let value = |(at, column): (usize, &tests::Column)| {
            let value: Option<String> = one.get(at);
            value.map(|value| (column.name.clone(), value))
        };
        let mut columns: BTreeMap<_, _> = columns.iter().enumerate().filter_map(value).collect();
        let [id, _, _, envelope] = SHIPPED_COLUMNS.map(|name| columns.remove(name).unwrap());
        let (class, seat) = owners[&envelope];
        let Sent { value, token, .. } = sent[class][seat].clone();
        rows[class].push(Row { seat, id, envelope, columns, value, token, ..Row::default() });
    }
    rows
}

/// Rows whose ids any other table holds. A wave's envelopes may lie in a table of their own.
async fn named_elsewhere(wave: &OpenWave, ids: &HashMap<String, At>) -> Vec<At> {
    let content = wave.server.database.content().await;
    let others = content.into_iter().filter(|(table, _)| !table.starts_with("envelopes"));
    let rows: Vec<String> = others.flat_map(|(_, rows)| rows).collect();
    rows.iter().flat_map(|row| row.split(' ')).filter_map(|word| ids.get(word).copied()).collect()
}

/// Where in the log an id or an envelope first appears.
fn logged(log: &str, anything: &HashMap<String, At>) -> HashMap<At, usize> {
    let mut found = HashMap::new();
    let shortest = anything.keys().map(String::len).min().unwrap_or(0);
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    for word in log.split(|letter| !is_part(letter)).filter(|word| word.len() >= shortest) {
        if let Some(at) = anything.get(word) {
            found.entry(*at).or_insert(word.as_ptr() as usize - log.as_ptr() as usize);
        }
    }
    found
}

/// Lets the release job run and reads the pools that it handed on. The shipped program does not
/// write them, so the other one runs on its database: the same code with one line that copies.
/// What both print is compared.
fn add_pools(wave: &mut OpenWave, pools: &str, classes: &[Class], rows: &mut [Vec<Row>]) {
    let own = wave.with_key("tallies").expect_success().stdout;
    let _ = std::fs::remove_file(pools);
    wave.server.run_program(planted_binary());
    let copied = wave.with_key("tallies").expect_success().stdout;
    assert_eq!(own, copied, "the two programs' release jobs differ");
    let text = std::fs::read_to_string(pools).unwrap();
    let numbers: HashMap<&str, usize> = wave
        .classes
        .iter()
        .enumerate()
        .map(|(number, class)| (class.code.as_str(), number))
        .collect();
    let mut lines = vec![Vec::new(); classes.len()];
    for line in text.lines() {
        let (code, packed) = line.split_once(';').unwrap();
        lines[numbers[code]].push(packed);
    }
    for ((class, lines), rows) in classes.iter().zip(&lines).zip(rows) {
        assert_eq!(lines.len(), rows.len(), "the pool is not the class");
        // Those who declined say the same: each of them gets one of their places.
        let mut taken = HashSet::new();
        for row in rows.iter_mut() {
            let packed = packed_text(&wave.survey, &class.seats[row.seat].response);
            let is_its = |place: &usize| lines[*place] == packed && !taken.contains(place);
            let place = (0..lines.len()).find(is_its).expect("the pool lacks a response");
            taken.insert(place);
            row.pool = Some(place);
        }
    }
}
