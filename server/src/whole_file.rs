use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// A file that only its owner reads and that is not there yet: whole in its place, or not at all.
pub struct WholeFile {
    file: File,
    path: PathBuf,
    unfinished: PathBuf,
}

impl WholeFile {
    /// Begins it under another name.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] when there is a file at `path`, and those of writing.
    pub fn create(path: &Path) -> io::Result<Self> {
        if path.exists() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let unfinished = unfinished(path);
        let mut options = OpenOptions::new();
        let file = options.write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
        Ok(Self { file, path: path.to_owned(), unfinished })
    }

    /// Waits until the disk has it and puts it in its place.
    pub fn finish(self) -> io::Result<()> {
        self.file.sync_all()?;
        // A link fails where a rename would replace a file that is there.
        fs::hard_link(&self.unfinished, &self.path)?;
        fs::remove_file(&self.unfinished)?;
        File::open(directory_of(&self.path))?.sync_all()
    }

    /// A file with this text.
    pub fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut file = Self::create(path)?;
        file.write_all(text.as_bytes())?;
        file.finish()
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for WholeFile {
    fn drop(&mut self) {
        // After `finish` there is none.
        let _ = fs::remove_file(&self.unfinished);
    }
}

/// Where a file is while it is being written; a crash leaves it there.
pub fn unfinished(path: &Path) -> PathBuf {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    unfinished.into()
}

pub fn directory_of(path: &Path) -> &Path {
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    directory.unwrap_or(Path::new("."))
}
