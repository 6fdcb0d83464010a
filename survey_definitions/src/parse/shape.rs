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
}

/// A field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

const fn optional(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

const COUNTED: Shape = Shape::Whole { from: 1, to: u32::MAX as i64 };

// -1 is "do not want to say" in data files, so no code may be negative.
const CODE: Shape = Shape::Whole { from: 0, to: i16::MAX as i64 };

/// No release shows a group under this, so no indicator may ask for it.
const SMALLEST_GROUP: i64 = 10;

pub(super) const SURVEY: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("version", COUNTED),
    required("form", Shape::OneOf(&["junior", "senior"])),
    required("languages", Shape::List(&Shape::OneOf(&["kk", "ru", "en"]))),
    required("title", Shape::Text),
    required("source", Shape::Line),
    required("licence", Shape::Line),
    required("scales", Shape::List(&SCALE)),
    required("items", Shape::List(&ITEM)),
    required("pages", Shape::List(&PAGE)),
    required("indicators", Shape::List(&INDICATOR)),
]);

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
    optional("none", Shape::Flag),
    required("text", Shape::Text),
]);

const ITEM: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("concept", Shape::Line),
    required("sensitive", Shape::Flag),
    required("need", Shape::OneOf(&["core", "optional", "adaptable"])),
    required("comparable_since", COUNTED),
    required("scale", Shape::Id),
    required("text", Shape::Text),
    required("source", Shape::Line),
    required("licence", Shape::Line),
]);

const PAGE: Shape = Shape::Kinds(&[
    (
        "reading",
        &[required("id", Shape::Id), required("title", Shape::Text), required("text", Shape::Text)],
    ),
    ("items", &[required("items", Shape::List(&Shape::Id))]),
]);

const INDICATOR: Shape = Shape::Object(&[
    required("id", Shape::Id),
    required("label", Shape::Text),
    required(
        "share",
        Shape::Object(&[required("item", Shape::Id), required("codes", Shape::List(&CODE))]),
    ),
    optional("published_from", Shape::Whole { from: SMALLEST_GROUP, to: u32::MAX as i64 }),
]);
