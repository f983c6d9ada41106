//! A function that takes an async closure.

/// Calls `attempt` until it succeeds, and at most `retries` times more than once. It is told how
/// often it has failed before.
///
/// # Errors
///
/// The error of the last attempt.
///
/// *Cancellation:* dropping the future drops the attempt that is under way; no further one begins.
///
/// ```
/// use combinators::retry;
/// use wakers::block_on;
///
/// let mut failed = Vec::new();
/// let answer = block_on(retry(3, async |failures| {
///     failed.push(failures);
///     if failures < 2 { Err("busy") } else { Ok(42) }
/// }));
/// assert_eq!(answer, Ok(42));
/// assert_eq!(failed, [0, 1, 2]);
/// ```
// ANCHOR: retry
pub async fn retry<T, E>(
    retries: u32,
    mut attempt: impl AsyncFnMut(u32) -> Result<T, E>,
) -> Result<T, E> {
    for failures in 0..retries {
        if let Ok(value) = attempt(failures).await {
            return Ok(value);
        }
    }
    attempt(retries).await
}
// ANCHOR_END: retry
