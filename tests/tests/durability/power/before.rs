use crate::disk::{Disk, Unsynced};
use rand::rngs::StdRng;
use tempfile::TempDir;
use tests::{Database, OwnDatabase, OwnPostgres};

const SQLITE: [&str; 2] = ["senim.sqlite", "senim.sqlite-wal"];

/// The files that a database had before pupils answered.
pub enum Before {
    Sqlite(TempDir),
    /// Data is written to the disk at checkpoints, and there is none: all of it is in one file of
    /// the journal.
    Postgres {
        _files: TempDir,
        server: OwnPostgres,
        database: String,
        journal: String,
    },
}

/// A database that was started again after a power cut.
pub struct Cut {
    pub database: OwnDatabase,
    _server: Option<OwnPostgres>,
    _files: TempDir,
}

impl Before {
    pub async fn of_sqlite(database: &OwnDatabase) -> Self {
        let files = tempfile::tempdir().unwrap();
        database.copy(files.path()).await;
        Self::Sqlite(files)
    }

    pub async fn of_postgres(server: &OwnPostgres, database: &OwnDatabase) -> Self {
        let journal = "select pg_walfile_name(pg_current_wal_insert_lsn())";
        let journal = database.text(journal).await;
        let files = tempfile::tempdir().unwrap();
        let server = server.copied_to(files.path());
        let database = database.url.rsplit('/').next().unwrap().to_owned();
        Self::Postgres { _files: files, server, database, journal }
    }

    /// The disk that has these files and no others change.
    pub fn disk(&self, syncs: bool) -> Disk {
        match self {
            Self::Sqlite(files) => Disk::with(files.path(), &SQLITE, syncs),
            Self::Postgres { server, journal, .. } => {
                Disk::with(&server.data().join("pg_wal"), &[journal.as_str()], syncs)
            }
        }
    }

    /// The database over what is there after a power cut; it is sound.
    pub async fn cut_power(&self, disk: &Disk, unsynced: &Unsynced, random: &mut StdRng) -> Cut {
        let files = tempfile::tempdir().unwrap();
        match self {
            Self::Sqlite(_) => {
                disk.cut_power(files.path(), unsynced, random);
                let database = OwnDatabase::create(Database::Sqlite, files.path()).await;
                let sound = "select integrity_check from pragma_integrity_check";
                assert_eq!(database.text(sound).await, "ok");
                Cut { database, _server: None, _files: files }
            }
            Self::Postgres { server, database, .. } => {
                let server = server.copied_to(files.path());
                disk.cut_power(&server.data().join("pg_wal"), unsynced, random);
                server.start();
                let url = server.url_of(database);
                let database = OwnDatabase::at(Database::Postgres, url, files.path());
                Cut { database, _server: Some(server), _files: files }
            }
        }
    }
}
