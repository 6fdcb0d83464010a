use serde_json::json;
use tests::{Coordinator, Database, PASSWORD, Reply, Server, Staff, Visitor, wait_until};
use uuid::Uuid;

/// A server with a school that has no classes, its coordinator and somebody above it.
pub struct School {
    pub server: Server,
    pub id: Uuid,
    pub district: Uuid,
    pub coordinator: Visitor,
    pub nation: Coordinator,
}

pub const NAME: &str = "№ 5 «Дарын» мектебі";

impl School {
    pub async fn start(database: Database) -> Self {
        let server = Server::start(database).await;
        let nation = Coordinator::sign_in(&server).await;
        let [region, district, id] = [(); 3].map(|()| Uuid::new_v4());
        let body = json!({ "code": "R1", "name": "Абай облысы" });
        nation.put(&format!("regions/{region}"), body).await;
        let body = json!({ "region": region, "code": "D1", "name": "Аягөз ауданы" });
        nation.put(&format!("districts/{district}"), body).await;
        let body = json!({ "district": district, "code": "S1", "name": NAME });
        nation.put(&format!("schools/{id}"), body).await;
        let coordinator = Staff::sign_in(&server, "coordinator", &format!("school:{id}")).await;
        Self { server, id, district, coordinator, nation }
    }

    /// The name and password that [`Self::coordinator`] has.
    pub fn sign_in(&self) -> (String, &'static str) {
        (format!("coordinator-school-{}", self.id), PASSWORD)
    }

    /// The rows of a table.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        self.server.database.content().await.remove(table).unwrap()
    }
}

pub async fn in_language(visitor: &Visitor, language: &str) {
    visitor.get(&format!("/language/{language}?back=/")).await.expect_success();
}

/// Confirms a table that was checked and waits for its end.
pub async fn confirm(visitor: &Visitor, checked: &Reply) -> Reply {
    let path = checked.location.clone();
    assert!(path.starts_with("/structure/"), "{checked:?}");
    visitor.send(reqwest::Method::POST, &path, &json!({})).await.expect_success();
    wait_until("the import", 60, async || {
        let page = visitor.get(&path).await.expect_success();
        (!page.text.contains("http-equiv=\"refresh\"")).then_some(page)
    })
    .await
}

/// The text of each cell of each row of a page's tables.
pub fn table_rows(page: &str) -> Vec<Vec<String>> {
    let bodies = page.split("<tbody>").skip(1).map(|body| body.split("</tbody>").next().unwrap());
    bodies
        .flat_map(|body| body.split("<tr>").skip(1))
        .map(|row| {
            let cells = row.split("<t").skip(1);
            let cells = cells.map(|cell| cell.split_once('>').unwrap().1);
            cells.map(plain).collect()
        })
        .collect()
}

/// Without tags.
fn plain(html: &str) -> String {
    let texts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let words: Vec<_> = texts.flat_map(str::split_whitespace).collect();
    words.join(" ")
}
