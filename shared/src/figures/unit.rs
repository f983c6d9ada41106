//! Numbers with their units, rounded as a person would.

/// In what something is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Nanoseconds, shown as ns, µs, ms or s.
    Time,
    /// Bytes, shown as bytes, kB (1,000 of them), MB or GB.
    Bytes,
    /// Things that are counted, by what they are called if there are several; empty for numbers
    /// that have no unit.
    Count(String),
}

impl Unit {
    /// Things that are counted: `Unit::count("polls")`.
    pub fn count(noun: impl Into<String>) -> Self {
        Unit::Count(noun.into())
    }

    /// The unit that JSON calls `ns`, `bytes`, or by another word.
    pub fn from_word(word: &str) -> Self {
        match word {
            "ns" => Unit::Time,
            "bytes" => Unit::Bytes,
            noun => Unit::count(noun),
        }
    }

    /// Its word in JSON.
    pub fn word(&self) -> &str {
        match self {
            Unit::Time => "ns",
            Unit::Bytes => "bytes",
            Unit::Count(noun) => noun,
        }
    }

    /// The number in three significant digits with its unit, `34.2 ns`, `1.05 ms`, `12 kB`; whole
    /// counts in full, `1,048 polls`.
    ///
    /// ```
    /// use shared::figures::Unit;
    ///
    /// assert_eq!(Unit::Time.show(999.7), "1 µs");
    /// assert_eq!(Unit::Bytes.show(1.0), "1 byte");
    /// assert_eq!(Unit::count("polls").show(1_048.0), "1,048 polls");
    /// ```
    pub fn show(&self, value: f64) -> String {
        let (divisor, suffix) = self.step(value);
        let number = number(value / divisor);
        match (self, suffix) {
            (_, "") => number,
            (Unit::Count(_) | Unit::Bytes, nouns) if number == "1" => {
                format!("1 {}", singular(nouns))
            }
            (_, suffix) => format!("{number} {suffix}"),
        }
    }

    /// By what to divide numbers of this size, and the unit that they then have.
    pub(super) fn step(&self, value: f64) -> (f64, &str) {
        let steps: &[(f64, &str)] = match self {
            Unit::Count(noun) => return (1.0, noun),
            Unit::Time => &[(1.0, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")],
            // Up to here each byte counts.
            Unit::Bytes if value.abs() < 10_000.0 => return (1.0, "bytes"),
            Unit::Bytes => &[(1e3, "kB"), (1e6, "MB"), (1e9, "GB")],
        };
        // What is rounded to 1,000 is 1 of the next.
        let fits = |(divisor, _): &&(f64, &str)| value.abs() >= 0.9995 * divisor;
        steps.iter().rfind(fits).copied().unwrap_or(steps[0])
    }
}

/// One of several things: `polls` is `poll`, `switches` is `switch`, `entries` is `entry`.
fn singular(nouns: &str) -> String {
    let hisses = ["sses", "ches", "shes", "xes"].iter().any(|end| nouns.ends_with(end));
    match (nouns.strip_suffix("ies"), nouns.strip_suffix("es"), nouns.strip_suffix('s')) {
        (Some(stem), ..) => format!("{stem}y"),
        (_, Some(stem), _) if hisses => stem.to_owned(),
        (.., Some(stem)) => stem.to_owned(),
        _ => nouns.to_owned(),
    }
}

/// Three significant digits, or a whole number in full, in groups of three digits.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return value.to_string();
    }
    let whole = value.fract() == 0.0;
    let size = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = usize::try_from(2 - size).unwrap_or(0);
    let text = if whole { format!("{value}") } else { format!("{value:.decimals$}") };
    let (digits, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits = digits.parse().map_or_else(|_| digits.to_owned(), crate::base::grouped);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{digits}"),
        fraction => format!("{sign}{digits}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits_and_the_unit_that_fits() {
        let shown = [0.0, 0.25, 3.456, 34.0, 999.4, 999.6, 1_234.0, 1e6, 2.5e9, 7.2e12];
        let shown = shown.map(|value| Unit::Time.show(value));
        let expected = [
            "0 ns", "0.25 ns", "3.46 ns", "34 ns", "999 ns", "1 µs", "1.23 µs", "1 ms", "2.5 s",
            "7,200 s",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn bytes_are_counted_up_to_ten_thousand() {
        let shown = [1.0, 128.0, 9_999.0, 10_000.0, 1_048_576.0, 3e9];
        let shown = shown.map(|value| Unit::Bytes.show(value));
        assert_eq!(shown, ["1 byte", "128 bytes", "9,999 bytes", "10 kB", "1.05 MB", "3 GB"]);
    }

    #[test]
    fn counts_are_exact_and_fractions_are_not() {
        let shown =
            [1_000_000.0, 12.345, 1_234.5, 0.001_234].map(|value| Unit::count("").show(value));
        assert_eq!(shown, ["1,000,000", "12.3", "1,234", "0.00123"]);
        assert_eq!(Unit::count("timers").show(5.0), "5 timers");
    }

    #[test]
    fn one_is_singular() {
        let shown = ["timers", "bytes", "switches", "entries", "kin"]
            .map(|noun| Unit::from_word(noun).show(1.0));
        assert_eq!(shown, ["1 timer", "1 byte", "1 switch", "1 entry", "1 kin"]);
    }

    #[test]
    fn words_name_units() {
        for unit in [Unit::Time, Unit::Bytes, Unit::count("calls"), Unit::count("")] {
            assert_eq!(Unit::from_word(unit.word()), unit);
        }
    }
}
