//! Slabs put on pages.
//!
//! In: slabs. Out: pages, each slab with its place. Refuses to know: what is drawn.

use super::parts::Slab;

/// How high the text of a page is.
pub const HEIGHT: f32 = 694.0;

/// A page: its slabs, each with its place from the top of the text.
pub type Page = Vec<(f32, Slab)>;

/// Puts slabs on pages; those that stay together are on one page if they fit on one, and
/// the head of a table stands again where the table goes on.
pub fn pages(slabs: Vec<Slab>, heads: &[Vec<Slab>]) -> Vec<Page> {
    let mut pages: Vec<Page> = vec![Vec::new()];
    let mut y = 0.0;
    let mut chains = chains(slabs);
    for chain in &mut chains {
        let needed: f32 = chain.iter().map(|slab| slab.before + slab.height).sum();
        let is_top = pages.last().is_some_and(Vec::is_empty);
        let fits_a_page = needed <= HEIGHT;
        if !is_top && y + needed > HEIGHT && fits_a_page {
            y = turn(&mut pages, chain.first(), heads);
        }
        for slab in chain.drain(..) {
            let is_top = pages.last().is_some_and(Vec::is_empty);
            let before = if is_top { 0.0 } else { slab.before };
            if !is_top && y + before + slab.height > HEIGHT {
                y = turn(&mut pages, Some(&slab), heads);
            } else {
                y += before;
            }
            let height = slab.height;
            if let Some(page) = pages.last_mut() {
                page.push((y, slab));
            }
            y += height;
        }
    }
    pages
}

/// Begins a page, with the head of the table that goes on; how far down it is filled.
fn turn(pages: &mut Vec<Page>, next: Option<&Slab>, heads: &[Vec<Slab>]) -> f32 {
    let head = next.and_then(|slab| heads.get(slab.head?));
    let mut page = Vec::new();
    let mut y = 0.0;
    for slab in head.into_iter().flatten() {
        page.push((y, slab.clone()));
        y += slab.height;
    }
    pages.push(page);
    y
}

/// Slabs in groups that stay together.
fn chains(slabs: Vec<Slab>) -> Vec<Vec<Slab>> {
    let mut chains: Vec<Vec<Slab>> = Vec::new();
    let mut is_open = false;
    for slab in slabs {
        let keeps = slab.keeps;
        match chains.last_mut() {
            Some(chain) if is_open => chain.push(slab),
            _ => chains.push(vec![slab]),
        }
        is_open = keeps;
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slab(height: f32, keeps: bool) -> Slab {
        Slab { height, keeps, before: 10.0, ..Slab::default() }
    }

    /// How many slabs lie on each page.
    fn counts(slabs: Vec<Slab>) -> Vec<usize> {
        pages(slabs, &[]).iter().map(Vec::len).collect()
    }

    #[test]
    fn heading_goes_to_the_page_of_what_follows() {
        let slabs = vec![slab(650.0, false), slab(20.0, true), slab(20.0, false)];
        assert_eq!(counts(slabs), [1, 2]);
    }

    #[test]
    fn what_fits_no_page_is_cut_between_slabs() {
        let many: Vec<Slab> = (0..40).map(|_| slab(30.0, true)).collect();
        let counts = counts(many);
        assert_eq!(counts.iter().sum::<usize>(), 40);
        assert!(counts.len() == 3 && counts[0] > 15, "{counts:?}");
    }

    #[test]
    fn head_stands_again_where_a_table_goes_on() {
        let head = vec![slab(12.0, true)];
        let rows = (0..60).map(|_| Slab { head: Some(0), ..slab(20.0, false) });
        let pages = pages(rows.collect(), &[head]);
        assert!(pages.len() > 2);
        for page in &pages[1..] {
            assert_eq!((page[0].1.height, page[0].0), (12.0, 0.0));
            assert!(page[1].0 >= 12.0);
        }
    }
}
