//! What a program may call outside itself, of all that WASI has: the four functions that std brings into every program, and two that an
//! honest one may need. Each is ours, and none reaches the machine. Any other stops the program.

use std::fmt;

use wasmi::errors::HostError;
use wasmi::{
    Caller, Engine, Error, Extern, ExternType, Linker, Module, StoreLimits, StoreLimitsBuilder,
};

/// What a program may ask for, in megabytes.
pub const MEMORY: usize = 512;

/// What is kept of what a program prints on stderr: the end.
const KEPT: usize = 16 << 10;

/// WASI's own numbers of success and of an invalid argument.
const SUCCESS: i32 = 0;
const INVALID: i32 = 28;

/// What an instance has outside its memory.
pub struct Host {
    pub limits: StoreLimits,
    pub printed: Vec<u8>,
    random: u64,
}

impl Host {
    pub fn new(seed: u64) -> Host {
        let limits = StoreLimitsBuilder::new()
            .memory_size(MEMORY << 20)
            .table_elements(100_000)
            .trap_on_grow_failure(true);
        Host {
            limits: limits.build(),
            printed: Vec::new(),
            random: seed,
        }
    }

    /// SplitMix64.
    fn draw(&mut self) -> u64 {
        self.random = self.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.random;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A function of the system that no exercise needs.
#[derive(Debug)]
pub struct Forbidden(pub String);

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HostError for Forbidden {}

/// All that a module imports.
pub fn linker(engine: &Engine, module: &Module) -> Result<Linker<Host>, Error> {
    let mut linker = Linker::new(engine);
    for import in module.imports() {
        let (from, name) = (import.module(), import.name());
        let ExternType::Func(function) = import.ty() else {
            return Err(Error::new(format!("importa {name}, que no es una función")));
        };
        match name {
            "fd_write" => linker.func_wrap(from, name, fd_write)?,
            "environ_sizes_get" => linker.func_wrap(from, name, environ_sizes_get)?,
            "environ_get" => linker.func_wrap(from, name, environ_get)?,
            "proc_exit" => linker.func_wrap(from, name, proc_exit)?,
            "random_get" => linker.func_wrap(from, name, random_get)?,
            "clock_time_get" => linker.func_wrap(from, name, clock_time_get)?,
            _ => {
                let forbidden = name.to_owned();
                linker.func_new(from, name, function.clone(), move |_, _, _| {
                    Err(Error::host(Forbidden(forbidden.clone())))
                })?
            }
        };
    }
    Ok(linker)
}

/// Prints pieces of text: all is taken, and the end of stderr kept.
fn fd_write(mut caller: Caller<Host>, to: i32, pieces: u32, count: u32, written: u32) -> i32 {
    const STDERR: i32 = 2;
    const MOST_PIECES: u32 = 1024;
    if count > MOST_PIECES {
        return INVALID;
    }
    let mut total: u32 = 0;
    for i in 0..count {
        let at = pieces.wrapping_add(8 * i);
        let piece = read_number(&caller, at).zip(read_number(&caller, at.wrapping_add(4)));
        let Some((start, length)) = piece else {
            return INVALID;
        };
        let kept = length.min(KEPT as u32);
        let Some(text) = read(&caller, start.wrapping_add(length - kept), kept) else {
            return INVALID;
        };
        if to == STDERR {
            let printed = &mut caller.data_mut().printed;
            printed.extend(text);
            printed.drain(..printed.len().saturating_sub(KEPT));
        }
        total = u32::wrapping_add(total, length);
    }
    write(&mut caller, written, &total.to_le_bytes())
}

/// There are no environment variables.
fn environ_sizes_get(mut caller: Caller<Host>, count: u32, bytes: u32) -> i32 {
    match write(&mut caller, count, &[0; 4]) {
        SUCCESS => write(&mut caller, bytes, &[0; 4]),
        failed => failed,
    }
}

fn environ_get(_: Caller<Host>, _: u32, _: u32) -> i32 {
    SUCCESS
}

fn proc_exit(_: Caller<Host>, status: i32) -> Result<(), Error> {
    Err(Error::i32_exit(status))
}

/// For a `HashMap`, or for who draws with `thread_rng`: bytes that the same seed of the run gives again.
fn random_get(mut caller: Caller<Host>, at: u32, length: u32) -> i32 {
    const LONGEST: u32 = 1 << 16;
    if length > LONGEST {
        return INVALID;
    }
    let words = length.div_ceil(8);
    let drawn: Vec<u8> = (0..words)
        .flat_map(|_| caller.data_mut().draw().to_le_bytes())
        .collect();
    write(&mut caller, at, &drawn[..length as usize])
}

/// For who measures how long something takes: a clock that stands still.
fn clock_time_get(mut caller: Caller<Host>, _: i32, _: i64, at: u32) -> i32 {
    write(&mut caller, at, &[0; 8])
}

fn read(caller: &Caller<Host>, at: u32, length: u32) -> Option<Vec<u8>> {
    let memory = caller.get_export("memory").and_then(Extern::into_memory)?;
    let end = at.checked_add(length)?;
    let bytes = memory.data(caller).get(at as usize..end as usize)?;
    Some(bytes.to_vec())
}

fn read_number(caller: &Caller<Host>, at: u32) -> Option<u32> {
    let bytes = read(caller, at, 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

fn write(caller: &mut Caller<Host>, at: u32, bytes: &[u8]) -> i32 {
    let memory = caller.get_export("memory").and_then(Extern::into_memory);
    let done = memory.map(|memory| memory.write(caller, at as usize, bytes));
    match done {
        Some(Ok(())) => SUCCESS,
        _ => INVALID,
    }
}
