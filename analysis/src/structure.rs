use crate::csv_header::{self, Places};
use crate::{DataMistakes, DataProblem};
use csv::ByteRecord;
use std::collections::HashMap;
use std::io::Write;
use std::sync::Arc;
use survey_definitions::Form;

/// One class and where it lies, as it was when the wave opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassPlace {
    pub region: String,
    pub district: String,
    pub school: String,
    /// Unique in the whole structure.
    pub class: String,
    /// `2` to `12`, or `unknown`.
    pub grade: String,
    /// `junior` or `senior`.
    pub form: String,
    /// The language of instruction.
    pub language: String,
    pub enrolment: u32,
}

/// All classes of a wave and the schools, districts and regions they lie in. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure(Arc<[ClassPlace]>);

const COLUMNS: [&str; 8] =
    ["region", "district", "school", "class", "grade", "form", "language", "enrolment"];

impl Structure {
    /// Checks that each class is there once and each school and district lies in one place.
    ///
    /// # Errors
    /// Every mistake; rows are positions in `classes`, from 1.
    pub fn new(classes: Vec<ClassPlace>) -> Result<Self, DataMistakes> {
        let rows = classes.into_iter().enumerate();
        let rows = rows.map(|(index, place)| (index as u64 + 1, place)).collect();
        Self::build(rows, DataMistakes::default())
    }

    /// Reads a structure file: CSV with the columns
    /// `region,district,school,class,grade,form,language,enrolment`, in any order.
    ///
    /// # Errors
    /// Every mistake, with its line and column.
    pub fn parse_csv(text: impl AsRef<[u8]>) -> Result<Self, DataMistakes> {
        let mut reader = csv_header::reader(text.as_ref());
        let places = Places::read(&mut reader, &COLUMNS)?;
        let (mut rows, mut mistakes) = (Vec::new(), DataMistakes::default());
        let mut record = ByteRecord::new();
        while reader
            .read_byte_record(&mut record)
            .map_err(|error| csv_header::unreadable(&error))?
        {
            if places.check(&record, &mut mistakes)
                && let Some(place) = class_place(&record, &places, &mut mistakes)
            {
                rows.push((csv_header::line(&record).unwrap_or_default(), place));
            }
        }
        Self::build(rows, mistakes)
    }

    /// Writes the file that [`Self::parse_csv`] reads, by class.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write_csv(&self, output: impl Write) -> std::io::Result<()> {
        let mut writer = csv::Writer::from_writer(output);
        writer.write_record(COLUMNS)?;
        for place in self.classes() {
            let enrolment = place.enrolment.to_string();
            writer.write_record(texts(place).into_iter().chain([enrolment.as_str()]))?;
        }
        writer.flush()
    }

    /// The classes, by id.
    pub fn classes(&self) -> &[ClassPlace] {
        &self.0
    }

    fn build(
        mut rows: Vec<(u64, ClassPlace)>,
        mut mistakes: DataMistakes,
    ) -> Result<Self, DataMistakes> {
        rows.iter().for_each(|(row, place)| check(*row, place, &mut mistakes));
        one_parent(&rows, "school", |place| (&place.school, &place.district), &mut mistakes);
        one_parent(&rows, "district", |place| (&place.district, &place.region), &mut mistakes);
        rows.sort_by(|(_, a), (_, b)| a.class.cmp(&b.class));
        for [(_, first), (row, second)] in rows.array_windows() {
            if first.class == second.class {
                let problem = DataProblem::DuplicateClass { class: second.class.clone() };
                mistakes.add(Some(*row), Some("class"), problem);
            }
        }
        mistakes.or(Self(rows.into_iter().map(|(_, place)| place).collect()))
    }
}

fn texts(place: &ClassPlace) -> [&str; 7] {
    [
        &place.region,
        &place.district,
        &place.school,
        &place.class,
        &place.grade,
        &place.form,
        &place.language,
    ]
}

/// The form that a class answers; `None` for a word that is not one.
pub(crate) fn form(code: &str) -> Option<Form> {
    [Form::Junior, Form::Senior, Form::Parent].into_iter().find(|form| form.code() == code)
}

fn check(row: u64, place: &ClassPlace, mistakes: &mut DataMistakes) {
    for (column, text) in COLUMNS.iter().zip(texts(place)) {
        if text.is_empty() {
            mistakes.add(Some(row), Some(column), DataProblem::Empty);
        }
    }
    if !place.form.is_empty() && form(&place.form).is_none() {
        let problem = DataProblem::UnknownForm { got: place.form.clone() };
        mistakes.add(Some(row), Some("form"), problem);
    }
}

fn class_place(
    record: &ByteRecord,
    places: &Places,
    mistakes: &mut DataMistakes,
) -> Option<ClassPlace> {
    let row = csv_header::line(record);
    let mut fields: [&str; 8] = [""; 8];
    for (index, (field, column)) in fields.iter_mut().zip(COLUMNS).enumerate() {
        match std::str::from_utf8(places.field(record, index)) {
            Ok(text) => *field = text,
            Err(_) => {
                mistakes.add(row, Some(column), DataProblem::NotUtf8);
                return None;
            }
        }
    }
    let [region, district, school, class, grade, form, language, pupils] = fields;
    let Ok(enrolment) = pupils.parse() else {
        let problem = DataProblem::NotACount { got: pupils.to_owned() };
        mistakes.add(row, Some("enrolment"), problem);
        return None;
    };
    let [region, district, school, class, grade, form, language] =
        [region, district, school, class, grade, form, language].map(str::to_owned);
    Some(ClassPlace { region, district, school, class, grade, form, language, enrolment })
}

/// Every child lies in the parent in which it was seen first.
fn one_parent(
    rows: &[(u64, ClassPlace)],
    column: &str,
    link: impl Fn(&ClassPlace) -> (&String, &String),
    mistakes: &mut DataMistakes,
) {
    let mut parents: HashMap<&str, &str> = HashMap::new();
    for (row, place) in rows {
        let (child, parent) = link(place);
        let first = *parents.entry(child).or_insert(parent);
        if first != parent {
            let [child, first, second] = [child, first, parent].map(str::to_owned);
            let problem = DataProblem::TwoParents { child, first, second };
            mistakes.add(Some(*row), Some(column), problem);
        }
    }
}
