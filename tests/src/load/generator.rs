use super::{LoadPlan, LoadResult};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The generator as a process of its own, which has prepared a plan.
pub struct Generator {
    process: Child,
    said: BufReader<ChildStdout>,
}

impl Generator {
    /// Prepares; `built` is the program that cargo has built beside the test. `SENIM_LOAD_GENERATOR`
    /// names an optimised one.
    pub fn prepare(built: &str, plan: &LoadPlan, directory: &Path) -> Self {
        let path = directory.join("load-plan.json");
        std::fs::write(&path, serde_json::to_vec(plan).unwrap()).unwrap();
        let program =
            std::env::var_os("SENIM_LOAD_GENERATOR").map_or_else(|| built.into(), PathBuf::from);
        let mut command = Command::new(program);
        command.arg(path).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert_eq!(line, "ready\n", "the generator cannot begin");
        Self { process, said }
    }

    /// Begins, and waits for the end.
    pub fn run(mut self) -> LoadResult {
        writeln!(self.process.stdin.take().unwrap(), "go").unwrap();
        let result = serde_json::from_reader(&mut self.said).unwrap();
        assert!(self.process.wait().unwrap().success());
        result
    }
}

impl Drop for Generator {
    /// Where a test has failed meanwhile.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
