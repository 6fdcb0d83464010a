use super::{CommandError, files};
use crate::audit::{self, About};
use crate::clock::Clock;
use crate::command_line::Accounts;
use crate::random::Random;
use crate::secrets::{Secrets, expect_directory};
use crate::settings::DatabaseSettings;
use crate::staff::hash_password;
use crate::storage::accounts::{self, Account, Grant, Role};
use crate::storage::units::{self, Unit};
use crate::storage::{Storage, second_factors, sign_in_tries};
use std::path::Path;

/// `senim accounts`
pub async fn run(command: Accounts) -> Result<(), CommandError> {
    match command {
        Accounts::Add { database, name, role, unit, password_file } => {
            let password = files::password(&password_file)?;
            add(&database, name, &role, &unit, &password).await
        }
        Accounts::Unlock { database, secrets, name } => unlock(&database, &secrets, &name).await,
        Accounts::ResetTotp { database, name } => reset_totp(&database, &name).await,
    }
}

async fn add(
    database: &DatabaseSettings,
    name: String,
    role: &str,
    unit: &str,
    password: &str,
) -> Result<(), CommandError> {
    let role = Role::from_code(role).ok_or_else(|| {
        let known: Vec<_> = Role::ALL.iter().map(|role| role.code()).collect();
        CommandError::Usage(format!("there is no role \"{role}\"; one of: {}", known.join(", ")))
    })?;
    let storage = Storage::connect(&database.database).await?;
    let unit = find_unit(&storage, unit).await?;
    expect_level(role, unit)?;
    let password_hash = hash_password(password)
        .map_err(|error| CommandError::Usage(format!("this password cannot be used: {error}")))?;
    let random = Random::system();
    let account = Account::new(random.id(), &name, password_hash, vec![Grant { role, unit }]);
    accounts::create(&storage, &account).await?;
    record(&storage, audit::ACCOUNT_ADDED, About::unit(unit).to(account.id)).await?;
    eprintln!("{} may sign in as {}", account.name, role.code());
    Ok(())
}

async fn unlock(
    database: &DatabaseSettings,
    secrets: &Path,
    name: &str,
) -> Result<(), CommandError> {
    expect_directory(secrets)?;
    let secrets = Secrets::open(secrets, &Random::system(), true)?;
    let storage = Storage::connect(&database.database).await?;
    let account = find_account(&storage, name).await?;
    sign_in_tries::forget(&storage, &secrets.name_hash(name)).await?;
    record(&storage, audit::UNLOCKED, About::default().to(account.id)).await?;
    eprintln!("{name} may try again");
    Ok(())
}

async fn reset_totp(database: &DatabaseSettings, name: &str) -> Result<(), CommandError> {
    let storage = Storage::connect(&database.database).await?;
    let account = find_account(&storage, name).await?;
    second_factors::remove(&storage, account.id).await?;
    record(&storage, audit::SECOND_FACTOR_RESET, About::default().to(account.id)).await?;
    eprintln!("{name} signs in without one-time codes and is signed out everywhere");
    Ok(())
}

async fn find_account(storage: &Storage, name: &str) -> Result<Account, CommandError> {
    let account = accounts::by_name(storage, name).await?;
    account.ok_or_else(|| CommandError::Usage(format!("nobody signs in as \"{name}\"")))
}

/// What is done with a shell stands in the record too.
async fn record(storage: &Storage, what: &str, about: About) -> Result<(), CommandError> {
    let (clock, random) = (Clock::system(), Random::system());
    Ok(audit::record(storage, &clock, &random, None, what, about).await?)
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
