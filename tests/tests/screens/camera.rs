use crate::index::index;
use std::fs;
use std::path::PathBuf;
use tests::{Browser, Device, Motion, Settings, Theme};

/// One pixel to each of CSS: a long page stays within what one picture can hold.
const DEVICES: [(&str, Device); 2] = [
    ("phone", Device { pixels: 1.0, ..Device::PHONE }),
    ("tablet", Device { pixels: 1.0, ..Device::TABLET }),
];
const THEMES: [(&str, Theme); 2] = [("light", Theme::Light), ("dark", Theme::Dark)];

/// Takes pictures into a directory.
pub(crate) struct Camera {
    directory: PathBuf,
    taken: Vec<Picture>,
}

/// What is on a picture.
pub(crate) struct Picture {
    pub(crate) kind: String,
    /// Of the survey; `page` for what is not part of one.
    pub(crate) form: String,
    pub(crate) language: String,
    pub(crate) device: &'static str,
    pub(crate) theme: &'static str,
}

impl Picture {
    pub(crate) fn file(&self) -> String {
        let Self { kind, form, language, device, theme } = self;
        format!("{kind}-{form}-{language}-{device}-{theme}.png")
    }
}

impl Camera {
    pub(crate) fn new(directory: PathBuf) -> Self {
        fs::create_dir_all(&directory).unwrap();
        Self { directory, taken: Vec::new() }
    }

    /// The screen as it stands on every device in every theme. `kind` has no hyphen.
    pub(crate) async fn take(&mut self, browser: &Browser, kind: &str, form: &str, language: &str) {
        println!("{kind} {form} {language}");
        for (device, screen) in DEVICES {
            for (theme, wanted) in THEMES {
                let settings = Settings::on(screen);
                let still = Settings { theme: wanted, motion: Motion::Reduced, ..settings };
                browser.emulate(still).await;
                let (kind, form) = (kind.to_owned(), form.to_owned());
                let language = language.to_owned();
                let picture = Picture { kind, form, language, device, theme };
                let path = self.directory.join(picture.file());
                fs::write(path, browser.picture().await).unwrap();
                self.taken.push(picture);
            }
        }
        browser.emulate_nothing_else().await;
    }

    /// One page with all pictures side by side.
    pub(crate) fn write_index(&self) {
        fs::write(self.directory.join("index.html"), index(&self.taken)).unwrap();
    }
}
