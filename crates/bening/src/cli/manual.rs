//! The manual that `--help` prints: everything clap says by itself, put into Indonesian. What a command does is said
//! where the command is.

use clap::{Arg, Command};

const PAGE: &str = "{about-with-newline}\nPemakaian: {usage}\n\n{all-args}{after-help}\n";

/// The command line with all its commands, speaking Indonesian.
pub(crate) fn in_indonesian(mut command: Command) -> Command {
    command.build();
    page(command)
}

/// One command after clap has added its own options, and all below it.
fn page(mut command: Command) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().replace("OPTIONS", "PILIHAN");
    command
        .help_template(PAGE)
        .override_usage(usage.replace("COMMAND", "PERINTAH"))
        .subcommand_help_heading("Perintah")
        .mut_args(argument)
        .mut_subcommands(page)
}

fn argument(arg: Arg) -> Arg {
    let own = ["help", "version"].contains(&arg.get_id().as_str());
    let heading = match () {
        () if arg.is_positional() => "Argumen",
        () if own || arg.is_global_set() => "Pilihan umum",
        () => "Pilihan",
    };
    let help = match arg.get_id().as_str() {
        "help" => "Tampilkan bantuan ini".to_owned(),
        "version" => "Tampilkan versi program".to_owned(),
        _ => explained(&arg),
    };
    let arg = arg.help_heading(heading).hide_default_value(true).hide_possible_values(true).hide_env(true);
    arg.help(help.clone()).long_help(help)
}

/// The help of an argument with its choices and its default.
fn explained(arg: &Arg) -> String {
    let mut help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let choices: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let default = default.join(",");
    let takes_value = arg.get_action().takes_values();
    if takes_value && !choices.is_empty() {
        help.push_str(&format!(" [pilihan: {}]", choices.join(", ")));
    }
    if takes_value && !default.is_empty() {
        help.push_str(&format!(" [bawaan: {default}]"));
    }
    if let Some(variable) = arg.get_env() {
        help.push_str(&format!(" [variabel: {}]", variable.to_string_lossy()));
    }
    help
}
