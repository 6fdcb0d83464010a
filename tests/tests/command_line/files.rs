use crate::{directory, file};
use survey_definitions::shipped;
use tempfile::TempDir;
use tests::{Finished, senim};

const ITEMS: [&str; 9] = ["q1", "q2", "q3", "q15", "q16", "q17", "q18", "q23", "q24"];
const SCHOOLS: usize = 3;
/// One class a school.
pub const PUPILS: usize = 20;

/// Data, definition and structure as files of one country of three schools.
pub struct Files {
    directory: TempDir,
    /// Lines of the data file; the first is the header.
    pub data: Vec<String>,
    structure: String,
    definition: &'static str,
}

impl Files {
    pub fn new() -> Self {
        let mut data = vec![format!("class,grade,form,language,status,{}", ITEMS.join(","))];
        let mut structure =
            "region,district,school,class,grade,form,language,enrolment\n".to_owned();
        for school in 0..SCHOOLS {
            structure += &format!("r,d,s{school},s{school}-6,6,senior,kk,{PUPILS}\n");
            for pupil in 0..PUPILS {
                let answers: Vec<_> =
                    (0..ITEMS.len()).map(|item| (1 + (pupil + item) % 2).to_string()).collect();
                data.push(format!("s{school}-6,6,senior,kk,answered,{}", answers.join(",")));
            }
        }
        let definition = shipped("yrbs_2019_violence", 1).unwrap();
        Self { directory: directory(), data, structure, definition }
    }

    /// A path in the directory of these files.
    pub fn path(&self, name: &str) -> String {
        self.directory.path().join(name).display().to_string()
    }

    /// The subcommand on these files.
    pub fn run(&self, subcommand: &str, more: &[&str]) -> Finished {
        let data = file(&self.directory, "data.csv", self.data.join("\n") + "\n");
        let structure = file(&self.directory, "structure.csv", &self.structure);
        let definition = file(&self.directory, "definition.json", self.definition);
        let of = ["--data", &data, "--definition", &definition, "--structure", &structure];
        senim(&[&[subcommand], &of[..], more].concat())
    }

    /// Puts another field into a line of the data.
    pub fn replace(&mut self, line: usize, column: &str, field: &str) {
        let column = self.data[0].split(',').position(|name| name == column).unwrap();
        let mut fields: Vec<&str> = self.data[line].split(',').collect();
        fields[column] = field;
        self.data[line] = fields.join(",");
    }

    /// What `tallies` and `release` both say about these files, which they refuse.
    pub fn refused(&self) -> String {
        let out = self.path("refused.jsonl");
        let release = self.run("release", &["--out", &out]).expect_failure();
        assert!(!std::path::Path::new(&out).exists(), "a refused release leaves a file");
        let tallies = self.run("tallies", &[]);
        assert!(tallies.stdout.is_empty(), "refused tallies print numbers");
        assert_eq!(tallies.expect_failure(), release);
        release
    }
}
