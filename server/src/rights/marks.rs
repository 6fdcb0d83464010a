//! Actions as types, for the extractors.

use super::Action;

/// The one thing that a route does, as a type.
pub trait Does: Send + Sync + 'static {
    const ACTION: Action;
}

macro_rules! marks {
    ($($mark:ident => $action:ident),+ $(,)?) => {
        $(
            #[derive(Debug, Clone, Copy)]
            pub struct $mark;

            impl Does for $mark {
                const ACTION: Action = Action::$action;
            }
        )+
    };
}

marks! {
    See => SeeClass,
    NoteLesson => NoteLesson,
    Run => RunLesson,
    SeeSchool => SeeSchool,
    SeeHelp => SeeHelp,
    ChangeHelp => ChangeHelp,
    PrintSlips => PrintSlips,
    ReadLetters => ReadLetters,
    SeeDistrict => SeeDistrict,
    SeeRegion => SeeRegion,
    SeeNation => SeeNation,
    SetUpClasses => SetUpClasses,
    SetUpSchools => SetUpSchools,
    SetUpDistricts => SetUpDistricts,
    SetUpRegions => SetUpRegions,
    SetUpWave => SetUpWave,
    CloseWave => CloseWave,
    ChangeEnrolment => ChangeEnrolment,
    Release => Release,
    InviteTeachers => InviteTeachers,
}
