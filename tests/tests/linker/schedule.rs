//! The order of what happens. Simulated minutes give the order; what happens is then carried out
//! one after the other as fast as the server answers.

use crate::plan::{Class, LESSON, Way};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The class session is opened, for the lesson or for one who was absent.
    Open,
    Close,
    /// A pupil asks for a token with the slip of this number, from 0.
    Token {
        seat: usize,
        slip: usize,
    },
    /// The tablet asks for the same token again.
    TokenAgain {
        seat: usize,
    },
    Response {
        seat: usize,
    },
}

/// Everything that happens in a wave, as number of the class and event.
pub fn events(classes: &[Class]) -> Vec<(usize, Event)> {
    let mut all = Vec::new();
    for (number, class) in classes.iter().enumerate() {
        all.extend(events_of(class).into_iter().map(|(at, event)| (at, number, event)));
    }
    // Stable: what happens at one moment of one class stays in order.
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, class, event)| (class, event)).collect()
}

fn events_of(class: &Class) -> Vec<(f64, Event)> {
    let last = class.seats.iter().filter(|seat| !matches!(seat.way, Way::Absent(_) | Way::Late));
    let last = last.map(|seat| seat.sends).fold(class.lesson + LESSON, f64::max);
    let mut events = vec![(class.lesson, Event::Open), (last + 1.0, Event::Close)];
    // Slips are drawn from one pile; spare ones lie at its end.
    let mut spare = class.seats.len();
    for (number, seat) in class.seats.iter().enumerate() {
        if matches!(seat.way, Way::Absent(_)) {
            events.push((seat.begins - 1.0, Event::Open));
            events.push((seat.sends + 1.0, Event::Close));
        }
        events.push((seat.begins, Event::Token { seat: number, slip: number }));
        match seat.way {
            Way::Spare => {
                let at = seat.begins + seat.takes * 0.1;
                events.push((at, Event::Token { seat: number, slip: spare }));
                spare += 1;
            }
            Way::Reload => {
                let at = seat.begins + seat.takes * 0.5;
                events.push((at, Event::TokenAgain { seat: number }));
            }
            Way::Ordinary | Way::Absent(_) | Way::Late => {}
        }
        // A late tablet sends after everybody else of the lesson.
        let sends = if seat.way == Way::Late { seat.sends.max(last + 2.0) } else { seat.sends };
        events.push((sends, Event::Response { seat: number }));
    }
    events
}

#[cfg(test)]
mod tests {
    use super::{Event, events};
    use crate::plan::{Stratum, Truth, Way, classes};
    use std::collections::HashSet;

    /// The plan is what the strata need, and the order is that of their names.
    #[test]
    fn a_class_has_every_stratum_and_each_happens_as_it_is_called() {
        let survey = tests::definition("senim_pupil_senior");
        for class in classes(&survey, 50, 1) {
            let sizes = Stratum::ALL.map(|stratum| class.seats_of(stratum).len());
            assert_eq!(sizes, [14, 2, 2, 2, 2, 2, 2]);
            let yes = class.seats.iter().filter(|seat| seat.truth == Truth::Yes).count();
            assert_eq!(yes, 6);
            let answers: HashSet<_> =
                class.seats.iter().map(|seat| format!("{:?}", seat.response)).collect();
            assert_eq!(answers.len(), 13, "two of those who answered are alike");
            let happens: Vec<_> =
                events(std::slice::from_ref(&class)).into_iter().map(|one| one.1).collect();
            let at = |event| happens.iter().position(|one| *one == event).unwrap();
            let sends = |seat| at(Event::Response { seat });
            let closed = at(Event::Close);
            for (seat, one) in class.seats.iter().enumerate() {
                assert!(at(Event::Token { seat, slip: seat }) < sends(seat));
                let alone = [Event::Token { seat, slip: seat }, Event::Response { seat }];
                match one.way {
                    Way::Late => assert!(sends(seat) > closed),
                    Way::Absent(_) => {
                        let around = &happens[sends(seat) - 2..sends(seat) + 2];
                        assert_eq!(around, [Event::Open, alone[0], alone[1], Event::Close]);
                    }
                    Way::Ordinary | Way::Spare | Way::Reload => assert!(sends(seat) < closed),
                }
            }
        }
    }
}
