use super::class::{class_fingerprint, current, fingerprint, open_class_link};
use super::{PageError, Rendered, Visit};
use crate::rights::{Found, Run};
use crate::state::Senim;
use axum::extract::State;

/// `GET /classes/{class}/session/screen`: the class link for a projector, or for paper.
pub async fn show(
    State(senim): State<Senim>,
    visit: Visit,
    found: Found<Run>,
) -> Result<Rendered, PageError> {
    let (wave, frozen) = current(&senim, &found.class).await?;
    Ok(visit.render(app::SessionScreenPage {
        label: found.class.label,
        school: found.class.school.name,
        class_link: open_class_link(&senim, &frozen)?,
        link_fragment: class_fingerprint(&wave, &frozen).fragment(""),
        fingerprint: fingerprint(&wave),
    }))
}
