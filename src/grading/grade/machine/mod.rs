//! Runs a compiled program: WebAssembly, in an interpreter, which is the same on every machine. Such a program reaches nothing but its
//! own memory and the few functions of [`wasi`]; what it computes is counted, not timed, and so is the memory that it asks for.
//!
//! Each question is asked of an instance of its own, so that no answer depends on an earlier one.

mod wasi;

use std::path::Path;

use anyhow::Context;
use ex03_base::interrupt;
use wasmi::{
    CompilationMode, Config, Engine, Error, Instance, Linker, Memory, Module, Store, TrapCode,
    TypedResumableCall, Val, WasmParams, WasmResults,
};

pub use self::wasi::MEMORY;
use self::wasi::{Forbidden, Host};

/// The stack in a program's memory, in bytes, which the linker is told: what a thread of Rust's has. Each instance begins with so
/// much memory, and a question takes as long as that takes to clear.
pub const STACK: usize = 2 << 20;

/// The interpreter keeps local variables and calls on a stack of its own.
const DEEPEST: usize = 200_000;
const TALLEST: usize = 64 << 20;

/// The most that a reply may take, in bytes; the right ones take a few kilobytes.
const LARGEST: usize = 4 << 20;

/// Between two looks at whether the user interrupts: well under a second.
const SLICE: u64 = 50_000_000;

/// Why a program gives no reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It used up its instructions.
    TimedOut,
    OutOfMemory,
    StackOverflow,
    /// It asked the system for this function, which it may not have.
    Forbidden(String),
    /// Its reply was too large, or none of an exercise's.
    NoAnswer(String),
    /// It ended of itself.
    Ended(String),
    /// It did not begin, though others do.
    NotStarted(String),
}

/// A program that can be asked.
pub struct Machine {
    engine: Engine,
    module: Module,
    linker: Linker<Host>,
}

/// A program, or why it does not start.
pub type Loaded = Result<Machine, Stopped>;

impl Machine {
    /// # Errors
    ///
    /// Where the file cannot be read.
    pub fn load(program: &Path) -> anyhow::Result<Loaded> {
        let code = std::fs::read(program)
            .with_context(|| format!("{}: no se puede leer", program.display()))?;
        let mut config = Config::default();
        config
            .consume_fuel(true)
            .compilation_mode(CompilationMode::Lazy)
            .set_max_recursion_depth(DEEPEST)
            .set_max_stack_height(TALLEST);
        // One a program: an engine keeps the code of all that it has ever run.
        let engine = Engine::new(&config);
        let loaded = Module::new(&engine, code).and_then(|module| {
            let linker = wasi::linker(&engine, &module)?;
            Ok(Machine {
                engine,
                module,
                linker,
            })
        });
        Ok(loaded.map_err(|error| Stopped::NotStarted(error.to_string())))
    }

    /// The reply of an exercise to a question. What it computes is taken from `instructions`; `seed` is what it draws from where it asks
    /// the system for random bytes.
    ///
    /// # Errors
    ///
    /// Why there is none. A user who interrupts stops it too.
    pub fn ask(
        &self,
        exercise: &str,
        question: &[u8],
        seed: u64,
        instructions: &mut u64,
    ) -> Result<Vec<u8>, Stopped> {
        let mut run = Run::start(self, seed, instructions)?;
        let reply = run.exchange(exercise, question);
        run.give_back();
        reply
    }
}

/// An instance at work.
struct Run<'a> {
    store: Store<Host>,
    instance: Instance,
    memory: Memory,
    /// The instructions that are not in the store.
    rest: &'a mut u64,
}

