//! The same for what is above a class.

use crate::{Country, shell};
use analysis::{Group, Level, Release};
use server::sheets::workbook;
use server::unit_results::{Published, Side, SideLine, parts, support, unit_results};
use survey_definitions::Language;

/// The page of a unit above a class, and its file, in every language.
pub fn pages(
    country: &Country,
    release: &Release,
    earlier: &Release,
    group: &Group,
) -> Vec<String> {
    let steps = Some(&country.steps);
    let now = of_unit(release, group.level, &group.group);
    let before = of_unit(earlier, group.level, &group.group);
    let below = Side {
        kind: app::PeerKind::Schools,
        lines: release
            .groups
            .iter()
            .filter(|other| other.parent.as_ref().is_some_and(|up| up.group == group.group))
            .map(|other| SideLine {
                name: other.group.clone(),
                link: None,
                enrolment: None,
                level: other.level,
                group: Some(other.clone()),
            })
            .collect(),
    };
    let page = |language| {
        let waves = [(&now, Some(&before)), (&before, None)];
        let waves =
            waves.map(|(now, before)| unit_results(&country.survey, steps, language, now, before));
        let form = app::FormResults {
            title: "form".to_owned(),
            waves: waves.to_vec(),
            support: Some(support(&country.survey, steps, language, &now, &below)),
            peers: vec![below.shown()],
            parts: parts(&now),
        };
        let page = app::UnitPage {
            level: group.level,
            name: group.group.clone(),
            path: "/unit".to_owned(),
            above: None,
            below: Vec::new(),
            forms: vec![form],
        };
        let file = workbook(&page.tables(language)).unwrap();
        [app::render(&shell(language), page), format!("{file:?}")]
    };
    Language::ALL.into_iter().flat_map(page).collect()
}

fn of_unit(release: &Release, level: Level, id: &str) -> Published {
    let find = |level, id: &str| {
        let mut groups = release.groups.iter();
        groups.find(|group| group.level == level && group.group == id).cloned()
    };
    let own = find(level, id).unwrap();
    let around = own.parent.clone().and_then(|up| find(up.level, &up.group));
    let around = around.filter(|around| around.level < Level::Nation);
    let nation = find(Level::Nation, "nation").filter(|_| level < Level::Nation);
    let wave = app::WaveTitle { id: "9".into(), name: "wave".into(), days: "days".into() };
    Published { wave, header: release.header.clone(), chain: vec![own], around, nation }
}
