use super::{Comparison, Syntax, Wrong};
use std::iter::Peekable;
use std::str::Chars;

/// Characters of the longest expression; those in use have some hundreds.
const LONGEST: usize = 10_000;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Question(String),
    This,
    Text(String),
    Number(String),
    /// A function or an operator that is a word.
    Word(String),
    Compare(Comparison),
    Open,
    Close,
    Comma,
    OpenList,
    CloseList,
    /// `!` of SurveyJS.
    Bang,
}

/// The tokens with the column of each, from 1.
pub(super) fn tokens(text: &str, syntax: Syntax) -> Result<Vec<(usize, Token)>, Wrong> {
    if text.chars().count() > LONGEST {
        return Err(Wrong::new(1, format!("is longer than {LONGEST} characters")));
    }
    let mut reader = Reader { rest: text.chars().peekable(), at: 1, syntax };
    let mut tokens = Vec::new();
    while let Some(first) = reader.next() {
        let at = reader.at - 1;
        if !first.is_whitespace() {
            tokens.push((at, reader.token(at, first)?));
        }
    }
    Ok(tokens)
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    /// The column of the next character.
    at: usize,
    syntax: Syntax,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        self.at += 1;
        Some(next)
    }

    fn next_if(&mut self, wanted: char) -> bool {
        let found = self.rest.peek() == Some(&wanted);
        if found {
            self.next();
        }
        found
    }

    fn take_while(&mut self, start: String, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = start;
        while let Some(next) = self.rest.peek().copied().filter(|next| wanted(*next)) {
            taken.push(next);
            self.next();
        }
        taken
    }

    fn token(&mut self, at: usize, first: char) -> Result<Token, Wrong> {
        let js = self.syntax == Syntax::SurveyJs;
        Ok(match first {
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '[' if js => Token::OpenList,
            ']' if js => Token::CloseList,
            '{' if js => self.question(at)?,
            '$' if !js && self.next_if('{') => self.question(at)?,
            // Spreadsheets make quotation marks of apostrophes.
            '\'' | '"' | '‘' | '’' | '“' | '”' => self.text(at, first)?,
            '0'..='9' => self.number(first.to_string()),
            '-' if self.rest.peek().is_some_and(char::is_ascii_digit) => {
                self.number("-".to_owned())
            }
            '.' => Token::This,
            '=' | '!' | '<' | '>' | '≥' | '≤' | '≠' => self.comparison(at, first)?,
            _ if first.is_alphabetic() || first == '_' => {
                let inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ':');
                Token::Word(self.take_while(first.to_string(), inside))
            }
            '&' | '|' if js && self.next_if(first) => Token::Word(format!("{first}{first}")),
            '+' | '-' | '*' | '/' | '|' => {
                return Err(Wrong::new(at, format!("{first:?}: nothing is computed here")));
            }
            _ => return Err(Wrong::new(at, format!("{first:?} is not understood"))),
        })
    }

    fn question(&mut self, at: usize) -> Result<Token, Wrong> {
        let name = self.take_while(String::new(), |c| c != '}');
        let name = name.trim();
        if !self.next_if('}') || name.is_empty() {
            return Err(Wrong::new(at, "a question stands in braces: ${name}"));
        }
        Ok(Token::Question(name.to_owned()))
    }

    fn text(&mut self, at: usize, first: char) -> Result<Token, Wrong> {
        let ends: &[char] = match first {
            '\'' => &['\''],
            '"' => &['"'],
            '‘' | '’' => &['‘', '’', '\''],
            _ => &['“', '”', '"'],
        };
        let text = self.take_while(String::new(), |c| !ends.contains(&c));
        self.next().map(|_| Token::Text(text)).ok_or_else(|| Wrong::new(at, "the quote has no end"))
    }

    fn number(&mut self, start: String) -> Token {
        Token::Number(self.take_while(start, |c| c.is_ascii_digit() || c == '.'))
    }

    fn comparison(&mut self, at: usize, first: char) -> Result<Token, Wrong> {
        let js = self.syntax == Syntax::SurveyJs;
        Ok(Token::Compare(match first {
            '<' if self.next_if('=') => Comparison::AtMost,
            '>' if self.next_if('=') => Comparison::AtLeast,
            '<' if js && self.next_if('>') => Comparison::NotEqual,
            '!' if self.next_if('=') => Comparison::NotEqual,
            '!' if js => return Ok(Token::Bang),
            '!' => return Err(Wrong::new(at, "\"!\" alone is not understood: write not(...)")),
            '<' => Comparison::Less,
            '>' => Comparison::Greater,
            '≤' => Comparison::AtMost,
            '≥' => Comparison::AtLeast,
            '≠' => Comparison::NotEqual,
            _ => {
                // "==" is SurveyJS; in XPath it is a slip of who writes programs.
                self.next_if('=');
                Comparison::Equal
            }
        }))
    }
}
