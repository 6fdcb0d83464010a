use super::Syntax;
use survey_definitions::{Condition, Item, ScaleKind, Survey};

/// What an option is called in other formats: its name, else its code.
pub(in crate::authoring) fn value(option: &survey_definitions::Choice) -> String {
    option.name.clone().unwrap_or_else(|| option.code.to_string())
}

/// A condition as an expression; reading it gives the condition back.
///
/// # Errors
/// What the other format cannot say.
pub(in crate::authoring) fn write(
    survey: &Survey,
    condition: &Condition,
    syntax: Syntax,
) -> Result<String, String> {
    Ok(Writer { survey, syntax }.condition(condition)?.text)
}

struct Writer<'a> {
    survey: &'a Survey,
    syntax: Syntax,
}

struct Written {
    text: String,
    /// Whether it can stand beside `and` and `or` as it is.
    alone: bool,
}

impl Written {
    fn joined(parts: Vec<Self>, by: &str) -> Self {
        let alone = parts.len() == 1;
        let each = parts.into_iter().map(|part| if alone { part.text } else { part.beside() });
        Self { text: each.collect::<Vec<_>>().join(by), alone }
    }

    fn beside(self) -> String {
        if self.alone { self.text } else { format!("({})", self.text) }
    }
}

impl Writer<'_> {
    fn condition(&self, condition: &Condition) -> Result<Written, String> {
        match condition {
            Condition::Codes { item, codes } => self.codes(item, codes),
            Condition::Range { item, from, to } => self.range(item, *from, *to),
            Condition::All { of } => Ok(Written::joined(self.each(of)?, " and ")),
            Condition::Any { of } => Ok(Written::joined(self.each(of)?, " or ")),
            Condition::Not { of } => self.not(of),
            Condition::AtLeast { count, of } => {
                if self.syntax == Syntax::SurveyJs {
                    return Err("\"at least so many of several\" cannot be said there".to_owned());
                }
                let each = self.each(of)?.into_iter().map(|part| part.text);
                let each = each.collect::<Vec<_>>().join(", ");
                Ok(Written { text: format!("checklist({count}, -1, {each})"), alone: true })
            }
            Condition::Same { .. } => {
                Err("that several items have the same answer cannot be said there".to_owned())
            }
        }
    }

    fn each(&self, of: &[Condition]) -> Result<Vec<Written>, String> {
        of.iter().map(|one| self.condition(one)).collect()
    }

    fn item(&self, id: &str) -> Result<(&Item, &ScaleKind, String), String> {
        let item = self.survey.item(id).ok_or_else(|| format!("there is no item {id:?}"))?;
        let scale = self.survey.scale_of(item).ok_or_else(|| format!("{id:?} has no scale"))?;
        let dollar = if self.syntax == Syntax::XPath { "$" } else { "" };
        Ok((item, &scale.kind, format!("{dollar}{{{id}}}")))
    }

    fn codes(&self, item: &str, codes: &[i16]) -> Result<Written, String> {
        let (_, scale, question) = self.item(item)?;
        let option = |code: i16| {
            let found = match scale {
                ScaleKind::One { options } | ScaleKind::Many { options } => {
                    options.iter().find(|option| option.code == code).map(value)
                }
                ScaleKind::Number { .. } => None,
            };
            found.unwrap_or_else(|| code.to_string())
        };
        let one = |code: &i16| match (scale, self.syntax) {
            (ScaleKind::Number { .. }, _) => format!("{question} = {code}"),
            (ScaleKind::One { .. }, _) => format!("{question} = '{}'", option(*code)),
            (ScaleKind::Many { .. }, Syntax::XPath) => {
                format!("selected({question}, '{}')", option(*code))
            }
            (ScaleKind::Many { .. }, Syntax::SurveyJs) => {
                format!("{question} contains '{}'", option(*code))
            }
        };
        let each = codes.iter().map(|code| Written { text: one(code), alone: true });
        Ok(Written::joined(each.collect(), " or "))
    }

    fn range(&self, item: &str, from: Option<i16>, to: Option<i16>) -> Result<Written, String> {
        let (_, scale, question) = self.item(item)?;
        if let ScaleKind::One { options } = scale {
            // Their values may be words, which have no size.
            let within = |code: &i16| {
                from.is_none_or(|from| *code >= from) && to.is_none_or(|to| *code <= to)
            };
            let codes = options.iter().map(|option| option.code).filter(within);
            return self.codes(item, &codes.collect::<Vec<_>>());
        }
        let from = from.map(|from| format!("{question} >= {from}"));
        let to = to.map(|to| format!("{question} <= {to}"));
        let ends = from.into_iter().chain(to).map(|text| Written { text, alone: true });
        Ok(Written::joined(ends.collect(), " and "))
    }

    fn not(&self, of: &Condition) -> Result<Written, String> {
        let mut inner = self.condition(of)?.text;
        if let Condition::Codes { item, codes } = of
            && codes.len() == 1
            && !matches!(self.item(item)?.1, ScaleKind::Many { .. })
        {
            inner = inner.replacen(" = ", " != ", 1);
            return Ok(Written { text: inner, alone: true });
        }
        let not = if self.syntax == Syntax::XPath { "not" } else { "!" };
        Ok(Written { text: format!("{not}({inner})"), alone: true })
    }
}
