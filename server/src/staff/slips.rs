use super::class::{class_fingerprint, current, fingerprint, open_class_link};
use super::{PageError, Rendered, Visit};
use crate::lessons;
use crate::rights::{Found, Run};
use crate::state::Senim;
use axum::extract::State;

/// `POST /classes/{class}/slips`: fresh slips as a page to print, shown this once; unused ones
/// from before stop working.
pub async fn create(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<Run>,
) -> Result<Rendered, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    let link = open_class_link(&senim, &frozen)?;
    let slips = lessons::make_slips(&senim, &wave, &frozen).await?;
    if slips.is_empty() {
        return Err(PageError::Refused(app::texts::StaffRefusal::NoMoreSlips));
    }
    let keys = class_fingerprint(&wave, &frozen);
    let slips = slips
        .iter()
        .map(|slip| {
            let code = slip.own_part();
            // In the fragment: a browser does not send it, so no log between can have it.
            let fragment = keys.fragment(&code.replace('-', ""));
            app::SlipCard { url: format!("{link}#{fragment}"), code }
        })
        .collect();
    Ok(visit.render(app::SlipsPage {
        class_id: found.class.id.to_string(),
        school: found.class.school.name,
        class: found.class.label,
        wave: wave.name.clone(),
        fingerprint: fingerprint(&wave),
        link,
        slips,
    }))
}
