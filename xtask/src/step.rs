//! Long steps: a plain line before each, the time it took after, and an ear for Ctrl-C throughout.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;

static INTERRUPTED: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// How often a waiting loop looks whether its child has ended or Ctrl-C was pressed.
const LOOK: Duration = Duration::from_millis(30);
/// How long children may take to end by themselves after Ctrl-C.
const GRACE: Duration = Duration::from_secs(5);
/// How long the output of an ended child is read on: something it started may hold the pipe open.
const LAST_LINES: Duration = Duration::from_secs(1);

/// From here on Ctrl-C and `kill` set a flag, so that guards run and what was started is stopped.
pub(crate) fn watch_for_interrupts() -> Result<(), Error> {
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&INTERRUPTED)).map_err(Error::Signals)?;
    }
    Ok(())
}

/// Says what begins, does it, says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    println!("==> {what}");
    let start = now();
    let outcome = work();
    let seconds = start.elapsed().as_secs_f64();
    match outcome {
        Ok(_) => println!("    done in {seconds:.1} s"),
        Err(_) => println!("    failed after {seconds:.1} s"),
    }
    outcome
}

#[allow(clippy::disallowed_methods, reason = "how long a build took says nothing about a pupil")]
fn now() -> Instant {
    Instant::now()
}

/// Runs a command whose output goes straight to the terminal.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<(), Error> {
    let mut child = start(command)?;
    let status = loop {
        thread::sleep(LOOK);
        if let Some(status) = ended(&mut child, command)? {
            break status;
        }
    };
    success(what, command, status)
}

/// Runs a command, passes its standard output on line by line and shows each line to `see`.
pub(crate) fn run_seeing(
    what: &str,
    command: &mut Command,
    mut see: impl FnMut(&str),
) -> Result<(), Error> {
    let mut child = start(command.stdout(Stdio::piped()))?;
    let lines = lines_of(&mut child);
    let mut pass_on = |line: String| {
        println!("{line}");
        see(&line);
    };
    let status = loop {
        match lines.recv_timeout(LOOK) {
            Ok(line) => pass_on(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => thread::sleep(LOOK),
        }
        if let Some(status) = ended(&mut child, command)? {
            break status;
        }
    };
    while let Ok(line) = lines.recv_timeout(LAST_LINES) {
        pass_on(line);
    }
    success(what, command, status)
}

/// Runs a short command and returns what it printed.
pub(crate) fn output(what: &str, command: &mut Command) -> Result<String, Error> {
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|source| not_started(command, source))?;
    success(what, command, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a short command printed, when it can be started and succeeds.
pub(crate) fn output_if_works(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a command can be started and succeeds; prints nothing.
pub(crate) fn works(command: &mut Command) -> bool {
    output_if_works(command).is_some()
}

/// The whole path of a program that is named as one would type it.
pub(crate) fn path_of(program: &str) -> Option<PathBuf> {
    let directories = std::env::var_os("PATH").unwrap_or_default();
    // Joining a whole path to a directory gives the whole path.
    std::env::split_paths(&directories)
        .map(|directory| directory.join(program))
        .find(|path| path.is_file())
}

pub(crate) fn not_started(command: &Command, source: std::io::Error) -> Error {
    let program = command.get_program().display().to_string();
    Error::Start { program, advice: "Check that it is installed and found through PATH.", source }
}

/// The command as it would be typed.
pub(crate) fn typed(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.display().to_string()).collect::<Vec<_>>().join(" ")
}

fn start(command: &mut Command) -> Result<Child, Error> {
    command.stdin(Stdio::null()).spawn().map_err(|source| not_started(command, source))
}

fn lines_of(child: &mut Child) -> Receiver<String> {
    let (sender, receiver) = channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
                if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// The status of a child that has ended. After Ctrl-C the terminal has told the child too; one
/// that does not end by itself is killed.
fn ended(child: &mut Child, command: &Command) -> Result<Option<ExitStatus>, Error> {
    let look = |child: &mut Child| child.try_wait().map_err(|source| not_started(command, source));
    if !INTERRUPTED.load(Ordering::Relaxed) {
        return look(child);
    }
    let start = now();
    while look(child)?.is_none() && start.elapsed() < GRACE {
        thread::sleep(LOOK);
    }
    // An error here means that it has just ended: which is what is wanted.
    let _ = child.kill();
    Err(Error::Interrupted)
}

fn success(what: &str, command: &Command, status: ExitStatus) -> Result<(), Error> {
    if INTERRUPTED.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed {
        what: what.to_owned(),
        command: typed(command),
        status: status.to_string(),
    })
}
