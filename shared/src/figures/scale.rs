//! From numbers to places in the picture, and the round numbers that an axis is marked with.

/// An axis, laid out.
pub(super) struct Scale {
    logarithmic: bool,
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    /// The round numbers on it, in order.
    pub(super) ticks: Vec<f64>,
}

impl Scale {
    /// A linear axis from zero to the first round number that is not below `max`.
    pub(super) fn from_zero(max: f64) -> Self {
        let (step, count) = steps(max);
        let ticks: Vec<f64> = (0..=count).map(|place| f64::from(place) * step).collect();
        Self::new(false, 0.0, f64::from(count) * step, ticks)
    }

    /// A linear axis from one number to another.
    pub(super) fn between(min: f64, max: f64) -> Self {
        if min >= max {
            return Self::from_zero(max);
        }
        let whole = Self::from_zero(max);
        let ticks = whole.ticks.into_iter().filter(|tick| (min..=max).contains(tick)).collect();
        Self::new(false, min, max, ticks)
    }

    /// A logarithmic axis around the numbers above zero.
    pub(super) fn logarithmic(values: impl Iterator<Item = f64> + Clone) -> Self {
        let above_zero = values.filter(|value| *value > 0.0);
        let low = above_zero.clone().fold(f64::INFINITY, f64::min);
        let high = above_zero.fold(0.0, f64::max);
        let (low, high) = if low > high { (1.0, 10.0) } else { (low, high) };
        let marks: Vec<f64> =
            (-7..=16).flat_map(|power| [1, 2, 5].map(|digit| mark(digit, power))).collect();
        let mut first = marks.iter().rposition(|mark| *mark <= low).unwrap_or(0);
        let mut last = marks.iter().position(|mark| *mark >= high).unwrap_or(marks.len() - 1);
        if first == last {
            (first, last) = (first.saturating_sub(1), (last + 1).min(marks.len() - 1));
        }
        let ticks = round_marks(first, last, &marks);
        Self::new(true, marks[first], marks[last], ticks)
    }

    fn new(logarithmic: bool, low: f64, high: f64, ticks: Vec<f64>) -> Self {
        Self { logarithmic, low, high, from: 0.0, to: 1.0, ticks }
    }

    /// The same axis, from one place in the picture to another.
    pub(super) fn over(mut self, from: f64, to: f64) -> Self {
        (self.from, self.to) = (from, to);
        self
    }

    /// Where a number stands; `None` for a zero on a logarithmic axis, which has no place for it.
    pub(super) fn place(&self, value: f64) -> Option<f64> {
        let part = if !self.logarithmic {
            (value - self.low) / (self.high - self.low)
        } else if value > 0.0 {
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            return None;
        };
        Some(self.from + part * (self.to - self.from))
    }

    /// The largest number on it.
    pub(super) fn high(&self) -> f64 {
        self.high
    }
}

/// The width of a step, and how many of them reach `max`: three to six, each 1, 2 or 5 of a power
/// of ten.
fn steps(max: f64) -> (f64, u32) {
    if max <= 0.0 {
        return (1.0, 1);
    }
    for power in -8..=16 {
        for digit in [1, 2, 5] {
            let step = mark(digit, power);
            let count = (max / step - 1e-9).ceil();
            if count <= 6.0 {
                return (step, (count as u32).max(1));
            }
        }
    }
    (max, 1)
}

/// Exactly the number that its digits say, on every system.
fn mark(digit: u8, power: i32) -> f64 {
    format!("{digit}e{power}").parse().expect("these are the digits of a number")
}

/// Powers of ten where there are enough of them, not too many; 1, 2 and 5 of each where there are
/// few.
fn round_marks(first: usize, last: usize, marks: &[f64]) -> Vec<f64> {
    let powers: Vec<usize> = (first..=last).filter(|place| place % 3 == 0).collect();
    if powers.len() < 3 {
        return marks[first..=last].to_vec();
    }
    let every = powers.len().div_ceil(8);
    powers.iter().step_by(every).map(|place| marks[*place]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(values: &[f64]) -> Scale {
        Scale::logarithmic(values.iter().copied()).over(0.0, 100.0)
    }

    #[test]
    fn a_linear_axis_is_marked_with_round_numbers() {
        assert_eq!(Scale::from_zero(342.0).ticks, [0.0, 100.0, 200.0, 300.0, 400.0]);
        assert_eq!(Scale::from_zero(6.0).ticks.len(), 7);
        assert_eq!(Scale::from_zero(0.0).ticks, [0.0, 1.0]);
        assert_eq!(Scale::from_zero(1e15).high(), 1e15);
        assert_eq!(Scale::between(3.0, 11.0).ticks, [4.0, 6.0, 8.0, 10.0]);
        assert_eq!(Scale::between(0.0, 10.0).over(5.0, 15.0).place(10.0), Some(15.0));
    }

    #[test]
    fn a_logarithmic_axis_is_marked_with_powers_of_ten() {
        let scale = log(&[1e3, 0.0, 1e6]);
        assert_eq!(scale.ticks, [1e3, 1e4, 1e5, 1e6]);
        let place = scale.place(1e4).expect("it has a place");
        assert!((place - 100.0 / 3.0).abs() < 1e-9, "{place}");
        assert_eq!(scale.place(0.0), None);
        assert_eq!(log(&[30.0, 170.0]).ticks, [20.0, 50.0, 100.0, 200.0]);
        assert!(log(&[1e-6, 1e15]).ticks.len() <= 8);
    }

    #[test]
    fn one_number_and_none_have_an_axis_too() {
        assert_eq!(log(&[10.0]).ticks, [5.0, 10.0, 20.0]);
        assert_eq!(log(&[0.0]).ticks, [1.0, 2.0, 5.0, 10.0]);
        assert_eq!(Scale::between(7.0, 7.0).high(), 8.0);
    }
}
