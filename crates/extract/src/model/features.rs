//! The features of one candidate.

/// How many places the table of what is there has.
const SEEN: usize = 1024;

/// What a light feature counts.
const LIGHT: f32 = 0.5;

/// Named features of one candidate. Names are hashed as they come, so that reading makes no
/// strings; for training they are kept.
#[derive(Debug, Default, Clone)]
pub struct Features {
    hashes: Vec<(u64, f32)>,
    /// Which hashes are there: a table of places in `hashes` by their last bits, counted
    /// from one.
    seen: Vec<u16>,
    names: Option<Vec<(String, f32)>>,
}

impl Features {
    /// Features that keep their names.
    pub fn named() -> Features {
        Features { names: Some(Vec::new()), ..Features::default() }
    }

    /// Forgets all features, to be filled for the next candidate.
    pub fn clear(&mut self) {
        self.hashes.clear();
        self.seen.fill(0);
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

    /// Whether a hash is not there yet; it is to be pushed then.
    fn is_new(&mut self, hash: u64) -> bool {
        self.seen.resize(SEEN, 0);
        let mut at = hash as usize % SEEN;
        // A table half full is found through quickly; beyond that what is there is read.
        if self.hashes.len() >= SEEN / 2 {
            return self.hashes.iter().all(|(other, _)| *other != hash);
        }
        while let Some(place) = usize::from(self.seen[at]).checked_sub(1) {
            if self.hashes[place].0 == hash {
                return false;
            }
            at = (at + 1) % SEEN;
        }
        self.seen[at] = self.hashes.len() as u16 + 1;
        true
    }

    fn put(&mut self, template: &'static str, parts: &[&str], value: f32) {
        let mut state = Fnv::new();
        state.write(template.as_bytes());
        state.write(b"=");
        parts.iter().for_each(|part| state.write(part.as_bytes()));
        if !self.is_new(state.0) {
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
