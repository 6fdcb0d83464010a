use survey_definitions::pack;
use tests::load::{Generator, Latency, LoadClass, LoadPlan, LoadResult};
use tests::{Cpu, Database, OpenWave, Server, answers, at_full_size, measured, most_memory};

/// Pupils of each class.
pub const ENROLMENT: usize = 40;

/// How many pupils answer, and how many of them at any moment.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub at_once: usize,
    pub journeys: usize,
}

/// A load on one or more servers of one database.
pub struct Run<'a> {
    wave: &'a OpenWave,
    servers: &'a [&'a Server],
    together: bool,
}

impl Size {
    pub fn wanted() -> Self {
        let number = |name: &str| std::env::var(name).ok().map(|text| text.parse().unwrap());
        let measured = std::env::var_os("SENIM_MEASUREMENTS").is_some();
        let (at_once, journeys) =
            if measured || at_full_size() { (1_000, 20_000) } else { (50, 200) };
        Self {
            at_once: number("SENIM_LOAD_AT_ONCE").unwrap_or(at_once),
            journeys: number("SENIM_LOAD_JOURNEYS").unwrap_or(journeys),
        }
    }

    /// Classes that have so many pupils.
    pub fn classes(self) -> usize {
        self.journeys.div_ceil(ENROLMENT)
    }
}

impl<'a> Run<'a> {
    pub fn of(wave: &'a OpenWave, servers: &'a [&'a Server]) -> Self {
        Self { wave, servers, together: false }
    }

    /// Those who are under way wait for each other before they send.
    pub fn together(self) -> Self {
        Self { together: true, ..self }
    }

    /// Drives it, tells what it measured and checks what is not speed.
    pub async fn go(self, name: &str, size: Size) {
        let plan = self.plan(size);
        let built = env!("CARGO_BIN_EXE_load_generator");
        let generator = Generator::prepare(built, &plan, self.wave.server.path());
        let before = Cpu::of_all(self.servers).await;
        let result = tokio::task::spawn_blocking(move || generator.run()).await.unwrap();
        let spent = Cpu::of_all(self.servers).await.since(before);

        let tell = Teller { name, database: self.wave.server.database.kind };
        tell.result(&result);
        tell.spent(&result, spent);
        let memory = self.servers.iter().map(|server| most_memory(server.process_id()).unwrap());
        tell.one("server_memory", memory.max().unwrap(), "kB");

        assert_eq!(result.failures, Vec::<String>::new());
        assert_eq!(result.acknowledged, plan.journeys());
        for table in ["envelopes", "spent_values", "slips where state = 'used'"] {
            let stored = self.wave.server.database.count(table).await;
            assert_eq!(stored as usize, result.acknowledged, "{table}");
        }
    }

    fn plan(&self, size: Size) -> LoadPlan {
        let survey = &self.wave.survey;
        let length = self.wave.classes[0].lesson.packed_length;
        let mut left = size.journeys;
        let mut of_class = |class: &tests::OpenClass| {
            let pupils = left.min(ENROLMENT);
            left -= pupils;
            LoadClass::new(&class.lesson, &class.slips[..pupils])
        };
        LoadPlan {
            servers: self.servers.iter().map(|server| server.address()).collect(),
            at_once: size.at_once,
            together: self.together,
            packed: pack(&survey.answer_layout(), &answers(survey, 0), length).unwrap(),
            classes: self.wave.classes.iter().map(&mut of_class).collect(),
        }
    }
}

/// Names measurements of one run.
struct Teller<'a> {
    name: &'a str,
    database: Database,
}

impl Teller<'_> {
    fn one(&self, what: &str, value: u64, unit: &str) {
        let database = format!("{:?}", self.database).to_lowercase();
        measured(&format!("{}{what}_{database}", self.name), value, unit);
    }

    fn result(&self, result: &LoadResult) {
        self.one("journeys_per_second", result.journeys_per_second(), "per_second");
        self.one("acknowledged", result.acknowledged as u64, "responses");
        self.one("failures", result.failures.len() as u64, "journeys");
        self.one("busy", result.busy as u64, "replies");
        for (request, latency) in [("token", result.token), ("response", result.response)] {
            let Latency { p50, p99, p999, longest } = latency;
            for (which, took) in [("p50", p50), ("p99", p99), ("p99.9", p999), ("longest", longest)]
            {
                self.one(&format!("{request}_{which}"), took, "us");
            }
        }
    }

    /// A journey's processor time and whose share of the whole machine it was.
    fn spent(&self, result: &LoadResult, spent: Cpu) {
        let parts = [
            ("server", spent.server.as_millis() as u64),
            ("database", spent.database.as_millis() as u64),
            ("generator", result.cpu_milliseconds),
        ];
        let all: u64 = parts.iter().map(|(_, milliseconds)| milliseconds).sum();
        for (who, milliseconds) in parts {
            let journeys = result.acknowledged.max(1) as u64;
            self.one(&format!("{who}_cpu_per_journey"), milliseconds * 1000 / journeys, "us");
            self.one(&format!("{who}_share_of_cpu"), milliseconds * 100 / all.max(1), "percent");
        }
    }
}
