use super::{CommandError, files, print};
use crate::command_line::{Attack, AttackFormat};
use analysis::Structure;
use analysis::attack::{AttackError, Finding, Findings, Known, Published, attack};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// `senim attack`
pub fn run(options: &Attack) -> Result<(), CommandError> {
    let read = |path: &Path| fs::read(path).map_err(CommandError::file(path));
    let structure = Structure::parse_csv(read(&options.structure)?)
        .map_err(|mistakes| CommandError::Data { path: options.structure.clone(), mistakes })?;
    let mut known = Known::new(&structure);
    for path in &options.done {
        known = known.read_done(&read(path)?).map_err(at(path))?;
    }
    if let Some(path) = &options.definition {
        known = known.with_definition(&files::survey(path)?.0);
    }
    let release = |path: &Path| {
        let text = fs::read_to_string(path).map_err(CommandError::file(path))?;
        Published::parse(&text).map_err(at(path))
    };
    let first = release(&options.release)?;
    let second = options.second.as_deref().map(release).transpose()?;
    let findings = attack(&first, second.as_ref(), &known).map_err(at(&options.release))?;
    let output = match options.format {
        AttackFormat::Csv => csv(&findings)?,
        AttackFormat::Text => text(&findings),
    };
    print(output.as_bytes())?;
    match findings.broken().count() {
        0 => Ok(()),
        cells => Err(CommandError::Broken { cells }),
    }
}

fn at(path: &Path) -> impl Fn(AttackError) -> CommandError {
    move |error| CommandError::Attack { path: path.to_owned(), error }
}

/// Every cell. What only follows if answers stayed the same is marked as supposed.
fn csv(findings: &Findings) -> Result<String, CommandError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let output = |error: csv::Error| CommandError::Output(error.into());
    writer
        .write_record(["group", "indicator", "low", "high", "allowed", "broken"])
        .map_err(output)?;
    let certain = findings.rows.iter().map(|row| (row, ""));
    for (row, sure) in certain.chain(findings.supposed.iter().map(|row| (row, "supposed_"))) {
        let [low, high] = [row.low, row.high].map(|end| end.to_string());
        let allowed = row.allowed.map(|allowed| allowed.to_string()).unwrap_or_default();
        let broken = row.broken.map(|broken| format!("{sure}{}", broken.code()));
        let broken = broken.unwrap_or_else(|| "no".to_owned());
        let fields = [&row.group, &row.indicator, &low, &high, &allowed, &broken];
        writer.write_record(fields).map_err(output)?;
    }
    let bytes = writer.into_inner().map_err(|error| CommandError::Output(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// How much was looked at, then what is broken.
fn text(findings: &Findings) -> String {
    let cells = findings.rows.len() - findings.differences;
    let mut text = format!(
        "{} groups, {cells} cells, {} differences of groups that may have under 10 pupils\n\
         {} broken\n",
        findings.groups,
        findings.differences,
        findings.broken().count(),
    );
    findings.broken().for_each(|row| add_line(&mut text, row));
    if !findings.supposed.is_empty() {
        let head = "broken besides, if classes with as many done in both waves answered the same";
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{} {head}", findings.supposed.len());
        findings.supposed.iter().for_each(|row| add_line(&mut text, row));
    }
    text
}

fn add_line(text: &mut String, row: &Finding) {
    let Finding { group, indicator, low, high, broken, .. } = row;
    let broken = broken.map_or("", |broken| broken.code());
    let _ = writeln!(text, "  {group}, {indicator}: {low} to {high}, {broken}");
}
