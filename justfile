# Thin names over cargo: `just X` is `cargo course X`. Without just, type the latter.

# What there is
[private]
default:
    @just --list --unsorted

# Lessons, and how far you are
[group('learn')]
list:
    @cargo course list

# Run a lesson's program: `just lesson 3`, `just lesson wakers`
[group('learn')]
lesson *ARGS:
    @cargo course lesson {{ARGS}}

# Say in which order things happen, and be shown where you are wrong: `just predict 3`
[group('learn')]
predict *ARGS:
    @cargo course predict {{ARGS}}

# Build the book, and say where it is
[group('learn')]
book *ARGS:
    @cargo book {{ARGS}}

# An exercise's task, and the file to edit: `just exercise 3.1`
[group('learn')]
exercise *ARGS:
    @cargo course exercise {{ARGS}}

# Judge your answer: the next one, a lesson's, or one
[group('learn')]
check *ARGS:
    @cargo course check {{ARGS}}

# The next hint, or the K-th: `just hint 3.1 2`
[group('learn')]
hint *ARGS:
    @cargo course hint {{ARGS}}

# The reference answer, and how yours differs
[group('learn')]
solution *ARGS:
    @cargo course solution {{ARGS}}

# The ways to get an exercise wrong, once yours passes: `just mistakes 3.1`
[group('learn')]
mistakes *ARGS:
    @cargo course mistakes {{ARGS}}

# Back to the starter; your answer is kept as a backup
[group('learn')]
reset *ARGS:
    @cargo course reset {{ARGS}}

# Check the exercise you are editing again at every save
[group('learn')]
watch *ARGS:
    @cargo course watch {{ARGS}}

# What is done
[group('learn')]
progress *ARGS:
    @cargo course progress {{ARGS}}

# What this machine lacks, and how to get it
[group('learn')]
doctor *ARGS:
    @cargo course doctor {{ARGS}}

# The tests of everything but your answers
[group('author')]
test *ARGS:
    cargo test {{ARGS}}

# Prove the exercises: solutions pass, starters are red, wrong answers are caught
[group('author')]
verify *ARGS:
    @cargo course verify {{ARGS}}

# Prove the book: what it includes, quotes and links is there, and true
[group('author')]
book-check:
    cargo test --package book

# Read the built book in a headless browser: keyboard, themes, a phone's width, accessibility
[group('author')]
book-browser *ARGS:
    @command -v node >/dev/null || { echo "this needs Node.js 18.19 or later: https://nodejs.org, or apt-get install nodejs npm"; exit 3; }
    @node docs/browser/run.js {{ARGS}}

# Formatting and lints, warnings denied
[group('author')]
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --all-features -- --deny warnings

# The unsafe code of the lessons under AddressSanitizer: needs a nightly toolchain
[group('author')]
asan: (_asan 'lesson-03-wakers' '--test raw_waker --test signal --test block_on --test oneshot --test sleep') \
      (_asan 'lesson-04-pinning' '--test moved --test timed --test locals') \
      (_asan 'lesson-06-executor' '--test abort --test drop --test join --test nesting --test panics --test spawn --test wakes') \
      (_asan 'lesson-08-reactor' '--test parking --test tcp')

[private]
_asan PACKAGE TESTS:
    RUSTFLAGS=-Zsanitizer=address cargo +nightly test --target "$(rustc -vV | sed -n 's/^host: //p')" --target-dir target/asan \
        --package {{PACKAGE}} --lib {{TESTS}}

# The same under Miri: needs a nightly toolchain with the component miri
[group('author')]
miri: (_miri 'lesson-03-wakers' '--test raw_waker --test oneshot') \
      (_miri 'lesson-04-pinning' '--test moved --test timed --test locals') \
      (_miri 'lesson-06-executor' '--test abort --test drop --test join --test wakes')

[private]
_miri PACKAGE TESTS:
    cargo +nightly miri test --target-dir target/miri --package {{PACKAGE}} --lib {{TESTS}}

# All that CI does
[group('author')]
ci:
    bash .ci/run

# What recording an event costs, on this machine: nanoseconds, off and on
[group('measure')]
recorder-cost:
    cargo run --quiet --release --package shared --example recorder_cost

# What a call, an await, a box and a task cost, on this machine, beside Python
[group('measure')]
cost-grid *ARGS:
    cargo run --quiet --release --package lesson-06-executor --example cost_grid -- {{ARGS}}

# What a timer costs, in heap and wheel; `--out docs/src/figures` for the book
[group('measure')]
timer-cost *ARGS:
    cargo run --quiet --release --package lesson-07-timers --example timer_cost -- {{ARGS}}

# Wait for a slow server and compute, in three ways; fails unless the reactor is within 15 % of the larger part
[group('measure')]
overlap *ARGS:
    cargo run --quiet --release --package lesson-08-reactor --example overlap -- {{ARGS}}

# Ten thousand connections, held by one thread and answered by another one: needs 10,050 open files in each process
[group('measure')]
ten-thousand *ARGS:
    cargo run --quiet --release --package lesson-08-reactor --example ten_thousand -- {{ARGS}}

# What an idle server asks of the kernel in two seconds: needs strace, so Linux
[group('measure')]
idle:
    @command -v strace >/dev/null || { echo "this needs strace: apt-get install strace"; exit 3; }
    @cargo build --quiet --release --package lesson-08-reactor --example idle
    @strace -T -o target/idle.strace target/release/examples/idle 2>/dev/null
    @sed -n '/idle from here/,/to here/p' target/idle.strace

# A web server and an echo server on one thread, for curl and a browser
[group('learn')]
serve:
    @cargo run --quiet --release --package lesson-08-reactor --example serve
