use super::{Browser, SECONDS};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::fs;

/// What a browser calls a file that has not come whole yet.
const HALF: &str = ".crdownload";

impl Browser {
    /// Presses the button with this text and saves what comes of it; the file's name and bytes.
    pub async fn download(&self, button: &str) -> (String, Vec<u8>) {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().display().to_string();
        let behaviour = json!({ "behavior": "allow", "downloadPath": path });
        self.devtools("Browser.setDownloadBehavior", behaviour).await;
        self.press(button).await;
        let there = async || {
            let files = fs::read_dir(directory.path()).ok()?;
            let file = files.filter_map(Result::ok).map(|file| file.path()).next()?;
            let name = file.file_name()?.to_str()?.to_owned();
            (!name.ends_with(HALF) && !name.starts_with('.')).then_some((name, file))
        };
        let (name, file) = crate::wait_until("the file", SECONDS, there).await;
        (name, fs::read(file).unwrap())
    }

    /// The page as it comes out of a printer, a PDF file.
    pub async fn printed(&self) -> Vec<u8> {
        let settings = json!({ "printBackground": true, "preferCSSPageSize": true });
        match self.devtools("Page.printToPDF", settings).await["data"].take() {
            Value::String(data) => STANDARD.decode(data).unwrap(),
            other => panic!("nothing is printed: {other}"),
        }
    }
}
