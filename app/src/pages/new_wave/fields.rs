use super::{NewWavePage, TypedWave, WaveField};
use crate::{Language, language::text, parts::field::Field};
use leptos::prelude::*;

impl NewWavePage {
    pub(super) fn name_and_days(&self, language: Language) -> impl IntoView + use<> {
        let TypedWave { name, first_day, last_day, .. } = &self.typed;
        let lines = [
            (WaveField::Name, "text", name, text!(language, waves.name)),
            (WaveField::FirstDay, "date", first_day, text!(language, waves.first_day)),
            (WaveField::LastDay, "date", last_day, text!(language, waves.last_day)),
        ];
        let fields = lines.map(|(place, kind, value, label)| {
            let hint = match place {
                WaveField::Name => text!(language, waves.name_hint),
                WaveField::FirstDay => text!(language, waves.first_day_hint),
                _ => text!(language, waves.last_day_hint),
            };
            let wrong = self.wrong(place).map(|mistake| mistake.words(language));
            let field = Field::text(place.name(), label, value.clone()).hint(hint).wrong(wrong);
            Field { kind, ..field.not_required() }.view()
        });
        fields.collect_view()
    }

    pub(super) fn scope(&self, language: Language) -> impl IntoView + use<> {
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

    pub(super) fn grades(&self, language: Language) -> impl IntoView + use<> {
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

    pub(super) fn key(&self, language: Language) -> impl IntoView + use<> {
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
