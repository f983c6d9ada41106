//! A chart as a picture: narrow, so that it can be read on a telephone, on a card that is light in
//! both themes.
//!
//! Nothing rests on colour: lines differ in their marks and dashes as well, and each bar has its
//! name beside it.

use super::sheet::{PAD, Sheet, WIDTH, in_words, rounds};
use super::{ChartError, Figures, Shape, Spread, bars, lines};
use crate::base::canvas::{Canvas, Frame, MUTED, wrap};
use std::fmt::Write;

impl Figures {
    /// Draws the chart as an SVG picture of 540 units in width, on a light card, which can stand in
    /// a page or alone.
    ///
    /// The same figures give the same bytes. Its ids begin with `chart-NAME`. Whiskers lead from
    /// the smallest to the largest. A zero has no place on a logarithmic axis: a line below the
    /// chart says so.
    ///
    /// # Errors
    ///
    /// [`check`](Self::check) fails, or there are only facts.
    pub fn to_svg(&self) -> Result<String, ChartError> {
        self.check()?;
        if !self.has_chart() {
            return Err(ChartError::Empty);
        }
        let (canvas, remarks) = (Canvas::default(), Vec::new());
        let mut sheet = Sheet { canvas, y: PAD + 8.0, remarks };
        for line in wrap(&self.title, 48, 3) {
            sheet.canvas.text(PAD, sheet.y, "font-size=\"17\" font-weight=\"bold\"", &line);
            sheet.y += 22.0;
        }
        sheet.y += 6.0;
        match self.shape {
            Shape::Lines => lines::draw(&mut sheet, self),
            Shape::Bars => bars::draw(&mut sheet, self),
        }
        sheet.remarks.insert(0, rounds(self.charted()));
        let remarks: Vec<String> =
            sheet.remarks.iter().flat_map(|remark| wrap(remark, 62, 4)).collect();
        sheet.lines(&remarks, &format!("font-size=\"14\" fill=\"{MUTED}\""));
        Ok(sheet.canvas.framed(&Frame {
            class: "chart",
            id: &format!("chart-{}", self.name),
            title: &self.title,
            description: &self.in_sentences(&sheet.remarks),
            width: WIDTH.into(),
            height: sheet.y.into(),
        }))
    }

    /// The chart for those who do not see it: every figure is in it.
    fn in_sentences(&self, remarks: &[String]) -> String {
        let mut text = self.description.clone();
        for series in &self.series {
            let of_point = |(at, spread): &(super::At, Spread)| {
                format!("{}: {}", self.at_in_words(at), in_words(&self.y.unit, spread))
            };
            let points: Vec<String> = series.points.iter().map(of_point).collect();
            write!(text, " {}, {}.", series.name, points.join("; "))
                .expect("a String takes everything");
        }
        let remarks = remarks.iter().filter(|remark| !remark.is_empty());
        remarks.fold(text, |text, remark| text + " " + remark)
    }
}
