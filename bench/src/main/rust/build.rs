//! Tells the program the version of the compiler.

use std::process::Command;

fn main() {
    let rustc = std::env::var("RUSTC").unwrap();
    let output = Command::new(rustc)
        .arg("--version")
        .output()
        .unwrap()
        .stdout;
    let text = String::from_utf8(output).unwrap();
    println!(
        "cargo:rustc-env=COMPILER={}",
        text.split(' ').nth(1).unwrap()
    );
}
