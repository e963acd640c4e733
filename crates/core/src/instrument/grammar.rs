//! Text to [`Expression`] and [`Comparison`]: a recursive-descent parser with limits on length, depth
//! and number of nodes, so that no text can exhaust the stack or the clock.

use super::exact::Exact;
use super::expression::{Comparison, Expression, Operator, Relation};

/// Longest formula, in bytes.
pub const MAX_LENGTH_BYTES: usize = 1_000;
/// Deepest nesting of brackets, calls and signs.
pub const MAX_DEPTH: usize = 24;
/// Most operands of one `min` or `max`.
pub const MAX_OPERANDS: usize = 12;

/// Why a text is no formula.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("rumus tidak terbaca pada huruf ke-{position}: {reason}")]
pub struct GrammarError {
    /// Place in the text, from 1.
    pub position: usize,
    /// What is wrong.
    pub reason: String,
}

/// Reads a formula such as `if(a == 0, 0, min(1, b / a))`.
///
/// # Errors
/// [`GrammarError`] with the place and reason.
pub fn parse_expression(text: &str) -> Result<Expression, GrammarError> {
    Parser::over(text, |parser| parser.expression())
}

/// Reads a comparison such as `selesai <= diterima`.
///
/// # Errors
/// [`GrammarError`] with the place and reason.
pub fn parse_comparison(text: &str) -> Result<Comparison, GrammarError> {
    Parser::over(text, Parser::comparison)
}

type Parsed<T> = Result<T, GrammarError>;

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn over<T>(text: &'a str, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let mut parser = Self { text, at: 0, depth: 0 };
        if text.len() > MAX_LENGTH_BYTES {
            return parser.refuse("terlalu panjang");
        }
        let result = read(&mut parser)?;
        parser.skip_space();
        if parser.at < text.len() { parser.refuse("ada sisa yang tidak dimengerti") } else { Ok(result) }
    }

    fn comparison(&mut self) -> Parsed<Comparison> {
        let left = self.expression()?;
        let relation = self.relation()?;
        let right = self.expression()?;
        Ok(Comparison { left, relation, right })
    }

    fn relation(&mut self) -> Parsed<Relation> {
        const RELATIONS: [(&str, Relation); 6] = [
            ("==", Relation::Equal),
            ("!=", Relation::NotEqual),
            ("<=", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("<", Relation::Less),
            (">", Relation::Greater),
        ];
        for (symbol, relation) in RELATIONS {
            if self.take(symbol) {
                return Ok(relation);
            }
        }
        self.refuse("di sini harus ada perbandingan (==, !=, <, <=, >, >=)")
    }

    fn expression(&mut self) -> Parsed<Expression> {
        self.nested(|parser| parser.chain(Self::product, &[("+", Operator::Plus), ("-", Operator::Minus)]))
    }

    fn product(&mut self) -> Parsed<Expression> {
        self.chain(Self::signed, &[("*", Operator::Times), ("/", Operator::Over)])
    }

    /// Operators of one rank, grouped from the left. Each step deepens the tree, so it counts as depth.
    fn chain(
        &mut self,
        operand: fn(&mut Self) -> Parsed<Expression>,
        operators: &[(&str, Operator)],
    ) -> Parsed<Expression> {
        let depth = self.depth;
        let mut left = operand(self)?;
        while let Some(operator) = self.any_of(operators) {
            self.deepen()?;
            let right = operand(self)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth = depth;
        Ok(left)
    }

    fn any_of(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        operators.iter().find(|(symbol, _)| self.take(symbol)).map(|(_, operator)| *operator)
    }

    fn signed(&mut self) -> Parsed<Expression> {
        if self.take("-") {
            return self.nested(|parser| Ok(Expression::Negative(Box::new(parser.signed()?))));
        }
        self.primary()
    }

    fn primary(&mut self) -> Parsed<Expression> {
        if self.take("(") {
            let inner = self.expression()?;
            self.expect(")")?;
            return Ok(inner);
        }
        let word = self.word();
        match word.bytes().next() {
            None => self.refuse("di sini harus ada angka, isian, atau kurung"),
            Some(first) if first.is_ascii_digit() => self.number(word),
            Some(_) => self.named(word),
        }
    }

    fn number(&self, word: &str) -> Parsed<Expression> {
        let number = Exact::parse(word);
        number.map(Expression::Number).or_else(|_| self.refuse("angka tidak terbaca; pakai titik desimal"))
    }

    fn named(&mut self, word: &'a str) -> Parsed<Expression> {
        if !self.take("(") {
            return match word {
                "min" | "max" | "if" => self.refuse("nama fungsi harus diikuti tanda kurung"),
                input => Ok(Expression::Input(input.to_owned())),
            };
        }
        match word {
            "min" => Ok(Expression::Min(self.operands()?)),
            "max" => Ok(Expression::Max(self.operands()?)),
            "if" => self.choice(),
            _ => self.refuse("fungsi tidak dikenal; yang ada hanya min, max, dan if"),
        }
    }

    fn choice(&mut self) -> Parsed<Expression> {
        let condition = self.nested(Self::comparison)?;
        self.expect(",")?;
        let then = self.expression()?;
        self.expect(",")?;
        let otherwise = self.expression()?;
        self.expect(")")?;
        Ok(Expression::If(Box::new(condition), Box::new(then), Box::new(otherwise)))
    }

    fn operands(&mut self) -> Parsed<Vec<Expression>> {
        let mut operands = vec![self.expression()?];
        while self.take(",") {
            operands.push(self.expression()?);
            if operands.len() > MAX_OPERANDS {
                return self.refuse("terlalu banyak operan");
            }
        }
        self.expect(")")?;
        Ok(operands)
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let depth = self.depth;
        self.deepen()?;
        let result = read(self);
        self.depth = depth;
        result
    }

    fn deepen(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.refuse("terlalu dalam bersarang") } else { Ok(()) }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn take(&mut self, symbol: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(symbol);
        if found {
            self.at += symbol.len();
        }
        found
    }

    fn expect(&mut self, symbol: &str) -> Parsed<()> {
        if self.take(symbol) { Ok(()) } else { self.refuse(&format!("di sini harus ada \"{symbol}\"")) }
    }

    fn word(&mut self) -> &'a str {
        self.skip_space();
        let rest = self.rest();
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn refuse<T>(&self, reason: &str) -> Parsed<T> {
        Err(GrammarError { position: self.at + 1, reason: reason.to_owned() })
    }
}
