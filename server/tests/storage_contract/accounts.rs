use super::{Country, Empty};
use server::storage::StorageError;
use server::storage::accounts::{self, Account, Grant, Role};
use server::storage::units::Unit;
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! { accounts_are_found_with_their_grants, two_accounts_cannot_share_a_name }

fn account(name: &str, grants: Vec<Grant>) -> Account {
    Account::new(Uuid::new_v4(), name, "$argon2id$".to_owned(), grants)
}

async fn accounts_are_found_with_their_grants(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let mut grants: Vec<Grant> = Role::ALL
        .into_iter()
        .map(|role| Grant { role, unit: Unit::School(country.school) })
        .collect();
    grants.push(Grant { role: Role::Ministry, unit: Unit::Nation });
    grants.push(Grant { role: Role::Teacher, unit: Unit::Class(country.classes[0]) });
    let person = account("Айгүл", grants.clone());
    accounts::create(storage, &person).await.unwrap();
    for found in [
        accounts::by_name(storage, "Айгүл").await.unwrap().unwrap(),
        accounts::by_id(storage, person.id).await.unwrap().unwrap(),
    ] {
        assert_eq!((found.id, &found.name), (person.id, &person.name));
        assert_eq!(found.password_hash, person.password_hash);
        assert_eq!(found.grants.len(), grants.len());
        assert!(grants.iter().all(|grant| found.grants.contains(grant)));
        assert!(!format!("{found:?}").contains("argon2"), "Debug shows the hash");
    }
    assert!(accounts::by_name(storage, "айгүл").await.unwrap().is_none());
    assert!(accounts::by_id(storage, Uuid::new_v4()).await.unwrap().is_none());

    assert!(!accounts::has_demonstration(storage).await.unwrap());
    let mut public = account("demonstration", vec![]);
    public.demonstration = true;
    accounts::create(storage, &public).await.unwrap();
    assert!(accounts::has_demonstration(storage).await.unwrap());
}

async fn two_accounts_cannot_share_a_name(database: Database) {
    let empty = Empty::new(database).await;
    let (first, second) = (account("one", vec![]), account("one", vec![]));
    accounts::create(&empty.storage, &first).await.unwrap();
    let refused = accounts::create(&empty.storage, &second).await.unwrap_err();
    assert!(matches!(refused, StorageError::Exists { .. }), "{refused}");
    assert_eq!(refused.to_string(), "account \"one\" exists already");
    assert!(accounts::by_id(&empty.storage, second.id).await.unwrap().is_none());
}
