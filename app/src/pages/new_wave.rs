use crate::{
    Language,
    language::text,
    shell::{Audience, Page, Shell},
};
use leptos::prelude::*;

/// The form of a new survey wave. `POST /waves/new` as multipart, with the fields of [`WaveField`],
/// `id`, `key_file`, a field `grade_N` for each grade, and `step`: `preview`, `create` or `change`.
#[derive(Debug, Clone)]
pub struct NewWavePage {
    pub typed: TypedWave,
    /// Values and names of the units it may be for; the nation's name is empty.
    pub scopes: Vec<(String, String)>,
    pub definitions: Vec<DefinitionChoice>,
    pub mistakes: Vec<WaveMistake>,
}

/// A new wave as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedWave {
    /// The same through preview and creation, so that a form sent twice makes one wave.
    pub id: String,
    pub name: String,
    pub scope: String,
    pub first_day: String,
    pub last_day: String,
    pub key: String,
    /// Grades and what they answer; empty for a grade that does not take part.
    pub grades: Vec<(u8, String)>,
}

/// A survey definition that grades may answer.
#[derive(Debug, Clone)]
pub struct DefinitionChoice {
    pub value: String,
    pub title: String,
    pub version: u32,
    /// First and last grade.
    pub grades: (u8, u8),
}

/// Where a mistake is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaveField {
    Name,
    Scope,
    FirstDay,
    LastDay,
    Grades,
    Key,
}

/// Why a wave cannot be made of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WaveMistake {
    NameMissing,
    NameTooLong(usize),
    Scope,
    FirstDay,
    LastDay,
    DaysOrder,
    /// The last day is past.
    Past,
    NoGrade,
    NoClasses,
    KeyMissing,
    KeyShape,
    KeyMistyped,
    /// It is the key itself, or a share, and not its public half.
    KeySecret,
    KeyUnusable,
    /// So many classes are in another open wave.
    Overlap(usize),
    /// So many classes are in two waves of the school year already.
    TooOften(usize),
}

/// Characters of a name at most.
pub const LONGEST_WAVE_NAME: usize = 80;

impl Page for NewWavePage {
    const AUDIENCE: Audience = Audience::Staff;

    fn title(&self, language: Language) -> String {
        text!(language, waves.new).to_owned()
    }

    fn view(self, shell: &Shell) -> AnyView {
        let language = shell.language;
        view! {
            <p>
                <a href="/waves">{text!(language, waves.back)}</a>
            </p>
            <h1>{text!(language, waves.new)}</h1>
            <p>{text!(language, waves.new_what)}</p>
            {self.summary(language)}
            <form
                class="card stack"
                method="post"
                action="/waves/new"
                enctype="multipart/form-data"
            >
                <input type="hidden" name="id" value=self.typed.id.clone() />
                {self.name_and_days(language)}
                {self.scope(language)}
                {self.grades(language)}
                {self.key(language)}
                <button class="button" name="step" value="preview">
                    {text!(language, waves.preview)}
                </button>
            </form>
        }
        .into_any()
    }
}

impl NewWavePage {
    /// What is wrong, each with a link to where.
    fn summary(&self, language: Language) -> Option<impl IntoView + use<>> {
        let lines = self.mistakes.iter().map(|mistake| {
            let field = mistake.field().name();
            let words = mistake.words(language);
            view! {
                <li>
                    <a href=format!("#{field}")>{words}</a>
                </li>
            }
        });
        let lines = lines.collect_view();
        (!self.mistakes.is_empty()).then(|| {
            view! {
                <div class="notice bad" role="alert">
                    <p>{text!(language, waves.not_made)}</p>
                    <ul>{lines}</ul>
                </div>
            }
        })
    }

    fn wrong(&self, field: WaveField) -> Option<&WaveMistake> {
        self.mistakes.iter().find(|mistake| mistake.field() == field)
    }

    fn said(&self, language: Language, field: WaveField) -> Option<impl IntoView + use<>> {
        let words = self.wrong(field)?.words(language);
        let id = format!("{}-wrong", field.name());
        Some(view! { <p class="bad" id=id>{words}</p> })
    }

    fn name_and_days(&self, language: Language) -> impl IntoView + use<> {
        let TypedWave { name, first_day, last_day, .. } = &self.typed;
        view! {
            {self
                .input(
                    language,
                    WaveField::Name,
                    "text",
                    name,
                    text!(language, waves.name),
                    text!(language, waves.name_hint),
                )}
            {self
                .input(
                    language,
                    WaveField::FirstDay,
                    "date",
                    first_day,
                    text!(language, waves.first_day),
                    text!(language, waves.first_day_hint),
                )}
            {self
                .input(
                    language,
                    WaveField::LastDay,
                    "date",
                    last_day,
                    text!(language, waves.last_day),
                    text!(language, waves.last_day_hint),
                )}
        }
    }

    fn input(
        &self,
        language: Language,
        field: WaveField,
        kind: &'static str,
        value: &str,
        label: &'static str,
        hint: &'static str,
    ) -> impl IntoView + use<> {
        let name = field.name();
        let (hint_id, wrong_id) = (format!("{name}-hint"), format!("{name}-wrong"));
        let invalid = self.wrong(field).is_some();
        let described = if invalid { format!("{wrong_id} {hint_id}") } else { hint_id.clone() };
        view! {
            <label for=name>{label}</label>
            <span class="quiet" id=hint_id>
                {hint}
            </span>
            <input
                id=name
                name=name
                type=kind
                value=value.to_owned()
                autocomplete="off"
                aria-describedby=described
                aria-invalid=invalid.then_some("true")
            />
            {self.said(language, field)}
        }
    }

