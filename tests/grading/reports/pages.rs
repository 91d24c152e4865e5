//! The page of the class and those of its students.

use std::collections::HashSet;

use super::*;

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
