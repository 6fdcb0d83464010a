use crate::authenticator::Authenticator;
use crate::http::Visitor;
use crate::server::Server;

/// The password of everybody in a test.
pub const PASSWORD: &str = "a password for one test";

/// Makes accounts.
pub struct Staff;

impl Staff {
    /// An account with one role for one unit, signed in, with one-time codes where the role asks for
    /// them. Its name is both, joined by a hyphen.
    pub async fn sign_in(server: &Server, role: &str, unit: &str) -> Visitor {
        let name = Self::account(server, role, unit);
        let visitor = Visitor::of(server);
        visitor.sign_in(&name, PASSWORD).await;
        if ["ministry", "researcher", "operator"].contains(&role) {
            Authenticator::set_up(&visitor).await;
        }
        visitor
    }

    /// The same without signing in; the name.
    pub fn account(server: &Server, role: &str, unit: &str) -> String {
        let name = format!("{role}-{}", unit.replace(':', "-"));
        server.add_account(&name, role, unit, PASSWORD);
        name
    }
}
