use crate::data::{Data, design};
use analysis::sampling::{Design, Estimate, logit_interval};

const CLOSE: f64 = 1e-9;
/// R finds proportions by iteration.
const CLOSE_SHARE: f64 = 1e-6;

/// What R says of one estimator.
struct Figure {
    design: String,
    estimator: String,
    /// Value, standard error, ends of the interval, degrees of freedom.
    numbers: Vec<Option<f64>>,
}

fn figures() -> Vec<Figure> {
    let lines = include_str!("../reference/sampling/figures.csv").lines().skip(1);
    let figure = |line: &str| {
        let mut fields = line.split(',');
        let mut next = || fields.next().unwrap().to_owned();
        let (design, estimator) = (next(), next());
        Figure { design, estimator, numbers: fields.map(|field| field.parse().ok()).collect() }
    };
    lines.map(figure).collect()
}

#[test]
fn every_figure_is_that_of_r() {
    let figures = figures();
    assert!(figures.len() >= 90, "{}", figures.len());
    let mut wrong = Vec::new();
    for names in figures.chunk_by(|one, other| one.design == other.design) {
        let (data, design) = design(&names[0].design);
        for figure in names {
            let ours = ours(&data, &design, &figure.estimator);
            let iterated = figure.estimator.starts_with("share");
            let precision = if iterated { CLOSE_SHARE } else { CLOSE };
            let agrees = figure.numbers.iter().zip(&ours).all(|(theirs, ours)| match theirs {
                Some(theirs) => ours.is_some_and(|ours| close(ours, *theirs, precision)),
                None => true,
            });
            if !agrees {
                let (design, of) = (&figure.design, &figure.estimator);
                wrong.push(format!("{design} {of}: {ours:?}, R {:?}", figure.numbers));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn close(ours: f64, theirs: f64, precision: f64) -> bool {
    (ours - theirs).abs() <= precision * theirs.abs().max(1.0)
}

fn ours(data: &Data, design: &Design, estimator: &str) -> Vec<Option<f64>> {
    let words: Vec<_> = estimator.split(' ').collect();
    let (variable, rest) = (words[1], &words[2..]);
    let everybody: Vec<u32> = (0..design.rows() as u32).collect();
    let domain = |rows: &[u32], column: &str, code: &str| -> Vec<u32> {
        let inside = |row: &&u32| data.texts(column)[**row as usize] == code;
        rows.iter().filter(inside).copied().collect()
    };
    let known = |variable: &str, rows: &[u32]| -> (Vec<u32>, Vec<f64>) {
        let numbers = data.numbers(variable);
        rows.iter()
            .map(|row| (*row, numbers[*row as usize]))
            .filter(|(_, number)| !number.is_nan())
            .unzip()
    };
    let of = |rest: &[&str]| match rest {
        [column, code] => known(variable, &domain(&everybody, column, code)),
        _ => known(variable, &everybody),
    };
    match words[0] {
        "total" => {
            let (rows, values) = of(rest);
            numbers(design.total(&rows, &values).unwrap(), Estimate::interval)
        }
        "mean" => {
            let (rows, values) = of(rest);
            numbers(design.mean(&rows, &values).unwrap(), Estimate::interval)
        }
        "share" => {
            let (rows, values) = of(rest);
            numbers(design.mean(&rows, &values).unwrap(), logit_interval)
        }
        "deff" => {
            let (rows, values) = of(&[]);
            vec![design.mean(&rows, &values).unwrap().deff]
        }
        "ratio" => {
            let (rows, bases) = known(rest[0], &of(&[]).0);
            let (rows, values) = known(variable, &rows);
            numbers(design.ratio(&rows, &values, &bases).unwrap(), Estimate::interval)
        }
        "difference" => {
            let (one, other) = (of(&[rest[0], rest[1]]), of(&[rest[0], rest[2]]));
            let difference = design.difference((&one.0, &one.1), (&other.0, &other.1));
            let difference = difference.unwrap();
            vec![Some(difference.value), Some(difference.se())]
        }
        "quantile" => {
            let (rows, values) = of(&[]);
            let part = rest[0].parse().unwrap();
            let found = design.quantile(&rows, &values, part).unwrap().unwrap();
            vec![Some(found.value), found.se, found.low, found.high]
        }
        "association" => {
            let (first, second) = (data.names(variable), data.names(rest[0]));
            let size = |names: &[u32]| *names.iter().max().unwrap() as usize + 1;
            let size = (size(&first), size(&second));
            let classes: Vec<_> =
                first.iter().zip(&second).map(|(a, b)| (*a as usize, *b as usize)).collect();
            let found = design.association(&everybody, &classes, size).unwrap().unwrap();
            let (low, high) = (found.numerator_df, found.denominator_df);
            vec![Some(found.f), None, Some(low), Some(high), Some(found.p)]
        }
        other => panic!("{other}"),
    }
}

fn numbers(
    estimate: Estimate,
    interval: impl Fn(&Estimate) -> Option<(f64, f64)>,
) -> Vec<Option<f64>> {
    let (low, high) = interval(&estimate).unzip();
    vec![Some(estimate.value), Some(estimate.se()), low, high, Some(estimate.df as f64)]
}
