use super::download::Download;
use super::{PageError, Rendered, Visit};
use crate::clock::moment;
use crate::state::Senim;
use crate::storage::audit_lines::{self, Filter, NamedAuditLine};
use axum::extract::{Query, State};
use serde::Deserialize;

/// Lines of a page.
const PAGE: u32 = 50;
/// Lines of a file: a year of a country does not fit into a reply; a filter does.
const FILE: u32 = 100_000;

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    who: String,
    #[serde(default)]
    unit: String,
    #[serde(default = "first")]
    page: u32,
}

fn first() -> u32 {
    1
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter { who: self.who.trim().to_owned(), unit: self.unit.trim().to_owned() }
    }
}

/// `GET /audit?who=NAME&unit=ID&page=N`
pub async fn index(
    State(senim): State<Senim>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Rendered, PageError> {
    let filter = asked.filter();
    let total = audit_lines::total(&senim.storage, &filter).await?;
    let pages = total.div_ceil(PAGE).max(1);
    let page = asked.page.clamp(1, pages);
    let lines = audit_lines::page(&senim.storage, &filter, (page - 1) * PAGE, PAGE).await?;
    let lines = lines.into_iter().map(row).collect();
    let Filter { who, unit } = filter;
    Ok(visit.render(app::AuditPage { lines, who, unit, page, pages }))
}

fn row(line: NamedAuditLine) -> app::AuditRow {
    let unit = match line.level.as_str() {
        "" => None,
        "nation" => Some(("nation".to_owned(), String::new())),
        _ => Some((line.unit_id, line.unit_name)),
    };
    let moment = moment(line.moment);
    app::AuditRow { moment, who: line.who, what: line.what, unit, to_whom: line.other }
}

/// `GET /audit.csv`: the same lines as they are stored, with names.
pub async fn csv(
    State(senim): State<Senim>,
    Query(asked): Query<Asked>,
) -> Result<Download, PageError> {
    let lines = audit_lines::page(&senim.storage, &asked.filter(), 0, FILE).await?;
    let written = write(&lines).map_err(|error| {
        tracing::error!(%error, "the record of what staff did cannot be written as CSV");
        PageError::Internal
    })?;
    Ok(Download::csv("audit", written))
}

fn write(lines: &[NamedAuditLine]) -> Result<Vec<u8>, csv::Error> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["moment", "who", "what", "level", "unit_id", "unit_name", "to_whom"])?;
    for line in lines {
        let (moment, name) = (moment(line.moment), harmless(&line.unit_name));
        let (who, other) = (harmless(&line.who), harmless(&line.other));
        file.write_record([&moment, &who, &line.what, &line.level, &line.unit_id, &name, &other])?;
    }
    file.into_inner().map_err(|error| error.into_error().into())
}

/// A name that a spreadsheet would take for a formula, as text.
fn harmless(name: &str) -> String {
    match name.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{name}"),
        false => name.to_owned(),
    }
}
