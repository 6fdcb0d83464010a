use crate::command::{Finished, senim, senim_command};
use crate::database::{Column, Database, OwnDatabase};
use crate::http::Visitor;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use tempfile::TempDir;

/// A running `senim demonstrate` with a country of its own: two released waves, one open, and an
/// open lesson for the class of `teacher`.
pub struct Demonstration {
    pub url: String,
    /// The path of the class link of the open lesson.
    pub class_link: String,
    pub database: OwnDatabase,
    process: Child,
    directory: TempDir,
}

impl Demonstration {
    /// The password of everybody.
    pub const PASSWORD: &str = "demonstration";

    pub async fn start() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("log");
        let mut command = senim_command();
        command.args(["demonstrate", "--address", "127.0.0.1:0", "--directory"]);
        command.arg(directory.path()).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut process = command.spawn().unwrap();
        let said = BufReader::new(process.stdout.take().unwrap());
        let said = said.lines().map_while(Result::ok);
        // Its last words before it serves.
        let said: Vec<_> = said.take_while(|line| !line.starts_with("Ctrl-C")).collect();
        let after = |words: &str| said.iter().find_map(|line| line.strip_prefix(words));
        let (Some(url), Some(link)) = (after("Senim is at "), after("A pupil answers at ")) else {
            panic!("it does not start: {:?}", fs::read_to_string(log))
        };
        let (class_link, _) = link[url.len()..].split_once(' ').unwrap();
        let country = directory.path().join("country");
        let database = OwnDatabase::create(Database::Sqlite, &country).await;
        let (url, class_link) = (url.to_owned(), class_link.to_owned());
        Self { url, class_link, database, process, directory }
    }

    pub fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Runs a subcommand on its database.
    pub fn senim(&self, arguments: &[&str]) -> Finished {
        senim(&[arguments, &["--database", &self.database.url]].concat())
    }

    /// Adds an account with the password of everybody.
    pub fn add_account(&self, name: &str, role: &str, unit: &str) {
        let file = self.path("password");
        fs::write(&file, Self::PASSWORD).unwrap();
        let of = ["--name", name, "--role", role, "--unit", unit, "--password-file", &file];
        self.senim(&[&["accounts", "add"], &of[..]].concat()).expect_success();
    }

    /// Where a file of a test's own may lie.
    pub fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// A member of its staff, signed in.
    pub async fn staff(&self, name: &str) -> Visitor {
        let visitor = Visitor::at(&self.url);
        visitor.sign_in(name, Self::PASSWORD).await;
        visitor
    }

    /// The ids of the waves in this state.
    pub fn waves(&self, state: &str) -> Vec<String> {
        let said = self.senim(&["waves"]).expect_success().stdout;
        let words = said.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        words.filter(|words| words[1] == state).map(|words| words[0].to_owned()).collect()
    }

    /// The ids behind `prefix` in the links on somebody's list of classes, in its order.
    pub async fn linked(&self, name: &str, prefix: &str) -> Vec<String> {
        let page = self.staff(name).await.get("/classes").await.expect_success().text;
        let start = format!("href=\"{prefix}");
        let links = page.split(&start).skip(1);
        links.map(|rest| rest.split(['"', '/']).next().unwrap().to_owned()).collect()
    }

    /// The id of the smallest class: all of its cells are hidden.
    pub async fn smallest_class(&self) -> String {
        let column = |name: &str| Column {
            name: name.to_owned(),
            kind: "text".to_owned(),
            nullable: false,
            key: 0,
        };
        let classes = self.database.rows("classes", &[column("enrolment"), column("id")]).await;
        let smallest = classes.iter().map(|line| line.split_once(' ').unwrap());
        let smallest = smallest.min_by_key(|(enrolment, _)| enrolment.parse::<u32>().unwrap());
        smallest.unwrap().1.to_owned()
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
