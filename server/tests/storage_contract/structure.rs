use super::{Country, Empty};
use server::random::Random;
use server::storage::accounts::{Account, Grant, Role};
use server::storage::units::Unit;
use server::storage::{accounts, class_lists, structure, structure_changes};
use server::structure_import::{Change, ClassFields, Plan};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! {
    a_closed_class_is_in_no_list_and_keeps_its_row,
    teachers_without_an_account_are_listed,
    new_classes_get_codes_that_nobody_had,
}

fn fields(label: &str, teacher: Option<&str>) -> ClassFields {
    ClassFields {
        label: label.to_owned(),
        grade: 7,
        language: "ru".to_owned(),
        enrolment: 25,
        teacher: teacher.map(str::to_owned),
    }
}

/// Carries out changes of the country's school.
async fn carry_out(empty: &Empty, school: Uuid, changes: Vec<(ClassFields, Change)>) {
    let mut transaction = empty.storage.begin().await.unwrap();
    let known = structure::known_on(&mut transaction, &[Unit::School(school)]).await.unwrap();
    let plan = Plan::of_school(&known, changes);
    let random = Random::system();
    structure_changes::apply(&mut transaction, &known, &plan, &random, |_| ()).await.unwrap();
    transaction.commit().await.unwrap();
}

fn changed(id: Uuid, label: &str, teacher: Option<&str>) -> (ClassFields, Change) {
    let fields = fields(label, teacher);
    let change = Change::Changed { id, before: fields.clone(), reopened: false };
    (fields, change)
}

async fn a_closed_class_is_in_no_list_and_keeps_its_row(database: Database) {
    let empty = Empty::new(database).await;
    let country = Country::make(&empty.storage).await;
    let [first, second] = country.classes;
    let mut transaction = empty.storage.begin().await.unwrap();
    structure_changes::set_closed(&mut transaction, first, true).await.unwrap();
    transaction.commit().await.unwrap();
    for unit in [
        Unit::School(country.school),
        Unit::District(country.district),
        Unit::Region(country.region),
        Unit::Nation,
    ] {
        let lines = class_lists::classes_of(&empty.storage, unit).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [second], "{unit:?}");
        let known = structure::known(&empty.storage, &[unit]).await.unwrap();
        let closed = known.classes.iter().filter(|class| class.closed);
        assert_eq!(closed.map(|class| class.id).collect::<Vec<_>>(), [first], "{unit:?}");
        assert_eq!((known.regions.len(), known.districts.len(), known.schools.len()), (1, 1, 1));
    }
    carry_out(&empty, country.school, vec![changed(first, "7 «А»", None)]).await;
    let lines = class_lists::classes_of(&empty.storage, Unit::Nation).await.unwrap();
    assert_eq!(lines.len(), 2, "an imported class is opened again");
}

async fn teachers_without_an_account_are_listed(database: Database) {
    let empty = Empty::new(database).await;
    let country = Country::make(&empty.storage).await;
    let [first, second] = country.classes;
    let named = [changed(first, "7 «А»", Some("Сәуле")), changed(second, "7 «Ә»", Some("Ержан"))];
    carry_out(&empty, country.school, named.to_vec()).await;
    let grants = vec![Grant { role: Role::Teacher, unit: Unit::Class(first) }];
    let account = Account::new(Uuid::new_v4(), "saule", String::new(), grants);
    accounts::create(&empty.storage, &account).await.unwrap();
    let waiting = structure::waiting_for_accounts(&empty.storage, country.school).await.unwrap();
    let [class] = &waiting[..] else { panic!("{waiting:?}") };
    assert_eq!((class.class, class.teacher.as_str()), (second, "Ержан"));
    // What a table does not say stays; what is empty in a form goes.
    carry_out(&empty, country.school, vec![changed(second, "7 «Ә»", None)]).await;
    let waiting = structure::waiting_for_accounts(&empty.storage, country.school).await.unwrap();
    assert_eq!(waiting.len(), 1);
    carry_out(&empty, country.school, vec![changed(second, "7 «Ә»", Some(""))]).await;
    let waiting = structure::waiting_for_accounts(&empty.storage, country.school).await.unwrap();
    assert!(waiting.is_empty(), "{waiting:?}");
}

async fn new_classes_get_codes_that_nobody_had(database: Database) {
    let empty = Empty::new(database).await;
    let country = Country::make(&empty.storage).await;
    for labels in [["7 «А»", "7 «Ә»"], ["7 «Б»", "7 «В»"]] {
        let new = labels.map(|label| (fields(label, None), Change::New));
        carry_out(&empty, country.school, new.to_vec()).await;
    }
    let known = structure::known(&empty.storage, &[Unit::Nation]).await.unwrap();
    let mut codes: Vec<_> = known.classes.iter().map(|class| class.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["s-01", "s-02", "s-03", "s-04", "s-a", "s-b"]);
}
