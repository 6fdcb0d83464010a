use super::download::Download;
use super::{PageError, Visit, class, school, units};
use crate::pdf::{Printed, Template};
use crate::rights::{Found, FoundSchool, See, SeeSchool};
use crate::state::Senim;
use app::printed::Report;
use app::texts::StaffRefusal;
use axum::extract::{Query, State};
use serde::Deserialize;
use survey_definitions::Language;

impl Printed for Report {
    const TEMPLATE: Template = Template::Report;
}

#[derive(Deserialize)]
pub struct InLanguage {
    #[serde(default)]
    lang: String,
}

impl InLanguage {
    /// That of the page unless another one is named.
    fn or(&self, visit: &Visit) -> Language {
        Language::from_code(&self.lang).unwrap_or(visit.language())
    }
}

/// `GET /classes/{class}/report.pdf`: what the class page shows of the latest wave, on two sheets.
pub async fn of_class(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<See>,
    Query(query): Query<InLanguage>,
) -> Result<Download, PageError> {
    let language = query.or(&visit);
    let lessons = app::LessonsHeld::default();
    let page = class::page(&senim, language, found.class, lessons).await?;
    print(&senim, &page.label, Report::of_class(language, &page)).await
}

/// `GET /schools/{school}/report.pdf`: what the school page shows of the latest wave, for its
/// prevention council.
pub async fn of_school(
    State(senim): State<Senim>,
    visit: Visit,
    found: FoundSchool<SeeSchool>,
    Query(query): Query<InLanguage>,
) -> Result<Download, PageError> {
    let language = query.or(&visit);
    let page = units::page(&senim, language, &found.account, school::about(&found)).await?;
    print(&senim, &page.name, Report::of_unit(language, &page)).await
}

async fn print(senim: &Senim, of: &str, report: Option<Report>) -> Result<Download, PageError> {
    let report = report.ok_or(PageError::Refused(StaffRefusal::NoResults))?;
    Ok(Download::pdf(&format!("report {of}"), senim.printer.print(report).await?))
}
