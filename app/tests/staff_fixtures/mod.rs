//! Pages about staff's own accounts, with texts that nobody should be able to break out of.

use app::*;

const HOSTILE: &str = "\"<i>x";

fn role() -> RoleAt {
    RoleAt { role: StaffRole::Teacher, unit: Some(HOSTILE.into()) }
}

fn invited() -> Invited {
    Invited { person: HOSTILE.into(), role: role(), until: "06.12.2026".into() }
}

fn mistakes() -> PasswordMistakes {
    PasswordMistakes::of("short", "short")
}

pub(crate) fn sign_in_code() -> SignInCodePage {
    SignInCodePage { failure: Some(SignInFailure::Locked { minutes: 3 }), back: HOSTILE.into() }
}

pub(crate) fn invitation() -> InvitationPage {
    let (token, name) = ("00000111112222233333".into(), HOSTILE.into());
    let name_mistake = NameMistake::of(HOSTILE);
    InvitationPage { token, invited: invited(), name, name_mistake, mistakes: mistakes() }
}

pub(crate) fn invitation_sheet() -> InvitationSheet {
    InvitationSheet { invited: invited(), address: "https://senim.example/invitation/0".into() }
}

pub(crate) fn people() -> PeoplePage {
    let person = PersonRow {
        account: "1".into(),
        person: HOSTILE.into(),
        name: HOSTILE.into(),
        role: role(),
        place: HOSTILE.into(),
        yourself: false,
    };
    let yourself = PersonRow { yourself: true, person: String::new(), ..person.clone() };
    let (id, until) = ("1".into(), "06.12.2026".into());
    let waiting = InvitationRow { id, person: HOSTILE.into(), role: role(), until };
    let units = vec![(HOSTILE.into(), HOSTILE.into())];
    let places = vec![
        PlacesOfRole { role: StaffRole::Teacher, units, nation: None },
        PlacesOfRole { role: StaffRole::Operator, units: Vec::new(), nation: Some("n".into()) },
    ];
    let mistakes = vec![InviteMistake::PersonMissing, InviteMistake::PlaceMissing];
    let form = InviteForm { places, person: HOSTILE.into(), place: HOSTILE.into(), mistakes };
    let sets_up = vec![(StructureColumn::Region, HOSTILE.into())];
    PeoplePage {
        people: vec![person, yourself],
        invitations: vec![waiting],
        form,
        sets_up,
        teachers: None,
    }
}

pub(crate) fn account() -> AccountPage {
    AccountPage {
        name: HOSTILE.into(),
        person: HOSTILE.into(),
        roles: vec![role(), RoleAt { role: StaffRole::Ministry, unit: None }],
        second_factor: Some(9),
        has_password: true,
        mistakes: mistakes(),
        changed: true,
        not_off: true,
    }
}

pub(crate) fn second_factor() -> SecondFactorPage {
    let (key, address) = ("ABCD EFGH".into(), "otpauth://totp/Senim:x?secret=ABCDEFGH".into());
    SecondFactorPage { key, address, sealed: HOSTILE.into(), wrong: true, must: true }
}

pub(crate) fn recovery_codes() -> RecoveryCodesPage {
    RecoveryCodesPage { codes: vec!["ABCDE-FGHJK".into()], go_on: "/classes" }
}

pub(crate) fn audit() -> AuditPage {
    let line = AuditRow {
        moment: "2026-11-22 10:00:00".into(),
        who: HOSTILE.into(),
        what: "signed in".into(),
        unit: Some((HOSTILE.into(), HOSTILE.into())),
        to_whom: HOSTILE.into(),
    };
    let shell = AuditRow { who: String::new(), what: HOSTILE.into(), unit: None, ..line.clone() };
    let (who, unit) = (HOSTILE.into(), HOSTILE.into());
    AuditPage { lines: vec![line, shell], who, unit, page: 2, pages: 3 }
}

pub(crate) fn units() -> UnitsPage {
    let unit = UnitLine {
        id: "1".into(),
        name: HOSTILE.into(),
        change: "/regions/1".into(),
        below: "/regions/1/districts".into(),
    };
    UnitsPage {
        level: StructureColumn::Region,
        above: Some(HOSTILE.into()),
        action: "/regions".into(),
        back: Some((StructureColumn::Region, HOSTILE.into())),
        units: vec![unit],
        form: UnitForm {
            renamed: Some("1".into()),
            name: HOSTILE.into(),
            problem: Some(StructureProblem::NameTaken),
        },
        saved: true,
        invites: true,
    }
}

pub(crate) fn teachers() -> TeachersPage {
    let teacher = WaitingTeacher {
        name: HOSTILE.into(),
        classes: vec![HOSTILE.into()],
        invited_until: Some("06.12.2026".into()),
    };
    TeachersPage {
        school_id: "3".into(),
        school: HOSTILE.into(),
        waiting: vec![teacher],
        unnamed: vec![HOSTILE.into()],
        nobody_chosen: true,
    }
}
