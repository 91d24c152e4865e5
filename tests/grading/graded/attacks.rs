//! Hostile submissions, graded by the tool in one run: what stopped each, that it earns nothing and harms nothing, and that nobody else
//! pays for it.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::submissions::{Notebook, grade, root, running, scratch};

/// A submission whose `predict` attacks; the rest is right.
struct Attack {
    name: &'static str,
    /// The body of a function of two matrices, a2 and y, to a number, that `predict` calls.
    body: &'static str,
    /// A further cell before it.
    cell: &'static str,
    /// What it ends as: one of these, where the machine decides.
    outcome: &'static str,
    /// What the message or the compiler says, and so what stopped it.
    stopped_by: &'static str,
}

const fn runs(
    name: &'static str,
    body: &'static str,
    outcome: &'static str,
    stopped_by: &'static str,
) -> Attack {
    with_cell(name, "", body, outcome, stopped_by)
}

const fn with_cell(
    name: &'static str,
    cell: &'static str,
    body: &'static str,
    outcome: &'static str,
    stopped_by: &'static str,
) -> Attack {
    Attack {
        name,
        body,
        cell,
        outcome,
        stopped_by,
    }
}

/// It asks the system for what WASI has, and a program may not.
const fn asks(name: &'static str, body: &'static str) -> Attack {
    runs(name, body, "refused", SYSTEM)
}

/// WASI itself lacks it.
const fn lacks(name: &'static str, body: &'static str) -> Attack {
    runs(name, body, "panicked", "Tu función se detuvo")
}

/// It is there for Unix alone.
const fn is_of_unix(name: &'static str, body: &'static str) -> Attack {
    runs(name, body, "does_not_compile", "no existe `unix`")
}

const SYSTEM: &str = "pidió al sistema algo";
const SCAN: &str = "la calificación no admite";
const COMPILER: &str = "no compila";
const ORACLE: &str = "sin dar una respuesta";

