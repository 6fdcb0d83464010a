use std::fmt;
use tests::{Exchange, Message, Returned};

/// What the network sees of one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Everything under `/c/`, in the order in which it was asked for; between two changes (`POST`)
    /// sorted, because a browser asks for several things at once.
    pub(crate) class: Vec<Line>,
    /// Every other file, as often as it was loaded, sorted.
    pub(crate) files: Vec<Line>,
}

/// An exchange without its moment.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Line {
    pub(crate) method: String,
    pub(crate) path: String,
    sent: Message,
    reply: Returned,
}

impl Seen {
    /// Panics for an exchange that has not ended.
    pub(crate) fn of(exchanges: &[Exchange]) -> Self {
        // The browser looks for a newer service worker at moments of its own choice.
        let exchanges = exchanges.iter().filter(|one| one.path != "/service-worker.js");
        let (mut class, mut files): (Vec<_>, Vec<_>) =
            exchanges.map(Line::of).partition(Line::is_of_class);
        for between in class.split_mut(|line| line.method == "POST") {
            between.sort();
        }
        files.sort();
        Self { class, files }
    }

    /// For a tablet that still loads what it needs while its pupil is answering.
    pub(crate) fn in_any_order(exchanges: &[Exchange]) -> Self {
        let mut seen = Self::of(exchanges);
        seen.class.sort();
        seen
    }

    /// Says where it differs, line by line.
    pub(crate) fn assert_equals(&self, other: &Self, who: &str) {
        for (mine, others) in [(&self.class, &other.class), (&self.files, &other.files)] {
            let differs = |(mine, others): (&Line, &Line)| {
                (mine != others).then(|| format!("\n{mine}\ninstead of\n{others}"))
            };
            let lines: String = mine.iter().zip(others).filter_map(differs).collect();
            assert!(lines.is_empty(), "{who}:{lines}");
            assert_eq!(mine.len(), others.len(), "{who}: {self}\ninstead of\n{other}");
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.class.iter().chain(&self.files).try_for_each(|line| write!(f, "\n{line}"))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, path, sent, reply: Returned { status, received, content } } = self;
        let message = |Message { headers, head, body }: &Message| {
            let headers = headers.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
            format!("{head} + {body} bytes ({headers})")
        };
        let (sent, received) = (message(sent), message(received));
        write!(f, "{method} {path}: {sent} -> {status}: {received}, unpacked {content}")
    }
}

impl Line {
    fn of(exchange: &Exchange) -> Self {
        let Exchange { method, path, sent, reply } = exchange.clone();
        let reply = reply.unwrap_or_else(|| panic!("{method} {path} is not over"));
        let mut line = Self { method, path, sent, reply };
        if line.is_page() {
            // Its nonce is drawn anew for every reply and is compressed more or less well.
            line.reply.received.body = 0;
        }
        line
    }

    pub(crate) fn is_of_class(&self) -> bool {
        is_of_class(&self.path)
    }

    fn is_page(&self) -> bool {
        self.method == "GET" && self.is_of_class() && !self.path.ends_with("/help")
    }
}

pub(crate) fn is_of_class(path: &str) -> bool {
    path.starts_with("/c/")
}
