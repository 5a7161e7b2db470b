//! A reading in the form that annotators write it in, with offsets and rules beside.
//!
//! In: a [`Reading`]. Out: JSON whose keys an annotation has too, so that a reading can be
//! scored against one as it stands. Refuses to know: where the reading came from.

use record::{ActorType, Reading, Span, Timex};
use serde_json::{Value, json};

/// The reading as one JSON object.
pub fn gold_form(doc: &str, reading: &Reading) -> Value {
    let article = &reading.article;
    let source = &article.source;
    let name = |id| reading.entity(id).name.as_str();
    let place = |span: Span| {
        let document = article.in_document(span);
        json!([document.start, document.end])
    };
    json!({
        "doc": doc,
        "source": {
            "outlet": source.outlet,
            "published": article.published_on.as_ref().map(|p| p.value.as_str()),
            "published_from": article.published_on.as_ref().map(|p| p.from.as_str()),
            "published_inferred": article.published_on.as_ref().map(|p| p.inferred),
            "author": source.author,
            "translator": source.translator,
            "origin": source.origin,
            "cites": source.cites,
        },
        "title": article.title,
        "language": article.language,
        "form": article.form,
        "charset": article.charset,
        "url": article.url,
        "empty": article.empty,
        "body": article.body(),
        "actors": reading
            .entities
            .iter()
            .filter(|e| e.kind != ActorType::Place)
            .filter(|e| !e.surfaces.is_empty() || !e.roles.is_empty())
            .map(|e| json!({
                "name": e.name,
                "type": e.kind,
                "party": e.party,
                "role": e.roles.first().map(|r| r.text.as_str()),
                "roles": e.roles.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
                "surfaces": e.surfaces,
                "known": e.known,
                "private": e.is_private,
            }))
            .collect::<Vec<_>>(),
        "places": reading
            .entities
            .iter()
            .filter(|e| e.kind == ActorType::Place && !e.surfaces.is_empty())
            .map(|e| json!({ "name": e.name, "party": e.party, "surfaces": e.surfaces }))
            .collect::<Vec<_>>(),
        "statements": reading
            .statements
            .iter()
            .map(|s| json!({
                "speaker": name(s.speaker),
                "speaker_surface": s.speaker_surface.as_ref().map(|e| e.words.as_str()),
                "cue": s.cue.as_ref().map(|e| e.words.as_str()),
                "kind": s.kind,
                "content": s.content.iter().map(|c| c.words.as_str()).collect::<Vec<_>>(),
                "addressee": s.addressee.as_ref().map(|e| e.words.as_str()),
                "occasion": s.occasion.as_ref().map(|e| e.words.as_str()),
                "said_on": s.said_on,
                "chain": s.chain.iter().map(|&id| name(id)).collect::<Vec<_>>(),
                "confidence": s.confidence,
                "span": place(s.span),
                "rules": s.cue.as_ref().map(|e| &e.rules),
            }))
            .collect::<Vec<_>>(),
        "meetings": reading
            .meetings
            .iter()
            .map(|m| json!({
                "parties": m.parties,
                "participants": m.participants.iter().map(|&id| name(id)).collect::<Vec<_>>(),
                "format": m.format,
                "level": m.level,
                "place": m.place,
                "date": m.date,
                "until": m.until,
                "status": m.status,
                "duration_minutes": m.duration_minutes,
                "outcome": m.outcome.as_ref().map(|e| e.words.as_str()),
                "track": m.track,
                "evidence": m.evidence.words,
                "confidence": m.confidence,
                "span": place(m.evidence.span),
                "rules": m.evidence.rules,
            }))
            .collect::<Vec<_>>(),
        "moves": reading
            .moves
            .iter()
            .map(|m| json!({
                "actor": m.actor.join(";"),
                "by": m.by.map(name),
                "act": m.act,
                "target": m.recipient,
                "issue": m.issue,
                "modality": m.modality,
                "conditional": m.condition.is_some(),
                "condition": m.condition.as_ref().map(|c| c.evidence.words.as_str()),
                "due": m.due,
                "occurred_on": m.occurred_on,
                "evidence": m.evidence.words,
                "confidence": m.confidence,
                "span": place(m.evidence.span),
                "rules": m.evidence.rules,
            }))
            .collect::<Vec<_>>(),
        "dates": distinct_dates(reading)
            .map(|t| json!({
                "text": t.evidence.words,
                "value": t.value,
                "modifier": t.modifier,
                "anchor": t.anchor,
                "span": place(t.evidence.span),
                "rules": t.evidence.rules,
            }))
            .collect::<Vec<_>>(),
        "doubts": reading.doubts,
    })
}

/// Calendar dates, the first of each text and value.
fn distinct_dates(reading: &Reading) -> impl Iterator<Item = &Timex> {
    let mut seen = std::collections::BTreeSet::new();
    reading.timexes.iter().filter(move |timex| {
        timex.is_calendar()
            && seen.insert((timex.evidence.words.as_str(), timex.value.as_str()))
    })
}
