//! What every part of a definition file consists of, as data. It says the same as the types,
//! in a form that [`super::walk`] can follow past the first mistake; a test holds the two
//! against each other.

/// What may stand at a place.
pub(super) enum Shape {
    /// A name for use in columns and addresses.
    Id,
    /// Text for people who read the file, not for pupils.
    Line,
    /// Text for pupils, in every language of the definition.
    Text,
    /// The name of a file of sound, after its content.
    Recording,
    Flag,
    Whole {
        from: i64,
        to: i64,
    },
    OneOf(&'static [&'static str]),
    List(&'static Shape),
    Object(&'static [Field]),
    /// An object whose `kind` says which fields it has.
    Kinds(&'static [(&'static str, &'static [Field])]),
    /// [`CONDITION`], by name because it holds itself.
    Condition,
}

/// A field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
}

pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

pub(super) const COUNTED: Shape = Shape::Whole { from: 1, to: u32::MAX as i64 };

// -1 is "do not want to say" in data files, so no code may be negative.
const CODE: Shape = Shape::Whole { from: 0, to: i16::MAX as i64 };

pub(super) const LANGUAGES: Shape = Shape::List(&Shape::OneOf(&["kk", "ru", "en"]));

const CODES: Shape = Shape::List(&CODE);

/// No release shows a group under this, so no indicator may ask for it.
const SMALLEST_GROUP: i64 = 10;

pub(super) const SURVEY: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("version", COUNTED),
    required("form", Shape::OneOf(&["junior", "senior", "parent"])),
    optional("grades", GRADES),
    optional("branching", Shape::Flag),
    required("languages", LANGUAGES),
    required("title", Shape::Text),
    required("source", Shape::Line),
    required("licence", Shape::Line),
    optional("modules", Shape::List(&MODULE)),
    required("scales", Shape::List(&SCALE)),
    required("items", Shape::List(&ITEM)),
    optional("sex", SEX),
    required("pages", Shape::List(&PAGE)),
    required("indicators", Shape::List(&INDICATOR)),
]);

const GRADES: Shape = Shape::Object(&[required("first", GRADE), required("last", GRADE)]);

const GRADE: Shape = Shape::Whole { from: 1, to: 12 };

const MODULE: Shape = Shape::Object(&[required("id", Shape::Id), required("title", Shape::Text)]);

const SCALE: Shape = Shape::Kinds(&[
    ("one", &[required("id", Shape::Id), required("options", Shape::List(&CHOICE))]),
    ("many", &[required("id", Shape::Id), required("options", Shape::List(&CHOICE))]),
    (
        "number",
        &[
            required("id", Shape::Id),
            required("lowest", CODE),
            required("highest", CODE),
            required("lowest_text", Shape::Text),
            required("highest_text", Shape::Text),
        ],
    ),
]);

const CHOICE: Shape = Shape::Object(&[
    required("code", CODE),
    optional("name", Shape::Id),
    optional("picture", Shape::Id),
    optional("none", Shape::Flag),
    optional("missing", Shape::OneOf(&["do_not_know"])),
    required("text", Shape::Text),
]);

const ITEM: Shape = Shape::Object(&[
    required("id", Shape::Id),
    optional("module", Shape::Id),
    required("concept", Shape::Line),
    optional("maps_to", Shape::Line),
    required("sensitive", Shape::Flag),
    required("need", Shape::OneOf(&["core", "optional", "adaptable"])),
    required("comparable_since", COUNTED),
    required("scale", Shape::Id),
    required("text", Shape::Text),
    optional("shown_when", Shape::Condition),
    optional("shuffled", Shape::Flag),
    required("source", Shape::Line),
    required("licence", Shape::Line),
]);

const SEX: Shape =
    Shape::Object(&[required("item", Shape::Id), required("girl", CODE), required("boy", CODE)]);

const PAGE: Shape = Shape::Kinds(&[
    (
        "reading",
        &[
            required("id", Shape::Id),
            required("title", Shape::Text),
            required("parts", Shape::List(&PICTURED)),
        ],
    ),
    ("items", &[required("items", Shape::List(&Shape::Id))]),
]);

/// A text with or without a picture.
pub(super) const PICTURED: Shape =
    Shape::Object(&[optional("picture", Shape::Id), required("text", Shape::Text)]);

const INDICATOR: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("label", Shape::Text),
    optional("sensitive", Shape::Flag),
    optional("published_from", Shape::Whole { from: SMALLEST_GROUP, to: u32::MAX as i64 }),
    required("measure", MEASURE),
]);

const MEASURE: Shape = Shape::Kinds(&[
    ("share", &[required("of", Shape::Condition), optional("among", Shape::Condition)]),
    ("shares", &[required("parts", Shape::List(&PART))]),
    (
        "mean",
        &[
            required("items", Shape::List(&MEAN_ITEM)),
            required("at_least", COUNTED),
            required("times", COUNTED),
        ],
    ),
]);

const PART: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("label", Shape::Text),
    required("of", Shape::Condition),
]);

const MEAN_ITEM: Shape = Shape::Object(&[
    required("item", Shape::Id),
    optional("reversed", Shape::Flag),
    optional("not_applicable", CODES),
]);

const CONDITIONS: Shape = Shape::List(&Shape::Condition);

pub(super) const CONDITION: &[(&str, &[Field])] = &[
    ("codes", &[required("item", Shape::Id), required("codes", CODES)]),
    ("all", &[required("of", CONDITIONS)]),
    ("any", &[required("of", CONDITIONS)]),
    ("at_least", &[required("count", COUNTED), required("of", CONDITIONS)]),
    ("range", &[required("item", Shape::Id), optional("from", CODE), optional("to", CODE)]),
    ("not", &[required("of", Shape::Condition)]),
    ("same", &[required("items", Shape::List(&Shape::Id)), required("from", CODE)]),
];
