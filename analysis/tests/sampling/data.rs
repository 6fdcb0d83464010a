use analysis::sampling::{Design, Drawn, Lonely};
use std::collections::HashMap;

/// A data set of the reference as columns of text.
pub struct Data(HashMap<String, Vec<String>>);

impl Data {
    pub fn read(name: &str) -> Self {
        let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/sampling");
        let mut reader = csv::Reader::from_path(format!("{directory}/{name}.csv")).unwrap();
        let heads: Vec<_> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let mut columns: HashMap<String, Vec<String>> =
            heads.iter().map(|head| (head.clone(), Vec::new())).collect();
        for record in reader.records() {
            for (head, field) in heads.iter().zip(record.unwrap().iter()) {
                columns.get_mut(head).unwrap().push(field.to_owned());
            }
        }
        Self(columns)
    }

    pub fn texts(&self, column: &str) -> &[String] {
        &self.0[column]
    }

    /// Empty is NaN.
    pub fn numbers(&self, column: &str) -> Vec<f64> {
        self.texts(column).iter().map(|text| text.parse().unwrap_or(f64::NAN)).collect()
    }

    /// 1 where a column holds a text, 0 elsewhere.
    pub fn marks(&self, column: &str, text: &str) -> Vec<f64> {
        let mark = |one: &String| f64::from(u8::from(one == text));
        self.texts(column).iter().map(mark).collect()
    }

    /// Equal texts get equal numbers.
    pub fn names(&self, column: &str) -> Vec<u32> {
        let mut known = HashMap::new();
        let number = |text: &String| {
            let next = known.len() as u32;
            *known.entry(text.clone()).or_insert(next)
        };
        self.texts(column).iter().map(number).collect()
    }
}

/// The design of a name in the figures, with its data.
pub fn design(name: &str) -> (Data, Design) {
    let (file, lonely) = match name {
        "apistrat_without_fpc" => ("apistrat", Lonely::Fail),
        "apiclus1_without_fpc" => ("apiclus1", Lonely::Fail),
        "scd_fpc" => ("scd", Lonely::Fail),
        "apiclus2_one_stage" => ("apiclus2", Lonely::Fail),
        "lonely_certainty" => ("lonely", Lonely::Certain),
        "lonely_adjust" => ("lonely", Lonely::Adjust),
        "lonely_average" => ("lonely", Lonely::Average),
        same => (same, Lonely::Fail),
    };
    let data = Data::read(file);
    let weights = match file {
        "nhanes" => data.numbers("WTMEC2YR"),
        "scd" => vec![1.0; data.texts("ESA").len()],
        _ => data.numbers("pw"),
    };
    let rows: Vec<u32> = (0..weights.len() as u32).collect();
    let one = |strata: Option<&str>, clusters: Option<&str>, population: Option<&str>| {
        let strata = strata.map(|column| data.names(column));
        let clusters = clusters.map_or(rows.clone(), |column| data.names(column));
        (strata, clusters, population.map(|column| data.numbers(column)))
    };
    let stages = match name {
        "apistrat" => vec![one(Some("stype"), None, Some("fpc"))],
        "apiclus1" => vec![one(None, Some("dnum"), Some("fpc"))],
        "apiclus1_without_fpc" => vec![one(None, Some("dnum"), None)],
        "scd" => vec![one(Some("ESA"), Some("ambulance"), None)],
        "scd_fpc" => {
            let (strata, clusters, _) = one(Some("ESA"), Some("ambulance"), None);
            vec![(strata, clusters, Some(vec![5.0; rows.len()]))]
        }
        "apiclus2" => {
            vec![one(None, Some("dnum"), Some("fpc1")), one(None, Some("snum"), Some("fpc2"))]
        }
        "apiclus2_one_stage" => vec![one(None, Some("dnum"), None)],
        "nhanes" => vec![one(Some("SDMVSTRA"), Some("SDMVPSU"), None)],
        _ => vec![one(Some("stype"), None, None)],
    };
    let drawn: Vec<_> = stages
        .iter()
        .map(|(strata, clusters, population)| Drawn {
            strata: strata.as_deref(),
            clusters,
            population: population.as_deref(),
        })
        .collect();
    let design = Design::new(weights, &drawn, lonely).unwrap();
    (data, design)
}
