//! What a page shows of a released wave, from lines of releases and the definition alone.

mod findings;
mod forms;
mod load;
mod parts;
mod peers;
mod support;

pub use forms::{Subject, forms};
pub use load::{Publication, all_results};
pub use parts::parts;
pub use peers::{Side, SideLine, sorted};
pub use support::support;

use analysis::{
    Cell, Compared, Figure, Group, Header, Level, Outcome, Reason, Respondents, flags,
    smallest_shown,
};
use findings::findings;
use survey_definitions::{Indicator, Language, Measure, NextSteps, Section, Survey};

/// What is published of a unit in one wave.
#[derive(Debug, Clone)]
pub struct Published {
    pub wave: app::WaveTitle,
    pub header: Header,
    /// Of a class it and the groups around it up to the school, smallest first; of any other
    /// unit its group alone. Never empty.
    pub chain: Vec<Group>,
    /// Of what is above a class the group that stands beside it, below the nation.
    pub around: Option<Group>,
    /// Unless it is the unit itself.
    pub nation: Option<Group>,
}

impl Published {
    fn own(&self) -> Option<&Group> {
        self.chain.first()
    }

    /// The group that stands beside what is shown, below the nation.
    fn beside(&self) -> Option<&Group> {
        let school = self.chain.last().filter(|group| group.level == Level::School);
        let of_class = self.own().is_some_and(|own| own.level == Level::Class);
        self.around.as_ref().or(school.filter(|_| of_class))
    }
}

/// The unit beside the group around it and the nation, and beside an earlier wave.
pub fn unit_results(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    now: &Published,
    earlier: Option<&Published>,
) -> app::UnitResults {
    let chain: Vec<&Group> = now.chain.iter().collect();
    let mut report = Report { now, earlier, chain: &chain, compared: Vec::new() };
    let rows = survey.indicators.iter().filter_map(|indicator| report.row(indicator, language));
    let mut rows: Vec<app::IndicatorRow> = rows.collect();
    point_out(&mut rows, &report.compared);
    let above_class = now.own().is_some_and(|own| own.level > Level::Class);
    let lead = steps.map(|steps| if above_class { &steps.lead_above_class } else { &steps.lead });
    app::UnitResults {
        wave: now.wave.clone(),
        definition: survey.title.get(language).to_owned(),
        own: now.own().map_or_else(no_group, group_name),
        around: now.beside().map(group_name),
        pilot: !survey.unchecked().is_empty(),
        previous: earlier.map(|earlier| earlier.wave.clone()),
        findings: findings(survey, steps, language, now, &chain),
        lead: lead.cloned().unwrap_or_default(),
        sections: sections(survey, steps, language, above_class),
        rows,
        unshown: unshown(survey, language, &chain),
    }
}

/// The sections of a definition, and what it puts into none.
fn sections(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    above_class: bool,
) -> Vec<app::ResultSection> {
    let said = steps.map(|steps| steps.sections.as_slice()).unwrap_or_default();
    let section = |section: &Section| app::ResultSection {
        title: Some(section.title.get(language).to_owned()),
        indicators: section.indicators.clone(),
        unfolded: above_class && section.unfolded_above_class,
        as_list: section.as_list,
    };
    let mut sections: Vec<app::ResultSection> = said.iter().map(section).collect();
    let ids = survey.indicators.iter().map(|indicator| indicator.id.clone());
    let in_none = |id: &String| !said.iter().any(|section| section.indicators.contains(id));
    let rest: Vec<String> = ids.filter(in_none).collect();
    if !rest.is_empty() {
        let (title, unfolded, as_list) = (None, said.is_empty(), false);
        sections.push(app::ResultSection { title, indicators: rest, unfolded, as_list });
    }
    sections
}

/// One page in the making.
struct Report<'r> {
    now: &'r Published,
    earlier: Option<&'r Published>,
    chain: &'r [&'r Group],
    /// In the order of the page.
    compared: Vec<Compared>,
}

