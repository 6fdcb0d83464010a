//! Which schools of a district may need support: functions of published cells alone.

use super::peers::{Side, SideLine};
use super::{Published, cells, group_name};
use analysis::{Compared, Figure, Group, Outcome, flags, worse_when};
use survey_definitions::{Language, NextSteps, Survey};

/// An indicator of a school beside the rest of the district.
struct Look<'a> {
    line: &'a SideLine,
    group: &'a Group,
    id: String,
    label: String,
    worse: Outcome,
    compared: Compared,
}

/// Schools with an indicator that is worse than in the rest of the district, pointed out among
/// everything that is compared here; in the order of `schools`, which is that of their names.
pub fn support(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    district: &Published,
    schools: &Side,
) -> Vec<app::Support> {
    let looks: Vec<Look<'_>> = schools
        .lines
        .iter()
        .flat_map(|line| looks(survey, steps, language, district, line))
        .collect();
    let compared: Vec<Compared> = looks.iter().map(|look| look.compared).collect();
    let flagged = looks.iter().zip(flags(&compared));
    let mut found: Vec<app::Support> = Vec::new();
    for (look, flag) in flagged {
        if !flag || look.compared.outcome != look.worse {
            continue;
        }
        let Some(reason) = reason(district, look) else { continue };
        let group = group_name(look.group);
        match found.last_mut().filter(|last| last.group == group) {
            Some(last) => last.reasons.push(reason),
            None => {
                let school = look.line.name.clone();
                found.push(app::Support { school, group, reasons: vec![reason] });
            }
        }
    }
    found
}

fn looks<'a>(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    district: &Published,
    line: &'a SideLine,
) -> Vec<Look<'a>> {
    let rules = steps.map(|steps| steps.rules.as_slice()).unwrap_or_default();
    let (Some(group), Some(around)) = (&line.group, district.chain.first()) else {
        return Vec::new();
    };
    let header = &district.header;
    let look = |id: String, label: String| {
        let worse = worse_when(&id, rules)?;
        let own = Figure::of_group(header, group, &id)?;
        let around = Figure::of_group(header, around, &id)?;
        let compared = Compared::with_rest(&own, &around);
        Some(Look { line, group, id, label, worse, compared })
    };
    let labelled = survey.indicators.iter().flat_map(|indicator| {
        let label = indicator.label.get(language);
        cells(indicator).into_iter().map(move |(id, part)| match part {
            Some(part) => (id, format!("{label}: {}", part.get(language))),
            None => (id, label.to_owned()),
        })
    });
    labelled.filter_map(|(id, label)| look(id, label)).collect()
}

fn reason(district: &Published, look: &Look<'_>) -> Option<app::SupportReason> {
    Some(app::SupportReason {
        id: look.id.clone(),
        label: look.label.clone(),
        kind: district.header.indicators.get(&look.id)?.kind,
        cell: look.group.cells.get(&look.id)?,
        outcome: look.compared.outcome,
    })
}
