//! What evcxr prints and shows, on its way to the pages: we hear it once, and each page hears it from us.
//!
//! evcxr sends a message for each printed line to each who listens, and a page takes many times as long
//! for a message as evcxr does. Hence lines in a row go on as one.

use std::collections::HashMap;
use std::io::{self, BufReader, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::said::{self, Key};
use super::zmtp;
use super::{Traffic, accept, in_thread, lock, reach};

/// How long printed lines are gathered, and how long the first of them waits for the next.
const GATHER: Duration = Duration::from_millis(4);
const MOMENT: Duration = Duration::from_millis(1);
/// How many messages a page may be behind. Who does not listen at all is hung up on.
const BEHIND: usize = 10_000;

/// Those who listen, by their addresses.
type Pages = Mutex<HashMap<SocketAddr, SyncSender<Arc<[u8]>>>>;

/// Serves this port to pages, for as long as evcxr runs.
pub fn serve(
    port: TcpListener,
    evcxr: SocketAddr,
    key: Arc<Key>,
    traffic: Arc<Traffic>,
) -> io::Result<()> {
    let pages = Arc::new(Pages::default());
    let (listening, noted) = (pages.clone(), traffic.clone());
    in_thread(move || {
        accept(&port, move |page| tell(page, &listening, &noted.saying));
    })?;
    in_thread(move || {
        loop {
            // An evcxr that ended before it was ready is started again.
            let evcxr = reach(evcxr);
            let saying = traffic.saying.clone();
            let _ = hear(&evcxr, &pages, &key, &traffic);
            // Each page's thread ends when it has told what it has.
            lock(&pages).clear();
            drop(saying);
        }
    })
}

/// Hears evcxr to its end, and tells the pages.
fn hear(mut evcxr: &TcpStream, pages: &Pages, key: &Key, traffic: &Traffic) -> io::Result<()> {
    evcxr.write_all(&zmtp::greeting("SUB"))?;
    let mut said = BufReader::with_capacity(1 << 16, evcxr);
    zmtp::read_greeting(&mut said)?;
    evcxr.write_all(&zmtp::subscription())?;
    let mut wait = MOMENT;
    let mut next = zmtp::read(&mut said)?;
    while let Some(mut message) = next {
        traffic.note();
        next = None;
        if said::is_printed(&message) {
            let until = Instant::now() + GATHER;
            while next.is_none() && Instant::now() < until && is_more(&said, &mut wait) {
                // Its end is seen again when the message has been passed on.
                let line = zmtp::read(&mut said).unwrap_or_default();
                next = line.filter(|line| !said::add(&mut message, line));
            }
            said::sign(&mut message, key);
        } else {
            message = said::in_spanish(message, key);
        }
        let bytes: Arc<[u8]> = zmtp::written(&message).into();
        lock(pages).retain(|_, page| page.try_send(bytes.clone()).is_ok());
        if next.is_none() {
            next = zmtp::read(&mut said)?;
        }
    }
    Ok(())
}

/// Whether evcxr has said more, or does so within a moment, which is longer the more it says: whoever
/// reads each line by itself has evcxr send each by itself, and that takes longer than all else.
fn is_more(said: &BufReader<&TcpStream>, wait: &mut Duration) -> bool {
    if !said.buffer().is_empty() {
        return true;
    }
    thread::sleep(*wait);
    let evcxr = said.get_ref();
    let come = evcxr
        .set_nonblocking(true)
        .and_then(|()| evcxr.peek(&mut [0]));
    let is_more = evcxr.set_nonblocking(false).is_ok() && matches!(come, Ok(1));
    *wait = if is_more {
        GATHER.min(*wait * 2)
    } else {
        MOMENT
    };
    is_more
}

/// Tells a page what there is to hear, until it hangs up. It need not ask for it: each side leaves out
/// what it has not asked for.
fn tell(page: TcpStream, pages: &Pages, saying: &Arc<()>) -> io::Result<()> {
    let address = page.peer_addr()?;
    page.set_nodelay(true)?;
    (&page).write_all(&zmtp::greeting("PUB"))?;
    zmtp::read_greeting(&mut &page)?;
    let (say, said) = sync_channel::<Arc<[u8]>>(BEHIND);
    let (told, saying) = (page.try_clone()?, saying.clone());
    in_thread(move || {
        let _ = said
            .iter()
            .try_for_each(|message| (&told).write_all(&message));
        drop(saying);
        let _ = told.shutdown(Shutdown::Both);
    })?;
    lock(pages).insert(address, say);
    let left = io::copy(&mut &page, &mut io::sink());
    lock(pages).remove(&address);
    left.map(drop)
}
