//! nginx and what makes a certificate for it: the example for operators is run as it stands.

use std::path::PathBuf;
use std::process::Command;

use crate::error::Error;
use crate::{debian, step};

/// Both programs.
pub(crate) struct Nginx {
    pub(crate) nginx: PathBuf,
    pub(crate) openssl: PathBuf,
}

/// Finds them, installs them where one is missing.
pub(crate) fn find_or_install() -> Result<Nginx, Error> {
    if let Some(found) = find() {
        return Ok(found);
    }
    debian::install(&["nginx-light", "openssl"])?;
    find().ok_or_else(|| Error::Missing {
        what: "nginx or openssl".to_owned(),
        why: "the example for operators, server/examples/nginx.conf, is tested with them",
        advice: "install Debian's packages nginx-light and openssl, or any nginx from 1.22 on, \
                 and name it: SENIM_NGINX=/path/to/nginx"
            .to_owned(),
    })
}

fn find() -> Option<Nginx> {
    let chosen = std::env::var_os("SENIM_NGINX").map(PathBuf::from);
    // Debian's is not on an ordinary user's PATH.
    let candidates = ["nginx", "/usr/sbin/nginx"];
    let candidates = candidates.iter().filter_map(|name| step::path_of(name));
    let nginx = chosen.into_iter().chain(candidates);
    let nginx = nginx.into_iter().find(|path| step::works(Command::new(path).arg("-v")))?;
    let openssl = step::path_of("openssl")?;
    Some(Nginx { nginx, openssl })
}
