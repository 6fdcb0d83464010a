use super::{CommandError, estimate_output, files, print};
use crate::command_line::{Estimate, LonelyRule};
use analysis::sampling::Lonely;
use analysis::survey_sample::{Asked, Sample, SampleProblem};
use std::fs::{self, File};
use std::io::BufReader;

/// `senim estimate`
pub fn run(options: &Estimate) -> Result<(), CommandError> {
    let (survey, _) = files::survey(&options.definition)?;
    let asked = asked(options)?;
    let path = &options.data;
    let told = |problem| match problem {
        SampleProblem::UnknownIndicator { .. } | SampleProblem::Definition(_) => {
            CommandError::Usage(format!("{}: {problem}", options.definition.display()))
        }
        problem => CommandError::Sample { path: path.clone(), problem },
    };
    let sample = if path.extension().is_some_and(|extension| extension == "parquet") {
        let bytes = fs::read(path).map_err(CommandError::file(path))?;
        Sample::read_parquet(&survey, &asked, &bytes)
    } else {
        let file = File::open(path).map_err(CommandError::file(path))?;
        Sample::read_csv(&survey, &asked, BufReader::new(file))
    };
    let rows = sample.map_err(told)?.estimates().map_err(told)?;
    if options.weight.is_none() {
        eprintln!("without --weight every row counts as one pupil");
    }
    print(estimate_output::written(&rows, options.format)?.as_bytes())
}

fn asked(options: &Estimate) -> Result<Asked, CommandError> {
    let by = options.by.iter().map(|by| by.split(',').map(str::to_owned).collect());
    let by: Vec<Vec<String>> = by.collect();
    if let Some(wrong) = by.iter().position(|names| names.iter().any(String::is_empty)) {
        let given = options.by.get(wrong).map_or("", String::as_str);
        let problem = format!("--by {given:?}: a column's name is missing before or after a comma");
        return Err(CommandError::Usage(problem));
    }
    Ok(Asked {
        weight: options.weight.clone(),
        strata: options.strata.clone(),
        cluster: options.cluster.clone(),
        population: options.fpc.clone(),
        lonely: match options.lonely {
            LonelyRule::Fail => Lonely::Fail,
            LonelyRule::Adjust => Lonely::Adjust,
            LonelyRule::Average => Lonely::Average,
            LonelyRule::Certainty | LonelyRule::Remove => Lonely::Certain,
        },
        indicators: options.indicator.clone(),
        by,
    })
}
