//! What cells use of ndarray is compiled in the library, not once more in each cell without
//! optimisation.

use std::fs;
use std::path::Path;
use std::process::Command;

use ex03_base::library::Library;
use ex03_base::{notebook, project};
use ex03_grading::{definitions, program};

/// Parts of the names of what goes over an array's elements.
const LOOPS: [&str; 5] = [
    "arithmetic_ops",
    "impl_linalg",
    "zip_mut_with",
    "sum_axis",
    "for_each_core",
];

#[test]
fn the_solved_exercises_compile_no_loop_over_an_array() {
    let solved = project::root().join("notebooks/soluciones/3_red_neuronal.ipynb");
    let cells = notebook::code_cells(&notebook::read(&solved).unwrap());
    // Public, because rustc makes no code of what nobody can call.
    let public: String = definitions::split(&cells)
        .iter()
        .flat_map(|cell| {
            cell.definitions
                .iter()
                .map(|it| &cell.source[it.range.clone()])
        })
        .map(|definition| format!("\n{definition}").replace("\nfn ", "\npub fn "))
        .collect();
    for exercise in ["fpropagation", "cost_function", "bpropagation", "nn_model"] {
        assert!(public.contains(&format!("pub fn {exercise}(")), "{public}");
    }
    assert_eq!(loops("solved", &public), Vec::<String>::new());
}

/// Else the test above could not fail.
#[test]
fn an_operator_that_no_exercise_needs_is_compiled_in_the_cell() {
    let found = loops(
        "other",
        "pub fn rest(a: &Array2<f64>) -> Array2<f64> { a % a }",
    );
    assert!(!found.is_empty());
}

/// The functions over arrays' elements that rustc makes code for, in a program compiled as the
/// kernel compiles cells.
fn loops(name: &str, definitions: &str) -> Vec<String> {
    let library = Library::build().unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("instances")
        .join(name);
    let main = format!("#![crate_type = \"lib\"]\nuse ex03_utils::*;\n{definitions}");
    program::write(&folder, &[], &main).unwrap();
    let output = program::compiler(&mut Command::new("rustc"), &library, &folder)
        .args(["--emit=llvm-ir", "-Copt-level=0", "-Ccodegen-units=1"])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let code = fs::read_to_string(folder.join("notebook.ll")).unwrap();
    let made = code.lines().filter(|line| line.starts_with("define "));
    made.filter(|line| LOOPS.iter().any(|part| line.contains(part)))
        .map(str::to_owned)
        .collect()
}
