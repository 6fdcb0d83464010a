use super::column::{Column, Kind, Raw};
use super::problem::SampleProblem;
use crate::DataMistakes;
use crate::layout::Layout;
use crate::rows::options_problem;
use crate::sampling::Lonely;
use survey_definitions::Survey;

/// What is asked of a sample; columns by their names in the file.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// How many a row stands for; `None`: every row for one.
    pub weight: Option<String>,
    /// `None`: the sample was drawn from everybody.
    pub strata: Option<String>,
    /// Numbered within the stratum; `None`: every row was drawn by itself.
    pub cluster: Option<String>,
    /// How many clusters the stratum has, drawn or not; `None`: so many that it does not matter.
    pub population: Option<String>,
    pub lonely: Lonely,
    /// Ids of indicators.
    pub indicators: Vec<String>,
    /// Classifications, each of one or more columns that are crossed.
    pub by: Vec<Vec<String>>,
}

/// The columns of a file that are read, each once a use, and where those of the design are.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) columns: Vec<Column>,
    pub(super) weight: Option<usize>,
    pub(super) strata: Option<usize>,
    pub(super) cluster: Option<usize>,
    pub(super) population: Option<usize>,
    /// The columns of each classification.
    pub(super) by: Vec<Vec<usize>>,
    /// Of each item that takes many options its columns.
    many: Vec<Vec<usize>>,
}

impl Wanted {
    pub(super) fn of(
        survey: &Survey,
        layout: &Layout,
        asked: &Asked,
    ) -> Result<Self, SampleProblem> {
        let mut columns: Vec<Column> = Vec::new();
        let mut add = |name: &str, kind: Kind| {
            columns.iter().position(|one| one.is(name, &kind)).unwrap_or_else(|| {
                columns.push(Column::new(name, kind));
                columns.len() - 1
            })
        };
        let mut of_design =
            |name: &Option<String>, kind: fn() -> Kind| name.as_ref().map(|name| add(name, kind()));
        let weight = of_design(&asked.weight, Kind::weight);
        let strata = of_design(&asked.strata, Kind::name);
        let cluster = of_design(&asked.cluster, Kind::name);
        let population = of_design(&asked.population, Kind::population);
        let mut many = Vec::new();
        for id in &asked.indicators {
            let Some(indicator) = survey.indicator(id) else {
                let known = survey.indicators.iter().map(|one| one.id.clone()).collect();
                return Err(SampleProblem::UnknownIndicator { got: id.clone(), known });
            };
            for item in indicator.measure.items() {
                let of_item = layout.columns_of_item(survey, id, item)?;
                let of_item = of_item.into_iter();
                let places =
                    of_item.map(|(at, column)| add(&column.name, Kind::answer(at, column)));
                many.push(places.collect::<Vec<_>>());
            }
        }
        let mut class =
            |name: &String| match layout.columns.iter().position(|one| one.name == *name) {
                Some(at) => match layout.columns.get(at) {
                    Some(column) => add(name, Kind::answer(at, column)),
                    None => add(name, Kind::class()),
                },
                None => add(name, Kind::class()),
            };
        let by = asked.by.iter().map(|names| names.iter().map(&mut class).collect()).collect();
        many.sort_unstable();
        many.dedup();
        many.retain(|columns| columns.len() > 1);
        Ok(Self { columns, weight, strata, cluster, population, by, many })
    }

    pub(super) fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Adds a row; `field` gives the field of a column by position.
    pub(super) fn push<'a>(
        &mut self,
        row: u64,
        field: impl Fn(usize) -> Raw<'a>,
        mistakes: &mut DataMistakes,
    ) {
        let mut clean = true;
        for (at, column) in self.columns.iter_mut().enumerate() {
            if let Err(problem) = column.push(field(at)) {
                clean = false;
                mistakes.add(Some(row), Some(&column.name), problem);
            }
        }
        for options in self.many.iter().filter(|_| clean) {
            let options = options.iter().filter_map(|at| self.columns.get(*at));
            let places = options.clone().filter_map(Column::last);
            if let (Some(problem), Some(first)) = (options_problem(places), options.clone().next())
            {
                mistakes.add(Some(row), Some(&first.name), problem);
            }
        }
    }
}
