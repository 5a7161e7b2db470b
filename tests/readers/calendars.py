"""iCalendar, read by icalendar; Atom, read by feedparser; TimelineJS, against its form."""

import json
import re
from datetime import date, timedelta

import feedparser
import icalendar

# The day of the latest publication: nothing is told after it.
SINCE = "2031-01-14"


def run(checks):
    calendar(checks)
    feed(checks)
    timeline(checks)


def calendar(checks):
    path = checks.out / "talks.ics"
    checks.export("ical", "--out", path)
    raw = path.read_bytes()
    lines = raw.split(b"\r\n")
    checks.check("ical: lines end with CR LF and have at most 75 octets",
                 b"\n" not in raw.replace(b"\r\n", b"") and max(map(len, lines)) <= 75)
    checks.check("ical: some lines are folded", any(line.startswith(b" ") for line in lines))
    told = icalendar.Calendar.from_ical(raw)
    events = told.walk("VEVENT")
    checks.check("icalendar: no line was in error",
                 not told.errors and not any(event.errors for event in events))
    meetings = {f"meeting-{row['id']}@demarche": row
                for row in checks.lists["meetings"] if row["start"]}
    due = [row for row in checks.lists["open"] if row["kind"] != "meeting" and row["due"]]
    uids = [str(event["UID"]) for event in events]
    checks.same("icalendar: an event for every dated meeting and due date",
                (len(events), sorted(uid for uid in uids if uid.startswith("meeting-"))),
                (len(meetings) + len(due), sorted(meetings)))
    checks.same("icalendar: identifiers are unique", len(set(uids)), len(uids))
    by_uid = dict(zip(uids, events))
    for uid, row in meetings.items():
        problem = meeting_problem(by_uid[uid], row)
        if problem:
            break
    else:
        problem = ""
    checks.check("icalendar: meetings have their days, status, place, evidence", not problem, problem)
    wanted_due = sorted((row["due"], row["kind"], row["party"], row["accounts"][0]["evidence"])
                        for row in due)
    checks.check("icalendar: the ledger has due dates", len(due) > 2)
    found = []
    for event in events:
        kind, _, rest = str(event["UID"]).partition("-")
        if kind == "meeting":
            continue
        row = next((row for row in due if row["kind"] == kind and rest.startswith(row["party"])
                    and row["accounts"][0]["evidence"] in str(event["DESCRIPTION"])), None)
        start, end = days(row["due"]) if row else (None, None)
        if row and (event["DTSTART"].dt, event["DTEND"].dt) == (start, end + timedelta(days=1)):
            found.append((row["due"], kind, row["party"], row["accounts"][0]["evidence"]))
    checks.same("icalendar: due dates are on their days", sorted(found), wanted_due)
    chinese = icalendar.Calendar.from_ical(checks.export("ical", "--language", "zh"))
    checks.same("icalendar: in Chinese the same events",
                [str(event["UID"]) for event in chinese.walk("VEVENT")], uids)
    summaries = " ".join(str(event["SUMMARY"]) for event in chinese.walk("VEVENT"))
    checks.check("icalendar: in Chinese words", "俄罗斯" in summaries or "已举行" in summaries)
    checks.same("ical: twice the same bytes", checks.export("ical"), raw)


def meeting_problem(event, row):
    start, end = days(row["start"])
    if row["end"]:
        end = max(end, days(row["end"])[1])
    if (event["DTSTART"].dt, event["DTEND"].dt) != (start, end + timedelta(days=1)):
        return f"{row['id']}: {event['DTSTART'].dt} to {event['DTEND'].dt}"
    allowed = {"held": {"CONFIRMED"}, "planned": {"CONFIRMED", "TENTATIVE"},
               "proposed": {"TENTATIVE"}, "cancelled": {"CANCELLED"}, "refused": {"CANCELLED"}}
    if str(event["STATUS"]) not in allowed[row["status"]]:
        return f"{row['id']}: {event['STATUS']} for {row['status']}"
    if row["place"] and str(event["LOCATION"]) != row["place"]:
        return f"{row['id']}: {event['LOCATION']} for {row['place']}"
    if row["accounts"][0]["evidence"] not in str(event["DESCRIPTION"]):
        return f"{row['id']}: the evidence is not in {event['DESCRIPTION']}"
    published = max(account["published"] or "" for account in row["accounts"])[:10]
    if published and event["DTSTAMP"].dt.date() < date.fromisoformat(published) - timedelta(days=1):
        return f"{row['id']}: stamped {event['DTSTAMP'].dt}, published {published}"
    return ""


