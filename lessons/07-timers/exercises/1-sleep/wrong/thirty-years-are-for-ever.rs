//! Wrong: takes thirty years for a deadline that the clock cannot count.
//! Caught by: `any_duration_will_do`
//! Because: who says `MAX` means for ever. The clock need not start when the program does: it may tell the date.
//! Says: a sleep of `Duration::MAX` ended after 30 years

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::driver::{Driver, Key};

const FAR: Duration = Duration::from_secs(30 * 365 * 24 * 3600);

#[must_use = "futures do nothing unless you `.await` or poll them"]
pub struct Sleep {
    driver: Driver,
    deadline: Duration,
    key: Option<Key>,
}

pub fn sleep(driver: &Driver, duration: Duration) -> Sleep {
    let deadline = driver.now().checked_add(duration).unwrap_or(FAR);
    Sleep { driver: driver.clone(), deadline, key: None }
}

impl Sleep {
    fn cancel(&mut self) {
        if let Some(key) = self.key.take() {
            self.driver.cancel(key);
        }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = &mut *self;
        if this.driver.now() >= this.deadline {
            this.cancel();
            return Poll::Ready(());
        }
        this.cancel();
        this.key = Some(this.driver.register(this.deadline, cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        self.cancel();
    }
}
