//! Rows for tokio: its tasks, channels and locks. Its channels have a buffer and one receiver, so the other rows are missing.

use crate::Row;
use std::future::Future;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{channel, Receiver, Sender};
use tokio::sync::Mutex;
use tokio::task::JoinHandle;

pub fn all() -> Vec<Row> {
    let runtime = Arc::new(Runtime::new().unwrap());
    let mut rows = Vec::new();
    for capacity in [1, 16, 128, 1024] {
        rows.push(row(&runtime, &format!("stream-1x1-{capacity}"), move |n| {
            pass(n, 1, capacity)
        }));
    }
    rows.push(row(&runtime, "start", start));
    for tasks in [1, 2, 100] {
        rows.push(row(&runtime, &format!("mutex-{tasks}"), move |n| {
            mutex(n, tasks)
        }));
    }
    rows.push(row(&runtime, "crossbeam-seq", seq));
    rows.push(row(&runtime, "crossbeam-spsc", |n| pass(n, 1, n as usize)));
    rows.push(row(&runtime, "crossbeam-mpsc", |n| pass(n, 4, n as usize)));
    rows.push(row(&runtime, "crossbeam-select-rx", select_rx));
    rows
}

/// Returns a row that runs in a task, like all its parts.
fn row<F>(runtime: &Arc<Runtime>, name: &str, work: impl Fn(i64) -> F + 'static) -> Row
where
    F: Future<Output = i64> + Send + 'static,
{
    let runtime = Arc::clone(runtime);
    Row::new(name, move |n| {
        runtime.block_on(runtime.spawn(work(n))).unwrap()
    })
}

/// The i-th of `parts` equal parts of the numbers below n.
fn part(n: i64, i: i64, parts: i64) -> Range<i64> {
    i * (n / parts)..(i + 1) * (n / parts)
}

async fn send(channel: Sender<i64>, values: Range<i64>) {
    for i in values {
        channel.send(i).await.unwrap();
    }
}

/// Returns the sum of all values until the senders have ended.
async fn receive(mut channel: Receiver<i64>) -> i64 {
    let mut sum = 0;
    while let Some(value) = channel.recv().await {
        sum += value;
    }
    sum
}

async fn all_of(tasks: Vec<JoinHandle<()>>) {
    for task in tasks {
        task.await.unwrap();
    }
}

async fn seq(n: i64) -> i64 {
    let (sender, receiver) = channel(n as usize);
    send(sender, 0..n).await;
    receive(receiver).await
}

async fn pass(n: i64, senders: i64, capacity: usize) -> i64 {
    let (sender, receiver) = channel(capacity);
    for s in 0..senders {
        tokio::spawn(send(sender.clone(), part(n, s, senders)));
    }
    drop(sender);
    tokio::spawn(receive(receiver)).await.unwrap()
}

async fn start(n: i64) -> i64 {
    let counter = Arc::new(AtomicI64::new(0));
    let tasks = (0..n)
        .map(|_| {
            let counter = Arc::clone(&counter);
            tokio::spawn(async move {
                counter.fetch_add(1, Ordering::Relaxed);
            })
        })
        .collect();
    all_of(tasks).await;
    counter.load(Ordering::Relaxed)
}

async fn mutex(n: i64, tasks: i64) -> i64 {
    let counter = Arc::new(Mutex::new(0));
    let adding = (0..tasks)
        .map(|_| {
            let counter = Arc::clone(&counter);
            tokio::spawn(async move {
                for _ in 0..n / tasks {
                    *counter.lock().await += 1;
                }
            })
        })
        .collect();
    all_of(adding).await;
    let sum = *counter.lock().await;
    sum
}

async fn select_rx(n: i64) -> i64 {
    let (a, mut from_a) = channel(n as usize);
    let (b, mut from_b) = channel(n as usize);
    let (c, mut from_c) = channel(n as usize);
    let (d, mut from_d) = channel(n as usize);
    for (i, sender) in [a, b, c, d].into_iter().enumerate() {
        tokio::spawn(send(sender, part(n, i as i64, 4)));
    }
    let mut sum = 0;
    for _ in 0..n {
        sum += tokio::select! {
            Some(value) = from_a.recv() => value,
            Some(value) = from_b.recv() => value,
            Some(value) = from_c.recv() => value,
            Some(value) = from_d.recv() => value,
        };
    }
    sum
}
