//! The girls and the boys of a unit, and its languages of instruction, where they are published.

use super::Published;
use analysis::{Breakdown, Cell, Compared, Figure, Group, Level, Outcome, Part, flags};

/// Tables of the parts of the unit, each with at least one shown cell.
pub fn parts(published: &Published) -> Vec<app::Parts> {
    let Some(own) = published.chain.first() else { return Vec::new() };
    let breakdowns = [Breakdown::Sex, Breakdown::Language];
    let tables = breakdowns.into_iter().filter_map(|by| table(published, own, by));
    tables.collect()
}

fn table(published: &Published, own: &Group, by: Breakdown) -> Option<app::Parts> {
    // By language of instruction only from the district up: below, a language is a class or two.
    if by == Breakdown::Language && own.level < Level::District {
        return None;
    }
    let mut parts: Vec<(&String, &Part)> = own.by.get(&by)?.iter().collect();
    // Girls stand first, as everywhere.
    parts.sort_by_key(|(code, _)| std::cmp::Reverse(code.as_str() == "girl"));
    let ids = published.header.indicators.keys();
    let lines: Vec<(app::PartsLine, Option<Compared>)> =
        ids.filter_map(|id| line(published, own, &parts, id)).collect();
    let compared: Vec<Compared> = lines.iter().filter_map(|(_, compared)| *compared).collect();
    let mut flags = flags(&compared).into_iter();
    let lines = lines.into_iter().map(|(mut line, compared)| {
        let flag = compared.is_some() && flags.next().unwrap_or(false);
        line.outcome = compared.map(|one| {
            let clear = matches!(one.outcome, Outcome::Lower | Outcome::Higher);
            (one.outcome, flag && clear)
        });
        line
    });
    let shown = parts.iter().map(|(code, part)| ((*code).clone(), part.n)).collect();
    let table = app::Parts { by, parts: shown, lines: lines.collect() };
    (!table.lines.is_empty()).then_some(table)
}

fn line(
    published: &Published,
    own: &Group,
    parts: &[(&String, &Part)],
    id: &str,
) -> Option<(app::PartsLine, Option<Compared>)> {
    let cells: Option<Vec<Cell>> = parts.iter().map(|(_, part)| part.cells.get(id)).collect();
    let cells = cells?;
    if cells.iter().all(|cell| matches!(cell, Cell::Hidden { .. })) {
        return None;
    }
    let figure = |part| Figure::of_part(&published.header, own.level, part, id);
    let compared = match parts {
        [(_, first), (_, second)] => {
            figure(first).zip(figure(second)).map(|(one, other)| Compared::apart(&one, &other))
        }
        _ => None,
    };
    Some((app::PartsLine { id: id.to_owned(), cells, outcome: None }, compared))
}