    fn scope(&self, language: Language) -> impl IntoView + use<> {
        let options = self.scopes.iter().map(|(value, name)| {
            let chosen = *value == self.typed.scope;
            let name = match name.as_str() {
                "" => text!(language, unit_pages.nation).to_owned(),
                name => name.to_owned(),
            };
            view! {
                <option value=value.clone() selected=chosen>
                    {name}
                </option>
            }
        });
        view! {
            <label for="scope">{text!(language, waves.scope)}</label>
            <select id="scope" name="scope">
                {options.collect_view()}
            </select>
            {self.said(language, WaveField::Scope)}
        }
    }

    fn grades(&self, language: Language) -> impl IntoView + use<> {
        let rows =
            self.typed.grades.iter().map(|(grade, chosen)| self.grade(language, *grade, chosen));
        view! {
            <fieldset id="grades" class="grades">
                <legend>{text!(language, waves.grades)}</legend>
                <p class="quiet">{text!(language, waves.grades_hint)}</p>
                {rows.collect_view()}
                {self.said(language, WaveField::Grades)}
            </fieldset>
        }
    }

    fn grade(&self, language: Language, grade: u8, chosen: &str) -> impl IntoView + use<> {
        let name = format!("grade_{grade}");
        let fits =
            self.definitions.iter().filter(|one| (one.grades.0..=one.grades.1).contains(&grade));
        let options = fits.map(|one| {
            let words = format!(
                "{} · {}",
                one.title,
                text!(language, waves.version, version = one.version)
            );
            view! {
                <option value=one.value.clone() selected=one.value == chosen>
                    {words}
                </option>
            }
        });
        view! {
            <div class="grade">
                <label for=name.clone()>{text!(language, staff.grade, grade = grade)}</label>
                <select id=name.clone() name=name>
                    <option value="" selected=chosen.is_empty()>
                        {text!(language, waves.no_part)}
                    </option>
                    {options.collect_view()}
                </select>
            </div>
        }
    }

    fn key(&self, language: Language) -> impl IntoView + use<> {
        let invalid = self.wrong(WaveField::Key).is_some();
        let described = if invalid { "key-wrong key-hint" } else { "key-hint" };
        view! {
            <label for="key">{text!(language, waves.key)}</label>
            <span class="quiet" id="key-hint">
                {text!(language, waves.key_hint)}
                " "
                <a href="/key-ceremony">{text!(language, key_ceremony.link)}</a>
            </span>
            <textarea
                id="key"
                name="key"
                rows="2"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=invalid.then_some("true")
            >
                {self.typed.key.clone()}
            </textarea>
            <label for="key_file">{text!(language, waves.key_file)}</label>
            <input id="key_file" name="key_file" type="file" />
            {self.said(language, WaveField::Key)}
        }
    }
}

impl WaveField {
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Scope => "scope",
            Self::FirstDay => "first_day",
            Self::LastDay => "last_day",
            Self::Grades => "grades",
            Self::Key => "key",
        }
    }
}

impl WaveMistake {
    pub fn field(&self) -> WaveField {
        match self {
            Self::NameMissing | Self::NameTooLong(_) => WaveField::Name,
            Self::Scope => WaveField::Scope,
            Self::FirstDay => WaveField::FirstDay,
            Self::LastDay | Self::DaysOrder | Self::Past => WaveField::LastDay,
            Self::NoGrade | Self::NoClasses | Self::Overlap(_) | Self::TooOften(_) => {
                WaveField::Grades
            }
            Self::KeyMissing
            | Self::KeyShape
            | Self::KeyMistyped
            | Self::KeySecret
            | Self::KeyUnusable => WaveField::Key,
        }
    }

    /// What is wrong and what to do.
    pub fn words(&self, language: Language) -> String {
        let words = match self {
            Self::NameTooLong(length) => {
                let limit = LONGEST_WAVE_NAME;
                return text!(language, waves.name_long, length = *length, limit = limit);
            }
            Self::Overlap(count) => return text!(language, waves.overlap, count = *count),
            Self::TooOften(count) => return text!(language, waves.too_often, count = *count),
            Self::NameMissing => text!(language, waves.name_missing),
            Self::Scope => text!(language, waves.scope_wrong),
            Self::FirstDay => text!(language, waves.first_day_wrong),
            Self::LastDay => text!(language, waves.last_day_wrong),
            Self::DaysOrder => text!(language, waves.days_order),
            Self::Past => text!(language, waves.days_past),
            Self::NoGrade => text!(language, waves.no_grade),
            Self::NoClasses => text!(language, waves.no_classes),
            Self::KeyMissing => text!(language, waves.key_missing),
            Self::KeyShape => text!(language, waves.key_shape),
            Self::KeyMistyped => text!(language, waves.key_mistyped),
            Self::KeySecret => text!(language, waves.key_secret),
            Self::KeyUnusable => text!(language, waves.key_unusable),
        };
        words.to_owned()
    }
}
