//! All six notebooks on the course's kernel, as a student runs them, and one on the stock kernel. A
//! panic answers ok there: so count what must be there, never the absence of errors.
//!
//! `UPDATE_OUTPUTS=1 cargo test --test kernel -- --ignored` writes the outputs into the solved
//! notebooks, and then tests them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock};
use std::thread;

use ex03_base::{notebook, project};
use ex03_utils::check::exercises::NAMES;
use serde_json::{Map, Value, json};

const SOLVED: &str = "soluciones";
const STUDENT: &str = "ejercicios";
const BASELINE: &str = "2_regresion_logistica.ipynb";
const NETWORK: &str = "3_red_neuronal.ipynb";
/// Ten times what it takes on an idle machine: it is there for what hangs.
const SECONDS_FOR_ONE: u32 = 900;
/// Each kernel takes up to 800 MB.
const AT_ONCE: usize = 2;
const UPDATE: &str = "UPDATE_OUTPUTS=1 cargo test --test kernel -- --ignored";

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn all_notebooks_run_to_their_end() {
    for (name, notebook) in executed() {
        let cells = code_cells(notebook);
        let answered = cells
            .iter()
            .filter(|cell| cell["execution_count"].is_u64())
            .count();
        assert_eq!(answered, cells.len(), "{name}: cells without an answer");
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn solved_notebooks_pass_every_check() {
    let reports = reports(&executed()[&format!("{SOLVED}/{NETWORK}")]);
    assert_eq!(reports.len(), NAMES.len());
    for report in reports {
        assert_eq!(report["outcome"], "correct", "{report}");
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn student_notebooks_say_what_is_unsolved_and_no_other_error() {
    let reports = reports(&executed()[&format!("{STUDENT}/{NETWORK}")]);
    assert_eq!(reports.len(), NAMES.len());
    for report in reports {
        assert_eq!(report["outcome"], "unsolved", "{report}");
        assert!(
            report["message"].as_str().unwrap().contains("sin resolver"),
            "{report}"
        );
    }
    for (name, notebook) in executed()
        .iter()
        .filter(|(name, _)| name.starts_with(STUDENT))
    {
        for cell in code_cells(notebook) {
            assert!(
                !has_error(cell),
                "{name}, {}: {}",
                cell["id"],
                cell["outputs"]
            );
        }
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn solved_notebooks_show_no_error() {
    for (name, notebook) in executed()
        .iter()
        .filter(|(name, _)| name.starts_with(SOLVED))
    {
        for cell in code_cells(notebook) {
            assert!(
                !has_error(cell),
                "{name}, {}: {}",
                cell["id"],
                cell["outputs"]
            );
        }
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn the_baseline_gets_47_percent() {
    let text = all_text(&executed()[&format!("{SOLVED}/{BASELINE}")]);
    assert!(text.contains("Exactitud: 47.00 %"), "{text}");
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn the_network_learns_as_numpy_does() {
    let golden = &golden()["runs"]["v1"];
    let text = all_text(&executed()[&format!("{SOLVED}/{NETWORK}")]);
    let printed: BTreeMap<u64, f64> = text
        .lines()
        .filter_map(|line| line.strip_prefix("costo en la iteración"))
        .filter_map(|line| line.split_once(':'))
        .map(|(iteration, cost)| (iteration.trim().parse().unwrap(), number(cost)))
        .collect();
    // After iteration 6000 rounding alone moves the run.
    for iteration in (0..10_000).step_by(1_000) {
        let cost = number(golden["costs"][iteration.to_string()].as_str().unwrap());
        let tolerance = if iteration <= 6_000 { 1e-6 } else { 2e-4 };
        let close = printed
            .get(&iteration)
            .is_some_and(|printed| (printed - cost).abs() <= tolerance);
        assert!(
            close,
            "at {iteration} numpy's cost is {cost}, of {printed:?}"
        );
    }
    let accuracy = after(&text, "Exactitud de la red:");
    assert!(
        (90.25..=91.0).contains(&accuracy),
        "the network's accuracy is {accuracy} %"
    );
    assert_eq!(after(&text, "Exactitud de la regresión logística:"), 47.0);
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn hidden_sizes_come_out_as_in_numpy() {
    let text = all_text(&executed()[&format!("{SOLVED}/{NETWORK}")]);
    let golden = golden();
    let table = golden["runs"]["v1"]["table5000"].as_object().unwrap();
    assert_eq!(table.len(), 7);
    for (n_h, run) in table {
        let label = format!("n_h = {n_h}: ");
        let (_, after) = text
            .split_once(&label)
            .unwrap_or_else(|| panic!("no «{label}…» in\n{text}"));
        let (printed, _) = after.split_once('%').unwrap();
        let printed = number(printed);
        let expected = run["acc"].as_f64().unwrap();
        assert!(
            (printed - expected).abs() <= 0.5,
            "{n_h} units: {printed} % in place of {expected} %"
        );
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn every_figure_is_drawn() {
    for (name, notebook) in executed()
        .iter()
        .filter(|(name, _)| name.starts_with(SOLVED))
    {
        let drawing: Vec<&Value> = code_cells(notebook)
            .into_iter()
            .filter(|cell| is_drawing(&notebook::text(&cell["source"])))
            .collect();
        assert!(!drawing.is_empty(), "{name} draws nothing");
        for cell in drawing {
            assert!(figures(cell) > 0, "{name}, {} draws no figure", cell["id"]);
        }
        let committed = notebook::read(&path(name)).unwrap();
        let count = |notebook: &Value| code_cells(notebook).into_iter().map(figures).sum::<usize>();
        assert_eq!(
            count(notebook),
            count(&committed),
            "{name}: renew it with `{UPDATE}`"
        );
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn committed_outputs_are_those_of_a_run() {
    for (name, notebook) in executed()
        .iter()
        .filter(|(name, _)| name.starts_with(SOLVED))
    {
        let committed = notebook::read(&path(name)).unwrap();
        let text = fs::read_to_string(path(name)).unwrap();
        assert!(
            notebook::to_text(&committed) == text,
            "{name}: renew it with `{UPDATE}`"
        );
        let mut rerun = committed.clone();
        take_outputs(&mut rerun, notebook);
        for (ours, theirs) in code_cells(&still(&rerun))
            .iter()
            .zip(code_cells(&still(&committed)))
        {
            assert!(
                ours["outputs"] == theirs["outputs"],
                "{name}, {}: the committed output is not that of a run; renew it with `{UPDATE}`",
                ours["id"]
            );
        }
    }
}

#[test]
#[ignore = "needs the kernel: cargo run -- setup"]
fn the_stock_kernel_gives_the_same_outputs() {
    let name = format!("{SOLVED}/{NETWORK}");
    let ran = execute(&name, Kernel::Stock).unwrap();
    let committed = notebook::read(&path(&name)).unwrap();
    let mut rerun = committed.clone();
    take_outputs(&mut rerun, &ran);
    assert!(
        still(&rerun) == still(&committed),
        "{name} gives other outputs on the stock kernel"
    );
}

/// The notebooks by folder and name, as they are after a run. They run once for all tests.
fn executed() -> &'static BTreeMap<String, Value> {
    static EXECUTED: OnceLock<anyhow::Result<BTreeMap<String, Value>>> = OnceLock::new();
    let executed = EXECUTED.get_or_init(|| {
        let names = [SOLVED, STUDENT].map(|folder| {
            let notebooks = notebook::in_folder(&path(folder)).unwrap();
            notebooks
                .iter()
                .map(|path| format!("{folder}/{}", path.file_name().unwrap().to_string_lossy()))
                .collect::<Vec<_>>()
        });
        let names = names.concat();
        assert_eq!(names.len(), 6, "{names:?}");
        let waiting = Mutex::new(names.into_iter());
        let executed = Mutex::new(BTreeMap::new());
        thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    loop {
                        let next = waiting.lock().unwrap().next();
                        let Some(name) = next else { break };
                        let notebook = execute(&name, Kernel::Course);
                        executed.lock().unwrap().insert(name, notebook);
                    }
                });
            }
        });
        let executed = executed.into_inner().unwrap().into_iter();
        let executed = executed
            .map(|(name, notebook)| Ok((name, notebook?)))
            .collect::<anyhow::Result<_>>()?;
        if std::env::var_os("UPDATE_OUTPUTS").is_some() {
            update(&executed)?;
        }
        Ok(executed)
    });
    executed.as_ref().unwrap_or_else(|error| panic!("{error}"))
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kernel {
    Course,
    Stock,
}

fn execute(name: &str, kernel: Kernel) -> anyhow::Result<Value> {
    let script = project::root().join("tests/kernel/run_notebook.py");
    let copy = format!("{kernel:?}-{}", name.replace('/', "-"));
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(copy);
    let output = Command::new(env!("CARGO_BIN_EXE_ex03"))
        .arg("python")
        .arg(script)
        .args([&path(name), &copy])
        .arg(SECONDS_FOR_ONE.to_string())
        .args((kernel == Kernel::Stock).then_some("stock"))
        // A kernel that a student starts does not see what cargo tells its tests.
        .env_remove("LD_LIBRARY_PATH")
        .output()
        .unwrap();
    match output.status.success() {
        true => notebook::read(&copy),
        false => Err(anyhow::anyhow!(
            "{name} did not run. Is `cargo run -- setup` done?\n{}",
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}

/// Writes the outputs of the solved notebooks, where no cell has an error.
fn update(executed: &BTreeMap<String, Value>) -> anyhow::Result<()> {
    let solved = || executed.iter().filter(|(name, _)| name.starts_with(SOLVED));
    for (name, notebook) in solved() {
        if let Some(cell) = code_cells(notebook)
            .into_iter()
            .find(|cell| has_error(cell))
        {
            return Err(anyhow::anyhow!(
                "nothing is updated, since {name}, {} has an error: {}",
                cell["id"],
                cell["outputs"]
            ));
        }
    }
    for (name, notebook) in solved() {
        let mut updated = notebook::read(&path(name))?;
        take_outputs(&mut updated, notebook);
        ex03_base::files::write(&path(name), &notebook::to_text(&updated))?;
    }
    Ok(())
}

/// Gives a notebook the outputs that its cells had in a run, without what differs between runs.
fn take_outputs(notebook: &mut Value, executed: &Value) {
    let cells = notebook["cells"].as_array_mut().unwrap();
    let ran = executed["cells"].as_array().unwrap();
    assert_eq!(cells.len(), ran.len());
    for (cell, ran) in cells
        .iter_mut()
        .zip(ran)
        .filter(|(cell, _)| notebook::is_code(cell))
    {
        cell["outputs"] = lasting_outputs(&ran["outputs"]);
    }
}

/// The same notebook with the playground as its still picture alone. What brings it to life is compiled
/// by this machine's Rust, and by the course's kernel alone; tests/browser looks at it.
fn still(notebook: &Value) -> Value {
    let mut still = notebook.clone();
    let cells = still["cells"].as_array_mut().unwrap();
    let is_playground =
        |cell: &&mut Value| notebook::text(&cell["source"]).starts_with("playground(");
    let playgrounds: Vec<&mut Value> = cells.iter_mut().filter(is_playground).collect();
    for cell in playgrounds {
        let html = &mut cell["outputs"][0]["data"]["text/html"];
        let text = notebook::text(html);
        let (picture, _) = text.split_once("</figure>").expect("a still picture");
        *html = picture.into();
    }
    still
}

/// What was printed, as one output, then what was shown. stderr is not in step with its cell.
fn lasting_outputs(outputs: &Value) -> Value {
    let outputs = || outputs.as_array().unwrap().iter();
    let printed: String = outputs()
        .filter(|output| output["name"] == "stdout")
        .map(|output| notebook::text(&output["text"]))
        .collect();
    let mut lasting = Vec::new();
    if !printed.is_empty() {
        lasting.push(
            json!({"name": "stdout", "output_type": "stream", "text": notebook::lines(&printed)}),
        );
    }
    lasting.extend(
        outputs()
            .filter(|output| output["output_type"] != "stream")
            .map(|output| {
                let mut output = output.clone();
                if let Some(count) = output.get_mut("execution_count") {
                    *count = Value::Null;
                }
                if let Some(data) = output.get_mut("data").and_then(Value::as_object_mut) {
                    data.sort_keys();
                }
                output
            }),
    );
    lasting.into()
}

/// The reports of the checks' cells.
fn reports(notebook: &Value) -> Vec<Value> {
    code_cells(notebook)
        .iter()
        .filter(|cell| cell["metadata"]["nbgrader"]["grade"] == true)
        .map(|cell| {
            let shown = data(cell, ex03_utils::check::JSON_MIME_TYPE)
                .unwrap_or_else(|| panic!("{} shows no report", cell["id"]));
            // The kernel hands JSON on as a value or as its text.
            match shown {
                Value::Object(_) => shown.clone(),
                text => serde_json::from_str(&notebook::text(text)).unwrap(),
            }
        })
        .collect()
}

fn data<'a>(cell: &'a Value, mime_type: &str) -> Option<&'a Value> {
    let outputs = cell["outputs"].as_array().unwrap();
    outputs
        .iter()
        .find_map(|output| output["data"].get(mime_type))
}

/// An error of the compiler, or a panic that is not of an unsolved exercise.
fn has_error(cell: &Value) -> bool {
    let tags = cell["metadata"]["tags"].as_array();
    if tags.is_some_and(|tags| tags.iter().any(|tag| tag == "raises-exception")) {
        return false;
    }
    let outputs = cell["outputs"].as_array().unwrap();
    let streams = outputs
        .iter()
        .filter(|output| output["output_type"] == "stream");
    let printed: String = streams
        .map(|output| notebook::text(&output["text"]))
        .collect();
    let panicked = printed.contains("panicked at") && !printed.contains("not yet implemented");
    panicked
        || outputs
            .iter()
            .any(|output| output["output_type"] == "error")
}

/// All that a notebook prints or shows as plain text.
fn all_text(notebook: &Value) -> String {
    let cells = code_cells(notebook);
    let outputs = cells
        .iter()
        .flat_map(|cell| cell["outputs"].as_array().unwrap());
    outputs
        .map(|output| {
            notebook::text(&output["text"]) + &notebook::text(&output["data"]["text/plain"]) + "\n"
        })
        .collect()
}

fn is_drawing(source: &str) -> bool {
    let last = source
        .lines()
        .rfind(|line| !line.starts_with(' ') && !line.starts_with(['}', ')', ']']))
        .unwrap_or_default();
    ["plot_", "explore(", "explore_line("]
        .iter()
        .any(|drawing| last.starts_with(drawing))
}

fn figures(cell: &Value) -> usize {
    let html = data(cell, "text/html")
        .map(notebook::text)
        .unwrap_or_default();
    html.matches("data:image/svg+xml").count()
}

fn code_cells(notebook: &Value) -> Vec<&Value> {
    let cells = notebook["cells"].as_array().unwrap();
    cells
        .iter()
        .filter(|cell| notebook::is_code(cell))
        .collect()
}

fn golden() -> Map<String, Value> {
    let path = project::root().join("tests/golden/ng_flower.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The percentage that follows a text.
fn after(text: &str, label: &str) -> f64 {
    let line = text.lines().find_map(|line| line.strip_prefix(label));
    let line = line.unwrap_or_else(|| panic!("no line «{label} …» in\n{text}"));
    number(line.trim_end_matches('%'))
}

fn number(text: &str) -> f64 {
    text.trim()
        .parse()
        .unwrap_or_else(|_| panic!("{text:?} is no number"))
}

fn path(name: &str) -> PathBuf {
    project::root().join("notebooks").join(name)
}
