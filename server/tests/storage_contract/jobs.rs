use super::Empty;
use server::storage::jobs::{self, Job, JobKind, JobState};
use tests::{Database, on_both_databases};
use uuid::Uuid;

on_both_databases! { a_job_is_kept_as_it_was_last_saved }

async fn a_job_is_kept_as_it_was_last_saved(database: Database) {
    let empty = Empty::new(database).await;
    let unit = Uuid::new_v4();
    let mut job = Job {
        id: Uuid::new_v4(),
        kind: JobKind::Release,
        unit,
        state: JobState::Running,
        done: 0,
        total: 7,
        message: String::new(),
    };
    for (state, done) in [(JobState::Running, 3), (JobState::Failed, 3), (JobState::Done, 7)] {
        (job.state, job.done, job.message) = (state, done, format!("{done} of 7"));
        jobs::save(&empty.storage, &job).await.unwrap();
        assert_eq!(jobs::of_unit(&empty.storage, unit).await.unwrap(), [job.clone()]);
    }
    let closed = Job { id: Uuid::new_v4(), kind: JobKind::Close, ..job.clone() };
    jobs::save(&empty.storage, &closed).await.unwrap();
    let kept = jobs::of_unit(&empty.storage, unit).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert!(kept.contains(&job) && kept.contains(&closed));
    assert!(jobs::of_unit(&empty.storage, Uuid::new_v4()).await.unwrap().is_empty());
}
