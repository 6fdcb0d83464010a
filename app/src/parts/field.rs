use leptos::prelude::*;

/// A line of a form with its label, hint and what is wrong with it.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    /// Its id, where another form on the page has a field of that name.
    pub(crate) id: Option<String>,
    pub(crate) label: &'static str,
    pub(crate) hint: Option<&'static str>,
    pub(crate) wrong: Option<String>,
    /// What was typed before; never a password.
    pub(crate) value: String,
    pub(crate) kind: &'static str,
    pub(crate) autocomplete: &'static str,
    /// Whether the browser sends the form without it. The server says what it misses.
    pub(crate) required: bool,
    /// The keys that a telephone offers.
    pub(crate) keys: Option<&'static str>,
}

impl Field {
    pub(crate) fn text(name: &'static str, label: &'static str, value: String) -> Self {
        Self {
            name,
            id: None,
            label,
            hint: None,
            wrong: None,
            value,
            kind: "text",
            autocomplete: "off",
            required: true,
            keys: None,
        }
    }

    pub(crate) fn password(
        name: &'static str,
        label: &'static str,
        autocomplete: &'static str,
    ) -> Self {
        Self { kind: "password", autocomplete, ..Self::text(name, label, String::new()) }
    }

    pub(crate) fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    pub(crate) fn wrong(self, wrong: Option<String>) -> Self {
        Self { wrong, ..self }
    }

    pub(crate) fn not_required(self) -> Self {
        Self { required: false, ..self }
    }

    pub(crate) fn called(self, id: String) -> Self {
        Self { id: Some(id), ..self }
    }

    /// No `maxlength`: with it a browser cuts off what somebody pastes without a word.
    pub(crate) fn view(self) -> impl IntoView {
        let Self { name, id, label, hint, wrong, value, kind, autocomplete, required, keys } = self;
        let id = id.unwrap_or_else(|| name.to_owned());
        let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
        let described = match (&wrong, hint) {
            (Some(_), Some(_)) => Some(format!("{wrong_id} {hint_id}")),
            (Some(_), None) => Some(wrong_id.clone()),
            (None, Some(_)) => Some(hint_id.clone()),
            (None, None) => None,
        };
        view! {
            <label for=id.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="quiet" id=hint_id>{hint}</span> })}
            <input
                id=id
                name=name
                type=kind
                value=value
                required=required
                inputmode=keys
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=wrong.is_some().then_some("true")
            />
            {wrong.map(|words| view! { <p class="bad" id=wrong_id>{words}</p> })}
        }
    }
}

/// A way back above a heading.
pub(crate) fn way_back(address: &'static str, words: &'static str) -> impl IntoView {
    view! {
        <p class="screen-only">
            <a href=address>{words}</a>
        </p>
    }
}

/// Says that something is wrong further down.
pub(crate) fn alert(words: &'static str) -> impl IntoView {
    view! { <p class="notice bad" role="alert">{words}</p> }
}

/// A label and what stands beside it.
pub(crate) fn facts(lines: Vec<(&'static str, String)>) -> impl IntoView {
    let lines = lines.into_iter().map(|(label, text)| {
        view! {
            <dt>{label}</dt>
            <dd>{text}</dd>
        }
    });
    view! { <dl class="facts">{lines.collect_view()}</dl> }
}
