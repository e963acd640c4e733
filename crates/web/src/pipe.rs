//! An answer that is sent while it is written. What is written is said by who opens it.

use std::io::{self, Write};

use axum::body::Body;
use bytes::Bytes;
use futures::StreamExt;
use tokio::sync::mpsc;

/// Blocks that wait to be sent.
const WAITING: usize = 8;

/// The other end of the answer: what is written is sent, and waits when the reader is slow.
pub(crate) struct Pipe(mpsc::Sender<io::Result<Bytes>>);

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The answer that `write` writes, on a thread of its own.
pub(crate) fn body(write: impl FnOnce(Pipe) -> io::Result<()> + Send + 'static) -> Body {
    let (send, receive) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let tell = send.clone();
        if let Err(error) = write(Pipe(send)) {
            // A body that breaks off is seen as broken; a ZIP that merely lacks a file would not be.
            let _nobody_listens_any_more = tell.blocking_send(Err(error));
        }
    });
    let blocks = futures::stream::unfold(receive, async |mut receive| {
        receive.recv().await.map(|block| (block, receive))
    });
    // Whoever wraps the answer may ask once more after its end.
    Body::from_stream(blocks.fuse())
}
