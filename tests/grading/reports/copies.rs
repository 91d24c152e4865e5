//! Copies are told, and honest solutions are not.

use std::time::Instant;

use ex03_grading::similar::{self, similar};

use super::*;

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
