macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../definitions/", $path)))
    };
}

/// Every definition that comes with Senim: its file below `definitions/`, and its text.
pub const SHIPPED: &[(&str, &str)] = &[
    file!("senim_pupil_senior/senim_pupil_senior.1.json"),
    file!("senim_pupil_junior/senim_pupil_junior.1.json"),
    file!("yrbs_2019_violence/yrbs_2019_violence.1.json"),
];

/// The text of a shipped definition, byte for byte, for [`crate::Survey::parse`] and for its hash.
pub fn shipped(id: &str, version: u32) -> Option<&'static str> {
    let file = format!("{id}/{id}.{version}.json");
    SHIPPED.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}
