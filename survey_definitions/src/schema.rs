use crate::Survey;
use serde_json::Value;

/// The JSON Schema of a definition file, from the types. It says what an editor can check;
/// [`Survey::parse`] checks more.
pub fn json_schema() -> String {
    let schema = sorted(schemars::schema_for!(Survey).to_value());
    format!("{schema:#}\n")
}

/// Fields by name: whether serde_json keeps their order depends on what else is in the build.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> = fields.into_iter().collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            fields.into_iter().map(|(name, value)| (name, sorted(value))).collect()
        }
        Value::Array(list) => list.into_iter().map(sorted).collect(),
        other => other,
    }
}
