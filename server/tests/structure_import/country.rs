use server::storage::units::Unit;
use server::structure_import::{Known, KnownClass, KnownUnit};
use uuid::Uuid;

/// Two regions with a district each, and in the first a school with a class.
pub(crate) struct Country {
    pub(crate) known: Known,
    pub(crate) school: Unit,
    pub(crate) district: Unit,
    pub(crate) region: Unit,
}

pub(crate) fn country() -> Country {
    let [region, other_region, district, other_district, school, class] =
        [1_u128, 2, 3, 4, 5, 6].map(Uuid::from_u128);
    let unit = |id, parent, code: &str, name: &str| KnownUnit {
        id,
        parent,
        code: code.to_owned(),
        name: name.to_owned(),
    };
    let known = Known {
        regions: vec![
            unit(region, Uuid::nil(), "R1", "Абай облысы"),
            unit(other_region, Uuid::nil(), "R2", "Ұлытау облысы"),
        ],
        districts: vec![
            unit(district, region, "D1", "Аягөз ауданы"),
            unit(other_district, other_region, "D2", "Жаңаарқа ауданы"),
        ],
        schools: vec![unit(school, district, "S1", "№ 5 «Дарын» мектебі")],
        classes: vec![KnownClass {
            id: class,
            school,
            code: "S1-01".to_owned(),
            label: "5 «А»".to_owned(),
            grade: "5".to_owned(),
            language: "kk".to_owned(),
            enrolment: 20,
            teacher: "Сәуле".to_owned(),
            closed: false,
        }],
    };
    let (school, district, region) =
        (Unit::School(school), Unit::District(district), Unit::Region(region));
    Country { known, school, district, region }
}

impl Country {
    /// What somebody sees who sets up this school alone.
    pub(crate) fn of_school(&self) -> Known {
        Known {
            regions: self.known.regions[..1].to_vec(),
            districts: self.known.districts[..1].to_vec(),
            ..self.known.clone()
        }
    }
}
