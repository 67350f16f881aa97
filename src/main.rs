//! The `vafa` program.

fn main() -> std::process::ExitCode {
    vafa::cli::run()
}
