use tests::senim;

/// The subcommands that a help text lists.
fn subcommands(help: &str) -> Vec<String> {
    let Some((_, list)) = help.split_once("Commands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Every command with every subcommand below it, the program itself first.
fn every_command() -> Vec<Vec<String>> {
    let mut commands: Vec<Vec<String>> = vec![Vec::new()];
    let mut at = 0;
    while at < commands.len() {
        let command = commands[at].clone();
        let below = subcommands(&help_of(&command));
        commands.extend(below.into_iter().map(|name| [command.clone(), vec![name]].concat()));
        at += 1;
    }
    commands
}

fn help_of(command: &[String]) -> String {
    senim(&[command, &["--help".to_owned()]].concat()).expect_success().stdout
}

#[test]
fn every_command_has_help_that_says_what_it_does() {
    let commands = every_command();
    for known in [
        "serve",
        "keys new",
        "keys join",
        "envelopes",
        "release",
        "publish",
        "tallies",
        "attack",
        "shown",
        "estimate",
        "replay",
        "backup",
        "restore",
        "verify",
        "wave retire",
    ] {
        assert!(commands.iter().any(|command| command.join(" ") == known), "{known} is missing");
    }
    for command in commands {
        let (name, help) = (command.join(" "), help_of(&command));
        let first = help.lines().next().unwrap();
        assert!(first.contains(' ') && !first.starts_with("Usage"), "{name}: {help}");
        assert!(help.contains("Usage: senim"), "{name}: {help}");
        let mut lines = help.lines().filter(|line| !line.starts_with("Usage: "));
        assert!(lines.all(|line| line.chars().count() <= 100), "{name} is wide: {help}");
    }
}

#[test]
fn every_option_says_what_it_is_for() {
    for command in every_command() {
        let help = help_of(&command);
        let mut lines = help.lines().peekable();
        while let Some(line) = lines.next() {
            let option = line.trim_start();
            let is_option = option.starts_with("--") || option.starts_with("-h, --");
            let said_here = option.split("  ").nth(1).is_some();
            let said_below = lines.peek().is_some_and(|next| next.starts_with("          "));
            assert!(!is_option || said_here || said_below, "{}: {line}", command.join(" "));
        }
    }
}

#[test]
fn the_version_is_printed() {
    let version = senim(&["--version"]).expect_success().stdout;
    assert!(version.starts_with("senim "), "{version}");
}

#[test]
fn what_is_no_command_is_refused_with_a_hint() {
    for wrong in [&["frobnicate"][..], &["release", "--colour"], &["keys", "new"], &[]] {
        let refused = senim(wrong).expect_failure();
        assert!(refused.contains("Usage: senim"), "{wrong:?}: {refused}");
    }
}
