//! Mistakes that no table foresees are told by what differs.

use ex03_utils::check;
use ex03_utils::*;

use super::*;

#[test]
fn a_wrong_shape_comes_first() {
    let report = check::bpropagation(|p, c, x, y| {
        let mut g = backward(p, c, x, y);
        g.dw2 *= 3.0;
        g.db1 = Array2::zeros((1, 1));
        g
    });
    assert_eq!(
        report.message(),
        "db1 debería tener forma (n_h, 1) = (5, 1), y tiene (1, 1)."
    );
    let report = check::fpropagation(|x, p| {
        let cache = forward(x, p);
        Cache {
            z1: cache.z1.t().to_owned(),
            ..cache
        }
    });
    assert!(report.difference().contains("transpuesta"), "{report}");
}

#[test]
fn what_is_right_and_what_is_not_is_told() {
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: &g.dw1 + 0.1,
            ..g
        }
    });
    assert!(
        report
            .message()
            .starts_with("dW2, db2 y db1 están bien; dW1 no."),
        "{report}"
    );
    assert!(
        report
            .to_string()
            .contains("diferencias centrales: al mover W1"),
        "{report}"
    );
    assert!(report.to_string().contains("esperado (5×3)"), "{report}");
    let report = check::bpropagation(|p, c, x, y| {
        let g = backward(p, c, x, y);
        Gradients {
            dw1: g.dw1 * 7.5,
            db2: -g.db2,
            ..g
        }
    });
    assert!(
        report.message().contains("db2 tiene el signo contrario"),
        "{report}"
    );
    assert!(
        report
            .message()
            .contains("dW1 es siempre 7.5 veces lo esperado"),
        "{report}"
    );
    let report = check::cost_function(|a2, y| cost(a2, y) + 1.0);
    assert!(
        report.message().starts_with("El costo debería ser "),
        "{report}"
    );
    let report = check::layer_size(|x, y| LayerSize {
        n_x: 17,
        ..sizes(x, y)
    });
    assert_eq!(
        report.message(),
        "n_x debería ser 3, y es 17. n_h y n_y están bien."
    );
}

#[test]
fn a_constant_that_fits_one_case_is_wrong() {
    let report = check::cost_function(|a2, y| if y.ncols() == 9 { cost(a2, y) } else { 0.5 });
    assert_eq!(report.points(), 0.0);
    assert!(
        report.to_string().contains("Falla en 4 de 5 casos"),
        "{report}"
    );
}

#[test]
fn nan_and_infinity_are_explained() {
    let report = check::cost_function(|a2, y| -(y.mapv(f64::ln) * a2).sum() / y.ncols() as f64);
    assert!(
        report.to_string().contains("El logaritmo de 0 es −∞"),
        "{report}"
    );
    assert!(report.to_string().contains("contiene ∞"), "{report}");
    let report = check::fpropagation(|x, p| {
        let cache = forward(x, p);
        Cache {
            a1: cache.a1.mapv(|_| f64::NAN),
            ..cache
        }
    });
    assert!(report.to_string().contains("A1 contiene NaN"), "{report}");
}

#[test]
fn a_model_of_wrong_parts_says_where_it_parts() {
    let wrong_step = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        let mut costs = Vec::new();
        for _ in 0..iterations {
            let cache = forward(x, &p);
            costs.push(cost(&cache.a2, y));
            let mut g = backward(&p, &cache, x, y);
            g.db2 *= 0.3;
            p = update(&p, &g, rate);
        }
        (p, costs)
    });
    assert!(
        wrong_step.to_string().contains("El primer costo está bien"),
        "{wrong_step}"
    );
    let too_large = check::nn_model(|x, y, size, iterations, rate, rng| {
        let mut p = init(size, rng);
        p.w1.mapv_inplace(|w| 13.0 * w + 0.3);
        train(x, y, p, iterations, rate)
    });
    assert!(
        too_large.message().starts_with("El bucle está bien"),
        "{too_large}"
    );
    let short = check::nn_model(|x, y, size, iterations, rate, rng| {
        train(x, y, init(size, rng), iterations.min(2), rate)
    });
    assert!(
        short
            .message()
            .contains("Los costos deberían ser 4, y son 2"),
        "{short}"
    );
}

#[test]
fn a_value_that_is_no_class_is_told() {
    let report = check::predict(|p, x| {
        let a1 = tanh(&(p.w1.dot(x) + &p.b1));
        sigmoid(&(p.w2.dot(&a1) + &p.b2)).mapv(|a| (10.0 * a).round() / 10.0)
    });
    let text = report.to_string();
    assert!(text.contains("una clase solo puede ser 0 o 1"), "{text}");
}

#[test]
fn weights_left_at_zero_are_counted() {
    let report = check::init_parameters(|size, rng| {
        let mut w1 = Array2::random_using((size.n_h, size.n_x), Randn::new(), rng) * 0.01;
        w1.row_mut(0).fill(0.0);
        Parameters {
            w1,
            b1: Array2::zeros((size.n_h, 1)),
            w2: Array2::random_using((size.n_y, size.n_h), Randn::new(), rng) * 0.01,
            b2: Array2::zeros((size.n_y, 1)),
        }
    });
    let text = report.to_string();
    let told = "Los pesos que valen exactamente 0 deberían ser 0, y son ";
    assert!(text.contains(told), "{text}");
}
