use crate::postgres::User;
use crate::surroundings::senim_binary;
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A file system of a few megabytes that can be filled up. It is mounted in a namespace of its own,
/// which needs no rights where the kernel lets users make namespaces; a limit on the size of files
/// would not do: it gives another error than a full disk, and spares the journal's index.
pub struct SmallDisk {
    directory: TempDir,
    /// Keeps the namespace, until it is killed.
    holder: Child,
    user: User,
}

impl SmallDisk {
    /// An empty one that belongs to this user.
    pub fn new(megabytes: u32, user: User) -> Self {
        let directory = tempfile::tempdir().unwrap();
        user.takes(directory.path());
        let mount = format!(
            "mount -t tmpfs -o mode=700,size={megabytes}m tmpfs '{}' && echo mounted && exec sleep infinity",
            directory.path().display()
        );
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "--mount", "sh", "-c", &mount]).current_dir("/");
        let mut holder = user.runs(command.stdout(Stdio::piped())).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(holder.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(
            said, "mounted\n",
            "no small disk can be made; run the tests as root, or let users make namespaces: \
             `sysctl kernel.unprivileged_userns_clone=1` and, on Ubuntu, \
             `sysctl kernel.apparmor_restrict_unprivileged_userns=0`"
        );
        Self { directory, holder, user }
    }

    /// Where it is for programs that run in it.
    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    /// Where it is for everybody else. SQLite does not find a file there: it follows links itself.
    pub fn from_outside(&self) -> PathBuf {
        let root = PathBuf::from(format!("/proc/{}/root", self.holder.id()));
        root.join(self.path().strip_prefix("/").unwrap())
    }

    /// A program that is `senim`, run in it; to be kept in `directory`.
    pub fn senim(&self, directory: &Path) -> PathBuf {
        let (program, holder) = (directory.join("senim-on-small-disk"), self.holder.id());
        let senim = senim_binary();
        let script = format!(
            "#!/bin/sh\nexec nsenter --target {holder} --user --mount --preserve-credentials \
             '{}' \"$@\"\n",
            senim.display(),
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, PermissionsExt::from_mode(0o700)).unwrap();
        program
    }

    /// Takes all the room that is left.
    pub fn fill(&self) {
        let mut fill = Command::new("dd");
        let file = format!("of={}", self.filler().display());
        fill.args(["if=/dev/zero", "bs=4096", "status=none", &file]).env("LC_ALL", "C");
        // A user of no name in the namespace may not write there, not even root.
        let full = self.user.runs(&mut fill).output().unwrap();
        let said = String::from_utf8(full.stderr).unwrap();
        assert!(said.contains("No space left"), "{said}");
    }

    /// Gives the room back.
    pub fn free(&self) {
        fs::remove_file(self.filler()).unwrap();
    }

    fn filler(&self) -> PathBuf {
        self.from_outside().join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        self.holder.kill().unwrap();
        self.holder.wait().unwrap();
    }
}
