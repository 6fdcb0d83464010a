//! Files for the browser, inside the binary: each under a URL that changes with its content, so
//! that a tablet keeps it for good and never shows a stale one.

use crate::definitions::{Definitions, hex};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;
use survey_definitions::DefinitionId;

#[derive(rust_embed::RustEmbed)]
#[folder = "$SENIM_BROWSER_DIR"]
struct BrowserPart;

const SCRIPT: &str = "senim.js";
const WASM: &str = "senim_bg.wasm";
const STYLE: &str = "senim.css";

/// Every file by its URL path below `/assets/`.
#[derive(Clone)]
pub struct Assets(Arc<HashMap<String, Asset>>);

struct Asset {
    media_type: &'static str,
    plain: Cow<'static, [u8]>,
    brotli: Option<Cow<'static, [u8]>>,
}

impl Assets {
    pub fn load(definitions: &Definitions) -> Self {
        let mut assets = HashMap::new();
        for name in BrowserPart::iter().filter(|name| !name.ends_with(".br")) {
            if let Some(file) = BrowserPart::get(&name) {
                let brotli = BrowserPart::get(&format!("{name}.br")).map(|file| file.data);
                let asset = Asset { media_type: media_type(&name), plain: file.data, brotli };
                assets.insert(path(&name, &asset.plain), asset);
            }
        }
        let mut add_text = |name: &str, text: &'static str| {
            let plain = Cow::Borrowed(text.as_bytes());
            let asset = Asset { media_type: media_type(name), plain, brotli: None };
            assets.insert(path(name, text.as_bytes()), asset);
        };
        add_text(STYLE, app::STYLE);
        for definition in definitions.all() {
            add_text(&definition_name(&definition.survey.definition_id()), definition.text);
        }
        Self(Arc::new(assets))
    }

    /// Whether the browser part was there when the server was built.
    pub fn has_browser_part(&self) -> bool {
        self.0.keys().any(|path| path.ends_with(WASM))
    }

    /// What a page links to.
    pub fn for_pages(&self) -> app::Assets {
        let url = |name| self.url(name).unwrap_or_default();
        app::Assets { style: url(STYLE), script: url(SCRIPT), wasm: url(WASM) }
    }

    /// Where a tablet fetches a definition.
    pub fn definition_url(&self, id: &DefinitionId) -> Option<String> {
        self.url(&definition_name(id))
    }

    fn url(&self, name: &str) -> Option<String> {
        let end = format!("/{name}");
        self.0.keys().find(|path| path.ends_with(&end)).map(|path| format!("/assets/{path}"))
    }
}

fn definition_name(id: &DefinitionId) -> String {
    format!("{id}.json")
}

fn path(name: &str, content: &[u8]) -> String {
    format!("{}/{name}", &hex(&Sha256::digest(content))[..16])
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

/// `GET /assets/{hash}/{name}`
pub async fn show(
    State(assets): State<Assets>,
    Path((hash, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(asset) = assets.0.get(&format!("{hash}/{name}")) else {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    };
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().starts_with("br")));
    let (content, encoding) = match &asset.brotli {
        Some(brotli) if takes_brotli => (brotli, Some("br")),
        _ => (&asset.plain, None),
    };
    let mut response = Response::new(Body::from(content.to_vec()));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}
