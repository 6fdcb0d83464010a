//! A pupil's way through the survey, screen by screen, with fingers, keys and ears.

mod accessible;
mod branching;
mod changes_of_mind;
mod choices;
mod journeys;
mod languages;
mod look;
mod opting_out;
mod read_aloud;
mod recordings;
mod tablet;
mod voices;
