use crate::command_line::CommandLine;
use clap::{Arg, Command, CommandFactory};

/// `senim settings`
#[allow(clippy::print_stdout, reason = "the command's output")]
pub fn run() {
    print!("{}", reference());
}

/// Every setting of `senim serve` as a page in Markdown, from the settings themselves.
pub fn reference() -> String {
    let mut page = String::from(
        "# Settings of `senim serve`\n\n\
         Made by `senim settings`; a test says when it is not current. Each can be given as a flag or \
         in the environment; a flag wins. `SENIM_LOG` says what is logged (`info` unless set; \
         `warn`, or `server=debug` for one part); no level logs requests, codes or answers.\n",
    );
    let commands = CommandLine::command();
    let serve = commands.get_subcommands().find(|command| command.get_name() == "serve");
    for setting in serve.into_iter().flat_map(Command::get_arguments) {
        page += &section(setting);
    }
    page
}

fn section(setting: &Arg) -> String {
    let Some(flag) = setting.get_long().filter(|flag| *flag != "help") else {
        return String::new();
    };
    let takes_value = setting.get_action().takes_values();
    let names = setting.get_value_names().filter(|_| takes_value).unwrap_or_default();
    let value: String = names.iter().map(|name| format!(" {name}")).collect();
    let mut facts = Vec::new();
    if let Some(name) = setting.get_env() {
        facts.push(format!("Environment: `{}`", name.to_string_lossy()));
    }
    let defaults = setting.get_default_values().iter().filter(|_| takes_value);
    facts.extend(defaults.map(|value| format!("Default: `{}`", value.to_string_lossy())));
    let help = setting.get_long_help().or(setting.get_help());
    let help = help.map(ToString::to_string).unwrap_or_default();
    format!("\n## `--{flag}{value}`\n\n{help}.\n\n{}\n", facts.join(". ") + ".")
}
