//! Two regions, four districts, fourteen schools, about 110 classes and 2,500 pupils.

/// A school of the demonstration.
pub struct School {
    pub district: usize,
    pub name: &'static str,
    pub kind: Kind,
}

/// What is particular about a school.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Kazakh,
    Russian,
    Mixed,
    Boarding,
    /// 45 pupils, some grades taught together.
    Rural,
    /// Clearly more bullying than elsewhere.
    Worse,
}

/// A class of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub label: String,
    pub grade: u8,
    pub language: &'static str,
    pub enrolment: u32,
}

pub const REGIONS: [&str; 2] = ["Сырдария облысы", "Алатау облысы"];

/// Region and name.
pub const DISTRICTS: [(usize, &str); 4] =
    [(0, "Қызылсай ауданы"), (0, "Жаңақала қаласы"), (1, "Көктөбе ауданы"), (1, "Тасбұлақ ауданы")];

pub const SCHOOLS: [School; 14] = [
    School { district: 0, name: "№ 1 «Дарын» мектебі", kind: Kind::Kazakh },
    School { district: 0, name: "№ 2 мектеп", kind: Kind::Kazakh },
    School { district: 0, name: "Ақжар ауыл мектебі", kind: Kind::Rural },
    School { district: 1, name: "№ 5 мектеп-гимназия", kind: Kind::Mixed },
    School { district: 1, name: "Школа № 7", kind: Kind::Russian },
    School { district: 1, name: "№ 9 мектеп", kind: Kind::Worse },
    School { district: 1, name: "№ 12 мектеп-лицей", kind: Kind::Kazakh },
    School { district: 2, name: "№ 3 мектеп", kind: Kind::Kazakh },
    School {
        district: 2, name: "Көктөбе мектеп-интернаты", kind: Kind::Boarding
    },
    School { district: 2, name: "№ 8 мектеп", kind: Kind::Mixed },
    School { district: 3, name: "Тасбұлақ мектебі", kind: Kind::Kazakh },
    School { district: 3, name: "Школа-лицей № 4", kind: Kind::Russian },
    School { district: 3, name: "№ 6 мектеп", kind: Kind::Kazakh },
    School { district: 3, name: "№ 10 мектеп", kind: Kind::Kazakh },
];

/// The school and class whose answers are all alike.
pub const ALL_ALIKE: (usize, usize) = (7, 3);
/// The school and class with fewer than ten pupils.
const UNDER_TEN: (usize, usize) = (10, 2);
const ORDINARY_CLASSES: usize = 8;

/// The classes of a school, by its place in [`SCHOOLS`].
pub fn classes(index: usize) -> Vec<Class> {
    match SCHOOLS[index].kind {
        Kind::Rural => rural(),
        kind => (0..ORDINARY_CLASSES).map(|at| ordinary(index, at, kind)).collect(),
    }
}

/// Grades 2 and 3 and grades 5 and 6 are taught together; a combined class answers the form of
/// its lower grade.
fn rural() -> Vec<Class> {
    let class = |label: &str, grade, enrolment| Class {
        label: label.to_owned(),
        grade,
        language: "kk",
        enrolment,
    };
    vec![
        class("2–3", 2, 9),
        class("4", 4, 6),
        class("5–6", 5, 11),
        class("7", 7, 6),
        class("8", 8, 7),
        class("9", 9, 6),
    ]
}

fn ordinary(school: usize, at: usize, kind: Kind) -> Class {
    // A boarding school has only older pupils, two classes a grade.
    let (grade, second) = match kind {
        Kind::Boarding => (7 + (at / 2) as u8, at % 2 == 1),
        _ => (2 + ((at + school) % 5) as u8 * 2, at >= 5),
    };
    let language = match kind {
        Kind::Russian => "ru",
        Kind::Mixed if second => "ru",
        _ => "kk",
    };
    let letter = match (language, second) {
        ("ru", true) => 'Б',
        ("kk", true) => 'Ә',
        _ => 'А',
    };
    let enrolment = match (school, at) {
        UNDER_TEN => 8,
        _ => 18 + ((school * 7 + at * 5) % 13) as u32,
    };
    Class { label: format!("{grade} «{letter}»"), grade, language, enrolment }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_country_has_the_size_and_the_schools_it_promises() {
        let classes: Vec<_> = (0..SCHOOLS.len()).flat_map(classes).collect();
        let pupils: u32 = classes.iter().map(|class| class.enrolment).sum();
        assert!((105..=115).contains(&classes.len()), "{} classes", classes.len());
        assert!((2450..=2550).contains(&pupils), "{pupils} pupils");
        for district in 0..DISTRICTS.len() {
            let schools = SCHOOLS.iter().filter(|school| school.district == district).count();
            assert!(schools >= 3, "district {district} has {schools} schools");
        }
        assert!(classes.iter().any(|class| class.grade < 5));
        assert!(classes.iter().any(|class| class.grade >= 5));
    }

    #[test]
    fn class_labels_are_unique_within_a_school() {
        for school in 0..SCHOOLS.len() {
            let labels: Vec<_> = classes(school).into_iter().map(|class| class.label).collect();
            let distinct: HashSet<_> = labels.iter().collect();
            assert_eq!(distinct.len(), labels.len(), "{labels:?}");
        }
    }

    #[test]
    fn the_rural_school_has_45_pupils() {
        let pupils: u32 = rural().iter().map(|class| class.enrolment).sum();
        assert_eq!(pupils, 45);
    }
}
