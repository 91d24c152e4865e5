//! Several figures as one, and titles.

use super::*;

#[test]
fn a_grid_shows_every_title_and_one_legend() {
    let (x, y) = flower();
    let figures =
        [1, 2, 3, 4, 5, 20, 50].map(|n_h| plot_db(class, &x, &y).titled(&format!("n_h = {n_h}")));
    let svg = plot_grid(&figures, 3).unwrap().svg();
    let texts = texts(&Document::parse(&svg).unwrap());
    for n_h in [1, 2, 3, 4, 5, 20, 50] {
        assert!(texts.contains(&format!("n_h = {n_h}")));
    }
    assert_eq!(
        texts
            .iter()
            .filter(|text| *text == "mal clasificado")
            .count(),
        1
    );
    assert_eq!(texts.iter().filter(|text| *text == "x₁").count(), 7);

    refused(plot_grid(&[], 3), "ninguna figura");
    refused(plot_grid(&figures, 0), "entre 1 y 8 columnas, y pides 0");
    refused(plot_grid(&figures, 9), "entre 1 y 8 columnas, y pides 9");
    refused(
        plot_grid(&[plot_cost(&[1.0]), plot_cost(&[])], 2),
        "no hay ningún costo",
    );
}

#[test]
fn a_result_is_titled_as_its_figure_is() {
    let titled = plot_cost(&costs())
        .titled("Costo")
        .captioned("mira")
        .unwrap();
    assert_eq!(
        titled,
        plot_cost(&costs())
            .unwrap()
            .titled("Costo")
            .captioned("mira")
    );
    assert!(
        titled.to_string().starts_with("Costo. El costo J")
            && titled.to_string().ends_with("\nmira")
    );
    refused(plot_cost(&[]).titled("Costo"), "no hay ningún costo");
}

#[test]
fn a_grid_says_once_what_its_figures_share() {
    let (x, y) = load_planar_dataset(1);
    let half = plot_db(|x| Array2::from_elem((1, x.ncols()), 0.25), &x, &y).titled("La primera");
    let other = plot_db(trained_planar_network, &x, &y).titled("La segunda");
    let said = plot_grid(&[half, other], 2).unwrap().to_string();
    assert_eq!(said.matches("Ejemplos en el plano").count(), 1, "{said}");
    assert!(
        said.contains("La primera.") && said.contains("La segunda."),
        "{said}"
    );
    assert_eq!(said.matches("Mal clasificados").count(), 2, "{said}");
}

#[test]
fn a_legend_in_a_row_of_its_own_is_seen_whole() {
    let (x, y) = flower();
    let boundary = plot_db(probability, &x, &y);
    let svg = plot_grid(&[boundary.clone(), boundary], 2).unwrap().svg();
    let document = Document::parse(&svg).unwrap();
    let height: f64 = document
        .root_element()
        .attribute("height")
        .unwrap()
        .parse()
        .unwrap();
    let label = elements(&document, "text")
        .filter(|it| it.text() == Some("0.5"))
        .last()
        .unwrap();
    let moved_down = |node: Node| -> f64 {
        let transform = node.attribute("transform").unwrap_or("translate(0 0)");
        let (_, down) = transform.trim_end_matches(')').rsplit_once(' ').unwrap();
        down.parse().unwrap()
    };
    let above: f64 = label
        .ancestors()
        .filter(|it| it.is_element())
        .map(moved_down)
        .sum();
    let bottom = above + label.attribute("y").unwrap().parse::<f64>().unwrap() + 4.0;
    assert!(bottom < height, "{bottom} of {height}");
}
