use super::lexer::{Token, tokens};
use super::{Comparison, Expression, Syntax, What, Wrong};

/// How deep parentheses may stand in each other: a bound for the stack.
const DEEPEST: usize = 32;

/// Reads an expression.
///
/// # Errors
/// The first thing that is not understood.
pub(in crate::authoring) fn parse(text: &str, syntax: Syntax) -> Result<Expression, Wrong> {
    let tokens = tokens(text, syntax)?;
    let end = text.chars().count() + 1;
    let mut parser = Parser { tokens, next: 0, end, depth: 0, syntax };
    let whole = parser.alternatives()?;
    match parser.peek() {
        None => Ok(whole),
        Some(Token::Word(word)) if ["div", "mod"].contains(&word.as_str()) => {
            Err(parser.wrong(format!("{word:?}: nothing is computed here")))
        }
        Some(_) => Err(parser.wrong("\"and\", \"or\" or the end is expected here")),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    /// The column after the last character.
    end: usize,
    depth: usize,
    syntax: Syntax,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn wrong(&self, problem: impl Into<String>) -> Wrong {
        Wrong::new(self.at(), problem)
    }

    fn next_if(&mut self, wanted: &Token) -> bool {
        let found = self.peek() == Some(wanted);
        self.next += usize::from(found);
        found
    }

    fn next_if_word(&mut self, wanted: &[&str]) -> bool {
        let found = match self.peek() {
            Some(Token::Word(word)) => wanted.contains(&word.to_lowercase().as_str()),
            _ => false,
        };
        self.next += usize::from(found);
        found
    }

    fn expect(&mut self, wanted: &Token, said: &str) -> Result<(), Wrong> {
        if self.next_if(wanted) {
            Ok(())
        } else {
            Err(self.wrong(format!("{said} is expected here")))
        }
    }

    /// One level deeper in the stack.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, Wrong>) -> Result<T, Wrong> {
        if self.depth == DEEPEST {
            return Err(self.wrong(format!("stands more than {DEEPEST} deep in parentheses")));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn alternatives(&mut self) -> Result<Expression, Wrong> {
        self.chain(&["or", "||"], Self::conjunction, What::Or)
    }

    fn conjunction(&mut self) -> Result<Expression, Wrong> {
        self.chain(&["and", "&&"], Self::comparison, What::And)
    }

    fn chain(
        &mut self,
        between: &[&str],
        part: fn(&mut Self) -> Result<Expression, Wrong>,
        what: fn(Vec<Expression>) -> What,
    ) -> Result<Expression, Wrong> {
        let at = self.at();
        let first = part(self)?;
        let mut parts = vec![first];
        while self.next_if_word(between) {
            parts.push(part(self)?);
        }
        match parts.len() {
            1 => parts.pop().ok_or_else(|| Wrong::new(at, "is empty")),
            _ => Ok(Expression { at, what: what(parts) }),
        }
    }

    fn comparison(&mut self) -> Result<Expression, Wrong> {
        let at = self.at();
        let left = self.primary()?;
        if self.syntax == Syntax::SurveyJs
            && let Some(Token::Word(word)) = self.peek()
            && let Some(compared) = word_comparison(word)
        {
            self.next += 1;
            return self.by_word(at, left, compared);
        }
        let Some(Token::Compare(comparison)) = self.peek().cloned() else { return Ok(left) };
        self.next += 1;
        let right = self.primary()?;
        if matches!(self.peek(), Some(Token::Compare(_))) {
            return Err(self.wrong("two comparisons in a row: join them by \"and\""));
        }
        Ok(compare(at, left, comparison, right))
    }

    /// `contains`, `empty` and their kind, as the calls and comparisons that they are.
    fn by_word(&mut self, at: usize, left: Expression, word: Word) -> Result<Expression, Wrong> {
        let empty = Expression { at, what: What::Text(String::new()) };
        match word {
            Word::Compare(comparison) => {
                let right = self.primary()?;
                Ok(compare(at, left, comparison, right))
            }
            Word::Empty => Ok(compare(at, left, Comparison::Equal, empty)),
            Word::NotEmpty => Ok(compare(at, left, Comparison::NotEqual, empty)),
            Word::Call(name) => {
                let arguments = vec![left, self.primary()?];
                Ok(Expression { at, what: What::Call { name: name.to_owned(), arguments } })
            }
        }
    }

    fn primary(&mut self) -> Result<Expression, Wrong> {
        let at = self.at();
        let Some(token) = self.peek().cloned() else {
            return Err(self.wrong("something is missing at the end"));
        };
        self.next += 1;
        let what = match token {
            Token::Question(name) => What::Question(name),
            Token::This => What::This,
            Token::Text(text) => What::Text(text),
            Token::Number(number) => What::Number(number),
            Token::Open => {
                let inner = self.deeper(Self::alternatives)?;
                self.expect(&Token::Close, "\")\"")?;
                What::Group(Box::new(inner))
            }
            Token::Word(name) if self.next_if(&Token::Open) => {
                What::Call { name, arguments: self.arguments(&Token::Close, "\",\" or \")\"")? }
            }
            Token::OpenList => What::List(self.arguments(&Token::CloseList, "\",\" or \"]\"")?),
            Token::Bang => self.negated()?,
            Token::Word(word) => return Err(Wrong::new(at, self.lone(&word))),
            Token::Close | Token::CloseList | Token::Comma | Token::Compare(_) => {
                return Err(Wrong::new(at, "a question or a value is expected here"));
            }
        };
        Ok(Expression { at, what })
    }

    fn negated(&mut self) -> Result<What, Wrong> {
        let inner = self.deeper(Self::primary)?;
        Ok(What::Call { name: "not".to_owned(), arguments: vec![inner] })
    }

    fn arguments(&mut self, end: &Token, expected: &str) -> Result<Vec<Expression>, Wrong> {
        let mut arguments = Vec::new();
        if self.next_if(end) {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.deeper(Self::alternatives)?);
            if !self.next_if(&Token::Comma) {
                self.expect(end, expected)?;
                return Ok(arguments);
            }
        }
    }

    fn lone(&self, word: &str) -> String {
        let braces = if self.syntax == Syntax::XPath { "${" } else { "{" };
        format!("{word:?}: a question stands in braces, {braces}{word}}}, and a value in quotes")
    }
}

fn compare(at: usize, left: Expression, by: Comparison, right: Expression) -> Expression {
    Expression { at, what: What::Compare(Box::new(left), by, Box::new(right)) }
}

enum Word {
    Compare(Comparison),
    Call(&'static str),
    Empty,
    NotEmpty,
}

fn word_comparison(word: &str) -> Option<Word> {
    Some(match word.to_lowercase().as_str() {
        "equal" => Word::Compare(Comparison::Equal),
        "notequal" => Word::Compare(Comparison::NotEqual),
        "less" => Word::Compare(Comparison::Less),
        "lessorequal" => Word::Compare(Comparison::AtMost),
        "greater" => Word::Compare(Comparison::Greater),
        "greaterorequal" => Word::Compare(Comparison::AtLeast),
        "contains" | "contain" => Word::Call("selected"),
        "notcontains" | "notcontain" => Word::Call("not-selected"),
        "anyof" => Word::Call("any-of"),
        "allof" => Word::Call("all-of"),
        "empty" => Word::Empty,
        "notempty" => Word::NotEmpty,
        _ => return None,
    })
}
