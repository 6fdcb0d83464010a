use crate::server::Server;
use reqwest::cookie::Jar;
use reqwest::{Client, ClientBuilder, Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;

/// A reply, read to its end.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    /// Where a redirect leads; empty when it is none.
    pub location: String,
    pub text: String,
    pub headers: HeaderMap,
}

impl Reply {
    /// Sends; panics when nothing comes back.
    pub async fn to(request: RequestBuilder) -> Self {
        Self::heard(request).await.unwrap()
    }

    /// Sends to a server that may be killed meanwhile: an error unless the reply is here, whole.
    pub async fn heard(request: RequestBuilder) -> Result<Self, reqwest::Error> {
        let response = request.send().await?;
        let status = response.status();
        let location = response.headers().get("location");
        let location = location.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        let headers = response.headers().clone();
        Ok(Self { status, location, headers, text: response.text().await? })
    }

    /// The body as JSON of this type.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text))
    }

    /// Panics unless the request was carried out.
    pub fn expect_success(self) -> Self {
        assert!(self.status.is_success() || self.status.is_redirection(), "{self:?}");
        self
    }
}

/// Somebody with a cookie jar. Follows nothing and, unless told to, holds no connection to a server
/// that may be killed meanwhile.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    url: String,
}

impl Visitor {
    /// Somebody who is not signed in.
    pub fn of(server: &Server) -> Self {
        Self::at(&server.url())
    }

    /// The same at an address.
    pub fn at(url: &str) -> Self {
        Self::keeping(0, url)
    }

    /// The same, keeping so many connections open between requests.
    pub fn keeping(connections: usize, url: &str) -> Self {
        Self::with(Self::browser().pool_max_idle_per_host(connections), url)
    }

    /// The same from an address of this machine, with a browser that calls itself `agent`.
    pub fn coming_from(url: &str, address: IpAddr, agent: &str) -> Self {
        Self::with(Self::browser().local_address(address).user_agent(agent), url)
    }

    /// Who has these cookies.
    pub fn with_cookies<'a>(url: &str, cookies: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let (jar, server) = (Jar::default(), url.parse().unwrap());
        for (name, value) in cookies {
            jar.add_cookie_str(&format!("{name}={value}; Path=/"), &server);
        }
        Self::with(Self::browser().cookie_provider(Arc::new(jar)), url)
    }

    fn browser() -> ClientBuilder {
        let client = Client::builder().cookie_store(true).pool_max_idle_per_host(0);
        client.redirect(reqwest::redirect::Policy::none())
    }

    fn with(client: ClientBuilder, url: &str) -> Self {
        Self { client: client.build().unwrap(), url: url.to_owned() }
    }

    /// Signs in; panics when that is refused.
    pub async fn sign_in(&self, name: &str, password: &str) {
        let form = [("name", name), ("password", password), ("back", "/classes")];
        let reply = Reply::to(self.request(Method::POST, "/sign-in").form(&form)).await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text);
    }

    /// Any request, whatever comes back.
    pub async fn send(&self, method: Method, path: &str, body: &Value) -> Reply {
        Reply::to(self.request(method, path).json(body)).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(self.request(Method::GET, path)).await
    }

    /// The same from another server's address.
    pub async fn get_at(&self, url: &str) -> Reply {
        Reply::to(self.client.get(url)).await
    }

    /// Sends nothing to another server's address.
    pub async fn post_at(&self, url: &str) -> Reply {
        Reply::to(self.client.post(url).json(&Value::Null)).await
    }

    /// Sends a form with one file, as a browser does.
    pub async fn upload(&self, path: &str, name: &str, file: &[u8]) -> Reply {
        self.send_form(path, &[("file", Some(name), file)]).await
    }

    /// A form as a browser without scripts sends it when it has files: name, what the browser calls
    /// the file, and content of each field.
    pub async fn send_form(&self, path: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Reply {
        const BOUNDARY: &str = "between-the-parts-of-a-form";
        let mut body = Vec::new();
        for (name, file, content) in fields {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        Reply::to(self.request(Method::POST, path).header("content-type", kind).body(body)).await
    }

    /// A request to be filled.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }
}
