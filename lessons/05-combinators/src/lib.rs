//! A scaffold.
