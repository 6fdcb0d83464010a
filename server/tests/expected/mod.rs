//! Who may do what, written down apart from the program.

use crate::target::Target;

/// A line: whom the route lets in, and whether it is about one unit (in its path or body) that may
/// be somebody else's.
#[derive(Debug, Clone, Copy)]
pub struct Expected {
    pub allowed: &'static [&'static str],
    pub about_a_unit: bool,
}

const T: &str = "teacher";
const C: &str = "coordinator";
const D: &str = "district";
const R: &str = "region";
const M: &str = "ministry";
const S: &str = "researcher";
const O: &str = "operator";

const ALL: &[&str] = &[T, C, D, R, M, S, O];

#[rustfmt::skip]
pub const ROWS: &[(&str, &[&str])] = &[
    ("POST /invitation/{token}/add",                    ALL),
    ("GET /account",                                    ALL),
    ("POST /account/password",                          ALL),
    ("POST /account/sign-out",                          ALL),
    ("GET /account/second-factor",                      ALL),
    ("POST /account/second-factor",                     ALL),
    ("POST /account/second-factor/off",                 ALL),
    ("GET /people",                                     &[C, D, R, O]),
    ("POST /people/invite",                             &[C, D, R, O]),
    ("POST /people/revoke",                             &[C, D, R, O]),
    ("POST /people/remove",                             &[C, D, R, O]),
    ("GET /audit",                                      &[O]),
    ("GET /audit.csv",                                  &[O]),
    ("GET /classes",                                    ALL),
    ("GET /classes/{class}",                            &[T, C]),
    ("GET /classes/{class}/done",                       &[T, C]),
    ("GET /classes/{class}/session",                    &[T, C]),
    ("GET /classes/{class}/session/screen",             &[T, C]),
    ("POST /classes/{class}/session/open",              &[T, C]),
    ("POST /classes/{class}/session/close",             &[T, C]),
    ("GET /classes/{class}/slips",                      &[T, C]),
    ("POST /classes/{class}/slips",                     &[T, C]),
    ("GET /schools/{school}/slips",                     &[C]),
    ("POST /schools/{school}/slips",                    &[C]),
    ("GET /classes/{class}/enrolment",                  &[C, M]),
    ("POST /classes/{class}/enrolment",                 &[C, M]),
    ("POST /classes/{class}/refusals",                  &[C, M]),
    ("GET /classes/{class}/results.xlsx",               &[T, C]),
    ("GET /classes/{class}/report.pdf",                 &[T, C]),
    ("GET /schools/{school}/report.pdf",                &[C]),
    ("POST /classes/{class}/lessons",                   &[T, C]),
    ("POST /classes/{class}/lessons/{lesson}/delete",   &[T, C]),
    ("GET /schools/{school}",                           &[C]),
    ("GET /schools/{school}/results.xlsx",              &[C]),
    ("GET /schools/{school}/letters/{wave}/{language}", &[T, C]),
    ("GET /schools/{school}/letters/{wave}/{language}/file", &[T, C]),
    ("GET /waves/{wave}/letters/{language}",            &[M]),
    ("GET /waves/{wave}/letters/{language}/file",       &[M]),
    ("GET /districts/{district}",                       &[D, R, M]),
    ("GET /districts/{district}/results.xlsx",          &[D, R, M]),
    ("GET /regions/{region}",                           &[R, M]),
    ("GET /regions/{region}/results.xlsx",              &[R, M]),
    ("GET /nation",                                     &[M, S]),
    ("GET /nation/results.xlsx",                        &[M, S]),
    ("GET /schools/{school}/help",                      &[T, C]),
    ("POST /schools/{school}/help",                     &[C]),
    ("GET /classes/{class}/edit",                       &[C, D, R, O]),
    ("POST /classes/{class}/edit",                      &[C, D, R, O]),
    ("POST /classes/{class}/state",                     &[C, D, R, O]),
    ("GET /schools/{school}/classes",                   &[C, D, R, O]),
    ("POST /schools/{school}/classes",                  &[C, D, R, O]),
    ("GET /schools/{school}/teachers",                  &[C]),
    ("POST /schools/{school}/teachers",                 &[C]),
    ("GET /schools/{school}/new-year",                  &[C, D, R, O]),
    ("POST /schools/{school}/new-year",                 &[C, D, R, O]),
    ("GET /regions",                                    &[O]),
    ("POST /regions",                                   &[O]),
    ("POST /regions/{region}",                          &[O]),
    ("GET /regions/{region}/districts",                 &[R, O]),
    ("POST /regions/{region}/districts",                &[R, O]),
    ("POST /districts/{district}",                      &[R, O]),
    ("GET /districts/{district}/schools",               &[D, R, O]),
    ("POST /districts/{district}/schools",              &[D, R, O]),
    ("POST /schools/{school}",                          &[D, R, O]),
    ("GET /structure",                                  &[C, D, R, O]),
    ("POST /structure",                                 &[C, D, R, O]),
    // Whoever checked the table, and nobody else: `tests/tests/school_setup/limits.rs`.
    ("GET /structure/{import}",                         &[]),
    ("POST /structure/{import}",                        &[]),
    ("GET /structure/files/template.csv",               &[C, D, R, O]),
    ("GET /structure/files/template.xlsx",              &[C, D, R, O]),
    ("GET /structure/files/current.csv",                &[C, D, R, O]),
    ("GET /structure/files/current.xlsx",               &[C, D, R, O]),
    ("GET /waves",                                      &[C, M]),
    ("GET /waves/new",                                  &[C, M]),
    ("POST /waves/new",                                 &[C, M]),
    ("POST /waves/{wave}/open",                         &[M]),
    ("GET /waves/{wave}/release",                       &[M]),
    ("POST /waves/{wave}/release",                      &[M]),
    ("GET /waves/{wave}",                               &[M]),
    ("POST /waves/{wave}/close",                        &[M]),
    ("PUT /api/regions/{unit}",                         &[O]),
    ("PUT /api/districts/{unit}",                       &[R, O]),
    ("PUT /api/schools/{unit}",                         &[D, R, O]),
    ("PUT /api/classes/{unit}",                         &[C, D, R, O]),
    ("GET /api/waves/{wave}",                           &[M]),
    ("PUT /api/waves/{wave}",                           &[M]),
    ("POST /api/waves/{wave}/open",                     &[M]),
    ("POST /api/waves/{wave}/close",                    &[M]),
    ("POST /api/waves/{wave}/classes/{class}/session",  &[T, C]),
    ("POST /api/waves/{wave}/classes/{class}/slips",    &[T, C]),
];

/// What is written down of a route; `None` when nothing is.
pub fn expected(line: &str) -> Option<Expected> {
    let (_, allowed) = ROWS.iter().find(|(of, _)| *of == line)?;
    Some(Expected { allowed, about_a_unit: line.contains('{') && !line.contains("{token}") })
}

/// Somebody with a role for the unit of its own kind.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    pub role: &'static str,
}

/// Roles whose unit can be another one.
pub const OTHERS: [Person; 4] =
    [Person { role: T }, Person { role: C }, Person { role: D }, Person { role: R }];

impl Person {
    pub const ALL: [Self; 7] = [
        Self { role: T },
        Self { role: C },
        Self { role: D },
        Self { role: R },
        Self { role: M },
        Self { role: S },
        Self { role: O },
    ];

    /// The unit as the command line takes it.
    pub fn unit(self, target: &Target) -> String {
        match self.role {
            T => format!("class:{}", target.class),
            C => format!("school:{}", target.school),
            D => format!("district:{}", target.district),
            R => format!("region:{}", target.region),
            _ => "nation".to_owned(),
        }
    }
}
