//! The folds of a cross-validation.

/// The fold of each example, as scikit-learn's `StratifiedKFold(cv)` gives it.
///
/// The examples ordered by class, the class of the first example before the other, are dealt to the
/// folds like cards. That sets how many of a class each fold has. Which ones: in order, the first
/// ones to the first fold.
pub fn stratified_folds(labels: &[bool], cv: usize) -> Vec<usize> {
    let first_class = labels[0];
    let of_first_class = labels.iter().filter(|&&l| l == first_class).count();
    let mut fold_of = vec![0; labels.len()];
    for (class, positions) in [
        (first_class, 0..of_first_class),
        (!first_class, of_first_class..labels.len()),
    ] {
        let mut folds: Vec<usize> = positions.map(|position| position % cv).collect();
        folds.sort_unstable();
        let examples = (0..labels.len()).filter(|&example| labels[example] == class);
        for (example, fold) in examples.zip(folds) {
            fold_of[example] = fold;
        }
    }
    fold_of
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::dataset::load_planar_dataset;

    fn indices(value: &Value) -> Vec<usize> {
        serde_json::from_value(value.clone()).unwrap()
    }

    /// The first and last example of each fold, and how many it has.
    #[test]
    fn folds_of_the_flower_are_scikit_learns() {
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/lr.json")).unwrap();
        let (_, y) = load_planar_dataset(1);
        let labels: Vec<bool> = y.iter().map(|&label| label == 1.0).collect();
        for cv in [3, 5] {
            let fold_of = stratified_folds(&labels, cv);
            let spans = golden[format!("folds_cv{cv}")].as_array().unwrap();
            assert_eq!(spans.len(), cv);
            for (fold, span) in spans.iter().enumerate() {
                let members: Vec<usize> = (0..400).filter(|&i| fold_of[i] == fold).collect();
                assert_eq!(members[0], span[0]);
                assert_eq!(members[members.len() - 1], span[1]);
                assert_eq!(members.len(), span[2]);
            }
        }
    }

    #[test]
    fn folds_of_mixed_and_unequal_classes_are_scikit_learns() {
        let golden: Value =
            serde_json::from_str(include_str!("../../tests/golden/sklearn.json")).unwrap();
        let cases = golden["folds"].as_array().unwrap();
        assert!(!cases.is_empty());
        for case in cases {
            let labels: Vec<bool> = indices(&case["labels"]).iter().map(|&l| l == 1).collect();
            let cv = case["cv"].as_u64().unwrap() as usize;
            assert_eq!(
                stratified_folds(&labels, cv),
                indices(&case["folds"]),
                "{case}"
            );
        }
    }
}
