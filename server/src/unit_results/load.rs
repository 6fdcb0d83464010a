use super::{Published, unit_results};
use crate::clock::day;
use crate::definitions::Definitions;
use crate::storage::waves::Wave;
use crate::storage::{Storage, StorageError, releases};
use analysis::{Group, Level, Parent};
use survey_definitions::{DefinitionId, Language};

/// The id of the group of everybody.
pub(super) const NATION: &str = "nation";

/// What is published of one unit, or none.
async fn load(
    storage: &Storage,
    wave: &Wave,
    definition: &DefinitionId,
    level: Level,
    code: &str,
) -> Result<Option<Published>, StorageError> {
    let Some(header) = releases::header(storage, wave.id, definition).await? else {
        return Ok(None);
    };
    let group =
        async |level, code: &str| releases::group(storage, wave.id, definition, level, code).await;
    let Some(own) = group(level, code).await? else { return Ok(None) };
    let parent =
        |group: &Group, upto: Level| group.parent.clone().filter(|parent| parent.level <= upto);
    let mut chain = vec![own];
    let mut around = None;
    if level == Level::Class {
        // Its grade, its band of grades, its school: no more, whatever is stored.
        while let Some(Parent { level, group: code }) =
            chain.last().and_then(|last| parent(last, Level::School)).filter(|_| chain.len() < 4)
        {
            let Some(found) = group(level, &code).await? else { break };
            chain.push(found);
        }
    } else if let Some(above) = chain.last().and_then(|own| parent(own, Level::Region)) {
        around = group(above.level, &above.group).await?;
    }
    let nation = if level == Level::Nation { None } else { group(Level::Nation, NATION).await? };
    Ok(Some(Published { wave: title(wave), header, chain, around, nation }))
}

/// What is published of a unit in one wave, and of which definition.
pub struct Publication {
    pub definition: DefinitionId,
    pub published: Published,
}

impl Publication {
    /// `None` where nothing is published.
    pub async fn load(
        storage: &Storage,
        wave: &Wave,
        definition: DefinitionId,
        level: Level,
        code: &str,
    ) -> Result<Option<Self>, StorageError> {
        let published = load(storage, wave, &definition, level, code).await?;
        Ok(published.map(|published| Self { definition, published }))
    }
}

/// The results of waves, the latest first, each beside the latest earlier wave of the same form.
pub fn all_results(
    definitions: &Definitions,
    language: Language,
    waves: &[Publication],
) -> Vec<app::UnitResults> {
    let of_wave = |(at, now): (usize, &Publication)| {
        let definition = definitions.get(&now.definition)?;
        let mut earlier = waves.iter().skip(at + 1);
        let previous = earlier.find(|one| one.definition.id == now.definition.id);
        Some(unit_results(
            &definition.survey,
            definition.next_steps.as_ref(),
            language,
            &now.published,
            previous.map(|previous| &previous.published),
        ))
    };
    waves.iter().enumerate().filter_map(of_wave).collect()
}

/// What a page calls a wave.
fn title(wave: &Wave) -> app::WaveTitle {
    app::WaveTitle {
        id: wave.id.to_string(),
        name: wave.name.clone(),
        days: format!("{} – {}", day(wave.first_day), day(wave.last_day)),
    }
}
