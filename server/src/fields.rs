//! Forms with files, as a browser without scripts sends them. They are held in memory only: a file
//! may be a release key.

use crate::staff::PageError;
use crate::state::Senim;
use axum::extract::{FromRequest, Multipart, Request};
use zeroize::Zeroizing;

/// More fields than any form of ours has.
const MOST: usize = 64;

/// The fields of a form in their order. Dropped, they are wiped; what the libraries below hold of
/// the connection is not in our hands.
pub struct Fields(Vec<Field>);

/// One field.
pub struct Field {
    pub name: String,
    /// What the browser calls the file; empty for what is no file.
    pub file: String,
    pub text: Zeroizing<String>,
}

impl Fields {
    /// What a field holds; empty when there is none.
    pub fn text(&self, name: &str) -> &str {
        self.all(name).next().map_or("", |field| field.text.as_str())
    }

    /// The fields of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Field> {
        self.0.iter().filter(move |field| field.name == name)
    }
}

impl FromRequest<Senim> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, senim: &Senim) -> Result<Self, PageError> {
        let unreadable = || PageError::Refused(app::texts::StaffRefusal::Form);
        let form = Multipart::from_request(request, senim).await;
        let mut form = form.map_err(|_| unreadable())?;
        let mut fields = Vec::new();
        while let Some(field) = form.next_field().await.map_err(|_| unreadable())? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|_| unreadable())?;
            // What is no text is no key either, and says so further on.
            let text = Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned());
            fields.push(Field { name, file, text });
            if fields.len() > MOST {
                return Err(unreadable());
            }
        }
        Ok(Self(fields))
    }
}
