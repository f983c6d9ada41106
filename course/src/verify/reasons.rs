//! What falls short in a variant, from how its tests ended.

use super::workspace::{Kind, Variant};
use crate::judge::{Report, Verdict};

/// What falls short in a variant, from how its tests ended.
pub fn reasons(variant: &Variant<'_>, reports: &[&Report]) -> Vec<String> {
    match &variant.kind {
        Kind::Solution | Kind::Right(_) => {
            let failed = reports.iter().filter(|report| !report.passed());
            failed
                .map(|report| format!("`{}` rejects it: {}", report.test, report.reason()))
                .collect()
        }
        Kind::Starter => reports
            .iter()
            .filter_map(|report| starter_reason(&variant.exercise.starter_fails, report))
            .collect(),
        Kind::Wrong(entry) => {
            // That a mistake cannot be read has been told by the structure's checks.
            let says = entry.mistake.iter().map(|mistake| &mistake.says);
            says.flat_map(|says| {
                reports.iter().filter_map(move |report| wrong_reason(says, report))
            })
            .collect()
        }
    }
}

fn starter_reason(declared: &[String], report: &Report) -> Option<String> {
    let test = &report.test;
    let is_declared = declared.contains(test);
    match &report.verdict {
        Verdict::Passed if is_declared => {
            Some(format!("`{test}` is green already, although `starter-fails` names it"))
        }
        Verdict::Passed => None,
        Verdict::OverTime(_) | Verdict::OverBytes => {
            Some(format!("`{test}` {}: a starter has to fail at once", report.reason()))
        }
        _ if is_declared => None,
        _ => Some(format!(
            "`{test}` is red, although `starter-fails` does not name it: {}",
            report.reason()
        )),
    }
}

fn wrong_reason(says: &str, report: &Report) -> Option<String> {
    let test = &report.test;
    if report.passed() {
        return Some(format!("`{test}` accepts it: this mistake goes unnoticed"));
    }
    let said = format!("{}\n{}", report.reason(), report.output);
    if says_so(&said, says) {
        return None;
    }
    Some(format!(
        "`{test}` rejects it, but for another reason than stated\nstated: {says}\nsaid:   {}",
        report.reason()
    ))
}

/// Whether `output` says `fragment`, however its lines are broken.
fn says_so(output: &str, fragment: &str) -> bool {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    flat(output).contains(&flat(fragment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn report(verdict: Verdict) -> Report {
        Report {
            test: "it_works".to_owned(),
            verdict,
            printed: String::new(),
            output: "boom, twice".to_owned(),
        }
    }

    #[test]
    fn a_starter_is_red_exactly_as_declared() {
        let declared = ["it_works".to_owned()];
        let failed = || report(Verdict::Failed("todo".to_owned()));
        assert_eq!(starter_reason(&declared, &failed()), None);
        assert_eq!(starter_reason(&[], &report(Verdict::Passed)), None);
        assert!(
            starter_reason(&declared, &report(Verdict::Passed))
                .is_some_and(|why| why.contains("green already"))
        );
        assert!(starter_reason(&[], &failed()).is_some_and(|why| why.contains("does not name it")));
        let hung = report(Verdict::OverTime(Duration::from_secs(1)));
        assert!(starter_reason(&declared, &hung).is_some_and(|why| why.contains("at once")));
    }

    #[test]
    fn fragments_are_found_across_lines() {
        assert!(says_so("polled once,\n  returned Pending", "once, returned"));
        assert!(!says_so("polled once", "polled twice"));
    }

    #[test]
    fn a_wrong_answer_dies_for_the_stated_reason() {
        let failed = || report(Verdict::Failed("it said: no".to_owned()));
        assert_eq!(wrong_reason("said: no", &failed()), None);
        assert_eq!(wrong_reason("boom, twice", &failed()), None, "what it prints counts too");
        assert!(wrong_reason("yes", &failed()).is_some_and(|why| why.contains("another reason")));
        assert!(
            wrong_reason("x", &report(Verdict::Passed))
                .is_some_and(|why| why.contains("accepts it"))
        );
        let hung = || report(Verdict::OverTime(Duration::from_secs(2)));
        assert_eq!(wrong_reason("did not finish within 2 s", &hung()), None);
        assert!(wrong_reason("it spins", &hung()).is_some());
    }
}
