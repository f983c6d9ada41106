//! Counts, as a person would say them.

/// A count of events in words: "once", "twice", "3 times", "10,000 times".
///
/// ```
/// use shared::probe::times;
///
/// assert_eq!(format!("it was polled {}", times(1)), "it was polled once");
/// assert_eq!(times(0), "0 times");
/// ```
pub fn times(count: u64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        _ => format!("{} times", grouped(count)),
    }
}

/// "1 clone", "3 clones".
pub(crate) fn counted(count: u64, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", grouped(count))
}

/// Digits in groups of three: "10,000".
pub(crate) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_as_words() {
        assert_eq!(times(0), "0 times");
        assert_eq!(times(1), "once");
        assert_eq!(times(10_000), "10,000 times");
        assert_eq!(counted(1, "clone"), "1 clone");
        assert_eq!(counted(1_234_567, "clone"), "1,234,567 clones");
    }
}
