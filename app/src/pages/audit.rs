mod words;

use crate::{
    Language,
    language::text,
    parts::list::{Heading, list},
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;
pub use words::audit_words;

/// A page of the record of what staff did. `GET /audit?who=NAME&unit=ID&page=N`.
#[derive(Debug, Clone)]
pub struct AuditPage {
    pub lines: Vec<AuditRow>,
    /// The sign-in name that is asked for; empty for all.
    pub who: String,
    /// The unit that is asked for, as the address has it; empty for all.
    pub unit: String,
    /// From 1.
    pub page: u32,
    pub pages: u32,
}

#[derive(Debug, Clone)]
pub struct AuditRow {
    /// As shown.
    pub moment: String,
    /// Empty for somebody at the command line.
    pub who: String,
    /// As stored.
    pub what: String,
    /// The unit as the address has it, and its name.
    pub unit: Option<(String, String)>,
    pub to_whom: String,
}

impl Page for AuditPage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, audit.title).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        let content = if self.lines.is_empty() {
            view! { <p class="notice">{text!(language, audit.empty)}</p> }.into_any()
        } else {
            self.table(language).into_any()
        };
        view! {
            <h1>{text!(language, audit.title)}</h1>
            <p>{text!(language, audit.what)}</p>
            {self.filter(language)}
            {content}
            {self.turning(language)}
            <p>
                <a class="row-link" href=self.address("/audit.csv", 1)>
                    {text!(language, audit.csv)}
                </a>
            </p>
        }
        .into_any()
    }
}

impl AuditPage {
    fn filter(&self, language: Language) -> impl IntoView + use<> {
        let unit = self.unit.clone();
        let unit = (!unit.is_empty()).then(|| {
            view! {
                <label for="unit">{text!(language, audit.unit)}</label>
                <input id="unit" name="unit" value=unit autocomplete="off" />
            }
        });
        view! {
            <form class="card stack narrow" method="get" action="/audit">
                <label for="who">{text!(language, audit.person)}</label>
                <input id="who" name="who" value=self.who.clone() autocomplete="off" />
                {unit}
                <p class="quiet">{text!(language, audit.unit_hint)}</p>
                <button class="button second">{text!(language, audit.filter)}</button>
                <a class="row-link" href="/audit">
                    {text!(language, audit.all)}
                </a>
            </form>
        }
    }

    fn table(&self, language: Language) -> impl IntoView + use<> {
        let rows = self.lines.iter().map(|line| row(language, line)).collect_view();
        let headings = [
            Heading::Words(text!(language, audit.when)),
            Heading::Words(text!(language, audit.who)),
            Heading::Words(text!(language, audit.did)),
            Heading::Words(text!(language, audit.place)),
            Heading::Words(text!(language, audit.to_whom)),
        ];
        list(text!(language, audit.title), headings, rows)
    }

    fn turning(&self, language: Language) -> impl IntoView + use<> {
        let (page, pages) = (self.page, self.pages.max(1));
        let link = |to: u32, words: &'static str| {
            let address = self.address("/audit", to);
            view! {
                <a class="row-link" href=address>
                    {words}
                </a>
            }
        };
        view! {
            <nav class="row" aria-label=text!(language, audit.title)>
                {(page > 1).then(|| link(page - 1, text!(language, audit.newer)))}
                <span>{text!(language, audit.page_of, page = page, pages = pages)}</span>
                {(page < pages).then(|| link(page + 1, text!(language, audit.older)))}
            </nav>
        }
    }

    fn address(&self, path: &str, page: u32) -> String {
        filtered(path, &self.who, &self.unit, page)
    }
}

fn filtered(path: &str, who: &str, unit: &str, page: u32) -> String {
    use crate::parts::header::query_value;
    format!("{path}?who={}&unit={}&page={page}", query_value(who), query_value(unit))
}

fn row(language: Language, line: &AuditRow) -> impl IntoView + use<> {
    let who = if line.who.is_empty() {
        view! { <span class="quiet">{text!(language, audit.shell)}</span> }.into_any()
    } else {
        let address = filtered("/audit", &line.who, "", 1);
        view! { <a href=address>{line.who.clone()}</a> }.into_any()
    };
    let place = line.unit.clone().map(|(unit, name)| {
        let name = match name.is_empty() && unit == "nation" {
            true => text!(language, audit.nation).to_owned(),
            false => name,
        };
        view! { <a href=filtered("/audit", "", &unit, 1)>{name}</a> }
    });
    let what = audit_words(language, &line.what).map_or(line.what.clone(), str::to_owned);
    view! {
        <tr>
            <td>{line.moment.clone()}</td>
            <td>{who}</td>
            <td>{what}</td>
            <td>{place}</td>
            <td>{line.to_whom.clone()}</td>
        </tr>
    }
}
