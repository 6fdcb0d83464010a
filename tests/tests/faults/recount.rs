use std::collections::BTreeMap;
use survey_definitions::{Answer, Answers, Response, ScaleKind, Survey};
use tests::tally_lines;

/// A response that its tablet was told is stored, the code of the class that it came from, and
/// what the database keeps of the value that was spent for it.
#[derive(Clone)]
pub struct Acknowledged {
    pub class: String,
    pub response: Response,
    pub spent: String,
}

/// How many of a group gave an answer: level, group, item and code. What nobody gave is not in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Recount(BTreeMap<[String; 4], u32>);

impl Recount {
    /// Counted by code that is not the product's.
    pub fn of(survey: &Survey, acknowledged: &[Acknowledged]) -> Self {
        let mut counts = BTreeMap::new();
        for Acknowledged { class, response, .. } in acknowledged {
            let school = class.split('-').next().unwrap();
            for (level, group) in [
                ("nation", "nation"),
                ("region", "r"),
                ("district", "d"),
                ("school", school),
                ("class", class),
            ] {
                for (item, code) in fields(survey, response) {
                    let key = [level.to_owned(), group.to_owned(), item, code];
                    *counts.entry(key).or_insert(0) += 1;
                }
            }
        }
        Self(counts)
    }

    /// Lines of `level,group,item,code,n`, as `senim tallies` prints them.
    pub fn read(text: &str) -> Self {
        Self(tally_lines(text))
    }
}

/// What one response adds 1 to: items with codes.
fn fields(survey: &Survey, response: &Response) -> Vec<(String, String)> {
    let status = |code: &str| ("status".to_owned(), code.to_owned());
    let Response::Answered(Answers(answers)) = response else { return vec![status("declined")] };
    let mut fields = vec![status("answered")];
    for (item, answer) in survey.items.iter().zip(answers) {
        let ScaleKind::Many { options } = &survey.scale_of(item).unwrap().kind else {
            fields.push((item.id.clone(), code(*answer, None)));
            continue;
        };
        fields.extend(options.iter().map(|option| {
            let name = option.name.as_ref().unwrap();
            (format!("{}_{name}", item.id), code(*answer, Some(option.code)))
        }));
    }
    fields
}

/// The code of an answer, or of one option of it.
fn code(answer: Answer, option: Option<i16>) -> String {
    match (answer, option) {
        (Answer::NotReached, _) => String::new(),
        (Answer::DoNotWant, _) => "-1".to_owned(),
        (Answer::Code(code), None) => code.to_string(),
        (Answer::Many(chosen), Some(option)) => (chosen >> option & 1).to_string(),
        (answer, option) => panic!("{answer:?} with option {option:?}"),
    }
}
