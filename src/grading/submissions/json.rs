//! A notebook's JSON, taken apart without building it as a tree. Outputs of 50 MB are passed over,
//! deep nesting does no harm, and a value of a wrong type is no error.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The members of an object that have these names, as text. Of two with the same name the last
/// counts. What is no object has none.
pub fn members<'a, const N: usize>(
    json: &'a str,
    names: [&str; N],
) -> Result<[Option<&'a str>; N], serde_json::Error> {
    let mut found = [None; N];
    let visitor = Members {
        names: &names,
        found: &mut found,
    };
    read(json, visitor)?;
    Ok(found)
}

/// At most `limit` elements of an array, as text. What is no array has none.
pub fn elements(json: &str, limit: usize) -> Result<Vec<&str>, serde_json::Error> {
    let mut found = Vec::new();
    let visitor = Elements {
        limit,
        found: &mut found,
    };
    read(json, visitor)?;
    Ok(found)
}

fn read<'a>(json: &'a str, visitor: impl Visitor<'a, Value = ()>) -> Result<(), serde_json::Error> {
    // Only objects and arrays hold anything; serde_json need not recurse into other values.
    match json.trim_start().chars().next() {
        Some('{' | '[') => {
            let mut deserializer = serde_json::Deserializer::from_str(json);
            deserializer.deserialize_any(visitor)?;
            deserializer.end()
        }
        _ => serde_json::from_str::<IgnoredAny>(json).map(|_| ()),
    }
}

struct Members<'f, 'a> {
    names: &'f [&'f str],
    found: &'f mut [Option<&'a str>],
}

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(place) = map.next_key_seed(Place(self.names))? {
            let value: &RawValue = map.next_value()?;
            if let Some(place) = place {
                self.found[place] = Some(value.get());
            }
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'a>>(self, seq: S) -> Result<(), S::Error> {
        skip(seq)
    }
}

/// Which of the names a key is; keys are not kept.
struct Place<'f>(&'f [&'f str]);

impl<'a> DeserializeSeed<'a> for Place<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Place<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Option<usize>, E> {
        Ok(self.0.iter().position(|name| *name == key))
    }
}

struct Elements<'f, 'a> {
    limit: usize,
    found: &'f mut Vec<&'a str>,
}

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<S: SeqAccess<'a>>(self, mut seq: S) -> Result<(), S::Error> {
        while self.found.len() < self.limit {
            let Some(element) = seq.next_element::<&RawValue>()? else {
                return Ok(());
            };
            self.found.push(element.get());
        }
        skip(seq)
    }

    fn visit_map<M: MapAccess<'a>>(self, mut map: M) -> Result<(), M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

fn skip<'a, S: SeqAccess<'a>>(mut seq: S) -> Result<(), S::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}
