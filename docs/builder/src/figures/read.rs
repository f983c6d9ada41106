//! Figures from the JSON that a measuring program has written.

use serde_json::Value;
use shared::figures::{At, Axis, Figures, Machine, Spread, Unit};
use std::fs;
use std::path::Path;

/// Reads a file; its name is that of the figures.
///
/// # Errors
///
/// What is missing or wrong in it, in words.
pub fn read(file: &Path) -> Result<Figures, String> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot be read: {error}"))?;
    let name = file.file_stem().unwrap_or_default().display().to_string();
    parse(&name, &text)
}

fn parse(name: &str, text: &str) -> Result<Figures, String> {
    let json: Value =
        serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let title = word(&json, "title")?;
    let figures = match word(&json, "shape")?.as_str() {
        "lines" => Figures::lines(name, title),
        "bars" => Figures::bars(name, title),
        other => return Err(format!("`{other}` is not a shape: lines, bars")),
    };
    let mut figures = figures
        .describe(word(&json, "description")?)
        .x(axis(&json["x"])?)
        .y(axis(&json["y"])?)
        .measured_on(word(&json, "command")?, machine(&json["machine"])?);
    for series in list(&json, "series")? {
        let name = word(series, "name")?;
        for point in list(series, "points")? {
            let at = match &point["x"] {
                Value::String(name) => At::from(name.as_str()),
                _ => At::from(number(point, "x")?),
            };
            figures.add(&name, at, spread(point)?);
        }
    }
    for fact in list(&json, "facts")? {
        let unit = Unit::from_word(&word(fact, "unit")?);
        figures.fact(&word(fact, "name")?, unit, spread(fact)?);
    }
    figures.check().map_err(|error| error.to_string())?;
    Ok(figures)
}

fn axis(json: &Value) -> Result<Axis, String> {
    let axis = Axis::new(word(json, "label")?, Unit::from_word(&word(json, "unit")?));
    match word(json, "scale")?.as_str() {
        "linear" => Ok(axis),
        "log" => Ok(axis.logarithmic()),
        other => Err(format!("`{other}` is not a scale: linear, log")),
    }
}

fn machine(json: &Value) -> Result<Machine, String> {
    Ok(Machine {
        processor: word(json, "processor")?,
        cores: count(json, "cores")?,
        system: word(json, "system")?,
        rustc: word(json, "rustc")?,
        profile: word(json, "profile")?,
    })
}

fn spread(json: &Value) -> Result<Spread, String> {
    let [median, min, max] = ["median", "min", "max"].map(|key| number(json, key));
    Ok(Spread::new(median?, min?, max?, count(json, "rounds")?))
}

fn word(json: &Value, key: &str) -> Result<String, String> {
    json[key].as_str().map(str::to_owned).ok_or_else(|| amiss(json, key, "text"))
}

fn number(json: &Value, key: &str) -> Result<f64, String> {
    json[key].as_f64().ok_or_else(|| amiss(json, key, "number"))
}

fn count(json: &Value, key: &str) -> Result<usize, String> {
    let count = json[key].as_u64().and_then(|count| usize::try_from(count).ok());
    count.ok_or_else(|| amiss(json, key, "count"))
}

fn list<'a>(json: &'a Value, key: &str) -> Result<&'a Vec<Value>, String> {
    json[key].as_array().ok_or_else(|| amiss(json, key, "list"))
}

fn amiss(json: &Value, key: &str, what: &str) -> String {
    let place: String = json.to_string().chars().take(60).collect();
    format!("has no {what} `{key}` in `{place}…`")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        let machine = Machine {
            processor: "Example \"3000\"".to_owned(),
            cores: 2,
            system: "Linux x86_64".to_owned(),
            rustc: "1.95.0".to_owned(),
            profile: "release".to_owned(),
        };
        let mut figures = Figures::bars("cost", "What it <costs>")
            .describe("Times.")
            .x(Axis::new("way", Unit::count("")).logarithmic())
            .y(Axis::new("time", Unit::Time))
            .measured_on("just cost", machine);
        figures.add("a", "sockets", Spread::new(1.0 / 3.0, 1e-6, 2e14 / 3.0, 7));
        figures.add("a", 1_000_000_u32, Spread::exactly(0.1 + 0.2));
        figures.fact("task", Unit::Bytes, Spread::exactly(128.0));
        figures.fact("polls", Unit::count("polls"), Spread::exactly(123_456_789.0));
        figures
    }

    #[test]
    fn what_was_written_is_read_back_as_the_same() {
        let json = figures().to_json().unwrap();
        assert_eq!(parse("cost", &json), Ok(figures()));
    }

    #[test]
    fn what_is_amiss_is_named() {
        let json = figures().to_json().unwrap();
        let wrong = |from: &str, to: &str| {
            assert!(json.contains(from), "{from}");
            parse("cost", &json.replacen(from, to, 1)).unwrap_err()
        };
        assert!(wrong("\"title\"", "\"titel\"").contains("no text `title`"));
        assert!(wrong("\"bars\"", "\"cake\"").contains("not a shape"));
        assert!(wrong("\"log\"", "\"cubic\"").contains("not a scale"));
        assert!(
            wrong("\"median\":0.3", "\"median\":null,\"x\":0.3").contains("no number `median`")
        );
        assert!(wrong("\"cores\":2", "\"cores\":-2").contains("no count `cores`"));
        assert!(wrong("\"median\":128", "\"median\":129").contains("`task` is not between"));
        assert!(wrong("{", "").contains("is not JSON"));
    }

    #[test]
    fn numbers_of_nine_digits_survive_the_way_through_text() {
        let mut seed = 1_u64;
        for _ in 0..20_000 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let value = 10f64.powf((seed >> 11) as f64 / 9_007_199_254_740_992.0 * 21.0 - 6.0);
            let median = Spread::exactly(value).median();
            let read: Value = serde_json::from_str(&median.to_string()).unwrap();
            assert_eq!(read.as_f64(), Some(median));
        }
    }
}
