//! A small HTTP server on this machine's loopback address, of which the harness runs several.

use std::{convert::Infallible, net::SocketAddr, time::Duration};

use http::{Request, Response};
use http_body_util::Full;
use hyper::{
    body::{Bytes, Incoming},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// An answer whole, as everything here answers.
pub(crate) type Reply = Response<Full<Bytes>>;

/// How long connections get to finish what they are at.
const GRACE: Duration = Duration::from_secs(2);

/// A running server; it stops when told to, or when this is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: watch::Sender<()>,
    stopped: JoinHandle<()>,
}

impl Server {
    /// Answers what comes in on `listener`.
    pub(crate) fn start<F, A>(listener: TcpListener, answer: F) -> std::io::Result<Self>
    where
        F: Fn(Request<Incoming>, SocketAddr) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Reply> + Send + 'static,
    {
        let address = listener.local_addr()?;
        let (stop, stopping) = watch::channel(());
        Ok(Self { address, stop, stopped: tokio::spawn(serve(listener, stopping, answer)) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more connections and waits for the open ones.
    pub(crate) async fn stop(self) {
        drop(self.stop);
        // The task ends by itself; that it panicked would have been seen by whoever asked it something.
        let _ = self.stopped.await;
    }
}

async fn serve<F, A>(listener: TcpListener, mut stopping: watch::Receiver<()>, answer: F)
where
    F: Fn(Request<Incoming>, SocketAddr) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    let connections = GracefulShutdown::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => connect(stream, peer, &connections, answer.clone()),
                // Too many open files and the like pass; spinning on them would not help.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
}

fn connect<F, A>(stream: TcpStream, peer: SocketAddr, connections: &GracefulShutdown, answer: F)
where
    F: Fn(Request<Incoming>, SocketAddr) -> A + Send + Sync + 'static,
    A: Future<Output = Reply> + Send + 'static,
{
    // Without it a small answer on a kept connection waits 40 ms for an acknowledgement.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let reply = answer(request, peer);
        async move { Ok::<_, Infallible>(reply.await) }
    });
    let connection = http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        // A browser that hangs up is no news.
        let _ = connection.await;
    });
}
