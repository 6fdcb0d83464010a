use super::Browser;
use serde_json::{Value, json};

impl Browser {
    /// Everything that this tab, its history and the site's storages hold, and what the page
    /// shows, as one text, one thing a line. Bytes are read as UTF-8; a cache's files of the
    /// product (scripts, wasm, styles) are named without their content.
    pub async fn everything_stored(&self) -> String {
        let script = format!("return (async () => {{ {} }})()", include_str!("stored.js"));
        let in_page = self.run(&script, Vec::new()).await;
        let mut lines = vec![in_page.as_str().unwrap().to_owned()];
        let history = self.devtools("Page.getNavigationHistory", json!({})).await;
        lines.extend(each(&history["entries"], "visited", ["url", "title"]));
        let cookies = self.devtools("Network.getCookies", json!({})).await;
        lines.extend(each(&cookies["cookies"], "cookie", ["name", "value"]));
        lines.join("\n")
    }
}

fn each(list: &Value, what: &str, fields: [&str; 2]) -> Vec<String> {
    let entries = list.as_array().unwrap().iter();
    entries.map(|entry| format!("{what} {} {}", entry[fields[0]], entry[fields[1]])).collect()
}