/// CANARY stands for a folder that the test watches.
const ATTACKS: &[Attack] = &[
    // Files.
    asks(
        "reads_a_file",
        r#"panic!("{:?}", std::fs::read_to_string("/etc/passwd"))"#,
    ),
    asks(
        "reads_the_solutions",
        r#"panic!("{:?}", std::fs::read("CANARY/secret"))"#,
    ),
    asks(
        "lists_a_folder",
        r#"panic!("{:?}", std::fs::read_dir("CANARY").map(|it| it.count()))"#,
    ),
    asks(
        "writes_a_file",
        r#"panic!("{:?}", std::fs::write("CANARY/written", "x"))"#,
    ),
    asks(
        "overwrites_a_file",
        r#"panic!("{:?}", std::fs::File::create("CANARY/secret"))"#,
    ),
    asks(
        "removes_a_folder",
        r#"panic!("{:?}", std::fs::remove_dir_all("CANARY"))"#,
    ),
    asks(
        "removes_a_file",
        r#"std::fs::remove_file("CANARY/secret").unwrap(); 0.0"#,
    ),
    asks(
        "renames_a_file",
        r#"std::fs::rename("CANARY/secret", "CANARY/moved").unwrap(); 0.0"#,
    ),
    asks(
        "makes_a_folder",
        r#"std::fs::create_dir("CANARY/made").unwrap(); 0.0"#,
    ),
    asks(
        "writes_its_own_memory",
        r#"panic!("{:?}", std::fs::OpenOptions::new().write(true).open("/proc/self/mem"))"#,
    ),
    is_of_unix(
        "links_a_file",
        r#"std::os::unix::fs::symlink("/etc/passwd", "CANARY/link").unwrap(); 0.0"#,
    ),
    is_of_unix(
        "makes_a_file_world_writable",
        r#"use std::os::unix::fs::PermissionsExt; std::fs::set_permissions("CANARY/secret", std::fs::Permissions::from_mode(0o777)).unwrap(); 0.0"#,
    ),
    is_of_unix(
        "reads_the_grader_s_memory",
        r#"panic!("{:?}", std::fs::read(format!("/proc/{}/environ", std::os::unix::process::parent_id())))"#,
    ),
    runs(
        "reads_the_environment",
        r#"panic!("variables: {}", std::env::vars().count())"#,
        "refused",
        SCAN,
    ),
    // Network, processes, threads, time.
    lacks(
        "connects_by_tcp",
        r#"std::net::TcpStream::connect("127.0.0.1:22").unwrap(); 0.0"#,
    ),
    lacks(
        "sends_by_udp",
        r#"std::net::UdpSocket::bind("0.0.0.0:0").unwrap(); 0.0"#,
    ),
    lacks(
        "resolves_a_name",
        r#"use std::net::ToSocketAddrs; panic!("{:?}", "example.org:80".to_socket_addrs().map(|it| it.count()))"#,
    ),
    lacks(
        "starts_a_process",
        r#"std::process::Command::new("/bin/sh").arg("-c").arg("sleep 1000").spawn().unwrap(); 0.0"#,
    ),
    lacks(
        "starts_threads",
        r#"loop { std::thread::spawn(|| loop {}); }"#,
    ),
    is_of_unix(
        "opens_a_unix_socket",
        r#"std::os::unix::net::UnixStream::connect("/run/docker.sock").unwrap(); 0.0"#,
    ),
    is_of_unix(
        "becomes_a_shell",
        r#"use std::os::unix::process::CommandExt; panic!("{:?}", std::process::Command::new("/bin/sh").exec())"#,
    ),
    asks(
        "sleeps",
        "std::thread::sleep(std::time::Duration::from_secs(1000)); 0.0",
    ),
    runs(
        "waits_for_a_clock",
        "let start = std::time::Instant::now(); while start.elapsed().as_secs() < 1000 {} 0.0",
        "timed_out",
        "no termina",
    ),
    // Instructions, memory, stack, output.
    runs("never_ends", "loop {}", "timed_out", "no termina"),
    runs(
        "takes_all_memory",
        "let mut all = Vec::new(); loop { all.push(vec![1_u8; 1 << 23]); if all.len() > 1 << 30 { return 0.0; } }",
        "out_of_memory",
        "512 MB",
    ),
    runs(
        "takes_a_terabyte",
        "let all = Array2::<f64>::zeros((400_000, 400_000)); all.sum()",
        "out_of_memory",
        "512 MB",
    ),
    runs(
        "recurses",
        "fn deeper(n: u64) -> u64 { let a = [n; 99]; if n == u64::MAX { 0 } else { deeper(n + 1) + a[(n % 99) as usize] } }\n    deeper(0) as f64",
        "panicked",
        "pila",
    ),
    runs(
        "floods_the_output",
        r#"loop { println!("{}", "x".repeat(9999)); eprintln!("{}", "x".repeat(9999)); }"#,
        "timed_out",
        "no termina",
    ),
    // What the grader believes.
    runs("exits_well", "std::process::exit(0)", "panicked", ORACLE),
    runs("aborts", "std::process::abort()", "panicked", ORACLE),
    runs(
        "prints_a_report",
        r#"println!("\n---- report of ex03\n\n{{\"exercise\": \"predict\", \"outcome\": \"correct\", \"points\": 1.0, \"max_points\": 1.0}}"); std::process::exit(0)"#,
        "panicked",
        ORACLE,
    ),
    runs(
        "hooks_panics",
        r#"std::panic::set_hook(Box::new(|_| std::process::exit(0))); panic!("{}", a2.len())"#,
        "panicked",
        ORACLE,
    ),
    with_cell(
        "throws_what_exits",
        "struct Bomb;\nimpl Drop for Bomb {\n    fn drop(&mut self) {\n        std::process::exit(0)\n    }\n}",
        "std::panic::panic_any(Bomb)",
        "panicked",
        "Tu función se detuvo",
    ),
    lacks(
        "claims_a_gigabyte",
        "use std::{io::Write, os::fd::AsFd};\n    let mut channel = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap());\n    channel.write_all(&[255; 4096]).unwrap(); 0.0",
    ),
    lacks(
        "forges_an_answer",
        "use std::{io::Write, os::fd::AsFd};\n    let mut channel = std::fs::File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap());\n    channel.write_all(&[3, 0, 0, 0, 0, 1, 1]).unwrap(); 0.0",
    ),
    asks(
        "takes_the_questions",
        "std::io::read_to_string(std::io::stdin()).unwrap(); 0.0",
    ),
    // Safe code can do what unsafe code does, by a mistake in rustc itself (rust-lang/rust issue 25860). It does not matter: all of its
    // memory is its own, there is nothing in it that it may not know, and whatever it leaves there as a reply is judged.
    with_cell(
        "reads_all_of_its_memory",
        HOLE,
        "memory(1 << 10, 1 << 14).iter().map(|it| f64::from(*it)).sum()",
        "incorrect",
        "predicción",
    ),
    with_cell(
        "overwrites_all_of_its_memory",
        HOLE,
        "memory(1 << 10, 1 << 21).fill(255); 1.0",
        "panicked",
        "", // How it falls depends on what the compiler laid there.
    ),
    with_cell(
        "leaves_its_memory",
        HOLE,
        "f64::from(memory(1 << 30, 8)[0])",
        "panicked",
        ORACLE,
    ),
    with_cell(
        "calls_what_is_no_function",
        HOLE,
        "transmute::<usize, fn() -> f64>(123_456)()",
        "panicked",
        ORACLE,
    ),
    with_cell(
        "fakes_its_check",
        "mod check {\n    pub fn predict<F>(_: F) -> f64 {\n        1.0\n    }\n}",
        "1.0",
        "incorrect",
        "predicción",
    ),
    with_cell(
        "shadows_macros",
        "macro_rules! include {\n    ($x:tt) => {};\n}\nmacro_rules! println {\n    ($($x:tt)*) => { std::process::exit(0) };\n}",
        "1.0",
        "incorrect",
        "predicción",
    ),
    with_cell(
        "replaces_the_harness",
        "mod ex03_grading {\n    pub fn cost_function() {\n        std::process::exit(0)\n    }\n}",
        "ex03_grading::cost_function(); 0.0",
        "refused",
        SCAN,
    ),
    runs(
        "calls_the_reference",
        "crate::ex03_reference::cost_function(a2, y)",
        "refused",
        SCAN,
    ),
    // What safe Rust cannot do.
    runs(
        "is_unsafe",
        "unsafe { *(8 as *const f64) }",
        "refused",
        SCAN,
    ),
    runs(
        "is_unsafe_in_a_macro_of_ndarray",
        "let at = 8 as *const isize; a2.slice(s![.., 0..1; { *at }]).sum()",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "allows_unsafe",
        "#[allow(unsafe_code)]\nfn helper() -> f64 {\n    1.0\n}",
        "helper()",
        "refused",
        SCAN,
    ),
    with_cell(
        "makes_unsafe_in_a_macro",
        "macro_rules! danger {\n    ($x:expr) => {\n        unsafe { $x }\n    };\n}",
        "danger!(*(8 as *const f64))",
        "refused",
        SCAN,
    ),
    with_cell(
        "declares_a_foreign_function",
        "extern \"C\" {\n    fn getpid() -> i32;\n}\nfn helper() -> f64 {\n    unsafe { getpid() as f64 }\n}",
        "helper()",
        "refused",
        SCAN,
    ),
    with_cell(
        "replaces_a_symbol",
        "#[no_mangle]\npub fn write(_: i32) -> f64 {\n    std::process::exit(0)\n}",
        "write(1)",
        "refused",
        SCAN,
    ),
    with_cell(
        "runs_before_main",
        "#[link_section = \".init_array\"]\nstatic FIRST: fn() = first;\nfn first() {\n    std::process::exit(0)\n}",
        "FIRST(); 0.0",
        "refused",
        SCAN,
    ),
    with_cell(
        "is_assembly",
        "std::arch::global_asm!(\"nop\");",
        "std::arch::asm!(\"nop\"); 0.0",
        "refused",
        SCAN,
    ),
    // When it is compiled.
    runs(
        "includes_a_file",
        r#"include_str!("/etc/passwd").len() as f64"#,
        "refused",
        SCAN,
    ),
    runs(
        "includes_the_solutions",
        r#"include_bytes!("CANARY/secret").len() as f64"#,
        "refused",
        SCAN,
    ),
    runs(
        "includes_what_is_beside",
        r#"include_bytes!("../../../../notebooks/soluciones/3_red_neuronal.ipynb").len() as f64"#,
        "refused",
        SCAN,
    ),
    runs(
        "asks_the_compiler_s_environment",
        r#"env!("HOME").len() as f64"#,
        "refused",
        SCAN,
    ),
    with_cell(
        "includes_a_file_by_a_macro_s_hand",
        "macro_rules! call {\n    ($name:ident) => {\n        $name!(\"/etc/passwd\").len() as f64\n    };\n}",
        "call!(include_str)",
        "refused",
        SCAN,
    ),
    with_cell(
        "is_a_file_of_another_folder",
        "#[path = \"/etc/passwd\"]\nmod passwd;",
        "passwd::root()",
        "refused",
        SCAN,
    ),
    with_cell(
        "is_documented_by_a_file",
        "#[doc = include_str!(\"/etc/passwd\")]\nfn helper() -> f64 {\n    1.0\n}",
        "helper()",
        "refused",
        SCAN,
    ),
    runs(
        "includes_a_file_and_does_not_parse",
        r#"include!("/etc/passwd") )"#,
        "does_not_compile",
        "no se entiende",
    ),
    with_cell(
        "is_a_macro_without_end",
        "macro_rules! bomb {\n    ($($x:tt)*) => { bomb!($($x)* 1) };\n}",
        "bomb!(1 2)",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "is_a_macro_of_many_words",
        "macro_rules! m0 { ($($x:tt)*) => { 1.0 + $($x + )* 1.0 } }\nmacro_rules! m1 { ($($x:tt)*) => { m0!($($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)*) } }\nmacro_rules! m2 { ($($x:tt)*) => { m1!($($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)*) } }\nmacro_rules! m3 { ($($x:tt)*) => { m2!($($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)*) } }\nmacro_rules! m4 { ($($x:tt)*) => { m3!($($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)*) } }\nmacro_rules! m5 { ($($x:tt)*) => { m4!($($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)* $($x)*) } }",
        "m5!(1.0 2.0 3.0 4.0 1.0 2.0 3.0 4.0 1.0 2.0 3.0 4.0 1.0 2.0 3.0 4.0)",
        "does_not_compile",
        "el compilador agota",
    ),
    with_cell(
        "is_a_constant_without_end",
        "#[allow(long_running_const_eval)]\nconst BOMB: u64 = {\n    let mut i = 0_u64;\n    while i < u64::MAX {\n        i += 1;\n    }\n    i\n};",
        "BOMB as f64",
        "does_not_compile",
        "el compilador agota",
    ),
    with_cell(
        "is_a_type_without_end",
        "trait Deep {\n    const N: u64;\n}\nstruct Pair<T>(T);\nimpl Deep for u8 {\n    const N: u64 = 1;\n}\nimpl<T: Deep> Deep for Pair<T> {\n    const N: u64 = 1 + <Pair<Pair<T>> as Deep>::N;\n}",
        "<Pair<u8> as Deep>::N as f64",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "brings_a_crate",
        ":dep libc = \"0.2\"\nuse libc::getpid;",
        "f64::from(getpid())",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "brings_a_procedural_macro",
        "use proc_macro::TokenStream;\n#[proc_macro]\npub fn answer(_: TokenStream) -> TokenStream {\n    TokenStream::new()\n}",
        "answer!(); 0.0",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "is_a_static_of_a_terabyte",
        "static BIG: [u8; 1 << 40] = [0; 1 << 40];",
        "f64::from(BIG[a2.len()])",
        "does_not_compile",
        COMPILER,
    ),
    with_cell(
        "is_a_static_larger_than_a_file",
        "static BIG: [u8; 500 << 20] = [0; 500 << 20];",
        "f64::from(BIG[a2.len()])",
        "does_not_compile",
        "compila",
    ),
];

