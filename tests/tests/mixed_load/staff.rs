use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tests::{Demonstration, Visitor};
use tokio::time::sleep;

/// Those who read, each on all pages that they are linked to.
const NAMES: [&str; 5] = ["teacher", "coordinator", "district", "region", "ministry"];
/// Pages of one of them.
const MOST: usize = 60;
/// Between two requests.
const PAUSE: Duration = Duration::from_millis(100);

/// Reads pages and files of results until then, signed in anew for each round; how many.
pub async fn read(country: &Demonstration, until: Instant) -> usize {
    let mut read = 0;
    while Instant::now() < until {
        for name in NAMES {
            let visitor = country.staff(name).await;
            read += walk(&visitor, until).await;
        }
    }
    read
}

/// Follows links from one page to the next; how many were read.
async fn walk(visitor: &Visitor, until: Instant) -> usize {
    let mut seen = BTreeSet::from(["/classes".to_owned()]);
    let mut waiting: Vec<String> = seen.iter().cloned().collect();
    let mut read = 0;
    while let Some(path) = waiting.pop() {
        if read == MOST || Instant::now() >= until {
            break;
        }
        let page = visitor.get(&path).await;
        assert!(!page.status.is_server_error(), "{path}: {page:?}");
        read += 1;
        for link in page.text.split(" href=\"/").skip(1) {
            let link = format!("/{}", link.split(['"', '#']).next().unwrap_or_default());
            if !link.starts_with("/language") && seen.insert(link.clone()) {
                waiting.push(link);
            }
        }
        sleep(PAUSE).await;
    }
    read
}
