use crate::camera::Picture;

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>Screens of Senim</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.4 system-ui, sans-serif; margin: 1rem; }
  section { display: flex; gap: 1rem; overflow-x: auto; align-items: flex-start; padding: .5rem 0; }
  figure { margin: 0; flex: none; }
  img { display: block; border: 1px solid #8888; }
  .phone { width: 260px; }
  .tablet { width: 410px; }
</style>
<h1>Screens of Senim</h1>
";

/// One row a kind and form, in the order in which they were taken first.
pub(crate) fn index(pictures: &[Picture]) -> String {
    let mut rows: Vec<(String, String)> = Vec::new();
    for picture in pictures {
        let title = format!("{} {}", picture.kind, picture.form);
        let figure = figure(picture);
        match rows.iter_mut().find(|(known, _)| *known == title) {
            Some((_, figures)) => figures.push_str(&figure),
            None => rows.push((title, figure)),
        }
    }
    let rows = rows.iter().map(|(title, figures)| {
        format!(
            "<h2 id=\"{0}\">{title}</h2>\n<section>\n{figures}</section>\n",
            title.replace(' ', "-")
        )
    });
    HEAD.to_owned() + &rows.collect::<String>()
}

fn figure(picture: &Picture) -> String {
    let Picture { language, device, theme, .. } = picture;
    let file = picture.file();
    format!(
        "<figure><figcaption>{language} {device} {theme}</figcaption>\
         <a href=\"{file}\"><img class=\"{device}\" src=\"{file}\" alt=\"\" loading=\"lazy\"></a></figure>\n"
    )
}
