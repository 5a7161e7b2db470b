//! Addresses that name one page.
//!
//! In: an address as a document writes it. Out: the form in which two addresses of one page
//! are equal. Refuses to know: the network, redirections.

/// What is left of an address when scheme, `www.` and `m.`, trailing slash, place in the
/// page and marks of who sent the reader are gone: `rbc.ru/politics/20/05/2021/60a4`.
/// None where it names no page of its own, only a host.
pub fn normal_address(url: &str) -> Option<String> {
    let url = match url.rfind("/http").filter(|_| url.contains("web.archive.org/web/")) {
        Some(at) => &url[at + 1..],
        None => url,
    };
    let (_, rest) = url.trim().split_once("://")?;
    let rest = rest.split('#').next().unwrap_or_default();
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = path.split_once('/')?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").or(host.strip_prefix("m.")).unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_trace(pair)).collect();
    if !host.contains('.') || (path.is_empty() && kept.is_empty()) {
        return None;
    }
    let mut address = format!("{host}/{path}");
    if !kept.is_empty() {
        address.push('?');
        address.push_str(&kept.join("&"));
    }
    Some(address)
}

/// Whether a part of a query only tells who sent the reader.
fn is_trace(pair: &str) -> bool {
    let key = pair.split('=').next().unwrap_or_default();
    key.is_empty()
        || key.starts_with("utm_")
        || matches!(key, "from" | "ref" | "fbclid" | "gclid" | "share" | "source")
}

#[cfg(test)]
mod tests {
    use super::normal_address;

    #[test]
    fn one_page_has_one_address() {
        let page = normal_address("https://www.example.org/a/1").expect("it has a path");
        for other in [
            "http://example.org/a/1/",
            "https://m.example.org/a/1#top",
            "https://EXAMPLE.org/a/1?utm_source=x&fbclid=y",
            "https://web.archive.org/web/20210520/https://example.org/a/1",
        ] {
            assert_eq!(normal_address(other).as_deref(), Some(&*page), "{other}");
        }
        assert_ne!(
            normal_address("https://example.org/v?id=1"),
            normal_address("https://example.org/v?id=2")
        );
    }

    #[test]
    fn a_host_alone_is_no_page() {
        for host in ["https://example.org", "https://example.org/", "example", ""] {
            assert_eq!(normal_address(host), None, "{host}");
        }
    }
}
