use crate::Mistake;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// The text as JSON, with a mistake for every field that is written twice: serde_json would
/// silently keep the last one, and a second `"sensitive": false` must not win unseen.
pub(super) fn read(text: &str) -> Result<(Value, Vec<Mistake>), Mistake> {
    let mut mistakes = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = Part { place: String::new(), mistakes: &mut mistakes }
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| not_json(&error))?;
    Ok((value, mistakes))
}

fn not_json(error: &serde_json::Error) -> Mistake {
    let place = format!("line {}, column {}", error.line(), error.column());
    let said = error.to_string();
    let reason = said.split(" at line ").next().unwrap_or(&said);
    Mistake::new(place, format!("not JSON: {reason}"))
}

struct Part<'a> {
    place: String,
    mistakes: &'a mut Vec<Mistake>,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            let place = format!("{}[{}]", self.place, values.len());
            match list.next_element_seed(Part { place, mistakes: &mut *self.mistakes })? {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(name) = object.next_key::<String>()? {
            let place = join(&self.place, &name);
            if fields.contains_key(&name) {
                self.mistakes.push(Mistake::new(&*place, "is written twice"));
            }
            let value = object.next_value_seed(Part { place, mistakes: &mut *self.mistakes })?;
            fields.insert(name, value);
        }
        Ok(Value::Object(fields))
    }
}

/// The place of a field of the part at `place`.
pub(super) fn join(place: &str, field: &str) -> String {
    if place.is_empty() { field.to_owned() } else { format!("{place}.{field}") }
}
