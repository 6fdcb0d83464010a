macro_rules! file {
    ($path:literal) => {
        ($path, include_str!(concat!("../definitions/", $path)))
    };
}

/// Every definition that comes with Senim: its file below `definitions/`, and its text.
pub const SHIPPED: &[(&str, &str)] = &[
    file!("senim_pupil_senior/senim_pupil_senior.1.json"),
    file!("senim_pupil_junior/senim_pupil_junior.1.json"),
    file!("senim_online_study/senim_online_study.1.json"),
    file!("senim_online_study_junior/senim_online_study_junior.1.json"),
    file!("senim_online_study_parent/senim_online_study_parent.1.json"),
    file!("yrbs_2019_violence/yrbs_2019_violence.1.json"),
];

/// The next steps that lie beside definitions: file and text, as in [`SHIPPED`].
pub const NEXT_STEPS: &[(&str, &str)] = &[
    file!("senim_pupil_senior/senim_pupil_senior.1.next_steps.json"),
    file!("senim_pupil_junior/senim_pupil_junior.1.next_steps.json"),
    file!("senim_online_study/senim_online_study.1.next_steps.json"),
    file!("senim_online_study_junior/senim_online_study_junior.1.next_steps.json"),
];

/// The neutral tasks of both forms, for [`crate::NeutralTasks::parse`].
pub const NEUTRAL_TASKS: &str = include_str!("../definitions/neutral_tasks.json");

/// The text of a shipped definition, byte for byte, for [`crate::Survey::parse`] and for its hash.
pub fn shipped(id: &str, version: u32) -> Option<&'static str> {
    text_of(SHIPPED, format!("{id}/{id}.{version}.json"))
}

/// The text for [`crate::NextSteps::parse`] beside a shipped definition, if it has one.
pub fn next_steps(id: &str, version: u32) -> Option<&'static str> {
    text_of(NEXT_STEPS, format!("{id}/{id}.{version}.next_steps.json"))
}

fn text_of(files: &[(&str, &'static str)], file: String) -> Option<&'static str> {
    files.iter().find(|(name, _)| *name == file).map(|(_, text)| *text)
}
