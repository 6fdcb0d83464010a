use super::{CommandError, files};
use crate::command_line::Accounts;
use crate::random::Random;
use crate::staff::hash_password;
use crate::storage::Storage;
use crate::storage::accounts::{self, Account, Grant, Role};
use crate::storage::units::{self, Unit};

/// `senim accounts`
pub async fn run(command: Accounts) -> Result<(), CommandError> {
    let Accounts::Add { database, name, role, unit, password_file } = command;
    let role = Role::from_code(&role).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
        CommandError::Usage(format!("there is no role \"{role}\"; one of: {}", known.join(", ")))
    })?;
    let password = files::password(&password_file)?;
    let storage = Storage::connect(&database.database).await?;
    let unit = find_unit(&storage, &unit).await?;
    expect_level(role, unit)?;
    let password_hash = hash_password(&password)
        .map_err(|error| CommandError::Usage(format!("this password cannot be used: {error}")))?;
    let grants = vec![Grant { role, unit }];
    let account = Account { id: Random::system().id(), name, password_hash, grants };
    accounts::create(&storage, &account, false).await?;
    eprintln!("{} may sign in as {}", account.name, role.code());
    Ok(())
}

/// A coordinator's unit may be larger than a school, for replays and trials.
fn expect_level(role: Role, unit: Unit) -> Result<(), CommandError> {
    let level = unit.level();
    let fits = level == role.level() || (role == Role::Coordinator && level != "class");
    let wanted = match role.level() {
        "nation" => "nation".to_owned(),
        level => format!("{level}:ID"),
    };
    let article = if role == Role::Operator { "an" } else { "a" };
    let usage = format!("{article} {} has --unit {wanted}, not a {level}", role.code());
    if fits { Ok(()) } else { Err(CommandError::Usage(usage)) }
}

async fn find_unit(storage: &Storage, text: &str) -> Result<Unit, CommandError> {
    let (level, id) = text.split_once(':').unwrap_or((text, ""));
    let wrong = || {
        CommandError::Usage(format!(
            "there is no unit \"{text}\"; expected `nation`, or a level and an id: `school:ID`"
        ))
    };
    let unit = Unit::from_stored(level, id).map_err(|_| wrong())?;
    if units::units_above(storage, unit).await?.is_empty() { Err(wrong()) } else { Ok(unit) }
}
