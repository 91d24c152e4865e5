//! The crates of which rust-analyzer reads the sources. It asks cargo which there are, and gets an
//! answer from which those are left out that the library uses inside.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

/// The library, and of what it is built of, the crates whose types a cell can meet: it exports them, or
/// their types stand in the signatures of those.
const SHOWN: [&str; 13] = [
    "approx",
    "ex03_utils",
    "linfa",
    "linfa-logistic",
    "ndarray",
    "ndarray-rand",
    "num-complex",
    "num-traits",
    "plotters",
    "plotters-backend",
    "rand",
    "rand_core",
    "rand_distr",
];

/// What `cargo metadata` tells, without the crates that are used inside the library alone. A crate that
/// a student's own `:dep` brings stays, with all that it is built of. What is not cargo's answer comes
/// back as it is.
pub fn shown(metadata: &[u8]) -> Vec<u8> {
    let Ok(mut answer) = serde_json::from_slice::<Value>(metadata) else {
        return metadata.to_owned();
    };
    cut_off_inner_crates(&mut answer);
    let reached = reached(&answer);
    for place in ["/packages", "/resolve/nodes"] {
        if let Some(Value::Array(list)) = answer.pointer_mut(place) {
            list.retain(|it| it["id"].as_str().is_some_and(|id| reached.contains(id)));
        }
    }
    answer.to_string().into_bytes()
}

/// From a crate that is [`SHOWN`], no edge leads to one that is not.
fn cut_off_inner_crates(answer: &mut Value) {
    let packages = answer["packages"].as_array().into_iter().flatten();
    let shown: HashSet<String> = packages
        .filter(|it| {
            it["name"]
                .as_str()
                .is_some_and(|name| SHOWN.contains(&name))
        })
        .filter_map(|it| Some(it["id"].as_str()?.to_owned()))
        .collect();
    let is_shown = |id: &Value| id.as_str().is_some_and(|id| shown.contains(id));
    let nodes = answer.pointer_mut("/resolve/nodes");
    for node in nodes.and_then(Value::as_array_mut).into_iter().flatten() {
        if !is_shown(&node["id"]) {
            continue;
        }
        if let Some(ids) = node["dependencies"].as_array_mut() {
            ids.retain(is_shown);
        }
        if let Some(edges) = node["deps"].as_array_mut() {
            edges.retain(|edge| is_shown(&edge["pkg"]));
        }
    }
}

/// The program's own crate, and all that it is built of.
fn reached(answer: &Value) -> HashSet<String> {
    let nodes = answer["resolve"]["nodes"].as_array().into_iter().flatten();
    let edges: HashMap<&str, &Value> = nodes
        .filter_map(|node| Some((node["id"].as_str()?, &node["dependencies"])))
        .collect();
    let ids = |list: &Value| -> Vec<String> {
        let list = list.as_array().into_iter().flatten();
        list.filter_map(|id| Some(id.as_str()?.to_owned()))
            .collect()
    };
    let mut waiting = ids(&answer["workspace_members"]);
    let mut found = HashSet::new();
    while let Some(id) = waiting.pop() {
        if !found.contains(&id) {
            waiting.extend(edges.get(id.as_str()).map_or(Vec::new(), |uses| ids(uses)));
            found.insert(id);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// `ctx` uses the library and `own`; `own` uses `syn`, and so does the library's inside.
    fn metadata() -> Value {
        let crates = [
            ("ctx", vec!["ex03_utils", "own"]),
            ("ex03_utils", vec!["ndarray", "base64", "syn"]),
            ("ndarray", vec!["rawpointer"]),
            ("own", vec!["syn"]),
            ("base64", vec![]),
            ("rawpointer", vec![]),
            ("syn", vec!["unicode-ident"]),
            ("unicode-ident", vec![]),
        ];
        let node = |(id, uses): &(&str, Vec<&str>)| {
            let deps: Vec<Value> = uses.iter().map(|it| json!({"pkg": it})).collect();
            json!({"id": id, "dependencies": uses, "deps": deps})
        };
        json!({
            "packages": crates.iter().map(|(id, _)| json!({"id": id, "name": id})).collect::<Vec<_>>(),
            "resolve": {"nodes": crates.iter().map(node).collect::<Vec<_>>()},
            "workspace_members": ["ctx"],
        })
    }

    #[test]
    fn what_a_student_brings_stays_whole() {
        let told = shown(metadata().to_string().as_bytes());
        let told: Value = serde_json::from_slice(&told).unwrap();
        let ids = |list: &Value| -> Vec<String> {
            let list = list.as_array().unwrap().iter();
            list.map(|it| it["id"].as_str().unwrap().to_owned())
                .collect()
        };
        let left = [
            "ctx",
            "ex03_utils",
            "ndarray",
            "own",
            "syn",
            "unicode-ident",
        ];
        assert_eq!(ids(&told["packages"]), left);
        assert_eq!(ids(&told["resolve"]["nodes"]), left);
    }

    #[test]
    fn another_answer_is_handed_on() {
        assert_eq!(shown(b"error: no network"), b"error: no network");
        let without = json!({"packages": [], "workspace_members": []}).to_string();
        assert_eq!(shown(without.as_bytes()), without.as_bytes());
    }
}
