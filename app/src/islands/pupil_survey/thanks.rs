use super::{
    keeping, parts,
    tablet::{Delivery, Tablet},
};
use crate::{Language, browser, language::text};
use leptos::prelude::*;

/// The last screen: the same for everybody, whatever was answered.
pub(super) fn thanks(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let delivery = move || match tablet.delivery.get() {
        Delivery::Stored => text!(language, pupil.sent),
        Delivery::Queued => text!(language, pupil.saved_waiting),
        Delivery::Unsaved => text!(language, pupil.unsaved),
    };
    view! {
        {parts::title(text!(language, pupil.thanks_title))}
        <p class="notice" role="status">
            {delivery}
        </p>
        {help(tablet, language)}
        {move || {
            // The page is all that holds the response.
            let unsaved = tablet.delivery.get() == Delivery::Unsaved;
            (!unsaved).then(|| next_pupil(tablet, language))
        }}
    }
}

/// Where to find help, as the server wrote it for this school.
pub(super) fn help(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let help = tablet.help.with(|help| browser::json_text(help.as_deref()?, language.code()));
    let help = help.unwrap_or_else(|| format!("<p>{}</p>", text!(language, pupil.help_missing)));
    view! { <div inner_html=help></div> }
}

/// A fresh page: nothing of this pupil is left in memory.
pub(super) fn next_pupil(tablet: Tablet, language: Language) -> impl IntoView + use<> {
    let begin_anew = move || {
        keeping::forget(tablet);
        browser::reload();
    };
    view! {
        <div class="next-pupil">
            <p>{text!(language, pupil.next_pupil_hint)}</p>
            {parts::button("button second", text!(language, pupil.next_pupil), Box::new(begin_anew))}
        </div>
    }
}
