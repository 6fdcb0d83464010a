use super::asked::{Asked, Wanted};
use super::classes::Classes;
use super::column::Column;
use super::names::Names;
use super::problem::SampleProblem;
use crate::layout::Layout;
use crate::places::Places;
use crate::sampling::{Design, DesignProblem, Drawn};

/// A sample as it was drawn, with what is asked of it.
#[derive(Debug, Clone)]
pub struct Sample {
    pub(super) layout: Layout,
    /// The columns of the layout; those that nothing is asked of are empty.
    pub(super) answers: Vec<Places>,
    /// Everybody, then the classifications.
    pub(super) classes: Vec<Classes>,
    pub(super) design: Design,
    pub(super) indicators: Vec<String>,
    /// The names of the strata, in the order of their numbers.
    strata: Option<Vec<String>>,
    population: Option<String>,
}

impl Sample {
    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.design.rows()
    }

    pub(super) fn new(
        layout: Layout,
        mut wanted: Wanted,
        asked: &Asked,
    ) -> Result<Self, SampleProblem> {
        wanted.columns.iter_mut().for_each(Column::sort);
        let rows = wanted.columns.first().map_or(0, Column::rows);
        if rows == 0 {
            return Err(SampleProblem::NoRow);
        }
        let column = |at: Option<usize>| at.and_then(|at| wanted.columns.get(at));
        let names = |at: Option<usize>| column(at).and_then(Column::names);
        let numbers = |at: Option<usize>| column(at).and_then(Column::numbers);
        let strata = names(wanted.strata);
        let classes = Classes::all(&wanted, rows)?;
        let mut sample = Self {
            answers: layout.columns.iter().map(Places::new).collect(),
            layout,
            classes,
            design: Design::default(),
            indicators: asked.indicators.clone(),
            strata: strata.map(|names| names.texts.clone()),
            population: asked.population.clone(),
        };
        let weights = numbers(wanted.weight).map_or_else(|| vec![1.0; rows], <[f64]>::to_vec);
        let every_row: Vec<u32> = match wanted.cluster {
            Some(_) => Vec::new(),
            None => (0..rows as u32).collect(),
        };
        let drawn = Drawn {
            strata: strata.map(|names| names.of_row.as_slice()),
            clusters: names(wanted.cluster).map_or(&every_row, |names: &Names| &names.of_row),
            population: numbers(wanted.population),
        };
        let design = Design::new(weights, &[drawn], asked.lonely);
        sample.design = design.map_err(|problem| sample.told(problem))?;
        for (at, _, places) in wanted.columns.iter().filter_map(Column::answers) {
            sample.answers.get_mut(at).into_iter().for_each(|slot| *slot = places.clone());
        }
        Ok(sample)
    }

    /// A problem of the design in words of the file.
    pub(super) fn told(&self, problem: DesignProblem) -> SampleProblem {
        let column = self.population.clone().unwrap_or_default();
        match problem {
            DesignProblem::Lonely { stratum, .. } => {
                SampleProblem::Lonely { stratum: self.stratum(stratum) }
            }
            DesignProblem::Population { stratum, population, drawn, .. } => {
                let stratum = self.stratum(stratum);
                SampleProblem::Population { column, stratum, got: population, drawn }
            }
            DesignProblem::TwoPopulations { stratum, first, got, .. } => {
                let stratum = self.stratum(stratum);
                SampleProblem::TwoPopulations { column, stratum, first, got }
            }
            other => SampleProblem::Design(other.to_string()),
        }
    }

    fn stratum(&self, number: u32) -> String {
        let Some(names) = &self.strata else { return "the sample".to_owned() };
        let name = names.get(number as usize).map_or("", String::as_str);
        format!("stratum {name:?}")
    }
}
