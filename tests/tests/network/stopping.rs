use super::DEFINITION;
use tests::{
    ClassPlan, Database, OpenWave, Pupil, Server, Visitor, answers, on_both_databases, wait_until,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

on_both_databases! {
    a_server_that_drains_says_so_first_and_serves_on,
    a_request_that_was_begun_is_carried_out_and_nothing_new_is_taken,
    a_server_without_its_database_lives_and_is_not_ready,
}

async fn a_server_that_drains_says_so_first_and_serves_on(database: Database) {
    let server = Server::start_with(database, &[("SENIM_DRAIN_SECONDS", "6")]).await;
    let mut wave = OpenWave::start_on(server, DEFINITION, &[ClassPlan::of(10)]).await;
    let nobody = Visitor::of(&wave.server);
    assert_eq!(nobody.get("/ready").await.text, "ready\n");
    wave.server.signal("-TERM");
    let stopping = async || {
        let reply = nobody.get("/ready").await;
        (reply.status.as_u16() == 503 && reply.text == "stopping\n").then_some(())
    };
    wait_until("a word that it stops", 5, stopping).await;
    assert_eq!(nobody.get("/health").await.text, "ok\n");
    let pupil = Pupil::new(&wave.server, &wave.classes[0].lesson);
    pupil.answer(&wave.slip(0, 0), &wave.survey, &answers(&wave.survey, 1)).await;
    wave.server.wait();
    assert_eq!(wave.stored().await, 1);
}

async fn a_request_that_was_begun_is_carried_out_and_nothing_new_is_taken(database: Database) {
    let mut server = Server::start(database).await;
    let address = server.url().replace("http://", "");
    let mut begun = TcpStream::connect(&address).await.unwrap();
    let head = "POST /c/token HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{";
    begun.write_all(head.as_bytes()).await.unwrap();
    // Rests between two requests, as a tablet's connection does: it must not keep the server up.
    let resting = Visitor::keeping(1, &server.url());
    resting.get("/health").await;
    server.signal("-TERM");
    let refused = async || TcpStream::connect(&address).await.is_err().then_some(());
    wait_until("an end of new connections", 10, refused).await;
    begun.write_all(b"}").await.unwrap();
    let mut said = String::new();
    begun.read_to_string(&mut said).await.unwrap();
    assert!(said.starts_with("HTTP/1.1 400 Bad Request"), "{said}");
    server.wait();
}

async fn a_server_without_its_database_lives_and_is_not_ready(database: Database) {
    let server = Server::start(database).await;
    let nobody = Visitor::of(&server);
    for (change, ready) in [
        ("alter table _sqlx_migrations rename to away", false),
        ("alter table away rename to _sqlx_migrations", true),
    ] {
        server.database.execute(change).await;
        let reply = nobody.get("/ready").await;
        assert_eq!(reply.status.is_success(), ready, "{change}: {reply:?}");
        assert_eq!(nobody.get("/health").await.text, "ok\n");
    }
}
