#![no_main]

#[path = "../server_targets.rs"]
#[allow(dead_code, reason = "each program has one target of these")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::envelopes(bytes));
