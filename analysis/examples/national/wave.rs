//! A wave made of a seed: classes with a structure like a country's, pupils whose answers hang
//! together within pupils and classes, 3 % of them missing.

use analysis::{ClassPlace, Structure};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use survey_definitions::{Answer, Answers, Response, Survey};

/// How large a wave is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub regions: usize,
    pub districts: usize,
    pub schools: usize,
    pub classes: usize,
    pub pupils: usize,
}

/// Kazakhstan.
pub const NATIONAL: Size =
    Size { regions: 20, districts: 234, schools: 7_859, classes: 160_000, pupils: 3_900_000 };

/// Any number: all is made of it.
const SEED: u64 = 20_261_122;

/// Bytes of randomness for one pupil, one an item and some before; a whole number of the
/// generator's words.
const BYTES: usize = 64;

/// Of 256: 3 % are missing, half of them not reached.
const NOT_REACHED: u8 = 4;
const MISSING: u8 = 8;

/// For each code of five, how many of 256 answer it or a lower one.
const OFTEN: [u8; 5] = [200, 228, 240, 248, 255];
const AGREE: [u8; 5] = [16, 45, 100, 190, 255];

pub struct Wave {
    pub survey: Survey,
    pub structure: Structure,
    /// For each class its first pupil, then their number.
    starts: Vec<usize>,
    /// For each class how much it moves the answers of its pupils.
    shifts: Vec<u8>,
}

impl Wave {
    pub fn new(survey: Survey, size: Size) -> Self {
        let places = (0..size.classes).map(|class| place(class, size)).collect();
        let structure = match Structure::new(places) {
            Ok(structure) => structure,
            Err(mistakes) => panic!("{mistakes}"),
        };
        let starts = (0..=size.classes).map(|class| first_pupil(class, size)).collect();
        let mut random = ChaCha8Rng::seed_from_u64(SEED);
        let mut shifts = vec![0; size.classes];
        random.fill_bytes(&mut shifts);
        shifts.iter_mut().for_each(|shift| *shift /= 8);
        Self { survey, structure, starts, shifts }
    }

    /// How many pupils there are.
    pub fn len(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    /// The position of a pupil's class in the structure.
    pub fn class_of(&self, pupil: usize) -> usize {
        self.starts.partition_point(|start| *start <= pupil) - 1
    }

    /// The answers of a pupil of a class: of one in 512 none, who declines.
    pub fn response(&self, pupil: usize, class: usize) -> Response {
        let mut bytes = [0; BYTES];
        let mut random = ChaCha8Rng::seed_from_u64(SEED + 1);
        random.set_word_pos((pupil * BYTES / 4) as u128);
        random.fill_bytes(&mut bytes);
        let ([first, second, mood, ..], _) = bytes.split_at(4) else { return Response::Declined };
        if *first == 0 && *second < 128 {
            return Response::Declined;
        }
        let lean = mood / 8 + self.shifts.get(class).copied().unwrap_or_default();
        let items = self.survey.items.iter().zip(bytes.iter().skip(4));
        Response::Answered(Answers(
            items.map(|(item, byte)| answer(&item.id, *byte, lean)).collect(),
        ))
    }

    /// Pupils in an order that mixes all classes: a permutation, since the step has no divisor
    /// in common with their number.
    pub fn shuffled(&self) -> impl Iterator<Item = usize> {
        let len = self.len();
        let mut order: Vec<u32> = (0..len as u32).collect();
        let mut random = ChaCha8Rng::seed_from_u64(SEED + 2);
        for last in (1..len).rev() {
            order.swap(last, (random.next_u64() % (last as u64 + 1)) as usize);
        }
        order.into_iter().map(|pupil| pupil as usize)
    }
}

fn answer(item: &str, byte: u8, lean: u8) -> Answer {
    if byte < NOT_REACHED {
        return Answer::NotReached;
    }
    if byte < MISSING {
        return Answer::DoNotWant;
    }
    // What a pupil and a class have in common moves the answers to all items the same way.
    let level = (u16::from(byte) * 3 + u16::from(lean) * 4) / 4;
    let level = u8::try_from(level).unwrap_or(u8::MAX);
    let of =
        |steps: [u8; 5]| (0..4).zip(steps).take_while(|(_, step)| level > *step).count() as i16;
    Answer::Code(match item.as_bytes().first() {
        Some(b's') => [1, 2, 1, 2, 1, 2, 1, 3][usize::from(byte % 8)],
        Some(b'b') => of(OFTEN),
        Some(b'a') => of(AGREE),
        Some(b't') => i16::from(level / 64),
        _ => i16::from(level / 24),
    })
}

fn first_pupil(class: usize, size: Size) -> usize {
    // Classes of different sizes that add up: a wave around the mean.
    let even = class * size.pupils / size.classes;
    let wave = [0, 4, 7, 9, 10, 9, 7, 4, 0, 2][class % 10];
    if class == 0 || class == size.classes { even } else { even + wave }
}

/// Classes are spread over schools, schools over districts, districts over regions, evenly but
/// for the remainders.
fn place(class: usize, size: Size) -> ClassPlace {
    let school = class * size.schools / size.classes;
    let district = school * size.districts / size.schools;
    let region = district * size.regions / size.districts;
    let pupils = first_pupil(class + 1, size) - first_pupil(class, size);
    ClassPlace {
        region: format!("r{region:02}"),
        district: format!("d{district:03}"),
        school: format!("s{school:04}"),
        class: format!("c{class:06}"),
        grade: (5 + class % 7).to_string(),
        form: "senior".to_owned(),
        language: if school.is_multiple_of(3) { "ru" } else { "kk" }.to_owned(),
        enrolment: pupils as u32 + 1,
    }
}
