use reqwest::StatusCode;
use tests::forms::sign_in;
use tests::{Database, PASSWORD, Server, Staff, Visitor};

const FREE: usize = 9;

/// Wrong passwords until the name is locked; every reply.
async fn lock(server: &Server, name: &str) -> Vec<(StatusCode, String)> {
    let visitor = Visitor::of(server);
    let mut replies = Vec::new();
    for _ in 0..FREE + 3 {
        let reply = sign_in(&visitor, name, "a wrong password").await;
        replies.push((reply.status, reply.text.replace(name, "NAME")));
    }
    replies
}

fn without_nonce(replies: Vec<(StatusCode, String)>) -> Vec<(StatusCode, String)> {
    let plain = |text: String| text.split("<main").nth(1).unwrap_or_default().to_owned();
    replies.into_iter().map(|(status, text)| (status, plain(text))).collect()
}

#[tokio::test]
async fn a_name_is_locked_for_a_while_whether_somebody_has_it_or_not() {
    let server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let known = without_nonce(lock(&server, &name).await);
    let unknown = without_nonce(lock(&server, "nobody-at-all").await);
    assert_eq!(known, unknown, "replies tell who has an account");
    let statuses: Vec<_> = known.iter().map(|(status, _)| *status).collect();
    assert_eq!(statuses[FREE], StatusCode::UNAUTHORIZED, "the try that locks is looked at");
    assert_eq!(statuses[FREE + 1..], [StatusCode::TOO_MANY_REQUESTS; 2]);

    let right = Visitor::of(&server);
    let locked = sign_in(&right, &name, PASSWORD).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS, "the right password got in");
    let other = Staff::account(&server, "operator", "nation");
    right.sign_in(&other, PASSWORD).await;

    // Half a minute later.
    server.database.execute("update sign_in_tries set locked_until = locked_until - 31").await;
    let again = sign_in(&Visitor::of(&server), &name, "wrong again").await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    let longer = "select cast(max(locked_until - latest) as text) from sign_in_tries";
    assert_eq!(server.database.text(longer).await, "60", "the wait does not grow");
    server.database.execute("update sign_in_tries set locked_until = locked_until - 61").await;
    right.sign_in(&name, PASSWORD).await;
    // Whoever gets in begins anew.
    assert_eq!(sign_in(&right, &name, "wrong").await.status, StatusCode::UNAUTHORIZED);
    right.sign_in(&name, PASSWORD).await;
}

#[tokio::test]
async fn many_tries_at_once_are_counted_too() {
    let server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    let tries = (0..30).map(|_| {
        let (visitor, name) = (Visitor::of(&server), name.clone());
        tokio::spawn(async move { sign_in(&visitor, &name, "wrong").await.status })
    });
    let tries: Vec<_> = tries.collect();
    let mut looked_at = 0;
    for one in tries {
        looked_at += usize::from(one.await.unwrap() == StatusCode::UNAUTHORIZED);
    }
    assert_eq!(looked_at, FREE + 1);
}

#[tokio::test]
async fn the_shell_unlocks_and_a_locked_name_stays_locked_over_a_restart() {
    let mut server = Server::start(Database::Sqlite).await;
    let name = Staff::account(&server, "coordinator", "nation");
    lock(&server, &name).await;
    server.restart();
    let visitor = Visitor::of(&server);
    let locked = sign_in(&visitor, &name, PASSWORD).await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    let secrets = server.path().join("secrets").display().to_string();
    let unlock = ["accounts", "unlock", "--name", &name, "--secrets", &secrets];
    server.senim(&unlock).expect_success();
    visitor.sign_in(&name, PASSWORD).await;
}
