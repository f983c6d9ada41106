//! The figures as a table, for the book and for a terminal.

use super::sheet::{in_words, rounds, titled};
use super::{At, ChartError, Figures, Spread, Unit};
use crate::base::Xml;
use std::fmt;

impl Figures {
    /// The figures in Markdown, in parts that a chapter can include: `ANCHOR: table` around the
    /// chart's figures, `facts` around the others, and `measured` around a sentence in HTML that
    /// says how it was measured, and on what.
    ///
    /// # Errors
    ///
    /// [`check`](Self::check) fails, or nobody said how it was [measured](Self::measured_by).
    pub fn to_markdown(&self) -> Result<String, ChartError> {
        self.check()?;
        let mut text = String::new();
        let mut part = |name: &str, lines: Vec<String>| {
            let lines = lines.join("\n");
            text += &format!("<!-- ANCHOR: {name} -->\n{lines}\n<!-- ANCHOR_END: {name} -->\n");
        };
        if self.has_chart() {
            part("table", markdown(&self.table()));
        }
        if !self.facts.is_empty() {
            part("facts", markdown(&self.fact_table()));
        }
        part("measured", vec![self.how()?]);
        Ok(text)
    }

    fn how(&self) -> Result<String, ChartError> {
        let (command, machine) = self.measured.as_ref().ok_or(ChartError::Missing("command"))?;
        let cores = crate::base::counted(machine.cores as u64, "core");
        let sentence = format!(
            "Measured with <code>{}</code> on {} ({cores}), {}, rustc {}. {}",
            Xml(command),
            Xml(&machine.processor),
            Xml(&machine.system),
            Xml(&machine.rustc),
            rounds(self.charted().chain(self.facts.iter().map(|fact| &fact.spread)))
        );
        Ok(sentence.trim_end().to_owned())
    }

    /// A row per place on the x axis, a column per series, below a heading.
    fn table(&self) -> Vec<Vec<String>> {
        let mut places: Vec<&At> = Vec::new();
        for (at, _) in self.series.iter().flat_map(|series| &series.points) {
            if !places.contains(&at) {
                places.push(at);
            }
        }
        places.sort_by(|one, other| match (one, other) {
            (At::Number(one), At::Number(other)) => one.total_cmp(other),
            // Names stay in the order in which they came.
            _ => std::cmp::Ordering::Equal,
        });
        let names = self.series.iter().map(|series| series.name.clone());
        let counted = places.iter().any(|place| matches!(place, At::Number(_)));
        let heading = match &self.x.unit {
            Unit::Count(noun) if counted => titled(&self.x.label, &[noun]),
            _ => self.x.label.clone(),
        };
        let mut rows = vec![[heading].into_iter().chain(names).collect()];
        for place in places {
            let place_in_words = match (place, &self.x.unit) {
                (At::Number(number), Unit::Count(_)) => super::unit::number(*number),
                _ => self.at_in_words(place),
            };
            let mut row = vec![place_in_words];
            for series in &self.series {
                let point = series.points.iter().find(|(at, _)| at == place);
                row.push(point.map_or_else(|| "–".to_owned(), |(_, spread)| self.cell(spread)));
            }
            rows.push(row);
        }
        rows
    }

    fn cell(&self, spread: &Spread) -> String {
        in_words(&self.y.unit, spread)
    }

    fn fact_table(&self) -> Vec<Vec<String>> {
        let heading = vec!["what".to_owned(), "how much".to_owned()];
        let facts = self.facts.iter();
        let row = |fact: &super::Fact| vec![fact.name.clone(), in_words(&fact.unit, &fact.spread)];
        [heading].into_iter().chain(facts.map(row)).collect()
    }
}

/// In Markdown, where `|` is no part of a name: that is checked, but an axis' label may have one.
fn markdown(rows: &[Vec<String>]) -> Vec<String> {
    let line = |heading: bool, cells: &[String]| {
        // A number and its unit stay in one line, and so does a spread; between the two there may
        // be a break.
        let figure = |cell: &String| cell.replace(' ', "\u{a0}").replace("\u{a0}(", " (");
        let cells = cells.iter().enumerate();
        let cells = cells
            .map(|(column, cell)| if heading || column == 0 { cell.clone() } else { figure(cell) });
        let cells = cells.map(|cell| Xml(&cell).to_string().replace('|', "\\|"));
        let cells: Vec<String> = cells.collect();
        format!("| {} |", cells.join(" | "))
    };
    let mut lines: Vec<String> =
        rows.iter().enumerate().map(|(place, row)| line(place == 0, row)).collect();
    let columns = rows.first().map_or(1, Vec::len);
    lines.insert(1, format!("| --- |{}", " ---: |".repeat(columns - 1)));
    lines
}

/// The tables in aligned columns.
impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut tables = Vec::new();
        if self.has_chart() {
            tables.push(self.table());
        }
        if !self.facts.is_empty() {
            tables.push(self.fact_table());
        }
        for (place, table) in tables.iter().enumerate() {
            if place > 0 {
                writeln!(f)?;
            }
            let width = |column: usize| table.iter().map(|row| row[column].chars().count()).max();
            for row in table {
                let cells = row.iter().enumerate().map(|(column, cell)| {
                    let width = width(column).unwrap_or(0);
                    if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
                });
                writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
            }
        }
        Ok(())
    }
}