def days(text):
    """The first and the last day of 2022-01-10T09:30, 2022-01-10, 2022-01 or 2022."""
    parts = [int(part) for part in re.split("[T ]", text)[0].split("-")]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else None
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return date(year, month or 1, 1), following - timedelta(days=1)


def feed(checks):
    since = sorted(row["published"][:10] for row in checks.lists["documents"]
                   if row["published"])[len(checks.lists["documents"]) // 2]
    path = checks.out / "changes.atom"
    checks.export("atom", "--since", since, "--out", path)
    told = feedparser.parse(path.read_bytes())
    checks.check("feedparser: the feed is well formed", not told.bozo,
                 str(told.get("bozo_exception")))
    checks.same("feedparser: it is Atom 1.0", told.version, "atom10")
    rows = json.loads(checks.demarche("diff", "--since", since, "--format", "json",
                                      "--ledger", checks.ledger))
    checks.same("feedparser: an entry for every row of demarche diff",
                sorted(entry.tags[0].term for entry in told.entries),
                sorted(row["kind"] for row in rows))
    checks.check("feedparser: the sample has changes", len(rows) > 10)
    ids = [entry.id for entry in told.entries]
    checks.check("feedparser: identifiers are unique and urn:",
                 len(set(ids)) == len(ids) and all(one.startswith("urn:uuid:") for one in ids))
    stamps = [entry.updated for entry in told.entries]
    rfc3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
    checks.check("feedparser: entries are dated, the latest first",
                 all(rfc3339.fullmatch(stamp) for stamp in [*stamps, told.feed.updated])
                 and stamps == sorted(stamps, reverse=True) and told.feed.updated == stamps[0])
    checks.check("feedparser: entries have a title and their words",
                 all(entry.title and entry.content[0].value for entry in told.entries))
    titles = {row["row"]["title"] for row in rows if row["kind"] == "document"}
    found = " ".join(entry.title for entry in told.entries)
    checks.check("feedparser: titles are as they were",
                 titles and all(title in found for title in titles if title))
    checks.check("atom: without a day it is refused", "--since" in checks.refused("atom"))
    checks.check("atom: nothing has changed since the latest day",
                 not feedparser.parse(checks.export("atom", "--since", SINCE)).entries)
    checks.same("atom: twice the same bytes",
                checks.export("atom", "--since", since), path.read_bytes())


def timeline(checks):
    path = checks.out / "timeline.json"
    checks.export("timelinejs", "--title", "<Talks> & more", "--out", path)
    told = json.loads(path.read_text(encoding="utf-8"))
    checks.same("timelinejs: a title, escaped", told["title"]["text"]["headline"],
                "&lt;Talks&gt; &amp; more")
    moves = [row for row in checks.lists["moves"]
             if row["occurred_on"] or row["accounts"][0]["published"]]
    meetings = [row for row in checks.lists["meetings"] if row["start"]]
    wanted = {f"move-{row['id']}" for row in moves} | {f"meeting-{row['id']}" for row in meetings}
    checks.same("timelinejs: an event for every dated move and meeting",
                sorted(event["unique_id"] for event in told["events"]), sorted(wanted))
    checks.check("timelinejs: every event has a date and a headline", all(
        {"year", "month", "day"} <= set(event["start_date"])
        and date(**event["start_date"])
        and ("end_date" not in event or date(**event["end_date"]) > date(**event["start_date"]))
        and event["text"]["headline"] and event["group"]
        for event in told["events"]
    ))
    checks.check("timelinejs: no markup but its own paragraphs", all(
        "<" not in event["text"]["text"].replace("<p>", "").replace("</p>", "")
        for event in told["events"]
    ))
    checks.same("timelinejs: what is not asked for is refused",
                "--what" in checks.refused("timelinejs", "--what", "moves"), True)
