//! Accounts: invited, signed in with codes, locked out, signed out, and what is recorded of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod codes;
mod invitations;
mod lockout;
mod record;
mod sign_in;