impl<'a> Run<'a> {
    fn start(machine: &Machine, seed: u64, rest: &'a mut u64) -> Result<Run<'a>, Stopped> {
        let not_started = |error: Error| Stopped::NotStarted(error.to_string());
        let mut store = Store::new(&machine.engine, Host::new(seed));
        store.limiter(|host| &mut host.limits);
        let instance = machine
            .linker
            .instantiate_and_start(&mut store, &machine.module)
            .map_err(not_started)?;
        let memory = instance
            .get_memory(&store, "memory")
            .ok_or_else(|| Stopped::NotStarted("no tiene memoria".to_owned()))?;
        Ok(Run {
            store,
            instance,
            memory,
            rest,
        })
    }

    fn exchange(&mut self, exercise: &str, question: &[u8]) -> Result<Vec<u8>, Stopped> {
        let length = u32::try_from(question.len()).expect("a question is of kilobytes");
        let place: u32 = self.call("ex03_question", length)?;
        self.memory
            .write(&mut self.store, place as usize, question)
            .map_err(|_| Stopped::NoAnswer("no recibe la pregunta".to_owned()))?;
        match self.call::<(), ()>(&format!("ex03_{exercise}"), ()) {
            Ok(()) => self.reply(),
            // A panic has left what it says.
            Err(Stopped::Ended(why)) => match self.reply() {
                Ok(reply) if !reply.is_empty() => Ok(reply),
                _ => Err(Stopped::Ended(why)),
            },
            Err(stopped) => Err(stopped),
        }
    }

    /// A copy of the reply that lies in the memory. Where and how long it is said to be is believed only if it is so.
    fn reply(&mut self) -> Result<Vec<u8>, Stopped> {
        let place: u32 = self.call("ex03_reply", ())?;
        let length: u32 = self.call("ex03_reply_length", ())?;
        let (place, length) = (place as usize, length as usize);
        if length > LARGEST {
            return Err(Stopped::NoAnswer(
                "su respuesta es demasiado grande".to_owned(),
            ));
        }
        let reply = self.memory.data(&self.store).get(place..place + length);
        reply
            .map(<[u8]>::to_vec)
            .ok_or_else(|| Stopped::NoAnswer("su respuesta no está en su memoria".to_owned()))
    }

    fn call<P: WasmParams, R: WasmResults>(
        &mut self,
        name: &str,
        parameters: P,
    ) -> Result<R, Stopped> {
        let function = self
            .instance
            .get_typed_func::<P, R>(&self.store, name)
            .map_err(|error| Stopped::NotStarted(error.to_string()))?;
        self.refill(1)?;
        let mut call = function.call_resumable(&mut self.store, parameters);
        loop {
            call = match call {
                Ok(TypedResumableCall::Finished(result)) => return Ok(result),
                Ok(TypedResumableCall::HostTrap(trap)) => {
                    return Err(self.why(trap.host_error()));
                }
                Ok(TypedResumableCall::OutOfFuel(paused)) => {
                    self.refill(paused.required_fuel())?;
                    paused.resume(&mut self.store)
                }
                Err(error) => return Err(self.why(&error)),
            }
        }
    }

    /// Gives the store its next slice, at least as much as is needed to go on.
    fn refill(&mut self, needed: u64) -> Result<(), Stopped> {
        self.give_back();
        if *self.rest < needed || interrupt::is_raised() {
            return Err(Stopped::TimedOut);
        }
        let slice = (*self.rest).min(needed.max(SLICE));
        *self.rest -= slice;
        self.store.set_fuel(slice).expect("fuel is counted");
        Ok(())
    }

    fn give_back(&mut self) {
        *self.rest += self.store.get_fuel().expect("fuel is counted");
        self.store.set_fuel(0).expect("fuel is counted");
    }

    fn why(&self, error: &Error) -> Stopped {
        if let Some(Forbidden(name)) = error.downcast_ref() {
            return Stopped::Forbidden(name.clone());
        }
        if let Some(status) = error.i32_exit_status() {
            return Stopped::Ended(format!(
                "el programa terminó sin responder (estado {status})"
            ));
        }
        match error.as_trap_code() {
            Some(TrapCode::GrowthOperationLimited) => Stopped::OutOfMemory,
            Some(TrapCode::StackOverflow) => Stopped::StackOverflow,
            Some(TrapCode::MemoryOutOfBounds) if self.is_past_its_stack() => Stopped::StackOverflow,
            _ => {
                let printed = String::from_utf8_lossy(&self.store.data().printed);
                let last = printed.lines().last().unwrap_or_default();
                Stopped::Ended(
                    format!("el programa abortó ({error}) {last}")
                        .trim()
                        .to_owned(),
                )
            }
        }
    }

    /// The stack grows downwards from [`STACK`], and below 0 there is nothing.
    fn is_past_its_stack(&self) -> bool {
        let pointer = self.instance.get_global(&self.store, "__stack_pointer");
        matches!(pointer.map(|it| it.get(&self.store)), Some(Val::I32(..=0)))
    }
}
