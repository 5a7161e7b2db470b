//! The features of one candidate.

/// What a light feature counts.
const LIGHT: f32 = 0.5;

/// Named features of one candidate. Names are hashed as they come, so that reading makes no
/// strings; for training they are kept.
#[derive(Debug, Default, Clone)]
pub struct Features {
    hashes: Vec<(u64, f32)>,
    names: Option<Vec<(String, f32)>>,
}

impl Features {
    /// Features that keep their names.
    pub fn named() -> Features {
        Features { hashes: Vec::new(), names: Some(Vec::new()) }
    }

    /// Forgets all features, to be filled for the next candidate.
    pub fn clear(&mut self) {
        self.hashes.clear();
        if let Some(names) = &mut self.names {
            names.clear();
        }
    }

    /// Adds the feature `template=value`.
    pub fn add(&mut self, template: &'static str, value: &str) {
        self.add_parts(template, &[value]);
    }

    /// Adds a feature that counts half: one of many of its kind, none of which may
    /// weigh much.
    pub fn add_light(&mut self, template: &'static str, value: &str) {
        self.put(template, &[value], LIGHT);
    }

    /// Adds the feature `template=ab…`, its value in parts.
    pub fn add_parts(&mut self, template: &'static str, parts: &[&str]) {
        self.put(template, parts, 1.0);
    }

    fn put(&mut self, template: &'static str, parts: &[&str], value: f32) {
        let mut state = Fnv::new();
        state.write(template.as_bytes());
        state.write(b"=");
        parts.iter().for_each(|part| state.write(part.as_bytes()));
        if self.hashes.iter().any(|(hash, _)| *hash == state.0) {
            return;
        }
        self.hashes.push((state.0, value));
        if let Some(names) = &mut self.names {
            names.push((format!("{template}={}", parts.concat()), value));
        }
    }

    /// Hash and value of every feature.
    pub fn iter(&self) -> impl Iterator<Item = (u64, f32)> + '_ {
        self.hashes.iter().copied()
    }

    /// Names and values, where names are kept.
    pub fn names(&self) -> Vec<(String, f32)> {
        self.names.clone().unwrap_or_default()
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo): the same on every machine.
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// The hash of a feature's whole name.
pub fn hash(name: &[u8]) -> u64 {
    let mut state = Fnv::new();
    state.write(name);
    state.0
}

/// Hashes of features are hashes already.
#[derive(Default)]
pub struct IdentityHasher(u64);

impl std::hash::Hasher for IdentityHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
