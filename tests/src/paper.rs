use crate::http::Visitor;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// A PDF file, read by programs that had no part in making it: poppler and zbar.
pub struct Paper {
    directory: TempDir,
    pub bytes: Vec<u8>,
}

const FILE: &str = "paper.pdf";
/// Dots an inch at which a QR code of a slip is read.
const RESOLUTION: &str = "150";

impl Paper {
    pub fn of(bytes: Vec<u8>) -> Self {
        assert!(bytes.starts_with(b"%PDF-"), "{}", String::from_utf8_lossy(&bytes));
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join(FILE), &bytes).unwrap();
        Self { directory, bytes }
    }

    /// What a form answers with; panics when that is no PDF file.
    pub async fn posted(visitor: &Visitor, path: &str, form: &[(&str, &str)]) -> Self {
        let request = visitor.request(reqwest::Method::POST, path).form(form);
        Self::of(request.send().await.unwrap().bytes().await.unwrap().to_vec())
    }

    /// What a link leads to; panics when that is no PDF file.
    pub async fn got(visitor: &Visitor, path: &str) -> Self {
        let request = visitor.request(reqwest::Method::GET, path);
        Self::of(request.send().await.unwrap().bytes().await.unwrap().to_vec())
    }

    /// Its text in reading order.
    pub fn text(&self) -> String {
        self.run("pdftotext", &["-raw", FILE, "-"])
    }

    /// The number of its pages.
    pub fn pages(&self) -> usize {
        let information = self.run("pdfinfo", &[FILE]);
        let line = information.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
        line.trim().parse().unwrap()
    }

    /// What every printed thing is: tagged PDF/UA with a title and a language, and nothing that the
    /// reader's machine would have to bring.
    pub fn expect_accessible(&self, language: &str) -> &Self {
        let information = self.run("pdfinfo", &[FILE]);
        assert!(information.contains("Tagged:          yes"), "{information}");
        assert!(information.contains("Title: "), "{information}");
        assert!(!information.contains("CreationDate"), "{information}");
        let about = self.run("pdfinfo", &["-meta", FILE]);
        assert!(about.contains("<pdfuaid:part>1</pdfuaid:part>"), "{about}");
        assert!(about.contains(&format!("<rdf:li>{language}</rdf:li>")), "{about}");
        let fonts = self.run("pdffonts", &[FILE]);
        // Columns `emb`, `sub` and `uni`: embedded, cut down, with a way back to letters.
        for font in fonts.lines().skip(2) {
            let columns: Vec<_> = font.split_whitespace().collect();
            assert_eq!(columns[columns.len() - 5..columns.len() - 2], ["yes"; 3], "{fonts}");
        }
        self
    }

    /// What its QR codes say.
    pub fn qr_codes(&self) -> Vec<String> {
        self.run("pdftoppm", &["-r", RESOLUTION, "-gray", FILE, "page"]);
        let pictures = fs::read_dir(self.directory.path()).unwrap();
        let pictures = pictures.map(|one| one.unwrap().file_name().into_string().unwrap());
        let pictures: Vec<_> = pictures.filter(|name| name.starts_with("page")).collect();
        let mut arguments = vec!["--quiet", "--raw"];
        arguments.extend(pictures.iter().map(String::as_str));
        self.run("zbarimg", &arguments).lines().map(str::to_owned).collect()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> String {
        let output = Command::new(program).args(arguments).current_dir(&self.directory).output();
        let output = output.unwrap_or_else(|error| {
            panic!("{program}: {error}; `cargo xtask test` installs poppler-utils and zbar-tools")
        });
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}
