use ex03_utils::*;
use std::f64::consts::PI;

/// numpy's code for the flower, near enough: two classes on the petals of r = 4 sin 4θ.
fn flower() -> (Array2<f64>, Array2<f64>) {
    let mut rng = RandomState::new(1);
    let mut x = Array2::zeros((2, 400));
    let mut y = Array2::zeros((1, 400));
    for i in 0..400 {
        let (class, step) = (i / 200, (i % 200) as f64 / 199.0);
        let angle = 3.12 * (class as f64 + step) + 0.2 * rng.standard_normal();
        let radius = 4.0 * (4.0 * angle).sin() + 0.2 * rng.standard_normal();
        x[[0, i]] = radius * angle.sin();
        x[[1, i]] = radius * angle.cos();
        y[[0, i]] = class as f64;
    }
    (x, y)
}

/// Smooth: like a trained network of four units.
fn petals(x: &Array2<f64>) -> Array2<f64> {
    let row = Zip::from(x.row(0)).and(x.row(1)).map_collect(|x1, x2| {
        let radius = x1.hypot(*x2);
        let s = (2.0 * x2.atan2(*x1) + 0.3).sin() * radius;
        1.0 / (1.0 + (-3.0 * s + 0.4).exp())
    });
    row.insert_axis(Axis(0))
}

fn classes(x: &Array2<f64>) -> Array2<f64> {
    petals(x).mapv(|p| f64::from(u8::from(p > 0.5)))
}

#[test]
fn look() {
    let (x, y) = flower();
    let _ = PI;
    let save = |name: &str, figure: Figure| {
        let html = figure.html();
        println!("{name}: {} bytes\n{figure}", html.len());
        std::fs::write(format!("/tmp/boot/plot/{name}.svg"), figure.svg()).unwrap();
        std::fs::write(format!("/tmp/boot/plot/{name}.html"), html).unwrap();
    };
    save("dataset", plot_dataset(&x, &y).unwrap().titled("Flor"));
    save(
        "circ",
        plot_db(
            |x: &Array2<f64>| {
                let r: Array1<f64> = x.mapv(|v| v * v).sum_axis(Axis(0));
                r.mapv(|r| f64::from(u8::from((r.sqrt() * 3.0).sin() > 0.0)))
                    .insert_axis(Axis(0))
            },
            &x,
            &y,
        )
        .unwrap(),
    );
    save(
        "cost",
        plot_cost(
            &(0..10000)
                .map(|i| 0.2175 + 0.47 * (-(i as f64) / 700.0).exp())
                .collect::<Vec<_>>(),
        )
        .unwrap(),
    );
    save(
        "cost2",
        plot_cost(
            &(0..100)
                .map(|i| 0.69 * (-(i as f64) / 5.0).exp())
                .collect::<Vec<_>>(),
        )
        .unwrap(),
    );
    save(
        "relu",
        plot_activation("ReLU", relu, relu_derivative).unwrap(),
    );
    save(
        "elu",
        plot_activation("ELU (α = 2)", |z| elu(z, 2.0), |z| elu_derivative(z, 2.0)).unwrap(),
    );
    save(
        "all",
        plot_activations(&[
            ("sigmoide", &sigmoid),
            ("tanh", &tanh),
            ("ReLU", &relu),
            ("Leaky ReLU", &leaky_relu),
            ("ELU", &|z| elu(z, 1.0)),
        ])
        .unwrap(),
    );
    save(
        "net",
        plot_network(&LayerSize {
            n_x: 2,
            n_h: 4,
            n_y: 1,
        })
        .unwrap(),
    );
    save(
        "net2",
        plot_network(&LayerSize {
            n_x: 7,
            n_h: 50,
            n_y: 3,
        })
        .unwrap(),
    );
    save(
        "netw",
        plot_network_weights(&Parameters {
            w1: array![[-9.0, 3.0], [8.0, 7.0], [0.1, -2.0], [5.0, 4.0]],
            b1: array![[0.1], [-3.0], [2.0], [0.0]],
            w2: array![[1.0, -5.0, 10.2, -9.0]],
            b2: array![[-0.4]],
        })
        .unwrap(),
    );
    save(
        "grid",
        plot_grid(
            [1, 2, 3, 4, 5, 20, 50]
                .map(|n| {
                    plot_db(
                        |x: &Array2<f64>| petals(&x.mapv(|v| v + f64::from(n) / 50.0)),
                        &x,
                        &y,
                    )
                    .unwrap()
                    .titled(&format!("n_h = {n} · 91.25 %"))
                })
                .to_vec(),
            3,
        )
        .unwrap(),
    );
    save("prob", plot_db(petals, &x, &y).unwrap());
    save(
        "class",
        plot_db(classes, &x, &y)
            .unwrap()
            .titled("Regresión logística <3 & más"),
    );
}
