use crate::{
    Language, StaffRole,
    language::text,
    parts::field::{Field, alert},
};
use leptos::prelude::*;

/// `POST /people/invite` with `person`, `place`.
#[derive(Debug, Clone, Default)]
pub struct InviteForm {
    pub places: Vec<PlacesOfRole>,
    /// What was typed and chosen before.
    pub person: String,
    pub place: String,
    pub mistakes: Vec<InviteMistake>,
}

/// Where a role may be given, as values of the form and as shown.
#[derive(Debug, Clone)]
pub struct PlacesOfRole {
    pub role: StaffRole,
    pub units: Vec<(String, String)>,
    /// The whole country: there is nothing to choose.
    pub nation: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteMistake {
    PersonMissing,
    PersonTooLong,
    PersonControl,
    PlaceMissing,
}

/// Characters of a name.
const LONGEST: usize = 80;

impl InviteMistake {
    /// What is wrong with the name of who is invited.
    pub fn of_person(person: &str) -> Option<Self> {
        match () {
            () if person.is_empty() => Some(Self::PersonMissing),
            () if person.chars().count() > LONGEST => Some(Self::PersonTooLong),
            () if person.chars().any(char::is_control) => Some(Self::PersonControl),
            () => None,
        }
    }

    fn words(self, language: Language) -> &'static str {
        match self {
            Self::PersonMissing => text!(language, people.person_missing),
            Self::PersonTooLong => text!(language, people.person_long),
            Self::PersonControl => text!(language, people.person_control),
            Self::PlaceMissing => text!(language, people.place_missing),
        }
    }
}

impl InviteForm {
    pub(super) fn alert(&self, language: Language) -> Option<impl IntoView + use<>> {
        (!self.mistakes.is_empty()).then(|| alert(text!(language, people.not_made)))
    }

    fn wrong(&self, language: Language, with_place: bool) -> Option<String> {
        let of_place = |one: &&InviteMistake| (**one == InviteMistake::PlaceMissing) == with_place;
        self.mistakes.iter().find(of_place).map(|one| one.words(language).to_owned())
    }

    pub(super) fn view(self, language: Language) -> AnyView {
        let nothing = |of: &PlacesOfRole| of.units.is_empty() && of.nation.is_none();
        if self.places.iter().all(nothing) {
            return view! { <p class="notice">{text!(language, people.no_places)}</p> }.into_any();
        }
        let person = Field::text("person", text!(language, people.for_whom), self.person.clone())
            .hint(text!(language, people.for_whom_hint))
            .wrong(self.wrong(language, false));
        let wrong = self.wrong(language, true);
        let options = self.places.iter().map(|of| options(language, of, &self.place));
        view! {
            <form class="card stack narrow" method="post" action="/people/invite">
                <p>{text!(language, people.invite_what)}</p>
                {person.view()}
                <label for="place">{text!(language, people.role_and_place)}</label>
                <select
                    id="place"
                    name="place"
                    required
                    aria-invalid=wrong.is_some().then_some("true")
                    aria-describedby=wrong.is_some().then_some("place-wrong")
                >
                    <option value="">{text!(language, people.choose)}</option>
                    {options.collect_view()}
                </select>
                {wrong.map(|words| view! { <p class="bad" id="place-wrong">{words}</p> })}
                <button class="button">{text!(language, people.make)}</button>
            </form>
        }
        .into_any()
    }
}

fn options(language: Language, of: &PlacesOfRole, chosen: &str) -> AnyView {
    let option = |value: &str, words: String| {
        let selected = value == chosen;
        view! {
            <option value=value.to_owned() selected=selected>
                {words}
            </option>
        }
    };
    let role = of.role.words(language);
    match &of.nation {
        Some(value) => option(value, role.to_owned()).into_any(),
        None => {
            let units = of.units.iter().map(|(value, name)| option(value, name.clone()));
            view! { <optgroup label=role>{units.collect_view()}</optgroup> }.into_any()
        }
    }
}
