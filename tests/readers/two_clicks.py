"""Finds what must be known of the reference input within two clicks of the dossier's first page.

    two_clicks.py PROGRAM SEEDS

PROGRAM is the path of demarche, SEEDS the folder of the five reference articles. Serves them,
follows the links of the first page and those of the pages behind them, and looks on all of
these for each row below: the words that one page must show together. Prints one line a row;
ends with 1 if one is not found, or one is that is listed as misread. Two open items are misread
beside those (Russia wants an answer, the United States consult), and are not looked for.
"""
import html
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

# What is misread in its article and so on no page; a row that comes to be found belongs below.
ABSENT = [
    ("meeting of February 2021", "meeting", ["February 2021", "European Union", "Russia"]),
    ("meeting in Sochi, by its day", "meeting", ["8 December 2021", "Greece", "Russia"]),
    ("United States and NATO", "meeting", ["11 January 2022", "NATO", "United States"]),
    ("OSCE in Vienna", "meeting", ["13 January 2022", "OSCE", "Russia"]),
    ("NATO or the United States keep the door open", "positions/USA/nato-enlargement", ["REJECT"]),
    ("Russia on strike weapons", "positions/RUS/strike-weapons-deployment", ["REQUEST"]),
    ("United States spare the company", "positions/USA/nord-stream-2", ["CONCEDE"]),
    ("Russia on diplomatic missions", "positions/RUS/diplomatic-missions", ["AGREE"]),
]

# What the row is, under which address it is looked for, and what that page must show.
ROWS = [
    ("document of RFI", "document", ["10 January 2022", "RFI"]),
    ("document of 楠木軒, a reprint of Xinhua", "document", ["楠木軒", "Xinhua"]),
    ("document rendered from RBC, January", "document", ["GNews", "rbc.ru", "January 2022"]),
    ("document rendered from RBC, May", "document", ["GNews", "rbc.ru", "May 2021"]),
    ("document of VOA", "document", ["VOA", "8 December 2021"]),
    ("four origins", "sources", ["RFI", "Xinhua", "RBC", "VOA"]),
    ("meeting in Alaska", "meeting", ["March 2021", "China", "United States"]),
    ("meeting in Reykjavik", "meeting", ["19 May 2021", "Russia", "United States"]),
    ("summit of June 2021", "meeting", ["16 June 2021", "Russia", "United States"]),
    ("video call of December 2021", "meeting", ["7 December 2021", "video", "2 accounts"]),
    ("meeting in Sochi, by its month", "meeting", ["December 2021", "Greece", "Russia"]),
    ("call to Kyiv", "meeting", ["9 December 2021", "United States", "Ukraine"]),
    ("talks of deputies", "meeting", ["10 January 2022", "deputies", "2 accounts"]),
    ("NATO-Russia Council", "meeting", ["12 January 2022", "NATO", "Russia"]),
    ("Ryabkov, one over three spellings", "actor", ["里亚布科夫", "瑞博科夫", "谢尔盖·里亚布科夫"]),
    ("Timofeev, one over two spellings", "actor", ["季莫费耶夫", "季莫菲耶夫"]),
    ("Putin, one over scripts", "actor", ["Vladimir Putin", "弗拉基米尔·普京"]),
    ("Biden", "actor", ["拜登", "乔·拜登"]),
    ("Sherman, one over two names", "actor", ["谢尔曼", "温迪·谢尔曼"]),
    ("Peskov in both documents", "actor", ["佩斯科夫", "2 documents"]),
    ("NATO, one over scripts and long names", "actor", ["北约", "北約", "北大西洋联盟"]),
    ("Russia asks for guarantees", "positions/RUS/security-guarantees", ["REQUEST", "7 December 2021"]),
    ("United States on missiles", "positions/USA/strike-weapons-deployment", ["AGREE", "January 2022"]),
    ("Russia, NATO in the east", "positions/RUS/nato-infrastructure-since-1997", ["REQUEST"]),
    ("Russia on Kazakhstan", "positions/RUS/kazakhstan-unrest", ["REJECT", "January 2022"]),
    ("Russia lifts limits on diplomats if", "open", ["如果美国采取措施"]),
    ("threat of sanctions stands", "open", ["threat United States → Russia", "standing"]),
    ("call to Kyiv is to come", "open", ["9 December 2021"]),
    ("proposals within a week", "open", ["15 December 2021", "promise"]),
    ("the annexed peninsula's odd name", "disputes", ["克什米尔"]),
    ("two treaties in one document", "disputes", ["不扩散核武器条约"]),
    ("the spelling of Ryabkov", "disputes", ["瑞博科夫"]),
]


def shown(page):
    page = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.S)
    # What a page says in attributes, such as the value of a date, is said too.
    values = " ".join(re.findall(r'(?:datetime|title|aria-label|data-[a-z]+|href)="([^"]*)"', page))
    return html.unescape(re.sub(r"<[^>]+>", "", page)) + " " + html.unescape(values)


def main():
    program, seeds = sys.argv[1:3]
    served = subprocess.Popen([program, "serve", seeds, "--port", "0"],
                              stderr=subprocess.PIPE, text=True)
    failed = 0
    try:
        base = None
        while base is None:
            line = served.stderr.readline()
            if not line:
                sys.exit(f"two_clicks.py: {program} serves nothing")
            found = re.search(r"http://[^/\s]+", line)
            base = found and found.group(0)
        pages, next_ones = {}, ["/"]
        for _ in range(3):
            links = []
            for path in next_ones:
                if path in pages:
                    continue
                try:
                    answer = urllib.request.urlopen(base + path)
                except urllib.error.HTTPError:
                    continue
                if "text/html" not in answer.headers.get("Content-Type", ""):
                    continue
                page = answer.read().decode()
                # Of a meeting counts what it is, not what was said there.
                head = page.split("<h2")[0] if path.startswith("/meeting/") else page
                pages[path] = shown(head)
                for link in re.findall(r'<a [^>]*?href="([^"#]+)', page):
                    link = urllib.parse.urljoin(base + path, html.unescape(link))
                    if link.startswith(base + "/") and "/zh/" not in link:
                        links.append(link.removeprefix(base))
            next_ones = sorted(set(links))
        print(f"{len(pages)} pages within two clicks")
        def found(place, words):
            def is_it(path):
                path = path.split("?")[0].strip("/")
                return path == place or path.startswith(place + "/")
            return [path for path, text in pages.items()
                    if is_it(path) and all(word in text for word in words)]

        for said, place, words in ROWS:
            at = found(place, words)
            print(("ok    " if at else "FAILED"), f"{said}: {at[0] if at else words}")
            failed += not at
        for said, place, words in ABSENT:
            at = found(place, words)
            print(("FAILED" if at else "absent"), f"{said}: {at[0] if at else words}")
            failed += bool(at)
    finally:
        served.terminate()
    print(f"{len(ROWS) + len(ABSENT) - failed} passed, {failed} failed; "
          f"{len(ABSENT)} of the rows are misread and absent")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
