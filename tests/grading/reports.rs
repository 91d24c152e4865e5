//! What a teacher and a student read: files that say what was graded, and hold nothing that a name
//! or a piece of code could break.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Instant;

use ex03_base::{notebook, project};
use ex03_grading::grades::{Code, CompileError, EXERCISES, Grade, Submission};
use ex03_grading::report;
use ex03_grading::similar::{self, Similar, similar};
use ex03_utils::check::{Hint, Outcome, exercises};
use serde_json::Value;

const HOSTILE: &str = "<script>alert(\"x\")</script>'\"><img src=x onerror=alert(1)> & \u{1b}[31m";

/// The outcome of that name in `grades.json`.
fn outcome_of(name: &str) -> Outcome {
    let mut all = Outcome::ALL.into_iter();
    all.find(|outcome| outcome.name() == name).unwrap()
}

fn grade(exercise: &'static str, outcome: &str) -> Grade {
    Grade {
        exercise,
        points: f64::from(outcome == "correct"),
        max_points: 1.0,
        outcome: outcome_of(outcome),
        difference: None,
        message: match outcome {
            "correct" => "Tu función da el resultado esperado en todos los casos.".to_owned(),
            "unsolved" => "Todavía sin resolver.".to_owned(),
            _ => "Tu resultado no es el esperado.".to_owned(),
        },
        hints: Vec::new(),
        note: None,
        code: reference(exercise).map(|source| Code { cell: 7, source }),
        compile_error: None,
    }
}

fn submission(name: &str, outcomes: &[(&str, &str)]) -> Submission {
    let outcome = |exercise| {
        let mut given = outcomes.iter().filter(|(of, _)| *of == exercise);
        given.next().map_or("correct", |(_, outcome)| outcome)
    };
    Submission {
        name: name.to_owned(),
        path: format!("clase/{name}.ipynb"),
        problem: None,
        grades: EXERCISES
            .into_iter()
            .map(|exercise| grade(exercise, outcome(exercise)))
            .collect(),
    }
}

/// What the check of an exercise says of a mistake.
fn hint(exercise: &str, misconception: &str) -> Hint {
    let hints = exercises::find(exercise).unwrap().hints();
    let mut hints = hints.into_iter();
    *hints.find(|hint| hint.id == misconception).unwrap()
}

fn hold(submission: &mut Submission, exercise: &str, misconception: &str) {
    let mut grades = submission.grades.iter_mut();
    let grade = grades.find(|grade| grade.exercise == exercise).unwrap();
    let hint = hint(exercise, misconception);
    grade.outcome = Outcome::Incorrect;
    grade.points = 0.0;
    grade.message = hint.wrong.to_owned();
    grade.difference = Some("El costo debería ser 0.65, y es 4.55.".to_owned());
    grade.hints = vec![hint];
}

/// The solved notebook's code of an exercise.
fn reference(exercise: &str) -> Option<String> {
    static CELLS: LazyLock<Vec<notebook::CodeCell>> = LazyLock::new(|| {
        let path = project::root().join("notebooks/soluciones/3_red_neuronal.ipynb");
        notebook::code_cells(&notebook::read(&path).unwrap())
    });
    let mut cells = CELLS.iter();
    let cell = cells.find(|cell| cell.grade_id.as_deref() == Some(exercise));
    cell.map(|cell| cell.source.clone())
}

