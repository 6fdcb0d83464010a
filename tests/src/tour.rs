//! Every page for visitors and staff, in each state that it can be in.

use crate::answers::definition;
use crate::browser::Browser;
use crate::demonstration::Demonstration;
use crate::http::Reply;
use jiff::{Timestamp, tz::TimeZone};
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

/// Who goes somewhere: nobody in particular, or the account with this name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Who {
    Anybody,
    Staff(&'static str),
}

/// How one gets to a page.
#[derive(Debug, Clone)]
enum Way {
    /// By its path.
    Get(String),
    /// By sending a form with these fields to a path. May be taken again with the same outcome.
    Post(String, Fields),
}

type Fields = &'static [(&'static str, &'static str)];

/// A page in one of its states.
#[derive(Debug, Clone)]
struct Stop {
    name: &'static str,
    who: Who,
    way: Way,
}

/// A demonstration with everything that the stops need.
pub struct Tour {
    demonstration: Demonstration,
    browser: Browser,
}

impl Tour {
    pub async fn start(browser: Browser) -> Self {
        let demonstration = Demonstration::start().await;
        let smallest = format!("class:{}", demonstration.smallest_class().await);
        demonstration.add_account("small", "teacher", &smallest);
        plan_a_wave(&demonstration).await;
        note_a_lesson(&demonstration).await;
        Self { demonstration, browser }
    }

