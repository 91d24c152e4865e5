//! Types as a student knows them, and the names that stand in rustc's messages.

/// What stands between backquotes.
pub fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// `Array2<f64>` for `ArrayBase<OwnedRepr<f64>, Dim<[usize; 2]>>`, wherever it stands in a type.
pub fn short(name: &str) -> String {
    const ARRAY: &str = "ArrayBase<";
    let name = name.replace("ndarray::", "").replace("ex03_utils::", "");
    let Some((before, rest)) = name.split_once(ARRAY) else {
        return name;
    };
    let Some(end) = closing(rest) else {
        return name;
    };
    let inside = arguments(&rest[..end]);
    let array = array(&inside).unwrap_or_else(|| format!("{ARRAY}{}>", &rest[..end]));
    format!("{before}{array}{}", short(&rest[end + 1..]))
}

/// The array of a storage and a dimension.
fn array(arguments: &[&str]) -> Option<String> {
    const STORAGES: [(&str, &str); 4] = [
        ("OwnedRepr<", "Array"),
        ("ViewRepr<&mut ", "ArrayViewMut"),
        ("ViewRepr<&'a ", "ArrayView"),
        ("ViewRepr<&", "ArrayView"),
    ];
    let storage = *arguments.first()?;
    // What it holds is not known yet, or does not matter.
    if storage == "_" || storage == "S" {
        return Some("Array".to_owned());
    }
    let (kind, element) = STORAGES.iter().find_map(|(start, kind)| {
        let element = storage.strip_prefix(start)?.strip_suffix('>')?;
        Some((kind, short(element)))
    })?;
    let dimensions = arguments.get(1).and_then(|it| {
        let number = it.strip_prefix("Dim<[usize; ")?.strip_suffix("]>")?;
        number.parse::<usize>().ok()
    });
    Some(match dimensions {
        Some(dimensions) => format!("{kind}{dimensions}<{element}>"),
        None => format!("{kind}<{element}>"),
    })
}

/// Where what was opened before `text` closes.
fn closing(text: &str) -> Option<usize> {
    let mut open = 1;
    text.char_indices().find_map(|(at, c)| {
        open += match c {
            '<' => 1,
            '>' => -1,
            _ => 0,
        };
        (open == 0).then_some(at)
    })
}

/// What the commas outside of all brackets separate.
fn arguments(text: &str) -> Vec<&str> {
    let mut open = 0;
    text.split(|c| {
        open += match c {
            '<' | '[' | '(' => 1,
            '>' | ']' | ')' => -1,
            _ => 0,
        };
        c == ',' && open == 0
    })
    .map(str::trim)
    .collect()
}

/// A type in a sentence, or what rustc calls one.
pub fn named(rust: &str) -> String {
    let rust = rust.replace("reference ", "");
    match rust.as_str() {
        "integer" | "{integer}" | "`{integer}`" => "un número entero".to_owned(),
        "floating-point number" | "{float}" | "`{float}`" => "un número con decimales".to_owned(),
        other => match quoted(other)[..] {
            [name, ..] => format!("`{}`", short(name)),
            _ if other.contains(' ') => other.to_owned(),
            _ => format!("`{}`", short(other)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_have_the_names_that_the_notebooks_use() {
        for (rust, expected) in [
            ("ArrayBase<OwnedRepr<f64>, Dim<[usize; 2]>>", "Array2<f64>"),
            (
                "ndarray::ArrayBase<ndarray::OwnedRepr<f64>, ndarray::Dim<[usize; 1]>, f64>",
                "Array1<f64>",
            ),
            (
                "&ArrayBase<ViewRepr<&f64>, Dim<[usize; 2]>>",
                "&ArrayView2<f64>",
            ),
            ("ArrayBase<OwnedRepr<{integer}>, ...>", "Array<{integer}>"),
            (
                "(ArrayBase<OwnedRepr<f64>, Dim<[usize; 2]>>, Vec<ArrayBase<OwnedRepr<f64>, Dim<[usize; 1]>>>)",
                "(Array2<f64>, Vec<Array1<f64>>)",
            ),
            ("&ArrayBase<_, _>", "&Array"),
            ("ex03_utils::Parameters", "Parameters"),
            ("ArrayBase<S, D>", "Array"),
            ("ArrayBase<", "ArrayBase<"),
        ] {
            assert_eq!(short(rust), expected);
        }
    }
}
