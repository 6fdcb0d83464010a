use super::{CommandError, print};
use crate::command_line::Shown;
use crate::storage::{Storage, releases};
use analysis::{Level, Release, ShownCells};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// `senim shown`
pub async fn run(options: Shown) -> Result<(), CommandError> {
    let all = match (&options.release, options.wave) {
        (Some(path), _) => of_file(path)?,
        (None, Some(wave)) => {
            let storage = Storage::connect(&options.database.database).await?;
            releases::all(&storage, wave).await?
        }
        (None, None) => Vec::new(),
    };
    if all.is_empty() {
        let nothing = "nothing is released: name a release file, or a wave that is released";
        return Err(CommandError::Usage(nothing.to_owned()));
    }
    let tables: Vec<String> = all.iter().map(table).collect();
    print(tables.join("\n").as_bytes())
}

fn of_file(path: &Path) -> Result<Vec<Release>, CommandError> {
    let text = fs::read_to_string(path).map_err(CommandError::file(path))?;
    Release::parse_all(&text)
        .map_err(|error| CommandError::ReleaseFile { path: path.to_owned(), error })
}

/// The shares of cells that are shown, in percent: of an indicator a line, and one of all.
fn table(release: &Release) -> String {
    let all = release.shown();
    let longest = all.iter().map(|one| one.indicator.len()).max().unwrap_or_default().max(12);
    let mut text = format!("{:longest$} {:>10}", "indicator", "class page");
    for level in Level::ALL {
        // Writing to a String cannot fail.
        let _ = write!(text, " {:>8}", level.code());
    }
    text.push('\n');
    let mut line = |name: &str, class_pages: ShownCells, levels: &[ShownCells]| {
        let _ = write!(text, "{name:longest$} {:>10}", percent(class_pages));
        for cells in levels {
            let _ = write!(text, " {:>8}", percent(*cells));
        }
        text.push('\n');
    };
    let mut sums = vec![ShownCells::default(); Level::ALL.len() + 1];
    for one in &all {
        line(&one.indicator, one.class_pages, &one.levels);
        for (sum, cells) in
            sums.iter_mut().zip(std::iter::once(&one.class_pages).chain(&one.levels))
        {
            *sum = ShownCells { shown: sum.shown + cells.shown, of: sum.of + cells.of };
        }
    }
    if let Some((class_pages, levels)) = sums.split_first() {
        line("all", *class_pages, levels);
    }
    text
}

fn percent(cells: ShownCells) -> String {
    cells.percent().map_or_else(|| "-".to_owned(), |percent| format!("{percent} %"))
}
