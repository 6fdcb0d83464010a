//! What a `constraint` says that a scale can hold: the ends of a number, and choices that
//! exclude every other.

use super::conditions::{literal, whole};
use super::expression::{Comparison, Expression, What, Wrong};

/// The lowest and the highest number, where each is said: `. >= 0 and . <= 17`.
pub(super) type Ends = (Option<i64>, Option<i64>);

/// The ends of a number.
///
/// # Errors
/// The first part that is no end.
pub(super) fn ends(expression: &Expression) -> Result<Ends, Wrong> {
    const EXPECTED: &str = "a number has a lowest and a highest end, . >= 0 and . <= 17; \
        nothing else can be asked of it";
    match &expression.what {
        What::Group(inner) => ends(inner),
        What::And(parts) => parts.iter().try_fold((None, None), |(low, high), part| {
            let (lower, higher) = ends(part)?;
            // The narrower of two.
            Ok((low.max(lower), [high, higher].into_iter().flatten().min()))
        }),
        What::Compare(left, by, right) => match (&left.what, &right.what) {
            (What::This, _) => end(*by, right),
            (_, What::This) => end(by.flipped(), left),
            _ => Err(Wrong::new(expression.at, EXPECTED)),
        },
        _ => Err(Wrong::new(expression.at, EXPECTED)),
    }
}

fn end(by: Comparison, value: &Expression) -> Result<Ends, Wrong> {
    let Some(number) = whole(value) else {
        return Err(Wrong::new(value.at, "a whole number is expected here"));
    };
    match by {
        Comparison::AtLeast => Ok((Some(number), None)),
        Comparison::Greater => Ok((Some(number.saturating_add(1)), None)),
        Comparison::AtMost => Ok((None, Some(number))),
        Comparison::Less => Ok((None, Some(number.saturating_sub(1)))),
        Comparison::Equal | Comparison::NotEqual => {
            Err(Wrong::new(value.at, "only the ends of a number can be said: >=, >, <= or <"))
        }
    }
}

/// The values of choices that exclude every other:
/// `not(selected(., 'none') and count-selected(.) > 1)`, joined by `and`.
///
/// # Errors
/// The first part that says something else.
pub(super) fn alone(expression: &Expression) -> Result<Vec<String>, Wrong> {
    const EXPECTED: &str = "of several choices only this can be said, perhaps more than once, \
        joined by and: not(selected(., 'none') and count-selected(.) > 1)";
    let wrong = || Wrong::new(expression.at, EXPECTED);
    match &expression.what {
        What::And(parts) => {
            let each: Result<Vec<_>, _> = parts.iter().map(alone).collect();
            Ok(each?.into_iter().flatten().collect())
        }
        What::Group(inner) => alone(inner),
        What::Call { name, arguments } if name == "not" => {
            let [inner] = arguments.as_slice() else { return Err(wrong()) };
            match &ungrouped(inner).what {
                What::And(parts) => match parts.as_slice() {
                    [one, two] => with_others(one, two).or_else(|| with_others(two, one)),
                    _ => None,
                },
                _ => None,
            }
            .map(|value| vec![value])
            .ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

/// `selected(., 'value')` and `count-selected(.) > 1`: the value.
fn with_others(selected: &Expression, counted: &Expression) -> Option<String> {
    let value = match &ungrouped(selected).what {
        What::Call { name, arguments } if name == "selected" => match arguments.as_slice() {
            [Expression { what: What::This, .. }, value] => literal(value)?,
            _ => return None,
        },
        _ => return None,
    };
    let What::Compare(count, by, limit) = &ungrouped(counted).what else { return None };
    let What::Call { name, arguments } = &count.what else { return None };
    let of_this = matches!(arguments.as_slice(), [Expression { what: What::This, .. }]);
    let several = matches!(
        (by, whole(limit)),
        (Comparison::Greater, Some(1)) | (Comparison::AtLeast, Some(2))
    );
    (name == "count-selected" && of_this && several).then(|| value.to_owned())
}

fn ungrouped(expression: &Expression) -> &Expression {
    match &expression.what {
        What::Group(inner) => ungrouped(inner),
        _ => expression,
    }
}
