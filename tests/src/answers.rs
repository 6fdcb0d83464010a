use survey_definitions::{Answer, Answers, Response, ScaleKind, Survey, pack, packed_length};

/// A shipped definition.
pub fn definition(id: &str) -> Survey {
    let text = survey_definitions::SHIPPED.iter().map(|(_, text)| text);
    let mut surveys = text.map(|text| Survey::parse(text).unwrap());
    surveys.find(|survey| survey.id == id).unwrap_or_else(|| panic!("no definition {id}"))
}

/// An answer to every item: of each scale the option at `choice`, counted round.
pub fn answers(survey: &Survey, choice: usize) -> Response {
    let answer = |(number, item)| {
        let scale = survey.scale_of(item).unwrap();
        let codes = scale.codes();
        let code = codes[(choice + number) % codes.len()];
        match scale.kind {
            ScaleKind::Many { .. } => Answer::Many(1_u32 << code),
            ScaleKind::One { .. } | ScaleKind::Number { .. } => Answer::Code(code),
        }
    };
    Response::Answered(Answers(survey.items.iter().enumerate().map(answer).collect()))
}

/// What is sealed for a response, without padding.
pub fn packed_text(survey: &Survey, response: &Response) -> String {
    let layout = survey.answer_layout();
    let mut packed = pack(&layout, response, packed_length(&layout)).unwrap();
    packed.retain(|byte| *byte != 0);
    String::from_utf8(packed).unwrap()
}
