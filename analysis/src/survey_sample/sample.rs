use super::asked::{Asked, Wanted};
use super::classes::Classes;
use super::column::Column;
use super::names::Names;
use super::problem::SampleProblem;
use crate::layout::Layout;
use crate::places::Places;
use crate::sampling::{Design, DesignProblem, Drawn};

/// The columns of a sample's file that something is asked of.
#[derive(Debug)]
pub struct Sample {
    pub(super) layout: Layout,
    wanted: Wanted,
    asked: Asked,
    rows: usize,
}

/// A sample as it was drawn.
pub(super) struct Prepared {
    /// The columns of the layout; those that nothing is asked of are empty.
    pub(super) answers: Vec<Places>,
    /// Everybody, then the classifications.
    pub(super) classes: Vec<Classes>,
    pub(super) design: Design,
}

impl Sample {
    pub(super) fn new(
        layout: Layout,
        mut wanted: Wanted,
        asked: &Asked,
    ) -> Result<Self, SampleProblem> {
        wanted.columns.iter_mut().for_each(Column::sort);
        match wanted.columns.first().map_or(0, Column::rows) {
            0 => Err(SampleProblem::NoRow),
            rows => Ok(Self { layout, wanted, asked: asked.clone(), rows }),
        }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn indicators(&self) -> &[String] {
        &self.asked.indicators
    }

    pub(super) fn prepared(&self) -> Result<Prepared, SampleProblem> {
        let classes = Classes::all(&self.wanted, self.rows)?;
        let design = self.design().map_err(|problem| self.told(problem))?;
        let mut answers: Vec<Places> = self.layout.columns.iter().map(Places::new).collect();
        for (at, _, places) in self.wanted.columns.iter().filter_map(Column::answers) {
            answers.get_mut(at).into_iter().for_each(|slot| *slot = places.clone());
        }
        Ok(Prepared { answers, classes, design })
    }

    fn design(&self) -> Result<Design, DesignProblem> {
        let weights = self.numbers(self.wanted.weight);
        let weights = weights.map_or_else(|| vec![1.0; self.rows], <[f64]>::to_vec);
        let clusters = self.names(self.wanted.cluster).map(|names| names.of_row.as_slice());
        let every_row: Vec<u32> = match clusters {
            Some(_) => Vec::new(),
            None => (0..self.rows as u32).collect(),
        };
        let drawn = Drawn {
            strata: self.names(self.wanted.strata).map(|names| names.of_row.as_slice()),
            clusters: clusters.unwrap_or(&every_row),
            population: self.numbers(self.wanted.population),
        };
        Design::new(weights, &[drawn], self.asked.lonely)
    }

    fn names(&self, at: Option<usize>) -> Option<&Names> {
        self.wanted.columns.get(at?)?.names()
    }

    fn numbers(&self, at: Option<usize>) -> Option<&[f64]> {
        self.wanted.columns.get(at?)?.numbers()
    }

    /// A problem of the design in words of the file.
    pub(super) fn told(&self, problem: DesignProblem) -> SampleProblem {
        let column = self.asked.population.clone().unwrap_or_default();
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
        let Some(names) = self.names(self.wanted.strata) else { return "the sample".to_owned() };
        let name = names.texts.get(number as usize).map_or("", String::as_str);
        format!("stratum {name:?}")
    }
}
