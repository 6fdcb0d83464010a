use crate::{
    Language, Table,
    language::text,
    parts::{file_links::file_links, table::table_view},
    results::{
        How, Parts, PeerKind, Peers, Support, UnitResults, how_to_read, support, tables_of,
        wave_results, years,
    },
    shell::{Audience, Page, Shell},
};
use analysis::Level;
use leptos::prelude::*;

/// A school, a district, a region or the nation: what came out, form by form.
#[derive(Debug, Clone)]
pub struct UnitPage {
    pub level: Level,
    /// Empty of the nation.
    pub name: String,
    /// Its path; the files lie below it.
    pub path: String,
    /// The unit above, for who may go there: its name and path.
    pub above: Option<(String, String)>,
    /// Units directly below that have pages for the reader, in lists with or without a heading.
    pub below: Vec<UnitList>,
    /// Each with results, those for younger pupils first.
    pub forms: Vec<FormResults>,
}

/// Units in the order of their names.
#[derive(Debug, Clone)]
pub struct UnitList {
    /// The unit above with its path.
    pub heading: Option<(String, String)>,
    /// Names and paths.
    pub units: Vec<(String, String)>,
}

/// The waves of one form: no number here is of another.
#[derive(Debug, Clone)]
pub struct FormResults {
    /// The title of the survey definition.
    pub title: String,
    /// The latest first; never empty.
    pub waves: Vec<UnitResults>,
    /// Of the latest wave.
    pub peers: Vec<Peers>,
    pub parts: Vec<Parts>,
    /// Of a district.
    pub support: Option<Vec<Support>>,
}

impl Page for UnitPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        self.title_words(language)
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let (name, path) = match self.above.clone() {
            Some((name, path)) if name.is_empty() => {
                (text!(language, unit_pages.nation).to_owned(), path)
            }
            Some(above) => above,
            None => (text!(language, staff.back_to_classes).to_owned(), "/classes".to_owned()),
        };
        view! {
            <p class="screen-only">
                <a href=path>{name}</a>
            </p>
            <h1>{self.title_words(language)}</h1>
            {self.below(language)}
            {self.results(language)}
        }
        .into_any()
    }
}

impl UnitPage {
    /// Everything that the page shows of the latest waves, for a file.
    pub fn tables(&self, language: Language) -> Vec<Table> {
        self.forms.iter().flat_map(|form| form.tables(language)).collect()
    }

    pub(crate) fn title_words(&self, language: Language) -> String {
        match self.level {
            Level::Nation => text!(language, unit_pages.nation).to_owned(),
            _ => self.name.clone(),
        }
    }

    fn below(&self, language: Language) -> Option<impl IntoView + use<>> {
        let lists = self.below.iter().map(list).collect_view();
        (!self.below.is_empty()).then(|| {
            view! {
                <nav class="units screen-only" aria-label=text!(language, unit_pages.below)>
                    {lists}
                </nav>
            }
        })
    }

    fn results(&self, language: Language) -> AnyView {
        if self.forms.is_empty() {
            let words = text!(language, unit_pages.no_results);
            return view! { <p class="notice">{words}</p> }.into_any();
        }
        let several = self.forms.len() > 1;
        let apart = several.then(|| {
            view! { <p class="notice">{text!(language, unit_pages.two_forms)}</p> }
        });
        let forms = self.forms.iter().map(|form| form.view(language)).collect_view();
        view! {
            {file_links(language, &self.path, self.level == Level::School)}
            {apart}
            {forms}
            {how_to_read(language)}
        }
        .into_any()
    }
}

/// Many districts in one list, a list for each region: each is folded.
fn list(list: &UnitList) -> AnyView {
    let link = |(name, path): &(String, String)| {
        view! {
            <li>
                <a class="row-link" href=path.clone()>
                    {name.clone()}
                </a>
            </li>
        }
    };
    let units = list.units.iter().map(link).collect_view();
    let units = view! { <ul class="unit-list">{units}</ul> };
    match &list.heading {
        None => units.into_any(),
        Some(region) => view! {
            <details>
                <summary>{region.0.clone()}</summary>
                <ul class="unit-list">{link(region)}</ul>
                {units}
            </details>
        }
        .into_any(),
    }
}

impl FormResults {
    fn latest(&self) -> Option<&UnitResults> {
        self.waves.first()
    }

    fn tables(&self, language: Language) -> Vec<Table> {
        let Some(latest) = self.latest() else { return Vec::new() };
        let mut tables = tables_of(language, latest);
        tables.extend(self.side_tables(language));
        tables
    }

    /// Waves, units and parts of the unit side by side.
    pub(crate) fn side_tables(&self, language: Language) -> Vec<Table> {
        let Some(latest) = self.latest() else { return Vec::new() };
        let waves: Vec<_> = self.waves.iter().collect();
        let mut tables: Vec<_> = years(language, &waves).into_iter().collect();
        tables.extend(self.peers.iter().map(|peers| peers.table(language, latest)));
        tables.extend(self.parts.iter().map(|parts| parts.table(language, latest)));
        tables
    }

    fn view(&self, language: Language) -> Option<impl IntoView + use<>> {
        let (latest, earlier) = self.waves.split_first()?;
        let how = How { more: Some(self.more(language, latest)), ..How::default() };
        let earlier = earlier
            .iter()
            .map(|wave| wave_results(language, wave, How { folded: true, ..How::default() }));
        Some(view! {
            <section class="results">
                <h2>{self.title.clone()}</h2>
                {wave_results(language, latest, how)}
                {earlier.collect_view()}
            </section>
        })
    }

    /// What stands side by side.
    fn more(&self, language: Language, latest: &UnitResults) -> AnyView {
        let waves: Vec<_> = self.waves.iter().collect();
        let years = years(language, &waves).map(|table| {
            view! {
                <h4>{table.title.clone()}</h4>
                {table_view(&table)}
            }
        });
        let support = self.support.as_ref().map(|schools| support(language, latest, schools));
        let peers = self.peers.iter().map(|peers| peers_view(language, latest, peers));
        let parts = self.parts.iter().map(|parts| {
            view! {
                <details class="section">
                    <summary>{parts.words(language)}</summary>
                    {table_view(&parts.table(language, latest))}
                </details>
            }
        });
        view! { {support} {years} {peers.collect_view()} {parts.collect_view()} }.into_any()
    }
}

fn peers_view(language: Language, latest: &UnitResults, peers: &Peers) -> AnyView {
    let table = peers.table(language, latest);
    match peers.kind {
        PeerKind::DistrictsOf(_) => view! {
            <details class="section">
                <summary>{table.title.clone()}</summary>
                {table_view(&table)}
            </details>
        }
        .into_any(),
        _ => view! {
            <h4>{table.title.clone()}</h4>
            <p class="quiet">{text!(language, unit_pages.no_ranking)}</p>
            {table_view(&table)}
        }
        .into_any(),
    }
}
