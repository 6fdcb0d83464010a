//! A teacher's lesson: checklist, start, the counter, the end, and what arrived.

mod counts;
mod walk;

use tests::{PASSWORD, Server, Visitor, kazakh};
use uuid::Uuid;

/// Longer than the server takes from one count to the next.
const NEXT_COUNT: u64 = 25;

/// A teacher of one class; the name is the account's too.
async fn teacher(server: &Server, name: &str, class: Uuid) -> Visitor {
    server.add_account(name, "teacher", &format!("class:{class}"), PASSWORD);
    let visitor = Visitor::of(server);
    visitor.sign_in(name, PASSWORD).await;
    visitor
}

/// The numbers of slips used and of responses received on the page after the lesson.
fn numbers(page: &str) -> (u32, u32) {
    let of = |class: &str| {
        let start = format!("<dd class=\"{class}\">");
        let rest = page.split_once(&start).unwrap_or_else(|| panic!("no {class}: {page}")).1;
        rest.split('<').next().unwrap().parse().unwrap()
    };
    (of("tokens"), of("responses"))
}

/// A text without the blanks that it ends with.
fn beginning(key: &str) -> String {
    let text = kazakh("class_session", key);
    text.split("{{").next().unwrap().to_owned()
}
