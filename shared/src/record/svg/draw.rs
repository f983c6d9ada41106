//! Lines, arrows and marks.

use std::fmt::Write;

use super::super::lanes::Owner;
use super::super::{Kind, Outcome};
use super::layout::LINE;
use crate::base::Xml;
use crate::base::canvas::{self, Canvas};

/// The colours: dark on a light card, each at least 4.5 to 1. What they tell apart, shapes do as
/// well.
pub(super) struct Ink;

impl Ink {
    pub(super) const CARD: &str = canvas::CARD;
    pub(super) const TEXT: &str = canvas::TEXT;
    const MUTED: &str = canvas::MUTED;
    const POLL: &str = "#1f5a96";
    const BAR: &str = "#c9d9ea";
    const WAKE: &str = "#a33a00";
}

/// Half the width of a bar that stands for a poll.
const HALF: i32 = 6;
/// The radius of a mark with a letter.
const LETTER: i32 = 10;

impl Canvas {
    pub(super) fn words(&mut self, x: i32, y: i32, lines: &[String]) {
        let mut text = String::new();
        for (place, line) in lines.iter().enumerate() {
            let line = Xml(line);
            if place == 0 {
                write!(text, "{line}")
            } else {
                write!(text, "<tspan x=\"{x}\" dy=\"{LINE}\">{line}</tspan>")
            }
            .expect("a String takes everything");
        }
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\">{text}</text>"));
    }

    pub(super) fn tick(&mut self, right: i32, y: i32, tick: u64) {
        self.put(format_args!(
            "<text x=\"{right}\" y=\"{y}\" text-anchor=\"end\" font-size=\"14\" fill=\"{}\">{tick}</text>",
            Ink::MUTED
        ));
    }

    pub(super) fn label(&mut self, x: i32, y: i32, name: &str, kind: &str) {
        let (name, kind, muted) = (Xml(name), Xml(kind), Ink::MUTED);
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{y}\"><tspan font-weight=\"bold\">{name}</tspan> \
             <tspan font-size=\"14\" fill=\"{muted}\">{kind}</tspan></text>"
        ));
    }

    pub(super) fn rule(&mut self, width: i32, y: i32) {
        let (left, right) = (super::layout::PAD, width - super::layout::PAD);
        self.put(format_args!(
            "<path d=\"M{left} {y}H{right}\" stroke=\"{}\" stroke-opacity=\".4\"/>",
            Ink::MUTED
        ));
    }

    // Lanes.

    /// The upper end of a lane: a square for a thread, a circle for the rest.
    pub(super) fn head(&mut self, owner: Owner, x: i32, y: i32) {
        let (text, card) = (Ink::TEXT, Ink::CARD);
        match owner {
            Owner::Thread(_) => self.put(format_args!(
                "<rect x=\"{}\" y=\"{}\" width=\"10\" height=\"10\" fill=\"{text}\"/>",
                x - 5,
                y - 5
            )),
            Owner::Task(_) => self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{card}\" stroke=\"{text}\" stroke-width=\"2\"/>"
            )),
        }
    }

    fn vertical(&mut self, x: i32, from: i32, to: i32, stroke: &str) {
        self.put(format_args!("<path d=\"M{x} {from}V{to}\" {stroke}/>"));
    }

    pub(super) fn leader(&mut self, x: i32, from: i32, to: i32) {
        let stroke = format!("stroke=\"{}\" stroke-opacity=\".45\"", Ink::MUTED);
        self.vertical(x, from, to, &stroke);
    }

    pub(super) fn thread(&mut self, x: i32, from: i32, to: i32) {
        self.vertical(x, from, to, &format!("stroke=\"{}\" stroke-width=\"3\"", Ink::TEXT));
    }

    /// A gap, with just enough in it to follow the lane.
    pub(super) fn asleep(&mut self, x: i32, from: i32, to: i32) {
        let stroke =
            format!("stroke=\"{}\" stroke-dasharray=\"2 6\" stroke-width=\"2\"", Ink::MUTED);
        self.vertical(x, from, to, &stroke);
    }

    pub(super) fn runnable(&mut self, x: i32, from: i32, to: i32) {
        self.vertical(x, from, to, &format!("stroke=\"{}\" stroke-width=\"2\"", Ink::WAKE));
    }

    pub(super) fn waits(&mut self, x: i32, from: i32, to: i32) {
        let stroke =
            format!("stroke=\"{}\" stroke-width=\"2\" stroke-dasharray=\"5 5\"", Ink::POLL);
        self.vertical(x, from, to, &stroke);
    }

    pub(super) fn polled(&mut self, x: i32, from: i32, to: i32, in_control: bool) {
        let fill = if in_control { Ink::POLL } else { Ink::BAR };
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{from}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"{}\"/>",
            x - HALF,
            2 * HALF,
            to - from,
            Ink::POLL
        ));
    }

    // Arrows. Each leaves a lane's edge and ends at another's; a light rim sets it off from the
    // lanes that it crosses.

    pub(super) fn poll(&mut self, from: End, to: End, y: i32) {
        let (start, end) = between(from.x, from.half, to.x, to.half + 1);
        let stroke = Stroke { ink: Ink::POLL, rest: "stroke-width=\"2\"", head: 7, filled: true };
        self.arrow(start, end, y, &stroke);
    }

    /// From a poll's end back to the one who polled.
    pub(super) fn back(&mut self, from: End, to: End, y: i32) {
        let (start, end) = between(from.x, LETTER, to.x, to.half + 1);
        let rest = "stroke-width=\"1.5\" stroke-dasharray=\"3 3\"";
        self.arrow(start, end, y, &Stroke { ink: Ink::POLL, rest, head: 6, filled: false });
    }

    pub(super) fn wake(&mut self, from: End, to: End, y: i32) {
        let (start, end) = between(from.x, 0, to.x, 3);
        let rest = "stroke-width=\"3.5\"";
        self.rim(from.x, y);
        self.arrow(start, end, y, &Stroke { ink: Ink::WAKE, rest, head: 10, filled: true });
        self.dot(from.x, y);
    }

    /// From a lane to itself.
    pub(super) fn wake_itself(&mut self, x: i32, y: i32) {
        let (ink, card) = (Ink::WAKE, Ink::CARD);
        // On the left: on the right, the sentence may begin.
        let (top, bottom, out, head) = (y - 8, y + 7, x - 24, x - 7);
        self.rim(x, top);
        for (ink, width) in [(card, 6), (ink, 3)] {
            self.put(format_args!(
                "<path d=\"M{x} {top}C{out} {top} {out} {bottom} {} {bottom}\" fill=\"none\" stroke=\"{ink}\" \
                 stroke-width=\"{width}\"/>",
                head - 6
            ));
        }
        self.put(format_args!("<path d=\"M{head} {bottom}l-9 -5v10z\" fill=\"{ink}\"/>"));
        self.dot(x, top);
    }

    /// Sets a dot off from what it lies on.
    fn rim(&mut self, x: i32, y: i32) {
        self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"7\" fill=\"{}\"/>", Ink::CARD));
    }

    fn dot(&mut self, x: i32, y: i32) {
        self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{}\"/>", Ink::WAKE));
    }

    pub(super) fn spawn(&mut self, from: End, to: End, y: i32) {
        let (text, card) = (Ink::TEXT, Ink::CARD);
        if from.x != to.x {
            let (start, end) = between(from.x, from.half, to.x, 7);
            let rest = "stroke-width=\"1.5\"";
            self.arrow(start, end, y, &Stroke { ink: text, rest, head: 6, filled: false });
        }
        self.put(format_args!(
            "<circle cx=\"{}\" cy=\"{y}\" r=\"5\" fill=\"{card}\" stroke=\"{text}\" stroke-width=\"2\"/>",
            to.x
        ));
    }

    fn arrow(&mut self, from: i32, to: i32, y: i32, stroke: &Stroke) {
        let &Stroke { ink, rest, head, filled } = stroke;
        let card = Ink::CARD;
        let sign = (to - from).signum();
        let neck = to - sign * if filled { head - 1 } else { 1 };
        self.put(format_args!(
            "<path d=\"M{from} {y}H{neck}\" stroke=\"{card}\" stroke-width=\"7\"/>\
             <path d=\"M{from} {y}H{neck}\" stroke=\"{ink}\" {rest}/>"
        ));
        let (back, half) = (-sign * head, head * 6 / 10);
        let tip = if filled {
            format!("d=\"M{to} {y}l{back} -{half}v{}z\" fill=\"{ink}\"", 2 * half)
        } else {
            let shape = format!("M{} {}L{to} {y}L{} {}", to + back, y - half, to + back, y + half);
            format!("d=\"{shape}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"1.5\"")
        };
        self.put(format_args!("<path {tip}/>"));
    }

    // Marks.

    /// How a poll ended: a letter, in a hollow circle, a filled one, or an octagon.
    pub(super) fn outcome(&mut self, x: i32, y: i32, outcome: Outcome, letter: char) {
        let (poll, wake, card) = (Ink::POLL, Ink::WAKE, Ink::CARD);
        let letter_ink = if outcome == Outcome::Pending { poll } else { card };
        match outcome {
            Outcome::Pending => self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{LETTER}\" fill=\"{card}\" stroke=\"{poll}\" stroke-width=\"2\"/>"
            )),
            Outcome::Ready => self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{poll}\"/>",
                LETTER + 1
            )),
            Outcome::Panicked => self.put(format_args!(
                "<path d=\"M{} {}h10l6 6v10l-6 6h-10l-6 -6v-10z\" fill=\"{wake}\"/>",
                x - 5,
                y - 11
            )),
        }
        self.put(format_args!(
            "<text x=\"{x}\" y=\"{}\" text-anchor=\"middle\" font-size=\"14\" font-weight=\"bold\" \
             fill=\"{letter_ink}\">{letter}</text>",
            y + 5
        ));
    }

    pub(super) fn cross(&mut self, x: i32, y: i32) {
        self.put(format_args!(
            "<path d=\"M{} {}l12 12m0 -12l-12 12\" stroke=\"{}\" stroke-width=\"2.5\"/>",
            x - 6,
            y - 6,
            Ink::TEXT
        ));
    }

    /// The hollow counterpart of the dot with which a wake begins.
    pub(super) fn clone_mark(&mut self, x: i32, y: i32) {
        let (wake, card) = (Ink::WAKE, Ink::CARD);
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"{card}\" stroke=\"{wake}\" stroke-width=\"2.5\"/>"
        ));
    }

    pub(super) fn bar(&mut self, x: i32, y: i32) {
        self.put(format_args!(
            "<path d=\"M{} {y}h18\" stroke=\"{}\" stroke-width=\"3\"/>",
            x - 9,
            Ink::TEXT
        ));
    }

    pub(super) fn clock(&mut self, x: i32, y: i32, fired: bool) {
        let (face, hands) = if fired { (Ink::TEXT, Ink::CARD) } else { (Ink::CARD, Ink::TEXT) };
        let ink = Ink::TEXT;
        self.put(format_args!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"9\" fill=\"{face}\" stroke=\"{ink}\" stroke-width=\"2\"/>\
             <path d=\"M{x} {}v6h5\" fill=\"none\" stroke=\"{hands}\" stroke-width=\"2\"/>",
            y - 6
        ));
    }

    /// Hollow and pointing down, or filled and pointing up.
    pub(super) fn triangle(&mut self, x: i32, y: i32, up: bool) {
        let (ink, fill) = (Ink::TEXT, if up { Ink::TEXT } else { Ink::CARD });
        let (base, tip) = if up { (y + 6, -12) } else { (y - 6, 12) };
        self.put(format_args!(
            "<path d=\"M{} {base}h14l-7 {tip}z\" fill=\"{fill}\" stroke=\"{ink}\" stroke-width=\"2\"/>",
            x - 7
        ));
    }

    pub(super) fn square(&mut self, x: i32, y: i32) {
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"9\" height=\"9\" fill=\"{}\" stroke=\"{}\" stroke-width=\"2\"/>",
            x - 4,
            y - 4,
            Ink::TEXT,
            Ink::CARD
        ));
    }

    // For the key.

    /// A piece of a lane in the state in which the event leaves it.
    pub(super) fn state(&mut self, x: i32, y: i32, kind: Kind) {
        let (top, bottom) = (y - 10, y + 10);
        match kind {
            Kind::PollBegin => self.polled(x, top, bottom, true),
            Kind::PollEnd(_) => self.waits(x, top, bottom),
            Kind::Park => {
                self.bar(x, y - 9);
                self.asleep(x, y - 9, y + 9);
                self.bar(x, y + 9);
            }
            _ => self.runnable(x, top, bottom),
        }
    }
}

/// Where an arrow leaves a lane or meets it: the middle of the lane, and how wide it is on each
/// side of that.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    x: i32,
    half: i32,
}

impl End {
    pub(super) fn thread(x: i32) -> Self {
        Self { x, half: 2 }
    }

    pub(super) fn task(x: i32) -> Self {
        Self { x, half: HALF }
    }

    pub(super) fn x(self) -> i32 {
        self.x
    }
}

struct Stroke {
    ink: &'static str,
    rest: &'static str,
    head: i32,
    filled: bool,
}

/// An arrow's ends, so far away from the middle of the lanes.
fn between(from: i32, leave: i32, to: i32, reach: i32) -> (i32, i32) {
    let sign = (to - from).signum();
    (from + sign * leave, to - sign * reach)
}
