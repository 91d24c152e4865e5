//! Hostile archives.

use super::*;

#[test]
fn hostile_archives_are_refused_and_write_nothing() {
    let folder = Folder::new("hostile");
    let good = graded();
    let mut bomb = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    bomb.start_file("bomba.ipynb", options).unwrap();
    for _ in 0..300 {
        bomb.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    bomb.start_file("buena.ipynb", options).unwrap();
    bomb.write_all(&good).unwrap();
    let bomb = bomb.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20);
    // The same bomb, whose header says that it is small.
    let mut liar = bomb.clone();
    for at in positions(&bomb, &(300_u32 << 20).to_le_bytes()) {
        liar[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    // Bit 0 of the flags, in both headers.
    let mut encrypted = zip(&[("cifrado.ipynb", &good)]);
    for (signature, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let at = positions(&encrypted, signature)[0];
        encrypted[at + flags] |= 1;
    }
    let mut link = ZipWriter::new(Cursor::new(Vec::new()));
    link.add_symlink("enlace.ipynb", "/etc/passwd", options)
        .unwrap();
    let link = link.finish().unwrap().into_inner();
    // Two members of the same bytes.
    let mut overlapping = zip(&[("a.ipynb", &good), ("b.ipynb", &good)]);
    let second = positions(&overlapping, b"PK\x01\x02")[1];
    overlapping[second + 42..second + 46].copy_from_slice(&[0; 4]);
    let mut damaged = zip(&[("a.ipynb", &good)]);
    damaged[100] ^= 0xff;
    let nested = |times: usize| {
        (0..times).fold(zip(&[("x.ipynb", &good)]), |inner, _| {
            zip(&[("x.zip", &inner)])
        })
    };

    folder
        .file(
            "a.zip",
            zip(&[
                ("/tmp/ex03-absoluta.ipynb", &good),
                ("../../ex03-sale.ipynb", &good),
                ("..\\ex03-sale.ipynb", &good),
                ("C:/x.ipynb", &good),
            ]),
        )
        .file("b.zip", bomb)
        .file("c.zip", liar)
        .file("d.zip", encrypted)
        .file("e.zip", link)
        .file("f.zip", overlapping)
        .file("g.zip", damaged)
        .file("h.zip", b"")
        .file("i.zip", nested(1))
        .file("j.zip", nested(5));
    let before = files(&folder.0);
    let handed = folder.read();
    let found: Vec<(&str, String)> = handed
        .iter()
        .map(|handed| {
            let path = handed.path.rsplit_once("hostile/").unwrap().1;
            (
                path,
                handed.cells.as_ref().err().cloned().unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("a.zip/ex03-sale.ipynb", "«..»"),
        ("a.zip/ex03-sale.ipynb", "«..»"),
        ("a.zip/C:/x.ipynb", "absoluta"),
        ("a.zip/tmp/ex03-absoluta.ipynb", "absoluta"),
        ("b.zip/bomba.ipynb", "ocupa demasiado"),
        ("b.zip/buena.ipynb", ""),
        ("c.zip/bomba.ipynb", "está dañado en el zip"),
        ("c.zip/buena.ipynb", ""),
        ("d.zip/cifrado.ipynb", "cifrado"),
        ("e.zip/enlace.ipynb", "enlace"),
        ("f.zip", "bomba"),
        ("g.zip/a.ipynb", "está dañado en el zip"),
        ("h.zip", "no es un zip válido"),
        ("i.zip/x.zip/x.ipynb", ""),
        (
            "j.zip/x.zip/x.zip",
            "no es un cuaderno de Jupyter: es un archivo comprimido",
        ),
    ];
    for (path, reason) in expected {
        let problems: Vec<_> = found.iter().filter(|(at, _)| *at == path).collect();
        assert!(
            problems
                .iter()
                .any(|(_, problem)| problem.is_empty() == reason.is_empty()
                    && problem.contains(reason)),
            "{path}: {reason} is not in {found:#?}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    let unique: std::collections::HashSet<_> = names(&handed).into_iter().collect();
    assert_eq!(unique.len(), handed.len());
    assert_eq!(files(&folder.0), before);
    assert!(!Path::new("/tmp/ex03-absoluta.ipynb").exists());
}
