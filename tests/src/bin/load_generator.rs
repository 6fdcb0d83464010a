//! Drives the plan in the file that it is given: see `tests::load`.

use std::io::{self, BufWriter};

fn main() -> io::Result<()> {
    let path = std::env::args_os().nth(1).ok_or(io::ErrorKind::InvalidInput)?;
    let plan = serde_json::from_slice(&std::fs::read(path)?)?;
    let mut out = io::stdout().lock();
    let result = tests::load::drive(&plan, io::stdin().lock(), &mut out)?;
    Ok(serde_json::to_writer(BufWriter::new(out), &result)?)
}
