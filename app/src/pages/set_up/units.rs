use crate::{
    Language, StructureColumn, StructureProblem,
    language::text,
    parts::field::{Field, alert},
    parts::list::{Heading, list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// Regions, the districts of a region or the schools of a district, made and renamed by hand.
/// `POST` to `action`, or to a unit's `change`, with `name`.
#[derive(Debug, Clone)]
pub struct UnitsPage {
    /// What they are: `Region`, `District` or `School`.
    pub level: StructureColumn,
    /// The unit that they lie in; `None` for regions.
    pub above: Option<String>,
    pub action: String,
    /// Where the reader sets up the level above; `None`: their first page.
    pub back: Option<(StructureColumn, String)>,
    /// In the reader's order.
    pub units: Vec<UnitLine>,
    pub form: UnitForm,
    pub saved: bool,
    /// Whether the reader invites who is responsible for them.
    pub invites: bool,
}

#[derive(Debug, Clone)]
pub struct UnitLine {
    pub id: String,
    pub name: String,
    pub change: String,
    /// Where what lies directly below it is set up.
    pub below: String,
}

/// A name as it was typed.
#[derive(Debug, Clone, Default)]
pub struct UnitForm {
    /// The id of the unit that was to be renamed; `None` for a new one.
    pub renamed: Option<String>,
    pub name: String,
    pub problem: Option<StructureProblem>,
}

impl Page for UnitsPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        level_title(self.level, language).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let wrong = self.form.problem.as_ref().map(|_| alert(text!(language, setup.not_saved)));
        let (back, back_words) = match self.back.clone() {
            Some((level, address)) => (address, level_title(level, language)),
            None => ("/classes".to_owned(), text!(language, staff.start_title)),
        };
        view! {
            <p>
                <a href=back>{back_words}</a>
            </p>
            <h1>{self.title(language)}</h1>
            {self.above.clone().map(|name| view! { <p class="lead">{name}</p> })}
            {wrong}
            {self.saved.then(|| self.outcome(language))}
            <p>{text!(language, setup.units_what)}</p>
            {self.list(language)}
            <h2 id="add">{self.add(language)}</h2>
            <form class="card stack narrow" method="post" action=self.action.clone()>
                {self.name_field(language, None, String::new())}
                <button class="button">{text!(language, setup.add)}</button>
            </form>
            <p>
                <a class="row-link" href="/structure">
                    {text!(language, setup.units_from_table)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl UnitsPage {
    fn outcome(&self, language: Language) -> impl IntoView + use<> {
        let invite = self.invites.then(|| {
            view! {
                " "
                <a class="row-link" href="/people">
                    {text!(language, setup.units_invite)}
                </a>
            }
        });
        view! { <p class="notice" role="status">{text!(language, setup.saved)} {invite}</p> }
    }

    fn add(&self, language: Language) -> &'static str {
        match self.level {
            StructureColumn::Region => text!(language, setup.add_region),
            StructureColumn::District => text!(language, setup.add_district),
            _ => text!(language, setup.add_school),
        }
    }

    /// The field of a new name, or of another one for the unit `of`, with what was typed there.
    fn name_field(&self, language: Language, of: Option<&str>, name: String) -> AnyView {
        let typed_here = self.form.problem.is_some() && self.form.renamed.as_deref() == of;
        let value = if typed_here { self.form.name.clone() } else { name };
        let problem = self.form.problem.as_ref().filter(|_| typed_here);
        let wrong = problem.map(|problem| problem.words(language));
        let hint = match self.level {
            StructureColumn::Region => text!(language, setup.region_hint),
            StructureColumn::District => text!(language, setup.district_hint),
            _ => text!(language, setup.school_hint),
        };
        let field = Field::text("name", text!(language, setup.unit_name), value).wrong(wrong);
        match of {
            None => field.hint(hint).view().into_any(),
            // Many on one page: named by the unit, for labels and for who hears them.
            Some(id) => field.called(format!("name-{id}")).view().into_any(),
        }
    }

    fn list(&self, language: Language) -> AnyView {
        if self.units.is_empty() {
            let words = text!(language, setup.no_units);
            return view! { <p class="notice">{words}</p> }.into_any();
        }
        let rows = self.units.iter().map(|unit| self.row(language, unit)).collect_view();
        let headings = [
            Heading::Words(text!(language, setup.unit_name)),
            Heading::Words(text!(language, setup.unit_inside)),
            Heading::Words(text!(language, setup.rename)),
        ];
        list(level_title(self.level, language), headings, rows).into_any()
    }

    fn row(&self, language: Language, unit: &UnitLine) -> impl IntoView + use<> {
        let inside = match self.level {
            StructureColumn::Region => text!(language, setup.districts_title),
            StructureColumn::District => text!(language, setup.schools_title),
            _ => text!(language, setup.classes_title),
        };
        let named = format!("{inside}: {}", unit.name);
        let open = self.form.renamed.as_deref() == Some(unit.id.as_str());
        view! {
            <tr>
                <th scope="row">{unit.name.clone()}</th>
                <td>
                    <a class="row-link" href=unit.below.clone() aria-label=named>
                        {inside}
                    </a>
                </td>
                <td>
                    <details open=open>
                        <summary>{text!(language, setup.change)}</summary>
                        <form class="stack" method="post" action=unit.change.clone()>
                            {self.name_field(language, Some(&unit.id), unit.name.clone())}
                            <button class="button second">{text!(language, setup.save)}</button>
                        </form>
                    </details>
                </td>
            </tr>
        }
    }
}

/// What a page about units of this level is called.
fn level_title(level: StructureColumn, language: Language) -> &'static str {
    match level {
        StructureColumn::Region => text!(language, setup.regions_title),
        StructureColumn::District => text!(language, setup.districts_title),
        StructureColumn::School => text!(language, setup.schools_title),
        _ => text!(language, setup.classes_title),
    }
}

/// Links to where the reader sets up what lies below the own units: what it is, and the address.
pub(in crate::pages) fn unit_links(
    language: Language,
    ways: &[(StructureColumn, String)],
) -> Option<impl IntoView + use<>> {
    let links = ways.iter().map(|(level, address)| {
        let words = match level {
            StructureColumn::Region => text!(language, setup.regions_link),
            StructureColumn::District => text!(language, setup.districts_link),
            StructureColumn::School => text!(language, setup.schools_link),
            _ => text!(language, setup.classes_link),
        };
        view! {
            <a class="row-link" href=address.clone()>
                {words}
            </a>
        }
    });
    let links = links.collect_view();
    (!ways.is_empty()).then(|| view! { <p class="row">{links}</p> })
}