/// A class as classes are.
fn class() -> Vec<Submission> {
    let mut class: Vec<Submission> = (1..=12)
        .map(|i| submission(&format!("Estudiante {i}"), &[]))
        .collect();
    for student in [0, 1, 2, 3, 4] {
        hold(&mut class[student], "cost_function", "missing_mean");
    }
    for student in [3, 4, 5] {
        hold(&mut class[student], "fpropagation", "slide_w2_x");
    }
    hold(&mut class[6], "bpropagation", "missing_mean");
    class[4].grades[6].note = Some(
        "Calificado con la referencia en lugar de cost_function y fpropagation, que no están bien."
            .to_owned(),
    );
    class[7] = submission(
        "María José Núñez",
        &[
            ("bpropagation", "does_not_compile"),
            ("nn_model", "unsolved"),
            ("predict", "missing"),
            ("update_parameters", "timed_out"),
        ],
    );
    class[7].grades[4].compile_error = Some(CompileError {
        place: "celda 7, línea 3".to_owned(),
        message: "falta un punto y coma".to_owned(),
        rendered: "error: expected `;`, found keyword `let`\n --> celda 7:3:29\n  |\n3 |     let dz2 = a2 - y\n  |                     ^ help: add `;` here\n".to_owned(),
    });
    class[8].grades[2].points = 0.5;
    let problem = "no es un cuaderno completo: se corta antes del final".to_owned();
    class.push(Submission::unreadable(
        "Óscar".to_owned(),
        "clase/oscar.ipynb".to_owned(),
        problem,
    ));
    class
}

fn hostile() -> Vec<Submission> {
    let mut hostile = Vec::new();
    for name in [
        HOSTILE,
        "../../x",
        "..\\..\\x",
        "=cmd|' /C calc'!A0",
        "",
        "CON",
        "Ñandú Pérez",
        "ñandu perez",
        "/etc/passwd",
        "\u{202e}gpj.exe",
        "a\nb",
    ] {
        let mut submission = submission(name, &[]);
        submission.path = format!("=1+1/{HOSTILE}.ipynb");
        for grade in &mut submission.grades {
            grade.outcome = Outcome::DoesNotCompile;
            grade.points = 0.0;
            grade.message = HOSTILE.to_owned();
            grade.difference = Some(HOSTILE.to_owned());
            grade.hints = vec![Hint {
                id: HOSTILE,
                wrong: HOSTILE,
                question: HOSTILE,
                formula: HOSTILE,
            }];
            grade.note = Some(HOSTILE.to_owned());
            grade.code = Some(Code {
                cell: 1,
                source: format!("</code></pre></details>{HOSTILE}"),
            });
            grade.compile_error = Some(CompileError {
                place: HOSTILE.to_owned(),
                message: HOSTILE.to_owned(),
                rendered: HOSTILE.to_owned(),
            });
        }
        hostile.push(submission);
    }
    hostile.push(Submission::unreadable(
        HOSTILE.to_owned() + "2",
        HOSTILE.to_owned(),
        HOSTILE.to_owned(),
    ));
    hostile
}

fn written(name: &str, submissions: &[Submission], similar: &[Similar]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("reports")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    report::write(&folder, submissions, similar).unwrap();
    folder
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files, with their paths in the folder.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("entregas")] {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_file() {
                files.push((
                    entry.file_name().into_string().unwrap(),
                    text(&entry.path()),
                ));
            }
        }
    }
    files.sort();
    files
}

#[test]
fn the_class_page_tells_what_to_explain() {
    let class = class();
    let groups = [Similar {
        names: vec!["Estudiante 1".into(), "Estudiante 2".into()],
        exercises: vec!["fpropagation", "nn_model"],
    }];
    let folder = written("class", &class, &groups);
    let index = text(&folder.join("index.html"));
    let mean = hint("cost_function", "missing_mean").wrong;
    for expected in [
        "13 entregas, 1 sin calificar",
        "<a href=\"entregas/maria-jose-nunez.html\"><bdi>María José Núñez</bdi></a>",
        "<td>5: <bdi>Estudiante 1</bdi>, <bdi>Estudiante 2</bdi>",
        "se corta antes del final",
        "no un veredicto",
        ": fpropagation, nn_model",
    ] {
        assert!(index.contains(expected), "{expected} is not in index.html");
    }
    // The commonest first, and each as long as it is common.
    let pictures = svgs(&index);
    let [mistakes, exercises] = &pictures[..] else {
        panic!("{}", pictures.len())
    };
    let mistakes = roxmltree::Document::parse(mistakes).unwrap();
    let lengths: Vec<f64> = bars(&mistakes).iter().map(|(_, length)| *length).collect();
    assert_eq!(lengths, [300.0, 180.0, 60.0]);
    let words: Vec<&str> = mistakes
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    assert!(
        words
            .concat()
            .replace(' ', "")
            .starts_with(&format!("4 · {mean}").replace(' ', "")),
        "{words:?}"
    );
    assert!(description(&mistakes).contains(&format!("{mean}, 5 estudiantes")));
    // Hardest first; the parts of each bar are all the submissions that could be read.
    let exercises = roxmltree::Document::parse(exercises).unwrap();
    assert!(
        description(&exercises)
            .starts_with("cost_function: 7 correcto, 5 incorrecto, 0 no compila, 0 sin resolver")
    );
    let total: f64 = bars(&exercises).iter().map(|(_, length)| length).sum();
    assert_eq!(total, 600.0 * 8.0);
    assert_eq!(
        bars(&exercises)
            .iter()
            .filter(|(class, length)| class == "broken" && *length == 50.0)
            .count(),
        1
    );
}

