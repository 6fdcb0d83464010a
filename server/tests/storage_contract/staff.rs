use super::{Country, Empty};
use server::storage::accounts::{self, Account, Grant, Role};
use server::storage::audit_lines::{self, AuditLine, Filter};
use server::storage::invitations::{self, Invitation};
use server::storage::units::Unit;
use server::storage::{Storage, StorageError, grants, second_factors, sign_in_tries, unit_names};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    an_invitation_is_used_once,
    a_taken_name_leaves_the_invitation,
    a_code_and_a_recovery_code_are_used_once,
    tries_are_counted_until_they_are_forgotten,
    the_record_is_read_by_person_and_unit,
    units_directly_below_are_listed,
}

async fn person(storage: &Storage, name: &str) -> Account {
    let grant = Grant { role: Role::Operator, unit: Unit::Nation };
    let account = Account::new(Uuid::new_v4(), name, "hash".to_owned(), vec![grant]);
    accounts::create(storage, &account).await.unwrap();
    account
}

async fn invite(storage: &Storage, by: Uuid, unit: Unit) -> Invitation {
    let grant = Grant { role: Role::Coordinator, unit };
    let (id, person) = (Uuid::new_v4(), "Айгүл".to_owned());
    let invitation = Invitation { id, person, grant, invited_by: by, expires: 100 };
    invitations::create(storage, &invitation, "token").await.unwrap();
    invitation
}

async fn an_invitation_is_used_once(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let by = person(storage, "by").await;
    let unit = Unit::School(country.school);
    let made = invite(storage, by.id, unit).await;
    let role = Role::Coordinator;
    assert_eq!(invitations::by_token(storage, "token", 99).await.unwrap(), Some(made.clone()));
    assert_eq!(invitations::by_id(storage, made.id).await.unwrap(), Some(made.clone()));
    let waiting = invitations::of_unit(storage, role, unit, 99).await.unwrap();
    assert_eq!(waiting, std::slice::from_ref(&made));
    assert!(invitations::of_unit(storage, role, unit, 100).await.unwrap().is_empty());
    assert!(invitations::by_token(storage, "token", 100).await.unwrap().is_none());
    let new = Account::new(Uuid::new_v4(), "new", String::new(), vec![made.grant]);
    assert!(!invitations::use_for_new(storage, "token", 100, &new, None).await.unwrap());
    assert!(invitations::use_for_new(storage, "token", 99, &new, None).await.unwrap());
    assert!(!invitations::use_for(storage, "token", 99, by.id, made.grant).await.unwrap());
    let holders = grants::of_unit(storage, role, unit).await.unwrap();
    assert_eq!(holders.len(), 1);
    assert_eq!((holders[0].account, holders[0].grant), (new.id, made.grant));
    assert!(grants::remove(storage, new.id, made.grant).await.unwrap());
    assert!(!grants::remove(storage, new.id, made.grant).await.unwrap());
    let again = invite(storage, by.id, unit).await;
    assert!(invitations::use_for(storage, "token", 99, by.id, again.grant).await.unwrap());
    let last = invite(storage, by.id, unit).await;
    invitations::revoke(storage, last.id).await.unwrap();
    assert!(invitations::by_id(storage, last.id).await.unwrap().is_none());
    invite(storage, by.id, unit).await;
    invitations::delete_ended(storage, 100).await.unwrap();
    assert_eq!(empty.database.count("invitations").await, 0);
}

async fn a_taken_name_leaves_the_invitation(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let by = person(storage, "by").await;
    invite(storage, by.id, Unit::Nation).await;
    let taken = Account::new(Uuid::new_v4(), "by", String::new(), Vec::new());
    let refused = invitations::use_for_new(storage, "token", 0, &taken, None).await.unwrap_err();
    assert!(matches!(refused, StorageError::Exists { .. }), "{refused}");
    assert!(invitations::by_token(storage, "token", 0).await.unwrap().is_some());
}

