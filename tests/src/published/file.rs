use crate::http::Visitor;
use calamine::{DataType, Reader, Xlsx};
use reqwest::Method;
use std::io::Cursor;

/// The caption, the heads, then line by line.
pub(super) type Sheet = Vec<Vec<String>>;

/// The sheets of a file; every cell is text.
pub(super) async fn read(visitor: &Visitor, path: &str) -> Vec<Sheet> {
    let reply = visitor.request(Method::GET, path).send().await.unwrap();
    assert!(reply.status().is_success(), "{path}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(reply.bytes().await.unwrap())).unwrap();
    let names = book.sheet_names();
    let mut sheets = Vec::new();
    for name in names {
        let cells = book.worksheet_range(&name).unwrap();
        let mut sheet: Sheet = cells
            .rows()
            .map(|row| {
                let row = row.iter().map(|cell| {
                    assert!(cell.is_string() || cell.is_empty(), "{path} {name}: {cell:?}");
                    cell.to_string()
                });
                row.collect()
            })
            .collect();
        sheet[0].truncate(1);
        sheets.push(sheet);
    }
    sheets
}
