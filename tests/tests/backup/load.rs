use crate::{DEFINITION, Keys, back_up, empty, restore, text, verified, verify};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tests::{ClassPlan, Database, OpenWave, answers, at_full_size, on_both_databases};
use tokio::task::JoinSet;

on_both_databases! { a_backup_under_load_is_one_moments_state }

const AT_ONCE: usize = 12;
const ENROLMENT: usize = 25;

/// Classes that answer meanwhile, and backups that are taken.
fn size() -> (usize, usize) {
    if at_full_size() { (80, 20) } else { (6, 3) }
}

/// Every slip is on its way from unused to a stored response while backups are taken.
async fn a_backup_under_load_is_one_moments_state(database: Database) {
    let (classes, backups) = size();
    let plan = |class| ClassPlan { school: class / 4, enrolment: ENROLMENT as u32 };
    let plans: Vec<_> = (0..classes).map(plan).collect();
    let wave = Arc::new(OpenWave::start(database, DEFINITION, &plans).await);
    let keys = Keys::new(&wave.server, "identity");
    let (next, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let mut pupils = JoinSet::new();
    for _ in 0..AT_ONCE {
        let (wave, next, done) = (wave.clone(), next.clone(), done.clone());
        pupils.spawn(async move {
            while !done.load(Ordering::Relaxed) {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let (class, slip) = (number % classes, number / classes);
                if slip >= ENROLMENT {
                    return;
                }
                wave.answer(class, slip, &answers(&wave.survey, number)).await;
            }
        });
    }
    let mut seen = Vec::new();
    for number in 0..backups {
        let (wave, keys) = (wave.clone(), keys.clone());
        let taken = tokio::task::spawn_blocking(move || {
            let backup = back_up(&wave.server, &keys, &format!("backup-{number}.age"));
            let said = verify(&backup, &keys).expect_success();
            assert_eq!(said.stdout, "");
            backup
        });
        seen.push(taken.await.unwrap());
    }
    done.store(true, Ordering::Relaxed);
    pupils.join_all().await;
    let mut stored = Vec::new();
    for backup in seen {
        let restored = empty(Database::Sqlite, &wave.server).await;
        restore(&backup, &keys, &restored.url).expect_success();
        assert_eq!(verified(&restored), (Some(0), String::new()), "{}", text(&backup));
        stored.push(restored.count("envelopes").await);
    }
    eprintln!("{database:?}: {stored:?} responses in the backups, {} now", wave.stored().await);
    assert!(stored.is_sorted() && stored[0] < wave.stored().await, "no backup met the load");
}