async fn a_code_and_a_recovery_code_are_used_once(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let account = person(storage, "one").await;
    assert!(account.lacks_second_factor());
    assert!(!second_factors::exist(storage).await.unwrap());
    let hashes = ["a".to_owned(), "b".to_owned()];
    second_factors::set_up(storage, account.id, "sealed", 7, &hashes).await.unwrap();
    assert!(second_factors::exist(storage).await.unwrap());
    let account = accounts::by_id(storage, account.id).await.unwrap().unwrap();
    assert!(!account.lacks_second_factor());
    for (step, taken) in [(7, false), (6, false), (8, true), (8, false), (9, true)] {
        assert_eq!(second_factors::use_step(storage, account.id, step).await.unwrap(), taken);
    }
    for (hash, taken) in [("c", false), ("a", true), ("a", false)] {
        let used = second_factors::use_recovery_code(storage, account.id, hash).await.unwrap();
        assert_eq!(used, taken, "{hash}");
    }
    assert_eq!(second_factors::recovery_codes(storage, account.id).await.unwrap(), 1);
    second_factors::remove(storage, account.id).await.unwrap();
    let after = accounts::by_id(storage, account.id).await.unwrap().unwrap();
    assert!(after.lacks_second_factor() && after.sign_outs == account.sign_outs + 1);
    assert_eq!(second_factors::recovery_codes(storage, account.id).await.unwrap(), 0);
}

async fn tries_are_counted_until_they_are_forgotten(database: Database) {
    let empty = Empty::new(database).await;
    let storage = &empty.storage;
    let wait = |tries| if tries < 2 { 0 } else { tries * 10 };
    let begin = async |now| sign_in_tries::begin(storage, "name", now, wait).await.unwrap();
    assert_eq!((begin(0).await, begin(1).await), (None, None));
    assert_eq!((begin(2).await, begin(20).await, begin(21).await), (Some(19), Some(1), None));
    assert_eq!(begin(22).await, Some(29));
    sign_in_tries::delete_older(storage, 21).await.unwrap();
    assert_eq!(begin(23).await, Some(28));
    assert!(sign_in_tries::forget(storage, "name").await.unwrap());
    assert!(!sign_in_tries::forget(storage, "name").await.unwrap());
    assert_eq!(begin(24).await, None);
    sign_in_tries::delete_older(storage, 25).await.unwrap();
    assert_eq!(empty.database.count("sign_in_tries").await, 0);
}

async fn the_record_is_read_by_person_and_unit(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let one = person(storage, "one").await;
    let class = country.classes[0].to_string();
    let line = |moment: i64, account: &str, level: &str, unit: &str, other: &str| AuditLine {
        id: Uuid::new_v4().to_string(),
        moment,
        account: account.to_owned(),
        what: "what".to_owned(),
        level: level.to_owned(),
        unit: unit.to_owned(),
        other: other.to_owned(),
    };
    let id = one.id.to_string();
    for line in [
        line(1, &id, "class", &class, ""),
        line(2, "", "nation", "", &id),
        line(3, &id, "", "", ""),
    ] {
        audit_lines::add(storage, &line).await.unwrap();
    }
    let ask = async |who: &str, unit: &str, from, most| {
        let filter = Filter { who: who.to_owned(), unit: unit.to_owned() };
        let lines = audit_lines::page(storage, &filter, from, most).await.unwrap();
        let moments: Vec<_> = lines.iter().map(|line| line.moment).collect();
        (moments, audit_lines::total(storage, &filter).await.unwrap())
    };
    assert_eq!(ask("", "", 0, 2).await, (vec![3, 2], 3));
    assert_eq!(ask("", "", 2, 2).await, (vec![1], 3));
    assert_eq!(ask("one", "", 0, 9).await, (vec![3, 1], 2));
    assert_eq!(ask("", &class, 0, 9).await, (vec![1], 1));
    assert_eq!(ask("", "nation", 0, 9).await, (vec![2], 1));
    assert_eq!(ask("nobody", "", 0, 9).await, (vec![], 0));
    let lines = audit_lines::page(storage, &Filter::default(), 0, 9).await.unwrap();
    assert_eq!((lines[2].who.as_str(), lines[1].other.as_str()), ("one", "one"));
    assert!(!lines[2].unit_name.is_empty(), "{lines:?}");
}

async fn units_directly_below_are_listed(database: Database) {
    let empty = Empty::new(database).await;
    let (storage, country) = (&empty.storage, Country::make(&empty.storage).await);
    let school = Unit::School(country.school);
    let above = server::storage::units::units_above(storage, school).await.unwrap();
    for pair in above.windows(2) {
        let below = unit_names::directly_below(storage, pair[1]).await.unwrap();
        assert!(below.iter().any(|(unit, _)| *unit == pair[0]), "{pair:?}: {below:?}");
    }
    let classes = unit_names::directly_below(storage, school).await.unwrap();
    assert!(classes.iter().any(|(unit, _)| *unit == Unit::Class(country.classes[0])));
    assert!(unit_names::named(storage, school).await.unwrap().is_some());
    assert!(unit_names::named(storage, Unit::School(Uuid::new_v4())).await.unwrap().is_none());
}
