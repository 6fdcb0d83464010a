//! The reference of settings that operators read.

use server::commands::settings::reference;
use std::fs;
use std::path::Path;

#[test]
fn the_page_of_settings_is_what_senim_settings_prints() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("operating/SETTINGS.md");
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == reference(),
        "settings have changed: run `senim settings > server/operating/SETTINGS.md`"
    );
    assert!(kept.contains("## `--database URL`") && kept.contains("`SENIM_SECRETS`"));
}
