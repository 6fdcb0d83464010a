use super::{Published, group_name};
use analysis::{Advised, Group, Kind, class_findings};
use survey_definitions::{Language, NextSteps, Survey};

/// What is found in the published cells, in the reader's language.
pub(super) fn findings(
    survey: &Survey,
    steps: Option<&NextSteps>,
    language: Language,
    now: &Published,
    chain: &[&Group],
) -> app::Findings {
    let found = class_findings(survey, steps, chain);
    let kind = |id: &str| now.header.indicators.get(id).map_or(Kind::Share, |note| note.kind);
    let strong = found.strong.iter().map(|one| app::Strength {
        indicator: one.indicator.id.clone(),
        label: one.indicator.label.get(language).to_owned(),
        kind: kind(&one.indicator.id),
        group: group_name(one.group),
        low: one.low,
        high: one.high,
    });
    let said = |all: &[Advised<'_>]| all.iter().map(|one| advice(steps, language, one)).collect();
    app::Findings {
        strong: strong.collect(),
        attention: said(&found.attention),
        keep: said(&found.keep),
        unsaid: found.unsaid.iter().map(|one| (one.reason, one.indicators.len())).collect(),
        indicators: survey.indicators.len(),
    }
}

fn advice(steps: Option<&NextSteps>, language: Language, one: &Advised<'_>) -> app::Advice {
    let themes = steps.into_iter().flat_map(|steps| &steps.themes);
    let themes = themes.filter(|theme| one.rule.themes.contains(&theme.id));
    let mut step = steps.into_iter().flat_map(|steps| &steps.steps);
    app::Advice {
        group: group_name(one.group),
        reason: one.rule.reason.get(language).to_owned(),
        themes: themes.map(|theme| theme.title.get(language).to_owned()).collect(),
        step: step
            .find(|step| step.id == one.rule.step)
            .map(|step| step.text.get(language).to_owned())
            .unwrap_or_default(),
    }
}
