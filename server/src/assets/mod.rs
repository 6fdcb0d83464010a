//! Files for the browser: each under a URL that changes with its content, so that a tablet keeps
//! it for good and never shows a stale one.

mod recordings;
mod service_worker;

pub use recordings::{Recordings, RecordingsError, show as show_recording};
pub use service_worker::show as show_service_worker;

use crate::definitions::{Definition, Definitions, hex};
use app::{LanguageFiles, TABLET_SCRIPTS};
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use survey_definitions::{DefinitionId, Form, Language, Mistakes, NEUTRAL_TASKS, NeutralTasks};

#[derive(rust_embed::RustEmbed)]
#[folder = "$SENIM_BROWSER_DIR"]
struct BrowserPart;

const SCRIPT: &str = "senim.js";
const WASM: &str = "senim_bg.wasm";
const STYLE: &str = "senim.css";
const PUPIL_STYLE: &str = "pupil.css";
const PICTURES: &str = "pictures.svg";

/// Every file by its URL path below `/assets/`.
#[derive(Clone)]
pub struct Assets {
    files: Arc<BTreeMap<String, Asset>>,
    service_worker: Arc<str>,
    pub recordings: Recordings,
}

struct Asset {
    media_type: &'static str,
    /// Shared by all replies that are on their way.
    plain: Bytes,
    /// Made by whoever asks first, unless it was there at build time.
    brotli: OnceLock<Bytes>,
}

impl Asset {
    fn new(name: &str, plain: Cow<'static, [u8]>) -> Self {
        Self { media_type: media_type(name), plain: shared(plain), brotli: OnceLock::new() }
    }

    fn brotli(&self) -> &Bytes {
        self.brotli.get_or_init(|| {
            let mut compressed = Vec::new();
            let settings = brotli::enc::BrotliEncoderParams::default();
            // Writing to memory does not fail; if it did, what is empty is not used.
            let _ = brotli::BrotliCompress(&mut &self.plain[..], &mut compressed, &settings);
            compressed.into()
        })
    }
}

impl Assets {
    /// # Errors
    /// What is wrong with the neutral tasks, which a test finds first.
    pub fn load(definitions: &Definitions, recordings: Recordings) -> Result<Self, Mistakes> {
        let mut files = BTreeMap::new();
        for name in BrowserPart::iter().filter(|name| !name.ends_with(".br")) {
            if let Some(file) = BrowserPart::get(&name) {
                let asset = Asset::new(&name, file.data);
                if let Some(brotli) = BrowserPart::get(&format!("{name}.br")) {
                    let _ = asset.brotli.set(shared(brotli.data));
                }
                files.insert(path(&name, &asset.plain), asset);
            }
        }
        let mut add = |name: &str, plain: Cow<'static, [u8]>| {
            files.insert(path(name, &plain), Asset::new(name, plain));
        };
        add(STYLE, app::STYLE.as_bytes().into());
        add(PUPIL_STYLE, app::PUPIL_STYLE.as_bytes().into());
        add(PICTURES, app::PICTURES.as_bytes().into());
        for (name, script) in TABLET_SCRIPTS {
            add(name, script.as_bytes().into());
        }
        for definition in definitions.all().filter(|one| one.survey.is_for_classes()) {
            let id = definition.survey.definition_id();
            for &language in &definition.survey.languages {
                let mut questionnaire = definition.survey.questionnaire(language);
                recordings.keep_present(&mut questionnaire);
                add(&questionnaire_name(&id, language), bytes(&questionnaire).into());
            }
        }
        let tasks = NeutralTasks::parse(NEUTRAL_TASKS)?;
        for (form, language) in forms_and_languages() {
            add(&tasks_name(form, language), bytes(&tasks.lean(form, language)).into());
        }
        let service_worker = service_worker::script(&files).into();
        Ok(Self { files: Arc::new(files), service_worker, recordings })
    }

    /// Whether the browser part was there when the server was built.
    pub fn has_browser_part(&self) -> bool {
        self.files.keys().any(|path| path.ends_with(WASM))
    }

    /// What a page links to.
    pub fn for_pages(&self) -> app::Assets {
        let url = |name| self.url(name).unwrap_or_default();
        app::Assets {
            style: url(STYLE),
            pupil_style: url(PUPIL_STYLE),
            script: url(SCRIPT),
            wasm: url(WASM),
            tablet_scripts: TABLET_SCRIPTS.iter().map(|(name, _)| url(name)).collect(),
        }
    }

    /// Where a tablet fetches a survey and the neutral tasks beside it.
    pub fn language_files(&self, definition: &Definition) -> Vec<LanguageFiles> {
        let survey = &definition.survey;
        let files = survey.languages.iter().filter_map(|&language| {
            Some(LanguageFiles {
                language,
                questionnaire: self.url(&questionnaire_name(&survey.definition_id(), language))?,
                tasks: self.url(&tasks_name(survey.form, language))?,
            })
        });
        files.collect()
    }

    /// Where a tablet fetches the drawings.
    pub fn pictures(&self) -> String {
        self.url(PICTURES).unwrap_or_default()
    }

    fn url(&self, name: &str) -> Option<String> {
        url(&self.files, name)
    }
}

fn url(files: &BTreeMap<String, Asset>, name: &str) -> Option<String> {
    let end = format!("/{name}");
    files.keys().find(|path| path.ends_with(&end)).map(|path| format!("/assets/{path}"))
}

fn forms_and_languages() -> impl Iterator<Item = (Form, Language)> {
    let forms = [Form::Junior, Form::Senior].into_iter();
    forms.flat_map(|form| Language::ALL.map(|language| (form, language)))
}

fn questionnaire_name(id: &DefinitionId, language: Language) -> String {
    format!("{id}.{}", language.code())
}

fn tasks_name(form: Form, language: Language) -> String {
    format!("neutral_tasks.{}.{}", form.code(), language.code())
}

fn shared(content: Cow<'static, [u8]>) -> Bytes {
    match content {
        Cow::Borrowed(content) => Bytes::from_static(content),
        Cow::Owned(content) => content.into(),
    }
}

/// Empty if the library refuses, which it does for no type without maps of unknown length.
fn bytes(value: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(value).unwrap_or_default()
}

fn path(name: &str, content: &[u8]) -> String {
    format!("{}/{name}", &hex(&Sha256::digest(content))[..16])
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// `GET /assets/{hash}/{name}`
pub async fn show(
    State(assets): State<Assets>,
    Path((hash, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response<Body> {
    let Some(asset) = assets.files.get(&format!("{hash}/{name}")) else {
        return not_found();
    };
    let takes_brotli = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().starts_with("br")));
    let brotli = takes_brotli.then(|| asset.brotli()).filter(|brotli| !brotli.is_empty());
    let mut response = forever(asset.media_type, brotli.unwrap_or(&asset.plain).clone());
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if brotli.is_some() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    response
}

/// What never changes under its URL.
fn forever(media_type: &'static str, content: impl Into<Body>) -> Response<Body> {
    const YEAR: &str = "public, max-age=31536000, immutable";
    let mut response = Response::new(content.into());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(YEAR));
    response
}

fn not_found() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
