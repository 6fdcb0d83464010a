use std::collections::HashMap;
use std::fmt::Write;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tests::{Server, environment, wait_until};

const CALLS: &str = "read,readv,recvfrom,recvmsg,write,writev,pwrite64,pwritev,sendto,sendmsg,\
                     fsync,fdatasync,ftruncate";
/// Bytes of each call that are looked at, where not all are.
const BEGINNING: usize = 64;
/// More than any call writes.
const ALL: usize = 1 << 20;

/// A system call as strace saw it. Begin and end are places in the order of everything it saw.
#[derive(Debug, Clone)]
pub struct Call {
    pub name: String,
    /// The file or socket.
    pub target: String,
    /// Everything that strace printed of it.
    pub line: String,
    pub begun: usize,
    pub ended: usize,
}

impl Call {
    pub fn is_sync(&self) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.line.ends_with("= 0")
    }

    pub fn is_write(&self) -> bool {
        matches!(self.name.as_str(), "write" | "writev" | "pwrite64" | "pwritev")
    }

    pub fn is_receipt(&self) -> bool {
        matches!(self.name.as_str(), "read" | "readv" | "recvfrom" | "recvmsg")
    }

    pub fn is_sending(&self) -> bool {
        matches!(self.name.as_str(), "write" | "writev" | "sendto" | "sendmsg")
    }
}

/// From its next start on, the server runs under strace; where that writes.
pub fn watch(server: &mut Server, program: &Path) -> PathBuf {
    watch_bytes(server, program, BEGINNING)
}

/// The same with every byte that it writes.
pub fn watch_all(server: &mut Server, program: &Path) -> PathBuf {
    watch_bytes(server, program, ALL)
}

fn watch_bytes(server: &mut Server, program: &Path, bytes: usize) -> PathBuf {
    let trace = server.path().join("trace");
    let mut script = "#!/bin/sh\n".to_owned();
    let strace = environment("SENIM_STRACE");
    // -D: the server stays the process that the test started, and strace looks on.
    writeln!(
        script,
        "exec '{strace}' -D -f -y -q -s {bytes} -e trace={CALLS} -o '{}' '{}' \"$@\"",
        trace.display(),
        program.display(),
    )
    .unwrap();
    let script = PathBuf::from(server.file("watched", script));
    std::fs::set_permissions(&script, PermissionsExt::from_mode(0o700)).unwrap();
    server.run_program(script);
    trace
}

/// What strace wrote of a server that has ended.
pub async fn of_ended(trace: &Path) -> Vec<Call> {
    let text = wait_until("the end of the trace", 60, async || {
        let text = std::fs::read_to_string(trace).unwrap_or_default();
        // strace fills short process ids up with spaces.
        let first = text.split(' ').next().unwrap_or_default();
        let mut lines = text.lines().rev().filter_map(|line| line.split_once(' '));
        lines
            .any(|(process, what)| process == first && what.trim_start().starts_with("+++ "))
            .then(|| text.clone())
    })
    .await;
    parse(&text)
}

/// strace attached to running processes.
pub struct Attached {
    strace: Child,
    file: PathBuf,
}

impl Attached {
    /// Looks at these processes, at their threads, and at what they start.
    pub fn to(processes: &[u32], file: PathBuf) -> Self {
        Self::with_bytes(processes, file, BEGINNING)
    }

    /// The same with every byte that they write.
    pub fn to_all(processes: &[u32], file: PathBuf) -> Self {
        Self::with_bytes(processes, file, ALL)
    }

    fn with_bytes(processes: &[u32], file: PathBuf, bytes: usize) -> Self {
        let mut command = Command::new(environment("SENIM_STRACE"));
        let bytes = bytes.to_string();
        command.args(["-f", "-y", "-s", &bytes, "-e", &format!("trace={CALLS}"), "-o"]).arg(&file);
        for process in processes {
            command.args(["-p", &process.to_string()]);
        }
        let mut strace = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(strace.stderr.take().unwrap()).lines();
        for _ in processes {
            let line = said.next().map(Result::unwrap).unwrap_or_default();
            assert!(
                // A process of another test may have ended since it was listed.
                line.contains("attached") || line.contains("No such process"),
                "strace cannot watch the database's processes: {line}; run the tests as root, or \
                 allow it: `sysctl kernel.yama.ptrace_scope=0`"
            );
        }
        std::thread::spawn(move || said.for_each(drop));
        Self { strace, file }
    }

    /// Lets them go on alone; what was seen.
    pub async fn end(mut self) -> Vec<Call> {
        // What was acknowledged is written down already; the margin is for the last reply.
        tokio::time::sleep(Duration::from_millis(200)).await;
        let id = self.strace.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.strace.wait().unwrap();
        parse(&std::fs::read_to_string(&self.file).unwrap())
    }
}

/// Calls in the order in which they began. One that others interrupt takes two lines:
/// `7 fdatasync(5</x> <unfinished ...>` and `7 <... fdatasync resumed>) = 0`.
fn parse(text: &str) -> Vec<Call> {
    let mut calls: Vec<Call> = Vec::new();
    let mut unfinished: HashMap<String, usize> = HashMap::new();
    for (number, line) in text.lines().enumerate() {
        let Some((process, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim();
        if let Some(resumed) = rest.strip_prefix("<... ") {
            let Some(at) = unfinished.remove(process) else { continue };
            calls[at].line += resumed.split_once("resumed>").map_or("", |(_, rest)| rest);
            calls[at].ended = number;
            continue;
        }
        let Some((name, arguments)) = rest.split_once('(') else { continue };
        let target = arguments.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
        let (line, begun_only) = match rest.strip_suffix(" <unfinished ...>") {
            Some(begun) => (begun, true),
            None => (rest, false),
        };
        if begun_only {
            unfinished.insert(process.to_owned(), calls.len());
        }
        calls.push(Call {
            name: name.to_owned(),
            target: target.map(|(target, _)| target.to_owned()).unwrap_or_default(),
            line: line.to_owned(),
            begun: number,
            ended: if begun_only { usize::MAX } else { number },
        });
    }
    calls
}
