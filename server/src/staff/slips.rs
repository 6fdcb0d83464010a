use super::class::current;
use super::download::Download;
use super::{PageError, Visit};
use crate::pdf::Printer;
use crate::rights::{Found, Run};
use crate::settings::slips_allowed;
use crate::slip_making::{DrawnSlips, SlipError, SlipMaker};
use crate::state::Senim;
use crate::storage::slips;
use crate::storage::units::Class;
use crate::storage::wave_classes::WaveClass;
use crate::storage::waves::Wave;
use app::printed::SlipSheets;
use app::texts::StaffRefusal;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use survey_definitions::Language;

#[derive(Deserialize)]
pub struct SlipsForm {
    /// `yes` when unused slips from before may stop working.
    #[serde(default)]
    again: String,
}

impl SlipsForm {
    pub(super) fn again(&self) -> bool {
        self.again == "yes"
    }
}

/// A class with the wave that takes its responses.
pub(super) struct Answering {
    pub(super) class: Class,
    pub(super) wave: Wave,
    pub(super) frozen: WaveClass,
    pub(super) state: app::ClassSlipState,
}

impl Answering {
    pub(super) async fn load(senim: &Senim, class: Class) -> Result<Self, PageError> {
        let (wave, frozen) = current(senim, &class).await?;
        let counts = slips::counts(&senim.storage, wave.id, class.id).await?;
        let state = app::ClassSlipState {
            label: class.label.clone(),
            used: counts.used,
            unused: counts.unused,
            allowed: slips_allowed(frozen.enrolment),
        };
        Ok(Self { class, wave, frozen, state })
    }

    /// Where the letters of its school and wave are.
    pub(super) fn letters(&self, language: Language) -> String {
        let (school, wave) = (self.class.school.id, self.wave.id);
        format!("/schools/{school}/letters/{wave}/{}", language.code())
    }
}

/// `GET /classes/{class}/slips`: what is going to be made, and what stops working.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<Run>,
) -> Result<Response, PageError> {
    let answering = Answering::load(&senim, found.class).await?;
    Ok(visit.render(page(visit.language(), &answering, false)).into_response())
}

/// `POST /classes/{class}/slips`: fresh slips as a PDF file, in this reply and nowhere else.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<Run>,
    Form(form): Form<SlipsForm>,
) -> Result<Response, PageError> {
    let answering = Answering::load(&senim, found.class).await?;
    if answering.state.unused > 0 && !form.again() {
        let page = visit.render(page(visit.language(), &answering, true));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let name = format!("slips {}", answering.class.label);
    let of = answering.class.label.clone();
    let pdf = print(&senim, visit.language(), &of, vec![answering]).await?;
    Ok(Download::pdf(&name, pdf).into_response())
}

fn page(language: Language, answering: &Answering, confirm_needed: bool) -> app::SlipsPage {
    let class = &answering.class;
    app::SlipsPage {
        letters: Some(answering.letters(language)),
        scope: app::SlipsScope::Class { id: class.id.to_string(), label: class.label.clone() },
        address: format!("/classes/{}/slips", class.id),
        classes: vec![answering.state.clone()],
        confirm_needed,
    }
}

/// Draws slips for all these classes, prints them and only then makes them valid, so that nobody's
/// slips stop working for a file that could not be made.
pub(super) async fn print(
    senim: &Senim,
    language: Language,
    of: &str,
    classes: Vec<Answering>,
) -> Result<Vec<u8>, PageError> {
    if !Printer::AVAILABLE {
        return Err(PageError::Refused(StaffRefusal::NoPdf));
    }
    let maker = SlipMaker::of(senim);
    let mut drawn = Vec::new();
    for one in classes {
        let slips = maker.draw(one.wave, one.frozen).await?;
        if !slips.is_empty() {
            drawn.push((one.class, slips));
        }
    }
    if drawn.is_empty() {
        return Err(PageError::Refused(StaffRefusal::NoMoreSlips));
    }
    let pdf = senim.printer.print(sheets(&maker, language, of, &drawn)).await;
    let pdf = pdf.map_err(SlipError::from)?;
    let mut all = true;
    for (_, slips) in &mut drawn {
        all &= maker.store(slips).await?;
    }
    if all {
        return Ok(pdf);
    }
    let pdf = senim.printer.print(sheets(&maker, language, of, &drawn)).await;
    Ok(pdf.map_err(SlipError::from)?)
}

fn sheets(
    maker: &SlipMaker,
    language: Language,
    of: &str,
    drawn: &[(Class, DrawnSlips)],
) -> SlipSheets {
    let sheets = drawn.iter().filter_map(|(class, slips)| maker.sheet(class, slips));
    SlipSheets::new(language, of, sheets.collect())
}
