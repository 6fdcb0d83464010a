//! What a class page shows of a released wave, from lines of releases and the definition alone.

use analysis::{
    Cell, Compared, Figure, Group, Header, Kind, Level, Outcome, Reason, Respondents,
    class_findings, flags, smallest_shown,
};
use survey_definitions::{Indicator, Language, Measure, NextSteps, Survey};

/// What is published of a class in one wave.
#[derive(Debug, Clone)]
pub struct Published {
    pub header: Header,
    /// The class and the groups around it up to the school, smallest first.
    pub chain: Vec<Group>,
    pub nation: Option<Group>,
}

/// The class beside its school and the nation, and beside an earlier wave. `names` are those of
/// the wave and its days.
pub fn class_results(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    names: [String; 2],
    now: &Published,
    earlier: Option<&Published>,
) -> app::ClassResults {
    let chain: Vec<&Group> = now.chain.iter().collect();
    let mut report = Report { now, earlier, chain: &chain, compared: Vec::new() };
    let rows = survey.indicators.iter().filter_map(|indicator| report.row(indicator, language));
    let mut rows: Vec<app::IndicatorRow> = rows.collect();
    point_out(&mut rows, &report.compared);
    let [wave_name, wave_days] = names;
    app::ClassResults {
        wave_name,
        wave_days,
        definition: survey.title.get(language).to_owned(),
        respondents: chain.first().map_or(Respondents::Hidden, |class| class.n),
        findings: findings(survey, steps, language, now, &chain),
        rows,
        unshown: unshown(survey, language, &chain),
    }
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
        Some(app::IndicatorRow { label: indicator.label.get(language).to_owned(), kind, figures })
    }

    /// `None` when it is shown of no group up to the school.
    fn figure(&mut self, id: String, part: Option<String>) -> Option<app::Figure> {
        let class = self.chain.first()?;
        let group = smallest_shown(self.chain, &id)?;
        let now = self.now;
        let instead = match group.level {
            Level::Class => None,
            _ => Some((group_name(group), group.cells.get(&id)?)),
        };
        let school = self.chain.last().filter(|school| group.level < school.level);
        Some(app::Figure {
            own: class.cells.get(&id)?,
            instead,
            school: school.and_then(|school| self.around(group, school, &id)),
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
    let beside = figures.flat_map(|one| [&mut one.school, &mut one.nation, &mut one.previous]);
    for (beside, flag) in beside.flatten().zip(flags(compared)) {
        // Unlikely to be chance, and still not the same sign for every count: then nothing is.
        beside.flagged = flag && matches!(beside.outcome, Outcome::Lower | Outcome::Higher);
    }
}

fn findings(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    now: &Published,
    chain: &[&Group],
) -> app::ClassFindings {
    let found = class_findings(survey, steps, chain);
    let kind = |id: &str| now.header.indicators.get(id).map_or(Kind::Share, |note| note.kind);
    let strong = found.strong.iter().map(|one| app::Strength {
        label: one.indicator.label.get(language).to_owned(),
        kind: kind(&one.indicator.id),
        group: group_name(one.group),
        low: one.low,
        high: one.high,
    });
    let attention = found.attention.iter().map(|one| {
        let steps = steps.into_iter();
        let themes = steps.clone().flat_map(|steps| &steps.themes);
        let themes = themes.filter(|theme| one.rule.themes.contains(&theme.id));
        let mut step = steps.flat_map(|steps| &steps.steps);
        app::Advice {
            group: group_name(one.group),
            reason: one.rule.reason.get(language).to_owned(),
            themes: themes.map(|theme| theme.title.get(language).to_owned()).collect(),
            step: step
                .find(|step| step.id == one.rule.step)
                .map(|step| step.text.get(language).to_owned())
                .unwrap_or_default(),
        }
    });
    app::ClassFindings {
        strong: strong.collect(),
        attention: attention.collect(),
        unsaid: found.unsaid.iter().map(|one| (one.reason, one.indicators.len())).collect(),
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
    app::GroupName { level: group.level, grades: grades.to_owned(), respondents: group.n }
}