fn svgs(html: &str) -> Vec<&str> {
    let starts = html.match_indices("<svg");
    starts
        .map(|(at, _)| &html[at..at + html[at..].find("</svg>").unwrap() + "</svg>".len()])
        .collect()
}

/// What a picture says to a screen reader.
fn description<'a>(picture: &'a roxmltree::Document) -> &'a str {
    let mut elements = picture.descendants();
    let described = elements.find(|node| node.has_tag_name("desc")).unwrap();
    described.text().unwrap()
}

/// The class and the length of each.
fn bars(svg: &roxmltree::Document) -> Vec<(String, f64)> {
    svg.descendants()
        .filter(|node| node.has_tag_name("rect"))
        .map(|node| {
            (
                node.attribute("class").unwrap().to_owned(),
                node.attribute("width").unwrap().parse().unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_student_s_page_has_their_code_and_what_leads_on() {
    let folder = written("pages", &class(), &[]);
    let page = text(&folder.join("entregas/estudiante-5.html"));
    for expected in [
        "<h1><bdi>Estudiante 5</bdi></h1>",
        "6 de 8 puntos",
        "Lo siguiente: el ejercicio 3, fpropagation.",
        "<summary>Para pensar</summary>",
        "con la suma de i = 1 a m y a = a<sup>[2]</sup>(i)",
        "El costo debería ser 0.65, y es 4.55.",
        "Calificado con la referencia en lugar de cost_function",
        "Tu código, en la celda 7",
        "let z2 = w2.dot(&amp;a1) + b2;",
    ] {
        assert!(page.contains(expected), "{expected} is not in the page");
    }
    assert!(!page.contains("clase/"), "a path of the teacher's");
    let page = text(&folder.join("entregas/maria-jose-nunez.html"));
    for expected in [
        "Celda 7, línea 3: ",
        "falta un punto y coma",
        "let dz2 = a2 - y",
        "no termina a tiempo",
    ] {
        assert!(page.contains(expected), "{expected} is not in the page");
    }
    let page = text(&folder.join("entregas/oscar.html"));
    assert!(page.contains("No se ha podido calificar «oscar.ipynb»."));
    assert!(page.contains("No es un cuaderno completo: se corta antes del final."));
}

#[test]
fn the_same_grades_write_the_same_files() {
    assert_eq!(
        files(&written("one", &class(), &[])),
        files(&written("two", &class(), &[]))
    );
}

#[test]
fn nothing_that_others_wrote_is_markup() {
    let hostile = hostile();
    let similar = [Similar {
        names: hostile.iter().map(|it| it.name.clone()).collect(),
        exercises: vec!["nn_model"],
    }];
    let folder = written("hostile", &hostile, &similar);
    let files = files(&folder);
    let pages: Vec<_> = files
        .iter()
        .filter(|(name, _)| name.ends_with(".html"))
        .collect();
    assert_eq!(pages.len(), hostile.len() + 1);
    for (name, page) in pages {
        for forbidden in ["<script", "<img"] {
            assert!(!page.contains(forbidden), "{name} has {forbidden}");
        }
        // Quotes end no attribute: of all attributes there are those of ours alone.
        for tag in page
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
        {
            let outside: String = tag.split('"').step_by(2).collect();
            assert!(!outside.contains("onerror"), "{name}: <{tag}>");
        }
        assert!(page.contains("default-src 'none'"));
        assert!(!page.contains('\u{1b}'), "{name}");
    }
    let names: HashSet<_> = files.iter().map(|(name, _)| name.to_lowercase()).collect();
    assert_eq!(names.len(), files.len());
    for (name, _) in &files {
        let stem = name.rsplit_once('.').unwrap().0;
        assert!(
            !stem.is_empty()
                && stem
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{name}"
        );
        assert_ne!(stem, "con");
    }
    assert!(names.contains("nandu-perez.html") && names.contains("nandu-perez-2.html"));
    let shown = report::shown(&hostile, &similar);
    assert!(!shown.contains('\u{1b}') && shown.contains("␛[31m"));
}

#[test]
fn the_spreadsheet_is_what_excel_in_spanish_opens() {
    let mut submissions = class();
    submissions.extend(hostile());
    submissions[0].name = "Núñez; \"Ana\"\nMaría".to_owned();
    submissions[1].name = "-1+2".to_owned();
    let folder = written("sheet", &submissions, &[]);
    // As in Spain and Argentina, and as in Mexico and Peru.
    for (file, separator, half, seven_and_a_half) in [
        ("grades.csv", ";", "0,5", "7,5"),
        ("grades-punto.csv", ",", "0.5", "7.5"),
    ] {
        let csv = text(&folder.join(file));
        let csv = csv.strip_prefix('\u{feff}').expect("the mark of UTF-8");
        let head = csv.lines().next().unwrap();
        assert!(head.starts_with(&format!("nombre{separator}layer_size{separator}")));
        assert!(head.ends_with(&format!("{separator}archivo")));
        assert!(csv.contains("\r\n"));
        let rows: Vec<csv::StringRecord> = csv::ReaderBuilder::new()
            .delimiter(separator.as_bytes()[0])
            .from_reader(csv.as_bytes())
            .records()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows.len(), submissions.len());
        assert_eq!(&rows[0][0], submissions[0].name);
        assert_eq!(&rows[1][0], "'-1+2");
        assert_eq!(
            (&rows[8][3], &rows[8][9], &rows[8][10]),
            (half, seven_and_a_half, "8")
        );
        assert_eq!(
            (&rows[12][1], &rows[12][9], &rows[12][11]),
            (
                "",
                "",
                "no es un cuaderno completo: se corta antes del final"
            )
        );
        for row in &rows {
            for (place, field) in row.iter().enumerate() {
                assert!(
                    !field.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{place}: {field}"
                );
            }
        }
    }
}

#[test]
fn the_json_is_what_the_design_says() {
    let folder = written(
        "json",
        &class(),
        &[Similar {
            names: vec!["a".into(), "b".into()],
            exercises: vec!["predict"],
        }],
    );
    let json: Value = serde_json::from_str(&text(&folder.join("grades.json"))).unwrap();
    let first = &json["submissions"][0];
    assert_eq!(
        (&first["name"], &first["points"], &first["max_points"]),
        (&"Estudiante 1".into(), &7.0.into(), &8.0.into())
    );
    let cost = &first["exercises"][3];
    assert_eq!(cost["exercise"], "cost_function");
    assert_eq!(cost["outcome"], "incorrect");
    assert_eq!(cost["misconception"], "missing_mean");
    assert!(cost["message"].as_str().unwrap().contains("1/m"));
    let last = &json["submissions"][12];
    assert_eq!(
        (&last["problem"], &last["exercises"]),
        (
            &"no es un cuaderno completo: se corta antes del final".into(),
            &Value::Array(Vec::new())
        )
    );
    assert_eq!(json["similar"][0]["names"][1], "b");
}

#[test]
fn the_terminal_has_a_line_a_submission_and_details_of_few() {
    let class = class();
    let shown = report::shown(&class, &[]);
    let line = |name: &str| {
        shown
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap()
            .to_owned()
    };
    assert_eq!(
        line("Estudiante 5 "),
        "Estudiante 5       ✔  ✔  ✘  ✘  ✔  ✔  ✔  ✔      6 / 8"
    );
    assert_eq!(
        line("María"),
        "María José Núñez   ✔  ✔  ✔  ✔  ⚠  ✘  ○  ○      4 / 8"
    );
    assert_eq!(
        line("Estudiante 9"),
        "Estudiante 9       ✔  ✔0,5  ✔  ✔  ✔  ✔  ✔    7,5 / 8"
    );
    assert!(line("Óscar").ends_with("se corta antes del final"));
    assert!(!shown.contains("Para pensar"));
    let shown = report::shown(&class[..1], &[]);
    assert!(shown.contains("Para pensar: ") && shown.contains("¿falta el factor 1/m?"));
}

const HONEST: [[&str; 2]; 2] = [
    [
        "fn bpropagation(parameters: &Parameters, cache: &Cache, x: &Array2<f64>, y: &Array2<f64>) -> Gradients {
            let m = y.ncols() as f64;
            let dz2 = &cache.a2 - y;
            let dw2 = dz2.dot(&cache.a1.t()) / m;
            let db2 = dz2.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
            let dz1 = parameters.w2.t().dot(&dz2) * (1.0 - cache.a1.mapv(|a| a * a));
            let dw1 = dz1.dot(&x.t()) / m;
            let db1 = dz1.sum_axis(Axis(1)).insert_axis(Axis(1)) / m;
            Gradients { dw1, db1, dw2, db2 }
        }",
        "fn nn_model(x: &Array2<f64>, y: &Array2<f64>, size: &LayerSize, num_iterations: usize, learning_rate: f64, rng: &mut RandomState) -> (Parameters, Vec<f64>) {
            let mut params = init_parameters(size, rng);
            let mut costs = Vec::with_capacity(num_iterations);
            for i in 0..num_iterations {
                let cache = fpropagation(x, &params);
                let cost = cost_function(&cache.a2, y);
                costs.push(cost);
                if i % 1000 == 0 { println!(\"{i}: {cost}\"); }
                let grads = bpropagation(&params, &cache, x, y);
                params = update_parameters(&params, &grads, learning_rate);
            }
            (params, costs)
        }",
    ],
    [
        "fn bpropagation(parameters: &Parameters, cache: &Cache, x: &Array2<f64>, y: &Array2<f64>) -> Gradients {
            let inv = 1.0 / x.ncols() as f64;
            let d2 = &cache.a2 - y;
            let d1 = parameters.w2.t().dot(&d2) * (1.0 - &cache.a1 * &cache.a1);
            Gradients {
                dw1: d1.dot(&x.t()) * inv,
                db1: d1.sum_axis(Axis(1)).insert_axis(Axis(1)) * inv,
                dw2: d2.dot(&cache.a1.t()) * inv,
                db2: d2.sum_axis(Axis(1)).insert_axis(Axis(1)) * inv,
            }
        }",
        "fn nn_model(x: &Array2<f64>, y: &Array2<f64>, size: &LayerSize, num_iterations: usize, learning_rate: f64, rng: &mut RandomState) -> (Parameters, Vec<f64>) {
            let mut parameters = init_parameters(size, rng);
            let costs = (0..num_iterations)
                .map(|_| {
                    let cache = fpropagation(x, &parameters);
                    let gradients = bpropagation(&parameters, &cache, x, y);
                    parameters = update_parameters(&parameters, &gradients, learning_rate);
                    cost_function(&cache.a2, y)
                })
                .collect();
            (parameters, costs)
        }",
    ],
];

/// Of the first honest solution: other names, other layout, comments.
const COPY: [&str; 2] = [
    "/// Retropropagación, ¡hecha por mí!
    fn bpropagation(p: &Parameters, memoria: &Cache, entrada: &Array2<f64>, salida: &Array2<f64>) -> Gradients {
        let cuantos = salida.ncols() as f64; // m
        let delta2 = &memoria.a2 - salida; let pesos2 = delta2.dot(&memoria.a1.t()) / cuantos;
        let sesgos2 = delta2.sum_axis(Axis(1),).insert_axis(Axis(1)) / cuantos;
        /* aquí la derivada */
        let delta1 = p.w2.t().dot(&delta2) * (1.0 - memoria.a1.mapv(|v| v * v));
        let pesos1 = delta1
            .dot(&entrada.t())
            / cuantos;
        let sesgos1 = delta1.sum_axis(Axis(1)).insert_axis(Axis(1)) / cuantos;
        Gradients { dw1: pesos1, db1: sesgos1, dw2: pesos2, db2: sesgos2, }
    }",
    "fn nn_model(a: &Array2<f64>, b: &Array2<f64>, c: &LayerSize, n: usize, lr: f64, azar: &mut RandomState) -> (Parameters, Vec<f64>) {
        let mut q = init_parameters(c, azar);
        let mut lista = Vec::with_capacity(n);
        for k in 0..n {
            let memoria = fpropagation(a, &q);
            let j = cost_function(&memoria.a2, b); lista.push(j);
            if k % 1000 == 0 { println!(\"{i}: {cost}\"); }
            let g = bpropagation(&q, &memoria, a, b);
            q = update_parameters(&q, &g, lr);
        }
        (q, lista)
    }",
];

fn with_code(name: &str, [bpropagation, nn_model]: [&str; 2]) -> Submission {
    let mut submission = submission(name, &[]);
    for grade in &mut submission.grades {
        let code = grade.code.as_mut().unwrap();
        match grade.exercise {
            "bpropagation" => code.source = bpropagation.to_owned(),
            "nn_model" => code.source = nn_model.to_owned(),
            _ => {}
        }
    }
    submission
}

fn told(submissions: &[Submission]) -> Vec<Similar> {
    similar(submissions, &similar::known(&project::root()))
}

#[test]
fn a_copy_with_other_names_and_layout_is_told() {
    let class = [
        with_code("ana", HONEST[0]),
        with_code("beto", HONEST[1]),
        with_code("copia", COPY),
    ];
    let expected = Similar {
        names: vec!["ana".into(), "copia".into()],
        exercises: vec!["bpropagation", "nn_model"],
    };
    assert_eq!(told(&class), [expected]);
    // Three are one group, not three pairs.
    let mut class = Vec::from(class);
    class.push(with_code("otra copia", HONEST[0]));
    let names = |similar: &[Similar]| {
        similar
            .iter()
            .map(|group| group.names.join(" "))
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&told(&class)), ["ana copia otra copia"]);
}

#[test]
fn honest_solutions_and_those_of_the_course_are_not_told() {
    // Each has the reference's other six exercises.
    assert_eq!(
        told(&[with_code("ana", HONEST[0]), with_code("beto", HONEST[1])]),
        []
    );
    // The reference and the stubs are no one's own.
    assert_eq!(told(&class()), []);
    // One exercise in common tells too little, and so does code that does not parse.
    assert_eq!(
        told(&[
            with_code("ana", HONEST[0]),
            with_code("beto", [HONEST[1][0], HONEST[0][1]])
        ]),
        []
    );
    let broken = ["fn bpropagation( {", "fn nn_model) {"];
    assert_eq!(
        told(&[with_code("ana", broken), with_code("beto", broken)]),
        []
    );
}

#[test]
fn a_thousand_submissions_take_a_moment() {
    let class: Vec<Submission> = (0..1000)
        .map(|i| {
            let own = HONEST[0].map(|code| {
                code.replacen("* a)", &format!("* a * {}.0)", i / 2), 1)
                    .replacen("1000", &format!("{}", i / 2), 1)
            });
            with_code(&format!("{i}"), [&own[0], &own[1]])
        })
        .collect();
    let known = similar::known(&project::root());
    let started = Instant::now();
    let groups = similar(&class, &known);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
    assert_eq!(groups.len(), 500);
    let started = Instant::now();
    written("thousand", &class, &groups);
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
