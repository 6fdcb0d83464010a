use super::country::country;
use super::{check, found};
use app::{StructureColumn as Column, StructureProblem as Problem};
use server::structure_import::{Change, FoundMistakes, Known, Plan, plan, read};

/// One mistake a line, of a school's own table.
#[test]
fn every_mistake_is_found_with_its_row_and_column() {
    let country = country();
    let cells: [(&str, Column, Problem); 19] = [
        ("6А;тілсіз;24;", Column::Language, Problem::UnknownLanguage),
        ("6Б;;24;", Column::Language, Problem::Empty),
        ("6В;kk;;", Column::Enrolment, Problem::Empty),
        ("6Г;kk;жиырма;", Column::Enrolment, Problem::NotANumber),
        ("6Д;kk;-5;", Column::Enrolment, Problem::NotANumber),
        ("6Е;kk;24.5;", Column::Enrolment, Problem::NotANumber),
        ("6Ж;kk;0;", Column::Enrolment, Problem::NoPupils),
        ("6З;kk;61;", Column::Enrolment, Problem::TooManyPupils { limit: 60 }),
        ("6И;kk;99999999999;", Column::Enrolment, Problem::TooManyPupils { limit: 60 }),
        (";kk;24;", Column::Class, Problem::Empty),
        ("А;kk;24;", Column::Class, Problem::NoGrade),
        ("1А;kk;24;", Column::Class, Problem::FirstGrade),
        ("0А;kk;24;", Column::Class, Problem::UnknownGrade),
        ("13А;kk;24;", Column::Class, Problem::UnknownGrade),
        ("05.06.2026;kk;24;", Column::Class, Problem::Date),
        ("7\u{202e}А;kk;24;", Column::Class, Problem::Control),
        ("\"7\nБ\";kk;24;", Column::Class, Problem::Control),
        ("7 тереңдетілген сынып;kk;24;", Column::Class, Problem::TooLong { length: 21, limit: 20 }),
        ("7В;kk;24;7", Column::Grade, Problem::OtherGrade { of_label: 7 }),
    ];
    for (line, column, problem) in cells {
        let line = if column == Column::Grade { "7В;kk;24;8" } else { line };
        let file = format!("Сынып;Тіл;Оқушы саны;Grade\n2А;kk;24;2\n{line}\n");
        let table = read(file.as_bytes()).unwrap();
        let found = found(plan(&table, &country.of_school(), &[country.school]));
        assert_eq!(found, [(Some(3), Some(column), problem)], "{line}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_listed_at_once() {
    let country = country();
    let file = "class,language,enrolment\n1А,xx,0\n2А,kk,24\n2 «а»,ru,24\n";
    let table = read(file.as_bytes()).unwrap();
    let expected = [
        (Some(2), Some(Column::Class), Problem::FirstGrade),
        (Some(2), Some(Column::Language), Problem::UnknownLanguage),
        (Some(2), Some(Column::Enrolment), Problem::NoPupils),
        (Some(4), Some(Column::Class), Problem::DuplicateClass { row: 3 }),
    ];
    assert_eq!(found(plan(&table, &country.of_school(), &[country.school])), expected);
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let country = country();
    for end in ["\n", "\r\n", "\r"] {
        let rows =
            ["class,language,enrolment", "", "", "2А,kk,24", "\"3\nА\",kk,24", "", "1А,kk,24"];
        let file = rows.join(end);
        let table = read(file.as_bytes()).unwrap();
        let found = found(plan(&table, &country.of_school(), &[country.school]));
        let rows: Vec<_> = found.iter().map(|(row, ..)| row.unwrap()).collect();
        assert_eq!(rows, [5, 7], "{end:?}");
    }
}

#[test]
fn a_row_lies_where_its_units_lie() {
    let country = country();
    let head = "region,district,school,school_code,class,language,enrolment\n";
    for (place, column, problem) in [
        (
            "Ұлытау облысы,Жаңаарқа ауданы,,S1",
            Column::SchoolCode,
            Problem::OtherDistrict { district: "Аягөз ауданы".to_owned() },
        ),
        (
            "Абай облысы,D2,Мектеп,",
            Column::District,
            Problem::OtherRegion { region: "Ұлытау облысы".to_owned() },
        ),
        (
            "Абай облысы,Аягөз ауданы,№ 6 мектеп,S1",
            Column::SchoolCode,
            Problem::CodeOfAnother { school: "№ 5 «Дарын» мектебі".to_owned() },
        ),
        ("Абай облысы,Аягөз ауданы,,", Column::School, Problem::Empty),
        (",Аягөз ауданы,№ 6 мектеп,", Column::Region, Problem::Empty),
    ] {
        let file = format!("{head}{place},2А,kk,24\n");
        assert_eq!(
            found(check(file.as_bytes(), &country.known)),
            [(Some(2), Some(column), problem)],
            "{place}"
        );
    }
    let twice = format!("{head}O,P,Жаңа,X1,2А,kk,24\nO,Q,Жаңа,X1,3А,kk,24\n");
    let problem = Problem::OtherDistrict { district: "P".to_owned() };
    assert_eq!(
        found(check(twice.as_bytes(), &Known::default())),
        [(Some(3), Some(Column::SchoolCode), problem)]
    );
}

#[test]
fn nobody_sets_up_what_is_somebody_elses() {
    let country = country();
    let head = "region,district,school,class,language,enrolment\n";
    let own = "Абай облысы,Аягөз ауданы,S1,2А,kk,24\n";
    let new_school = "Абай облысы,Аягөз ауданы,№ 6 мектеп,2А,kk,24\n";
    let new_district = "Абай облысы,Жаңа аудан,№ 6 мектеп,2А,kk,24\n";
    let new_region = "Жаңа облыс,Жаңа аудан,№ 6 мектеп,2А,kk,24\n";
    let rows = [own, new_school, new_district, new_region];
    for (may, allowed) in [(country.school, 1), (country.district, 2), (country.region, 3)] {
        for (at, row) in rows.into_iter().enumerate() {
            let table = read(format!("{head}{row}").as_bytes()).unwrap();
            let result = plan(&table, &country.of_school(), &[may]);
            let refused =
                result.map_err(|mistakes| mistakes.mistakes.into_iter().next().unwrap().problem);
            assert_eq!(
                refused.clone().err(),
                (at >= allowed).then_some(Problem::NotYours),
                "{row}"
            );
        }
    }
}

#[test]
fn a_table_says_what_changes_and_what_stays() {
    let country = country();
    let of = |file: &str| {
        let table = read(file.as_bytes()).unwrap();
        plan(&table, &country.of_school(), &[country.school]).unwrap()
    };
    let same = of("class,language,enrolment\n5-а,қазақша,20\n");
    assert_eq!((same.classes.len(), same.same, same.not_in_table), (0, 1, 0));
    let other = of("class,language,enrolment\n6А,қазақша,20\n");
    assert_eq!((other.classes.len(), other.same, other.not_in_table), (1, 0, 1));
    assert_eq!(other.classes[0].change, Change::New);
    let changed = of("class,language,enrolment,teacher,телефон\n5А,русский,20,,1\n");
    let [class] = &changed.classes[..] else { panic!("{changed:?}") };
    assert!(matches!(&class.change, Change::Changed { reopened: false, .. }));
    assert_eq!((class.fields.language.as_str(), &class.fields.teacher), ("ru", &None));
    assert_eq!(changed.ignored, ["телефон"]);
}

#[test]
fn separators_encodings_and_headings_are_recognised() {
    let text = "Класс;Язык обучения;Количество учеников\n5А;русский;24\n";
    let utf16: Vec<u8> =
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    // "Класс;Язык;Учеников" and a row, as an older Excel writes them.
    let windows_1251 = [
        &b"\xca\xeb\xe0\xf1\xf1;\xdf\xe7\xfb\xea;\xd3\xf7\xe5\xed\xe8\xea\xee\xe2\r\n"[..],
        b"5\xc0;\xf0\xf3\xf1\xf1\xea\xe8\xe9;24\r\n",
    ]
    .concat();
    let files: [Vec<u8>; 7] = [
        text.into(),
        ["\u{feff}", text].concat().into(),
        text.replace(';', ",").into(),
        text.replace(';', "\t").into(),
        text.replace('\n', "\r\n").replace("24", " 24\u{a0}").into(),
        utf16,
        windows_1251,
    ];
    let country = country();
    let expected = of_school(&files[0], &country).unwrap();
    assert_eq!(expected.classes[0].fields.label, "5 «А»");
    for file in &files {
        assert_eq!(of_school(file, &country).unwrap(), expected, "{file:?}");
    }
    // A Kazakh letter that Windows-1251 does not have.
    let lost = [&files[6][..], b"6\xc0;\xf0\xf3\xf1;24;\r\n", b"7?;\xf0\xf3\xf1;24\r\n"].concat();
    let problem = (Some(4), Some(Column::Class), Problem::LostLetter);
    assert_eq!(found(of_school(&lost, &country)), [problem]);
}

fn of_school(file: &[u8], country: &super::country::Country) -> Result<Plan, FoundMistakes> {
    plan(&read(file)?, &country.of_school(), &[country.school])
}
