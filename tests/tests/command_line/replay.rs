use crate::{directory, file};
use tests::{Database, PASSWORD, Server, replay_arguments, senim};

const HEADER: &str = "q1,q2,q3,q15,q16,q17,q18,q23,q24,psu";

/// What `senim replay` says of this data; no server is needed to find mistakes.
fn refused(data: &str, server: &str) -> String {
    let directory = directory();
    let (data, password) =
        (file(&directory, "data.csv", data), file(&directory, "password", PASSWORD));
    let journal = directory.path().join("journal").display().to_string();
    senim(&replay_arguments(server, "nobody", &password, &data, &journal)).expect_failure()
}

#[test]
fn mistakes_in_the_data_are_told_with_line_and_column() {
    let nowhere = "http://127.0.0.1:9";
    let missing = refused("q1,q2,psu\n1,1,7\n", nowhere);
    assert!(missing.contains("line 1: there is no column \"q3\""), "{missing}");
    let rows = format!("{HEADER}\n1,1,1,1,1,1,1,9,1,7\n1,1,1,1,1,1,1,1\n,,,,,,,x,,7\n");
    let told = refused(&rows, nowhere);
    assert!(told.contains("line 2: column \"q23\": \"9\" is not a code"), "{told}");
    assert!(told.contains("line 3: 8 columns, expected 10"), "{told}");
    assert!(told.contains("line 4: column \"q23\": \"x\" is not a code"), "{told}");
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let told = refused(&format!("{HEADER}\n1,1,1,1,1,1,1,1,1,7\n"), "http://127.0.0.1:9");
    assert!(told.contains("cannot be reached") && told.contains("again to go on"), "{told}");
    let told = refused(&format!("{HEADER}\n1,1,1,1,1,1,1,1,1,7\n"), "https://127.0.0.1:9");
    assert!(told.contains("only http:// is spoken here"), "{told}");
}

#[tokio::test]
async fn a_wrong_name_or_password_is_told() {
    let server = Server::start(Database::Sqlite).await;
    let told = refused(&format!("{HEADER}\n1,1,1,1,1,1,1,1,1,7\n"), &server.url());
    assert!(told.contains("nobody: wrong name or password"), "{told}");
}
