//! What is printed as PDF: the words around what the server knows, as plain structs. The server's
//! templates lay them out.

mod slips;

pub use slips::{ClassSlips, SlipSheets};
