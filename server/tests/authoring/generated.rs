//! Definitions of every kind that the other formats can hold.

use proptest::prelude::*;
use serde_json::{Value, json};
use survey_definitions::Survey;

fn text(words: &'static str) -> impl Strategy<Value = Value> {
    let word = prop::sample::select(words.split(' ').collect::<Vec<_>>());
    let review = prop::sample::select(vec!["drafted", "read_back", "native"]);
    let recording = prop::option::weighted(0.2, Just(format!("{}.ogg", "0a".repeat(32))));
    (word, 0..1000_u32, review, recording).prop_map(|(word, number, review, recording)| {
        let mut kk = json!({ "text": format!("{word} қ{number}?"), "review": review });
        if let Some(recording) = recording {
            kk["recording"] = recording.into();
        }
        json!({ "kk": kk, "en": { "text": format!("{word} {number}\nmore"), "review": "drafted" } })
    })
}

fn option(code: i16, many: bool) -> impl Strategy<Value = Value> {
    let name = any::<bool>().prop_map(move |named| (many || named).then(|| format!("n{code}")));
    let picture = prop::option::weighted(0.3, Just("yard"));
    (text("often seldom true 7 {}"), name, picture, any::<bool>()).prop_map(
        move |(text, name, picture, none)| {
            let mut option = json!({ "code": code, "text": text });
            if let Some(name) = name {
                option["name"] = name.into();
            }
            if let Some(picture) = picture {
                option["picture"] = picture.into();
            }
            if many && none {
                option["none"] = true.into();
            }
            option
        },
    )
}

fn scale(index: usize) -> impl Strategy<Value = Value> {
    let choices = |many: bool| {
        let codes = prop::sample::subsequence((0..9_i16).collect::<Vec<_>>(), 2..5);
        codes.prop_flat_map(move |codes| {
            codes.into_iter().map(|code| option(code, many)).collect::<Vec<_>>()
        })
    };
    let id = format!("scale_{index}");
    let (one, many, number) = (id.clone(), id.clone(), id);
    prop_oneof![
        choices(false)
            .prop_map(move |options| json!({ "id": one, "kind": "one", "options": options })),
        choices(true)
            .prop_map(move |options| json!({ "id": many, "kind": "many", "options": options })),
        (0..5_i16, 6..20_i16, text("low"), text("high")).prop_map(
            move |(lowest, highest, low, high)| {
                json!({ "id": number, "kind": "number", "lowest": lowest, "highest": highest,
                "lowest_text": low, "highest_text": high })
            }
        ),
    ]
}

/// A condition over an item on a scale, in the form in which it is read back.
fn leaf(item: String, scale: &Value) -> BoxedStrategy<Value> {
    let number = |name: &str| scale[name].as_i64().unwrap_or_default();
    if scale["kind"] == "number" {
        let (lowest, highest) = (number("lowest"), number("highest"));
        let middle = lowest + 1..highest;
        return (middle, 0..3)
            .prop_map(move |(from, ends)| match ends {
                0 => json!({ "kind": "range", "item": item, "from": from }),
                1 => json!({ "kind": "range", "item": item, "from": from, "to": highest }),
                _ => json!({ "kind": "codes", "item": item, "codes": [from] }),
            })
            .boxed();
    }
    let codes: Vec<Value> =
        scale["options"].as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    let codes = prop::sample::subsequence(codes.clone(), 1..=codes.len());
    codes.prop_map(move |codes| json!({ "kind": "codes", "item": item, "codes": codes })).boxed()
}

/// Conditions over items of different names, so that none of them could be one with its neighbour.
fn condition(items: Vec<(String, Value)>) -> BoxedStrategy<Value> {
    let leaves: Vec<_> = items.into_iter().map(|(item, scale)| leaf(item, &scale)).collect();
    let several = leaves.len();
    (leaves, 0..5, 0..several)
        .prop_map(move |(mut of, kind, at)| {
            let of_kind = |kind: &str, of: Vec<Value>| json!({ "kind": kind, "of": of });
            match kind {
                _ if of.len() < 2 => of.swap_remove(0),
                0 => of_kind("all", of),
                1 => of_kind("any", of),
                2 => json!({ "kind": "at_least", "count": 1 + at, "of": of }),
                3 => json!({ "kind": "not", "of": of_kind("any", of) }),
                _ => {
                    let last = of.pop().unwrap();
                    let inner = if of.len() > 1 { of_kind("any", of) } else { of.swap_remove(0) };
                    of_kind("all", vec![json!({ "kind": "not", "of": inner }), last])
                }
            }
        })
        .boxed()
}

fn item(index: usize, scales: &[Value]) -> BoxedStrategy<Value> {
    let (before, own) = (scales[..index].to_vec(), scales[index].clone());
    let names: Vec<_> =
        before.into_iter().enumerate().map(|(at, one)| (format!("item_{at}"), one)).collect();
    let shown = match names.len() {
        0 => Just(None).boxed(),
        length => {
            let some = prop::sample::subsequence(names, 1..=length);
            prop::option::of(some.prop_flat_map(condition)).boxed()
        }
    };
    let need = prop::sample::select(vec!["core", "optional", "adaptable"]);
    let concept = prop::sample::select(vec!["Plain words", "true", "12", "{\"a\": 1}", "[x]"]);
    (text("why how"), shown, need, any::<(bool, bool)>(), concept)
        .prop_map(move |(text, shown, need, (sensitive, shuffled), concept)| {
            let mut item = json!({ "id": format!("item_{index}"), "concept": concept,
                "sensitive": sensitive, "need": need, "comparable_since": 1, "scale": own["id"],
                "text": text, "source": "Senim", "licence": "CC BY 4.0" });
            if let Some(shown) = shown {
                item["shown_when"] = shown;
            }
            if shuffled && own["kind"] != "number" {
                item["shuffled"] = true.into();
            }
            item
        })
        .boxed()
}

/// A definition that branches, with a page for each item and something to read in front.
pub fn definition() -> impl Strategy<Value = Survey> {
    let scales = (2..6_usize).prop_flat_map(|count| (0..count).map(scale).collect::<Vec<_>>());
    let whole = scales.prop_flat_map(|scales| {
        let items: Vec<_> = (0..scales.len()).map(|index| item(index, &scales)).collect();
        (Just(scales), items, text("title"), text("read"), text("label"))
    });
    whole.prop_map(|(scales, items, title, reading, label)| {
        let pages = items.iter().map(|item| json!({ "kind": "items", "items": [item["id"]] }));
        let first = json!({ "kind": "reading", "id": "welcome", "title": title.clone(),
            "parts": [{ "text": reading.clone(), "picture": "yard" }, { "text": reading }] });
        let pages: Vec<Value> = std::iter::once(first).chain(pages).collect();
        let (first, scale) = (&items[0]["id"], &scales[0]);
        let codes = [scale["options"][0]["code"].as_i64().or(scale["lowest"].as_i64()).unwrap()];
        let of = json!({ "kind": "codes", "item": first, "codes": codes });
        let definition = json!({
            "id": "generated", "version": 3, "form": "senior", "languages": ["kk", "en"],
            "branching": true, "title": title, "source": "Senim", "licence": "CC BY 4.0",
            "scales": scales, "items": items, "pages": pages,
            "indicators": [{ "id": "one", "label": label, "published_from": 40,
                "measure": { "kind": "share", "of": of } }],
        });
        Survey::parse(&definition.to_string()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
    })
}
