use super::Browser;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

impl Browser {
    /// The whole page, also what must be scrolled to, as PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await;
        let size = &metrics["cssContentSize"];
        let page = json!({
            "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1,
        });
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": page });
        let picture = self.devtools("Page.captureScreenshot", wanted).await;
        STANDARD.decode(picture["data"].as_str().unwrap()).unwrap()
    }
}
