use crate::database::Database;
use crate::http::{Reply, Visitor};
use crate::server::Server;
use crate::surroundings::{environment, package_directory, wait_until};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const CLIENT: &str = "senim";

/// A real OpenID provider on this machine, to be started when a test wants it to be there.
pub struct SignInProvider {
    port: u16,
    /// For the file with the client's secret.
    directory: TempDir,
    process: Option<Child>,
    /// Put into its ID tokens instead of what is right.
    pub claims: Value,
    /// With what it signs them: `right`, `other key`, `secret` or `none`.
    pub sign: &'static str,
    /// How it wants the client's secret.
    pub method: &'static str,
}

impl SignInProvider {
    /// The client's.
    pub const SECRET: &str = "the secret of a client in a test";

    /// One that is not there yet.
    pub fn away() -> Self {
        // Free a moment ago: the address is needed before anybody listens on it.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (claims, sign, method) = (json!({}), "right", "client_secret_basic");
        let directory = tempfile::tempdir().unwrap();
        Self { port, directory, process: None, claims, sign, method }
    }

    /// Its address.
    pub fn issuer(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A server that knows it.
    pub async fn server(&self, database: Database) -> Server {
        let file = self.directory.path().join("client-secret");
        std::fs::write(&file, format!("{}\n", Self::SECRET)).unwrap();
        let settings = [
            ("SENIM_OIDC_ISSUER", self.issuer()),
            ("SENIM_OIDC_CLIENT_ID", CLIENT.to_owned()),
            ("SENIM_OIDC_CLIENT_SECRET_FILE", file.display().to_string()),
            ("SENIM_OIDC_NAME", "kk=Мектеп есігі;ru=Школьная дверь;en=School Door".to_owned()),
        ];
        let settings: Vec<_> =
            settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Server::start_with(database, &settings).await
    }

    /// One that is there, and a server that has found it.
    pub async fn with_server(database: Database) -> (Self, Server) {
        let mut provider = Self::away();
        let server = provider.server(database).await;
        provider.start(&server).await;
        (provider, server)
    }

    /// Starts it for this server and waits until the server has found it.
    pub async fn start(&mut self, server: &Server) {
        let settings = json!({
            "packages": environment("SENIM_NPM"),
            "port": self.port,
            "client": CLIENT,
            "secret": Self::SECRET,
            "redirect": format!("{}/sign-in/provider/back", server.url()),
            "claims": self.claims,
            "sign": self.sign,
            "method": self.method,
        });
        let mut process = Command::new("node")
            .arg(package_directory().join("../tests/src/sign_in_provider/provider.mjs"))
            .env("PROVIDER", settings.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(said.into_iter().any(|line| line == "ready"), "the provider does not start");
        self.process = Some(process);
        let visitor = Visitor::of(server);
        wait_until("the provider is found", 60, async || {
            let page = visitor.get("/sign-in").await.text;
            page.contains("href=\"/sign-in/provider").then_some(())
        })
        .await;
    }

    /// Ends it at once.
    pub fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }

    /// Signs somebody in there who was sent to this address; the path that they are sent back to.
    pub async fn sign_in(&self, led: &str, who: &str) -> String {
        let (person, page) = self.arrive(led).await;
        let form = [("prompt", "login"), ("login", who), ("password", "any")];
        let typed = Reply::to(person.request(Method::POST, &page).form(&form)).await;
        self.leave(&person, typed).await
    }

    /// The same for somebody who changes their mind.
    pub async fn cancel(&self, led: &str) -> String {
        let (person, page) = self.arrive(led).await;
        let cancelled = person.get(&format!("{page}/abort")).await;
        self.leave(&person, cancelled).await
    }

    /// A browser of its own at the page that asks who it is, and that page's path.
    async fn arrive(&self, led: &str) -> (Visitor, String) {
        let person = Visitor::at(&self.issuer());
        let asked = led.strip_prefix(&self.issuer()).unwrap_or_else(|| panic!("elsewhere: {led}"));
        let page = person.get(asked).await;
        assert!(page.location.contains("/interaction/"), "{page:?}");
        (person, self.path(&page.location))
    }

    async fn leave(&self, person: &Visitor, reply: Reply) -> String {
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{reply:?}");
        let back = person.get(&self.path(&reply.location)).await;
        let at = back.location.find("/sign-in/provider/back");
        back.location[at.unwrap_or_else(|| panic!("{back:?}"))..].to_owned()
    }

    fn path(&self, address: &str) -> String {
        address.strip_prefix(&self.issuer()).unwrap_or(address).to_owned()
    }
}

impl Drop for SignInProvider {
    fn drop(&mut self) {
        self.stop();
    }
}
