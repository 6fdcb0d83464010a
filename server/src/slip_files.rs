//! The slips of a whole wave as files, one a school. Codes are in these files and nowhere else, so
//! they are sealed to whoever prints, unless that is waived in so many words.

use crate::commands::CommandError;
use crate::pdf::{PrintError, Printer};
use crate::slip_making::{DrawnSlips, SlipError, SlipMaker};
use crate::storage::jobs::{self, Job, JobKind, JobState};
use crate::storage::units::{self, Class};
use crate::storage::wave_classes::{self, WaveSchool};
use crate::storage::waves::Wave;
use crate::storage::{Storage, slips};
use crate::whole_file::WholeFile;
use age::x25519::Recipient;
use app::printed::SlipSheets;
use std::fs::{self, DirBuilder, File};
use std::io::Write;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use survey_definitions::Language;
use tokio::task::JoinSet;
use uuid::Uuid;

/// Schools in work at once; more would only wait for the typesetter with their codes in memory.
const AT_ONCE: usize = 4;

/// What is to be made.
#[derive(Clone)]
pub struct SlipFiles {
    pub maker: SlipMaker,
    pub printer: Printer,
    pub wave: Wave,
    pub directory: PathBuf,
    /// Nobody: files are not sealed.
    pub recipients: Arc<Vec<Recipient>>,
    /// Of the headings for whoever cuts.
    pub language: Language,
    /// Classes that have slips get new ones; the unused ones stop working.
    pub again: bool,
}

/// What one run has done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Made {
    pub slips: usize,
    pub classes: usize,
    pub pages: usize,
    pub files: usize,
    /// Files that an earlier run had finished.
    pub there: usize,
    /// Classes that had slips.
    pub left_alone: usize,
}

impl Made {
    fn add(&mut self, other: Self) {
        self.slips += other.slips;
        self.classes += other.classes;
        self.pages += other.pages;
        self.files += other.files;
        self.there += other.there;
        self.left_alone += other.left_alone;
    }
}

impl SlipFiles {
    /// Makes what is missing. `progress` is told how many schools of how many are done. A run that
    /// was interrupted is taken up where it was by the same call.
    pub async fn make(&self, progress: impl Fn(u32, u32)) -> Result<Made, CommandError> {
        if !Printer::AVAILABLE {
            return Err(SlipError::from(PrintError::NotInThisBuild).into());
        }
        let schools = wave_classes::schools(&self.maker.storage, self.wave.id).await?;
        let total = u32::try_from(schools.len()).unwrap_or(u32::MAX);
        let begun = Job::begun(self.maker.random.id(), JobKind::Slips, self.wave.id);
        let mut job = Job { total, ..begun };
        jobs::save(&self.maker.storage, &job).await?;
        let result = self.make_all(schools, &mut job, progress).await;
        (job.state, job.message) = match &result {
            Ok(made) => (JobState::Done, format!("{} slips", made.slips)),
            Err(error) => (JobState::Failed, error.to_string()),
        };
        jobs::save(&self.maker.storage, &job).await?;
        result
    }

    async fn make_all(
        &self,
        schools: Vec<WaveSchool>,
        job: &mut Job,
        progress: impl Fn(u32, u32),
    ) -> Result<Made, CommandError> {
        let (mut made, mut working) = (Made::default(), JoinSet::new());
        let mut waiting = schools.into_iter();
        loop {
            while working.len() < AT_ONCE
                && let Some(school) = waiting.next()
            {
                let files = self.clone();
                working.spawn(async move { files.of_school(&school).await });
            }
            let Some(done) = working.join_next().await else { return Ok(made) };
            let stopped = |_| CommandError::Usage("a school's slips were given up".to_owned());
            made.add(done.map_err(stopped)??);
            job.done += 1;
            jobs::save(&self.maker.storage, job).await?;
            progress(job.done, job.total);
        }
    }

