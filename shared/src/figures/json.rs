//! The figures as data. The book's builder reads them.

use super::{At, Axis, ChartError, Figures, Machine, Shape, Spread};
use crate::base::Json;
use std::fmt::{Display, Write};

impl Figures {
    /// Writes the figures as one JSON object, a figure per line.
    ///
    /// ```json
    /// {"title":"What a call costs","description":"The time per call against its depth.","shape":"lines",
    /// "x":{"label":"depth","unit":"calls","scale":"linear"},"y":{"label":"time per call","unit":"ns","scale":"log"},
    /// "series":[
    /// {"name":"spawned","points":[
    /// {"x":10,"median":342.5,"min":339,"max":360.25,"rounds":15}]}],
    /// "facts":[{"name":"task","unit":"bytes","median":128,"min":128,"max":128,"rounds":1}],
    /// "command":"just cost-grid",
    /// "machine":{"processor":"…","cores":2,"system":"Linux x86_64","rustc":"1.95.0","profile":"release"}}
    /// ```
    ///
    /// `shape` is `lines` or `bars`, `x` of a figure a number or a name, `scale` is `linear` or
    /// `log`. The name is the file's.
    ///
    /// # Errors
    ///
    /// [`check`](Self::check) fails, or nobody said how it was [measured](Self::measured_by).
    pub fn to_json(&self) -> Result<String, ChartError> {
        self.check()?;
        let (command, machine) = self.measured.as_ref().ok_or(ChartError::Missing("command"))?;
        let shape = match self.shape {
            Shape::Lines => "lines",
            Shape::Bars => "bars",
        };
        let (title, description) = (Json(&self.title), Json(&self.description));
        let (x, y) = (axis(&self.x), axis(&self.y));
        let series = self.series.iter().map(|series| {
            let points = series.points.iter().map(|(at, spread)| match at {
                At::Number(number) => format!("{{\"x\":{number},{}}}", numbers(spread)),
                At::Name(name) => format!("{{\"x\":{},{}}}", Json(name), numbers(spread)),
            });
            format!("{{\"name\":{},\"points\":{}}}", Json(&series.name), list(points))
        });
        let facts = self.facts.iter().map(|fact| {
            let (name, unit) = (Json(&fact.name), Json(fact.unit.word()));
            format!("{{\"name\":{name},\"unit\":{unit},{}}}", numbers(&fact.spread))
        });
        Ok(format!(
            "{{\"title\":{title},\n\"description\":{description},\n\"shape\":\"{shape}\",\n\"x\":{x},\n\"y\":{y},\n\
             \"series\":{},\n\"facts\":{},\n\"command\":{},\n\"machine\":{}}}\n",
            list(series),
            list(facts),
            Json(command),
            of_machine(machine)
        ))
    }
}

fn axis(axis: &Axis) -> String {
    let (label, unit) = (Json(&axis.label), Json(axis.unit.word()));
    let scale = if axis.logarithmic { "log" } else { "linear" };
    format!("{{\"label\":{label},\"unit\":{unit},\"scale\":\"{scale}\"}}")
}

fn numbers(spread: &Spread) -> String {
    let (median, min, max) = (spread.median(), spread.min(), spread.max());
    format!("\"median\":{median},\"min\":{min},\"max\":{max},\"rounds\":{}", spread.rounds())
}

fn of_machine(machine: &Machine) -> String {
    let Machine { processor, cores, system, rustc, profile } = machine;
    let [processor, system] = [processor, system].map(|text| Json(text));
    let [rustc, profile] = [rustc, profile].map(|text| Json(text));
    format!(
        "{{\"processor\":{processor},\"cores\":{cores},\"system\":{system},\"rustc\":{rustc},\"profile\":{profile}}}"
    )
}

fn list(items: impl Iterator<Item = impl Display>) -> String {
    let mut text = String::from("[");
    for (place, item) in items.enumerate() {
        let comma = if place > 0 { "," } else { "" };
        write!(text, "{comma}\n{item}").expect("a String takes everything");
    }
    text + "]"
}