impl Report<'_> {
    fn row(&mut self, indicator: &Indicator, language: Language) -> Option<app::IndicatorRow> {
        let figures: Vec<app::Figure> = cells(indicator)
            .into_iter()
            .filter_map(|(id, part)| {
                self.figure(id, part.map(|part| part.get(language).to_owned()))
            })
            .collect();
        let kind = self.now.header.indicators.get(&figures.first()?.id)?.kind;
        let (id, label) = (indicator.id.clone(), indicator.label.get(language).to_owned());
        Some(app::IndicatorRow { id, label, kind, figures })
    }

    /// `None` when it is shown of no group of the chain.
    fn figure(&mut self, id: String, part: Option<String>) -> Option<app::Figure> {
        let own = self.chain.first()?;
        let group = smallest_shown(self.chain, &id)?;
        let now = self.now;
        let instead = if group.level == own.level {
            None
        } else {
            Some((group_name(group), group.cells.get(&id)?))
        };
        let around = now.beside().filter(|around| group.level < around.level);
        Some(app::Figure {
            own: own.cells.get(&id)?,
            instead,
            around: around.and_then(|around| self.around(group, around, &id)),
            nation: now.nation.as_ref().and_then(|nation| self.around(group, nation, &id)),
            previous: self.previous(group, &id),
            id,
            part,
        })
    }

    fn around(&mut self, group: &Group, around: &Group, id: &str) -> Option<app::Beside> {
        let header = &self.now.header;
        let figures = (Figure::of_group(header, group, id)?, Figure::of_group(header, around, id)?);
        self.beside(around, id, Compared::with_rest(&figures.0, &figures.1))
    }

    /// The same group in the wave before.
    fn previous(&mut self, group: &Group, id: &str) -> Option<app::Beside> {
        let earlier = self.earlier?;
        let same = |other: &&Group| (other.level, &other.group) == (group.level, &group.group);
        let before = earlier.chain.iter().find(same)?;
        let now = Figure::of_group(&self.now.header, group, id)?;
        let then = Figure::of_group(&earlier.header, before, id)?;
        self.beside(before, id, Compared::of_waves(&now, &then))
    }

    fn beside(&mut self, group: &Group, id: &str, compared: Compared) -> Option<app::Beside> {
        let cell = group.cells.get(id)?;
        self.compared.push(compared);
        Some(app::Beside { cell, outcome: compared.outcome, flagged: false })
    }
}

/// Marks what is hardly chance among everything that the page compares.
fn point_out(rows: &mut [app::IndicatorRow], compared: &[Compared]) {
    let figures = rows.iter_mut().flat_map(|row| &mut row.figures);
    let beside = figures.flat_map(|one| [&mut one.around, &mut one.nation, &mut one.previous]);
    for (beside, flag) in beside.flatten().zip(flags(compared)) {
        // Unlikely to be chance, and still not the same sign for every count: then nothing is.
        beside.flagged = flag && matches!(beside.outcome, Outcome::Lower | Outcome::Higher);
    }
}

/// What is hidden even in the last group of the chain, by its reason there.
fn unshown(survey: &Survey, language: Language, chain: &[&Group]) -> Vec<(Reason, Vec<String>)> {
    let Some(last) = chain.last() else { return Vec::new() };
    let reason = |indicator: &Indicator| {
        let cells = cells(indicator);
        let shown = cells.iter().any(|(id, _)| smallest_shown(chain, id).is_some());
        match last.cells.get(&cells.first()?.0)? {
            Cell::Hidden { reason } if !shown => Some(reason),
            _ => None,
        }
    };
    let labels = |wanted| {
        let hidden = survey.indicators.iter().filter(|one| reason(one) == Some(wanted));
        hidden.map(|one| one.label.get(language).to_owned()).collect::<Vec<_>>()
    };
    let all = Reason::ALL.map(|reason| (reason, labels(reason)));
    all.into_iter().filter(|(_, labels)| !labels.is_empty()).collect()
}

/// The cells of an indicator, with the labels of a distribution's parts.
fn cells(indicator: &Indicator) -> Vec<(String, Option<&survey_definitions::Text>)> {
    match &indicator.measure {
        Measure::Shares { parts } => parts
            .iter()
            .map(|part| (format!("{}.{}", indicator.id, part.id), Some(&part.label)))
            .collect(),
        Measure::Share { .. } | Measure::Mean { .. } => vec![(indicator.id.clone(), None)],
    }
}

fn group_name(group: &Group) -> app::GroupName {
    let grades = match group.level {
        Level::Grade | Level::Band => group.group.rsplit('/').next().unwrap_or_default(),
        _ => "",
    };
    app::GroupName {
        level: group.level,
        code: group.group.clone(),
        grades: grades.to_owned(),
        respondents: group.n,
    }
}

fn no_group() -> app::GroupName {
    let (code, grades) = (String::new(), String::new());
    app::GroupName { level: Level::Class, code, grades, respondents: Respondents::Hidden }
}
