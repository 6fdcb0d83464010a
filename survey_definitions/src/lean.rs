//! From a definition to what a tablet gets of it.

use crate::{
    Choice, Form, Language, LeanChoice, LeanItem, LeanPage, LeanPart, LeanScale, LeanTask,
    LeanTasks, NeutralTask, NeutralTasks, Page, Questionnaire, ScaleKind, Survey, Text, Words,
};

impl Survey {
    /// The survey as a tablet needs it, in `language` or in what it offers instead.
    pub fn questionnaire(&self, language: Language) -> Questionnaire {
        let words = |text: &Text| Words::of(text, language);
        let index = |id: &String| self.items.iter().position(|item| item.id == *id);
        let items = self.items.iter().filter_map(|item| {
            let scale = self.scales.iter().position(|scale| scale.id == item.scale)?;
            Some(LeanItem { id: item.id.clone(), scale, words: words(&item.text) })
        });
        let pages = self.pages.iter().flat_map(|page| match page {
            Page::Reading { title, parts, .. } => vec![LeanPage::Reading {
                title: words(title),
                parts: parts
                    .iter()
                    .map(|part| LeanPart {
                        picture: part.picture.clone(),
                        words: words(&part.text),
                    })
                    .collect(),
            }],
            Page::Items { items } => {
                self.screens(&items.iter().filter_map(index).collect::<Vec<_>>())
            }
        });
        Questionnaire {
            id: self.id.clone(),
            version: self.version,
            form: self.form,
            scales: self.scales.iter().map(|scale| lean_scale(&scale.kind, words)).collect(),
            items: items.collect(),
            pages: pages.collect(),
        }
    }
}

impl NeutralTasks {
    /// The tasks of one form as a tablet needs them; an option's code is its place.
    pub fn lean(&self, form: Form, language: Language) -> LeanTasks {
        let words = |text: &Text| Words::of(text, language);
        let task = |task: &NeutralTask| LeanTask {
            words: words(&task.text),
            options: (0..)
                .zip(&task.options)
                .map(|(code, option)| LeanChoice {
                    code,
                    none: false,
                    picture: option.picture.clone(),
                    words: words(&option.text),
                })
                .collect(),
        };
        LeanTasks { tasks: self.of(form).iter().map(task).collect() }
    }
}

fn lean_scale(kind: &ScaleKind, words: impl Fn(&Text) -> Words) -> LeanScale {
    let choices = |options: &[Choice]| {
        let choice = |option: &Choice| LeanChoice {
            code: option.code,
            none: option.none,
            picture: option.picture.clone(),
            words: words(&option.text),
        };
        options.iter().map(choice).collect()
    };
    match kind {
        ScaleKind::One { options } => LeanScale::One(choices(options)),
        ScaleKind::Many { options } => LeanScale::Many(choices(options)),
        ScaleKind::Number { lowest, highest, lowest_text, highest_text } => LeanScale::Number {
            lowest: *lowest,
            highest: *highest,
            lowest_words: words(lowest_text),
            highest_words: words(highest_text),
        },
    }
}
