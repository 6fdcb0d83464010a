use super::{SessionClass, SessionWave};
use crate::{Language, language::text};
use leptos::prelude::*;

/// How many slips there are, and where to make them.
pub(super) fn slips(
    language: Language,
    class: &SessionClass,
    wave: &SessionWave,
) -> impl IntoView + use<> {
    let (made, allowed) = (wave.slips_made, wave.slips_allowed);
    let slips = format!("/classes/{}/slips", class.id);
    let state = if made == 0 {
        view! { <p class="notice bad">{text!(language, class_session.no_slips)}</p> }.into_any()
    } else {
        view! { <p>{text!(language, staff.slips_made, made = made, allowed = allowed)}</p> }
            .into_any()
    };
    let making = if wave.may_make_slips {
        view! {
            <p>
                <a class="button second" href=slips>
                    {text!(language, staff.make_slips)}
                </a>
            </p>
        }
        .into_any()
    } else {
        view! { <p class="quiet">{text!(language, staff.slips_used_up)}</p> }.into_any()
    };
    view! {
        {state}
        {making}
    }
}