    async fn of_school(&self, school: &WaveSchool) -> Result<Made, CommandError> {
        let path = self.path(school);
        if path.exists() {
            return Ok(Made { there: 1, ..Made::default() });
        }
        let parent = path.parent().unwrap_or(&self.directory);
        let failed = CommandError::file(parent);
        DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(failed)?;
        let begun = Begun::at(&path);
        let (mut drawn, left_alone) = self.draw(school.id, begun.was_there()).await?;
        let mut made = Made { left_alone, ..Made::default() };
        if drawn.is_empty() {
            return Ok(made);
        }
        let mut pdf = self.print(&school.name, &drawn).await?;
        begun.mark()?;
        let mut all = true;
        for (_, slips) in &mut drawn {
            all &= self.maker.store(slips).await?;
        }
        if !all {
            pdf = self.print(&school.name, &drawn).await?;
        }
        self.write(&path, &pdf)?;
        begun.clear()?;
        made.slips = drawn.iter().map(|(_, slips)| slips.len()).sum();
        made.pages = drawn.iter().map(|(_, slips)| SlipSheets::pages(slips.len())).sum();
        (made.classes, made.files) = (drawn.len(), 1);
        Ok(made)
    }

    /// Of classes that have none, and of all when they are wanted anew or an earlier run was
    /// interrupted between storing their slips and writing them down.
    async fn draw(
        &self,
        school: Uuid,
        interrupted: bool,
    ) -> Result<(Vec<(Class, DrawnSlips)>, usize), CommandError> {
        let (storage, wave): (&Storage, _) = (&self.maker.storage, self.wave.id);
        let (mut drawn, mut left_alone) = (Vec::new(), 0);
        for frozen in wave_classes::of_school(storage, wave, school).await? {
            let counts = slips::counts(storage, wave, frozen.class).await?;
            if counts.used + counts.unused > 0 && !self.again && !interrupted {
                left_alone += 1;
                continue;
            }
            let Some(class) = units::class_by_id(storage, frozen.class).await? else { continue };
            let slips = self.maker.draw(self.wave.clone(), frozen).await?;
            if !slips.is_empty() {
                drawn.push((class, slips));
            }
        }
        Ok((drawn, left_alone))
    }

    async fn print(
        &self,
        school: &str,
        drawn: &[(Class, DrawnSlips)],
    ) -> Result<Vec<u8>, CommandError> {
        let sheets = drawn.iter().filter_map(|(class, slips)| self.maker.sheet(class, slips));
        let sheets = SlipSheets::new(self.language, school, sheets.collect());
        Ok(self.printer.print(sheets).await.map_err(SlipError::from)?)
    }

    fn write(&self, path: &Path, pdf: &[u8]) -> Result<(), CommandError> {
        let failed = CommandError::file(path);
        let mut file = WholeFile::create(path).map_err(&failed)?;
        if self.recipients.is_empty() {
            file.write_all(pdf).map_err(&failed)?;
        } else {
            let recipients = self.recipients.iter().map(|one| one as &dyn age::Recipient);
            let sealing = age::Encryptor::with_recipients(recipients);
            let sealing = sealing.map_err(|error| CommandError::Usage(error.to_string()))?;
            let mut sealed = sealing.wrap_output(&mut file).map_err(&failed)?;
            sealed.write_all(pdf).map_err(&failed)?;
            sealed.finish().map_err(&failed)?;
        }
        file.finish().map_err(&failed)
    }

    fn path(&self, school: &WaveSchool) -> PathBuf {
        let ending = if self.recipients.is_empty() { "pdf" } else { "pdf.age" };
        let [region, district, code] =
            [&school.region, &school.district, &school.school].map(|code| in_path(code));
        self.directory.join(region).join(district).join(format!("{code}.{ending}"))
    }
}

/// Beside a file: slips are being stored that are not in it yet.
struct Begun(PathBuf);

impl Begun {
    fn at(path: &Path) -> Self {
        let mut begun = path.as_os_str().to_owned();
        begun.push(".begun");
        Self(begun.into())
    }

    fn was_there(&self) -> bool {
        self.0.exists()
    }

    fn mark(&self) -> Result<(), CommandError> {
        let file = File::create(&self.0).and_then(|file| file.sync_all());
        file.map_err(CommandError::file(&self.0))
    }

    fn clear(&self) -> Result<(), CommandError> {
        fs::remove_file(&self.0).map_err(CommandError::file(&self.0))
    }
}

/// A unit's code as one step of a path. Different codes stay different: what is not a letter,
/// digit, hyphen or underline is written as its number.
fn in_path(code: &str) -> String {
    let signs = code.chars().map(|sign| match sign {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' | '_' => sign.to_string(),
        _ => format!("={:x}=", u32::from(sign)),
    });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_never_leads_out_of_its_directory() {
        for (code, step) in [("s-1_A", "s-1_A"), ("../x", "=2e==2e==2f=x"), ("Ә", "=4d8=")] {
            assert_eq!(in_path(code), step);
        }
    }
}
