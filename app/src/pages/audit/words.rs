use crate::{Language, language::text};

/// What a line of the record says, for people; `None` for what there are no words for.
pub fn audit_words(language: Language, what: &str) -> Option<&'static str> {
    own_words(language, what).or_else(|| work_words(language, what))
}

/// What people do with accounts.
fn own_words(language: Language, what: &str) -> Option<&'static str> {
    Some(match what {
        "signed in" => text!(language, audit.signed_in),
        "signed out" => text!(language, audit.signed_out),
        "POST /account/sign-out" => text!(language, audit.signed_out_everywhere),
        "invitation taken" | "POST /invitation/{token}/add" => {
            text!(language, audit.invitation_taken)
        }
        "account added" => text!(language, audit.account_added),
        "account unlocked" => text!(language, audit.unlocked),
        "second factor reset" => text!(language, audit.factor_reset),
        "POST /account/password" => text!(language, audit.password),
        "POST /account/second-factor" => text!(language, audit.factor_on),
        "POST /account/second-factor/off" => text!(language, audit.factor_off),
        "POST /people/invite" => text!(language, audit.invited),
        "POST /schools/{school}/teachers" => text!(language, audit.teachers_invited),
        "POST /people/revoke" => text!(language, audit.revoked),
        "POST /people/remove" => text!(language, audit.removed),
        _ => return None,
    })
}

/// What they do with units, waves and classes.
fn work_words(language: Language, what: &str) -> Option<&'static str> {
    Some(match what {
        "GET /classes/{class}" => text!(language, audit.class_read),
        "GET /schools/{school}" => text!(language, audit.school_read),
        "GET /classes/{class}/results.xlsx" | "GET /classes/{class}/report.pdf" => {
            text!(language, audit.class_file)
        }
        "GET /schools/{school}/results.xlsx" | "GET /schools/{school}/report.pdf" => {
            text!(language, audit.school_file)
        }
        "POST /classes/{class}/lessons" => text!(language, audit.lesson_noted),
        "POST /classes/{class}/lessons/{lesson}/delete" => text!(language, audit.lesson_removed),
        "POST /classes/{class}/session/open" | "POST /api/waves/{wave}/classes/{class}/session" => {
            text!(language, audit.session_opened)
        }
        "POST /classes/{class}/session/close" => text!(language, audit.session_closed),
        "POST /classes/{class}/slips"
        | "POST /schools/{school}/slips"
        | "POST /api/waves/{wave}/classes/{class}/slips" => {
            text!(language, audit.slips)
        }
        "POST /schools/{school}/help" => text!(language, audit.help),
        "POST /waves/{wave}/close" | "POST /api/waves/{wave}/close" => {
            text!(language, audit.wave_closed)
        }
        "POST /waves/new" | "PUT /api/waves/{wave}" => text!(language, audit.wave_made),
        "POST /waves/{wave}/open" | "POST /api/waves/{wave}/open" => {
            text!(language, audit.wave_opened)
        }
        "POST /waves/{wave}/release" => text!(language, audit.wave_released),
        "POST /classes/{class}/enrolment" => text!(language, audit.enrolment),
        "POST /classes/{class}/refusals" => text!(language, audit.refusals),
        "PUT /api/regions/{unit}"
        | "PUT /api/districts/{unit}"
        | "PUT /api/schools/{unit}"
        | "POST /regions"
        | "POST /regions/{region}/districts"
        | "POST /districts/{district}/schools"
        | "PUT /api/classes/{unit}" => text!(language, audit.unit_made),
        "POST /regions/{region}" | "POST /districts/{district}" | "POST /schools/{school}" => {
            text!(language, audit.unit_renamed)
        }
        "POST /schools/{school}/classes" => text!(language, audit.class_made),
        "POST /classes/{class}/edit" => text!(language, audit.class_changed),
        "POST /classes/{class}/state" => text!(language, audit.class_closed),
        "POST /schools/{school}/new-year" => text!(language, audit.new_year),
        "POST /structure" => text!(language, audit.table_checked),
        "POST /structure/{import}" => text!(language, audit.table_imported),
        _ => return None,
    })
}
