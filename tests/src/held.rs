use crate::database::{Database, OwnDatabase};
use sqlx::{AnyConnection, Connection, Executor};

/// A transaction that others wait for.
pub struct Held(AnyConnection);

impl OwnDatabase {
    /// Keeps everybody from storing responses until it is let go of.
    pub async fn hold_responses(&self) -> Held {
        let (begin, hold) = match self.kind {
            Database::Sqlite => ("begin immediate", "select 1"),
            Database::Postgres => ("begin", "lock table spent_values in exclusive mode"),
        };
        let mut connection = AnyConnection::connect(&self.url).await.unwrap();
        for statement in [begin, hold] {
            connection.execute(statement).await.unwrap();
        }
        Held(connection)
    }
}

impl Held {
    pub async fn let_go(mut self) {
        self.0.execute("rollback").await.unwrap();
        self.0.close().await.unwrap();
    }
}
