//! Rust's peers of the bench: a program for each row of class Rows of package gofer.bench that makes sense in Rust.
//!
//! The argument is the peer: `crossbeam` or `tokio`. The first two lines of the output are the version and the names of the
//! rows. For each input line `ROW N`, the program prints `MEASURED RESULT PROCESSOR`, or `!` and an error. MEASURED and
//! PROCESSOR are in nanoseconds.

mod crossbeam_rows;
mod tokio_rows;

use std::io::BufRead;
use std::time::Instant;

/// A workload with a name. Its run does n operations, and returns the result.
pub struct Row {
    name: String,
    run: Box<dyn Fn(i64) -> i64>,
}

impl Row {
    pub fn new(name: impl Into<String>, run: impl Fn(i64) -> i64 + 'static) -> Row {
        Row {
            name: name.into(),
            run: Box::new(run),
        }
    }
}

fn main() {
    let peer = std::env::args()
        .nth(1)
        .expect("an argument: crossbeam or tokio");
    let (library, rows) = match peer.as_str() {
        "crossbeam" => ("crossbeam-channel", crossbeam_rows::all()),
        "tokio" => ("tokio", tokio_rows::all()),
        _ => panic!("no peer {peer}"),
    };
    println!(
        "Rust {}, {} {}",
        env!("COMPILER"),
        library,
        version(library)
    );
    println!(
        "{}",
        rows.iter()
            .map(|row| row.name.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    );
    for line in std::io::stdin().lock().lines() {
        match answer(&rows, &line.unwrap()) {
            Ok(text) => println!("{text}"),
            Err(text) => println!("!{text}"),
        }
    }
}

fn answer(rows: &[Row], line: &str) -> Result<String, String> {
    let (name, number) = line.split_once(' ').ok_or("no number")?;
    let n = number.parse().map_err(|e| format!("{number}: {e}"))?;
    let row = rows
        .iter()
        .find(|row| row.name == name)
        .ok_or_else(|| format!("no row {name}"))?;
    let processor = processor_time();
    let start = Instant::now();
    let result = (row.run)(n);
    let nanos = start.elapsed().as_nanos();
    Ok(format!("{nanos} {result} {}", processor_time() - processor))
}

/// The nanoseconds of processor time that this process has used.
fn processor_time() -> i64 {
    let mut time = libc::timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    // SAFETY: the call only writes to `time`.
    let status = unsafe { libc::clock_gettime(libc::CLOCK_PROCESS_CPUTIME_ID, &mut time) };
    assert_eq!(status, 0);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The version of a library, from the file that Cargo writes before it compiles.
fn version(library: &str) -> &'static str {
    include_str!("../Cargo.lock")
        .split_once(&format!("name = \"{library}\"\nversion = \""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("", |(version, _)| version)
}