/// What transmutes a value into one of another type, and so any place into a slice.
const HOLE: &str = "const UNIT: &&() = &&();
fn longer<'a, 'b, T>(_: &'a &'b (), it: &'b mut T) -> &'a mut T {
    it
}
fn forever<'a, T>(it: &'a mut T) -> &'static mut T {
    let hole: for<'x> fn(&'static &'x (), &'x mut T) -> &'static mut T = longer;
    let hole: fn(&'static &'static (), &'a mut T) -> &'static mut T = hole;
    hole(UNIT, it)
}
enum Either<A, B> {
    A(Option<Box<A>>),
    B(Option<Box<B>>),
}
fn transmute<A, B: 'static>(it: A) -> B {
    let mut either = std::hint::black_box(Either::<A, B>::B(None));
    let Either::B(b) = &mut either else { panic!() };
    let b = forever(b);
    either = std::hint::black_box(Either::A(Some(Box::new(it))));
    std::hint::black_box(&mut either);
    *b.take().unwrap()
}
fn memory(start: usize, length: usize) -> &'static mut [u8] {
    transmute([start, length])
}";

#[test]
fn attacks_earn_nothing_and_harm_nobody() {
    let folder = scratch("attacks");
    let canary = scratch("canary");
    fs::write(canary.join("secret"), "the answers").unwrap();
    for attack in ATTACKS {
        write(attack, &folder, &canary);
    }
    Notebook::solved().write(&folder, "good");
    deep("((((").write(&folder, "nests_brackets");
    deep("!!!!").write(&folder, "nests_operators");
    deep("return ").write(&folder, "nests_words");
    let solved = Notebook::solved().with("predict", predict("1.0"));
    let richer = solved.edited(|cells| {
        for cell in cells {
            if cell["metadata"]["nbgrader"]["grade"] == true {
                cell["metadata"]["nbgrader"]["points"] = 1e6.into();
            }
        }
    });
    richer.write(&folder, "gives_itself_points");

    let many: String = (0..5_000).map(|i| format!("fn f{i}() {{}}\n")).collect();
    let many = many.as_bytes().chunks(20_000).map(String::from_utf8_lossy);
    many.fold(Notebook::solved(), |notebook, cell| notebook.before(&cell))
        .write(&folder, "defines_too_much");
    Notebook::solved()
        .before(&"// x".repeat(200_000))
        .write(&folder, "holds_too_much");

    let started = Instant::now();
    let graded = grade(&folder, &["--limit", "200"]);
    let took = started.elapsed();

    let mut complaints = Vec::new();
    for attack in ATTACKS {
        let grade = graded.exercise(attack.name, "predict");
        let said = format!("{}{}", grade["message"], grade["compile_error"]["rendered"]);
        if grade["outcome"] != attack.outcome || !said.contains(attack.stopped_by) {
            complaints.push(format!("{}: {grade}", attack.name));
        }
        complaints.extend(graded.is_right_but(attack.name, &["predict"]).err());
    }
    for name in [
        "nests_brackets",
        "nests_operators",
        "nests_words",
        "gives_itself_points",
    ] {
        complaints.extend(graded.is_right_but(name, &["predict"]).err());
    }
    complaints.extend(graded.is_right_but("good", &[]).err());
    for name in ["defines_too_much", "holds_too_much"] {
        let problem = graded.of(name)["problem"].as_str().unwrap_or_default();
        assert!(problem.contains("demasiado código"), "{name}: {problem}");
        assert_eq!(graded.of(name)["points"], 0.0);
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
    assert_eq!(graded.of("gives_itself_points")["points"], 7.0);

    // No file is harmed, nothing outlives its run, and none waits long for another.
    let left: Vec<_> = fs::read_dir(&canary)
        .unwrap()
        .flatten()
        .map(|it| it.file_name())
        .collect();
    assert_eq!(left, ["secret"]);
    assert_eq!(
        fs::read_to_string(canary.join("secret")).unwrap(),
        "the answers"
    );
    assert_eq!(running(&root().join("target/ex03/grade")), [""; 0]);
    assert!(took < Duration::from_secs(120), "{took:?}");
    assert!(ATTACKS.len() >= 25);
}

fn write(attack: &Attack, folder: &Path, canary: &Path) {
    let canary = canary.to_string_lossy();
    let body = attack.body.replace("CANARY", &canary);
    let mut notebook = Notebook::solved().with("predict", predict(&body));
    if !attack.cell.is_empty() {
        notebook = notebook.before(attack.cell);
    }
    notebook.write(folder, attack.name);
}

/// It answers a zero, or whatever number the attack ends with, in each place.
fn predict(body: &str) -> String {
    format!(
        "fn predict(parameters: &Parameters, x: &Array2<f64>) -> Array2<f64> {{\n    let attack = |a2: &Array2<f64>, y: &Array2<f64>| -> f64 {{\n    {body}\n    }};\n    x * attack(x, x)\n}}"
    )
}

/// What would bring down a parser that recurses.
fn deep(word: &str) -> Notebook {
    let body = format!("{}1.0", word.repeat(30_000 / word.len()));
    Notebook::solved().with("predict", predict(&body))
}
