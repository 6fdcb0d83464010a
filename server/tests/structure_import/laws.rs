use super::check;
use proptest::prelude::*;
use server::storage::units::Unit;
use server::structure_import::{
    ClassLabel, Known, KnownClass, KnownUnit, Plan, csv_file, plan, read, xlsx_file,
};
use std::collections::BTreeMap;
use survey_definitions::Language;
use uuid::Uuid;

/// Region, district, school, class, language, enrolment, teacher.
type Row = (u8, u8, u8, u8, usize, u8, String);

/// Names that a spreadsheet would take for something else among them.
const NAMES: [&str; 6] = ["Абай", "=1+1", "-Б", "'@x", "Семей; \"қала\"", "№ 5, «Дарын» мектебі"];
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let teacher = prop_oneof![Just(String::new()), "[А-ЯҚӘа-яқә=+'-]{1,8}( [А-Я])?"];
    let row = (0_u8..3, 0_u8..2, 0_u8..3, 0_u8..30, 0_usize..3, 1_u8..=60, teacher);
    proptest::collection::vec(row, 1..60).prop_map(|rows| {
        // One row a class.
        let by_class = rows.into_iter().map(|row| ((row.0, row.1, row.2, row.3), row));
        by_class.collect::<BTreeMap<_, _>>().into_values().collect()
    })
}

fn table(rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let head = ["region", "district", "school", "class", "language", "enrolment", "teacher"];
    writer.write_record(head).unwrap();
    for (region, district, school, class, language, enrolment, teacher) in rows {
        let label = format!("{}{}", 2 + class % 10, ["А", "Ә", "Қ"][usize::from(class / 10)]);
        let unit = |number: u8| {
            let name = NAMES[usize::from(number)];
            // As `export` writes it.
            let guard = name.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
            if guard { format!("'{name}") } else { name.to_owned() }
        };
        let guarded = teacher.trim_start_matches('\'').starts_with(['=', '+', '-', '@']);
        let teacher = if guarded { format!("'{teacher}") } else { teacher.clone() };
        let (region, district, school) = (unit(*region), unit(district + 1), unit(school + 3));
        let (language, enrolment) = (LANGUAGES[*language].to_owned(), enrolment.to_string());
        writer
            .write_record([region, district, school, label, language, enrolment, teacher])
            .unwrap();
    }
    writer.into_inner().unwrap()
}

/// What there is once a plan for an empty country was carried out.
fn carried_out(plan: &Plan) -> Known {
    let mut next = 0;
    let mut id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    let unit = |id, parent, code, name: &String| KnownUnit { id, parent, code, name: name.clone() };
    let mut known = Known::default();
    for (at, region) in plan.regions.iter().enumerate() {
        known.regions.push(unit(id(), Uuid::nil(), format!("R{at}"), &region.name));
    }
    for (at, district) in plan.districts.iter().enumerate() {
        let parent = known.regions[district.parent].id;
        known.districts.push(unit(id(), parent, format!("D{at}"), &district.name));
    }
    for (at, school) in plan.schools.iter().enumerate() {
        let parent = known.districts[school.district].id;
        known.schools.push(unit(id(), parent, format!("S{at}"), &school.name));
    }
    for (at, class) in plan.classes.iter().enumerate() {
        let fields = class.fields.clone();
        known.classes.push(KnownClass {
            id: id(),
            school: known.schools[class.school].id,
            code: format!("C{at}"),
            label: fields.label,
            grade: fields.grade.to_string(),
            language: fields.language,
            enrolment: fields.enrolment,
            teacher: fields.teacher.unwrap_or_default(),
            closed: false,
        });
    }
    known
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_input_panics(file in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = check(&file, &Known::default());
        let _ = check(&[b"PK\x03\x04", &file[..]].concat(), &Known::default());
    }

    #[test]
    fn no_text_panics(file in "(class|сынып|[\"';,\t\n= 0-9А-Яа-яҚқ«»\u{feff}\u{202e}]){0,60}") {
        let head = "region,district,school,class,language,enrolment\n";
        let _ = check(file.as_bytes(), &Known::default());
        let _ = check(format!("{head}{file}").as_bytes(), &Known::default());
    }

    #[test]
    fn no_label_panics_and_each_reads_back(text in "\\PC{0,20}") {
        if let Some(label) = ClassLabel::parse(&text) {
            let again = ClassLabel::parse(&label.to_string()).unwrap();
            prop_assert_eq!(again.key(), label.key());
            let _ = label.next_year().to_string();
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| seed.wrapping_mul(u64::from(row.3) * 31 + u64::from(row.2) + 7));
        let empty = Known::default();
        prop_assert_eq!(check(&table(&rows), &empty).unwrap(), check(&table(&shuffled), &empty).unwrap());
    }

    #[test]
    fn what_was_imported_and_exported_is_the_same_structure(rows in rows()) {
        let planned = check(&table(&rows), &Known::default()).unwrap();
        prop_assert_eq!(planned.classes.len(), rows.len());
        let known = carried_out(&planned);
        for language in Language::ALL {
            for file in [csv_file(&known, false, language), xlsx_file(&known, false, language).unwrap()] {
                let again = plan(&read(&file).unwrap(), &known, &[Unit::Nation]).unwrap();
                prop_assert_eq!(again.classes, vec![], "{:?}", language);
                prop_assert_eq!(again.same as usize, rows.len());
            }
        }
    }
}