    /// Shows every page in every one of the languages, named by their codes.
    pub async fn show(
        self,
        languages: &[&str],
        mut see: impl AsyncFnMut(&Browser, &'static str, &str),
    ) {
        let mut who = Who::Anybody;
        for stop in stops(&self.demonstration).await {
            if stop.who != who {
                who = stop.who;
                self.become_one(who).await;
            }
            for language in languages {
                self.go(&stop.way, language).await;
                see(&self.browser, stop.name, language).await;
            }
        }
    }

    async fn become_one(&self, who: Who) {
        self.browser.client.delete_all_cookies().await.unwrap();
        if let Who::Staff(name) = who {
            let Demonstration { url, .. } = &self.demonstration;
            self.browser.sign_in(url, name, Demonstration::PASSWORD).await;
        }
    }

    async fn go(&self, way: &Way, language: &str) {
        let (path, form) = match way {
            Way::Get(path) => (path.as_str(), None),
            Way::Post(path, fields) => ("/", Some((path, fields))),
        };
        let address = format!("{}/language/{language}?back={path}", self.demonstration.url);
        self.browser.go(&address).await;
        if let Some((path, fields)) = form {
            self.browser.post(path, fields).await;
        }
    }
}

const ANYBODY: Who = Who::Anybody;
const TEACHER: Who = Who::Staff("teacher");
const COORDINATOR: Who = Who::Staff("coordinator");
const MINISTRY: Who = Who::Staff("ministry");
/// The teacher of a class that is too small for any number.
const SMALL: Who = Who::Staff("small");
/// Who has no classes.
const RESEARCHER: Who = Who::Staff("researcher");

/// In an order in which none spoils a later one: the wave is closed at last.
async fn stops(demonstration: &Demonstration) -> Vec<Stop> {
    let class = demonstration.linked("teacher", "/classes/").await.remove(0);
    let school = demonstration.linked("coordinator", "/schools/").await.remove(0);
    let classes = demonstration.linked("coordinator", "/classes/").await;
    let other = classes.into_iter().find(|id| *id != class).unwrap();
    let small = demonstration.linked("small", "/classes/").await.remove(0);
    let district = demonstration.linked("district", "/districts/").await.remove(0);
    let region = demonstration.linked("region", "/regions/").await.remove(0);
    let [planned, open, released] =
        ["draft", "open", "released"].map(|state| demonstration.waves(state).remove(0));
    [
        for_everybody(&demonstration.class_link),
        of_the_teacher(&class, &other, &school),
        of_other_staff(&other, &small, &school),
        of_results(&school, &district, &region),
        of_waves(&planned, &open, &released, &class),
    ]
    .concat()
}

fn for_everybody(class_link: &str) -> Vec<Stop> {
    let wrong = &[("name", "a"), ("password", "b")];
    vec![
        get("home", ANYBODY, "/"),
        get("help", ANYBODY, "/help"),
        get("stored", ANYBODY, "/stored"),
        get("key_ceremony", ANYBODY, "/key-ceremony"),
        get("help_to_print", ANYBODY, format!("{class_link}/help/print")),
        get("sign_in", ANYBODY, "/sign-in"),
        post("sign_in_refused", ANYBODY, "/sign-in", wrong),
        get("lesson_missing", ANYBODY, "/c/ZZZZ"),
        get("not_found", ANYBODY, "/nothing"),
    ]
}

fn of_the_teacher(class: &str, other: &str, school: &str) -> Vec<Stop> {
    let path = format!("/classes/{class}");
    let wrong = &[("theme", "respect"), ("held_on", "2999-01-01"), ("note", "\u{202e}A")];
    vec![
        get("home_of_staff", TEACHER, "/"),
        get("classes_of_teacher", TEACHER, "/classes"),
        get("class_in_lesson", TEACHER, &path),
        get("session_running", TEACHER, format!("{path}/session")),
        get("session_screen", TEACHER, format!("{path}/session/screen")),
        get("slips", TEACHER, format!("{path}/slips")),
        post("slips_refused", TEACHER, format!("{path}/slips"), &[]),
        post("session_after_lesson", TEACHER, format!("{path}/session/close"), &[]),
        post("lesson_held_refused", TEACHER, format!("{path}/lessons"), wrong),
        get("class_of_others", TEACHER, format!("/classes/{other}")),
        get("school_help_to_read", TEACHER, format!("/schools/{school}/help")),
    ]
}

fn of_other_staff(other: &str, small: &str, school: &str) -> Vec<Stop> {
    let help = format!("/schools/{school}/help");
    // A sign that nobody sees is not taken.
    let wrong = &[("psychologist", "\u{202e}A"), ("room", "205"), ("times", "12:00")];
    let right = &[("psychologist", "Сәуле Ахметқызы"), ("room", "205"), ("times", "12:00–14:00")];
    vec![
        get("classes_of_coordinator", COORDINATOR, "/classes"),
        get("class_before_lesson", COORDINATOR, format!("/classes/{other}")),
        get("school_teachers", COORDINATOR, format!("/schools/{school}/teachers")),
        get("school_slips", COORDINATOR, format!("/schools/{school}/slips")),
        get("session_before_lesson", COORDINATOR, format!("/classes/{other}/session")),
        get("school_help", COORDINATOR, &help),
        post("school_help_refused", COORDINATOR, &help, wrong),
        post("school_help_saved", COORDINATOR, &help, right),
        get("class_too_small", SMALL, format!("/classes/{small}")),
        get("classes_of_nobody", RESEARCHER, "/classes"),
    ]
}

fn of_results(school: &str, district: &str, region: &str) -> Vec<Stop> {
    vec![
        get("school", COORDINATOR, format!("/schools/{school}")),
        get("schools_to_set_up", Who::Staff("district"), format!("/districts/{district}/schools")),
        get("district", Who::Staff("district"), format!("/districts/{district}")),
        get("region", Who::Staff("region"), format!("/regions/{region}")),
        get("nation", MINISTRY, "/nation"),
    ]
}

fn of_waves(planned: &str, open: &str, released: &str, class: &str) -> Vec<Stop> {
    vec![
        get("classes_of_ministry", MINISTRY, "/classes"),
        get("waves", MINISTRY, "/waves"),
        get("wave_new", MINISTRY, "/waves/new"),
        get("wave_planned", MINISTRY, format!("/waves/{planned}")),
        get("wave_open", MINISTRY, format!("/waves/{open}")),
        get("wave_released", MINISTRY, format!("/waves/{released}")),
        get("enrolment", COORDINATOR, format!("/classes/{class}/enrolment")),
        post("wave_closed", MINISTRY, format!("/waves/{open}/close"), &[]),
        get("release", MINISTRY, format!("/waves/{open}/release")),
        get("release_done", MINISTRY, format!("/waves/{released}/release")),
        get("class_between_waves", TEACHER, format!("/classes/{class}")),
        get("session_between_waves", TEACHER, format!("/classes/{class}/session")),
        post("lesson_refused", TEACHER, format!("/classes/{class}/session/open"), &[]),
    ]
}

fn get(name: &'static str, who: Who, path: impl Into<String>) -> Stop {
    Stop { name, who, way: Way::Get(path.into()) }
}

fn post(name: &'static str, who: Who, path: impl Into<String>, fields: Fields) -> Stop {
    Stop { name, who, way: Way::Post(path.into(), fields) }
}

/// A line in the log of the teacher's class.
async fn note_a_lesson(demonstration: &Demonstration) {
    let class = demonstration.linked("teacher", "/classes/").await.remove(0);
    let today = Timestamp::now().to_zoned(TimeZone::UTC).date().to_string();
    let form = [("theme", "respect"), ("held_on", today.as_str()), ("note", "фильм")];
    let teacher = demonstration.staff("teacher").await;
    let request = teacher.request(Method::POST, &format!("/classes/{class}/lessons"));
    Reply::to(request.form(&form)).await.expect_success();
}

/// A wave that is not open yet, for a grade without classes: all others are in the open one.
async fn plan_a_wave(demonstration: &Demonstration) {
    let survey = definition("senim_pupil_senior");
    let key = demonstration.path("planned-release-key");
    let public = crate::new_release_key(&key);
    let body = json!({
        "name": "Келесі кезең", "first_day": "2030-10-01", "last_day": "2030-10-28",
        "release_public_key": public,
        "definitions": [{ "id": survey.id, "version": survey.version, "grades": ["12"] }],
    });
    let ministry = demonstration.staff("ministry").await;
    let path = format!("/api/waves/{}", Uuid::new_v4());
    ministry.send(Method::PUT, &path, &body).await.expect_success();
}
