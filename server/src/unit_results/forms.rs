//! The results of a unit above a class, form by form.

use super::parts::parts;
use super::peers::{Circle, Side, peers};
use super::support::support;
use super::{Publication, all_results};
use crate::state::Senim;
use crate::storage::StorageError;
use crate::storage::accounts::Account;
use crate::storage::units::Unit;
use crate::storage::waves::{self, Wave, WaveState};
use analysis::Level;
use std::collections::BTreeMap;
use survey_definitions::{DefinitionId, Form, Language};
use uuid::Uuid;

/// Whose results.
#[derive(Debug, Clone)]
pub struct Subject {
    pub unit: Unit,
    pub level: Level,
    /// The id of its group in releases.
    pub code: String,
}

impl Subject {
    pub fn school(id: Uuid, code: &str) -> Self {
        Self { unit: Unit::School(id), level: Level::School, code: code.to_owned() }
    }

    pub fn district(id: Uuid, code: &str) -> Self {
        Self { unit: Unit::District(id), level: Level::District, code: code.to_owned() }
    }

    pub fn region(id: Uuid, code: &str) -> Self {
        Self { unit: Unit::Region(id), level: Level::Region, code: code.to_owned() }
    }

    pub fn nation() -> Self {
        Self { unit: Unit::Nation, level: Level::Nation, code: super::load::NATION.to_owned() }
    }
}

/// What is published of a unit, as the account reads it; those for younger pupils first.
pub async fn forms(
    senim: &Senim,
    account: &Account,
    language: Language,
    subject: &Subject,
) -> Result<Vec<app::FormResults>, StorageError> {
    let mut by_form: BTreeMap<(Form, String), Vec<(Wave, Publication)>> = BTreeMap::new();
    for wave in released(senim).await? {
        for definition in definitions(senim, &wave).await? {
            let Some(known) = senim.definitions.get(&definition) else { continue };
            let form = (known.survey.form, definition.id.clone());
            let (level, code) = (subject.level, &subject.code);
            let published =
                Publication::load(&senim.storage, &wave, definition, level, code).await?;
            let published = published.map(|published| (wave.clone(), published));
            by_form.entry(form).or_default().extend(published);
        }
    }
    let mut forms = Vec::new();
    for waves in by_form.into_values() {
        forms.extend(of_form(senim, account, language, subject, waves).await?);
    }
    Ok(forms)
}

async fn of_form(
    senim: &Senim,
    account: &Account,
    language: Language,
    subject: &Subject,
    waves: Vec<(Wave, Publication)>,
) -> Result<Option<app::FormResults>, StorageError> {
    let (waves, publications): (Vec<_>, Vec<_>) = waves.into_iter().unzip();
    let (Some(wave), Some(latest)) = (waves.first(), publications.first()) else {
        return Ok(None);
    };
    let Some(definition) = senim.definitions.get(&latest.definition) else { return Ok(None) };
    let circle = Circle { senim, account, language, wave, definition: &latest.definition };
    let sides = peers(&circle, subject).await?;
    let survey = &definition.survey;
    let of_district = sides.first().filter(|_| subject.level == Level::District);
    let support = of_district.map(|schools| {
        support(survey, definition.next_steps.as_ref(), language, &latest.published, schools)
    });
    Ok(Some(app::FormResults {
        title: survey.title.get(language).to_owned(),
        waves: all_results(&senim.definitions, language, &publications),
        peers: sides.iter().map(Side::shown).collect(),
        parts: parts(&latest.published),
        support,
    }))
}

/// Released waves, the latest first.
async fn released(senim: &Senim) -> Result<Vec<Wave>, StorageError> {
    let mut waves = waves::all(&senim.storage).await?;
    waves.retain(|wave| wave.state == WaveState::Released);
    waves.sort_by(|one, other| (other.first_day, one.id).cmp(&(one.first_day, other.id)));
    Ok(waves)
}

async fn definitions(senim: &Senim, wave: &Wave) -> Result<Vec<DefinitionId>, StorageError> {
    let rows = waves::definitions(&senim.storage, wave.id).await?;
    let mut ids: Vec<DefinitionId> = rows.into_iter().map(|row| row.definition).collect();
    ids.sort();
    ids.dedup();
    Ok(ids)
}
