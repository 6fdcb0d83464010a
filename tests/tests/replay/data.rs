use csv::StringRecord;
use tests::{at_full_size, package_directory};

/// Enough for several schools in a test that runs every day.
const EVERY_DAY: usize = 1500;

/// Rows of the data file as they are written.
pub struct Rows {
    pub header: StringRecord,
    pub records: Vec<StringRecord>,
    at_full_size: bool,
}

impl Rows {
    pub fn all() -> Self {
        let mut reader =
            csv::Reader::from_path(package_directory().join("data/yrbs_2019.csv")).unwrap();
        let header = reader.headers().unwrap().clone();
        let records: Vec<_> = reader.into_records().map(Result::unwrap).collect();
        assert_eq!(records.len(), 13_677);
        Self { header, records, at_full_size: true }
    }

    /// All rows under `cargo xtask prove faults`, a beginning of them otherwise.
    pub fn wanted() -> Self {
        let mut rows = Self::all();
        rows.at_full_size = at_full_size();
        if !rows.at_full_size {
            rows.records.truncate(EVERY_DAY);
        }
        rows
    }

    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// After how many percent of the responses the server is killed.
    pub fn kills(&self) -> &'static [usize] {
        if self.at_full_size { &[1, 20, 40, 60, 80, 99] } else { &[10, 60] }
    }

    /// A field of a record by the name of its column.
    pub fn field<'a>(&self, record: &'a StringRecord, column: &str) -> &'a str {
        let place = self.header.iter().position(|name| name == column).unwrap();
        &record[place]
    }

    pub fn to_csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.header).unwrap();
        for record in &self.records {
            writer.write_record(record).unwrap();
        }
        writer.into_inner().unwrap()
    }
}
