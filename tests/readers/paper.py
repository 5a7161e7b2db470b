"""Reads papers of the sample back: PDF with pdftotext and pdfinfo, DOCX with python-docx.

    paper.py PROGRAM

PROGRAM is the path of demarche. Prints one line a check; ends with 1 if one failed.
"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import docx

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "geneva"
failed = []


def check(said, holds):
    print(("ok    " if holds else "FAILED"), "paper:", said)
    if not holds:
        failed.append(said)


def run(*command):
    told = subprocess.run(command, check=True, capture_output=True).stdout
    # pdfinfo tells some titles in UTF-16.
    return told.decode("utf-8", errors="replace")


def brief(program, folder, language, ending):
    paper = folder / f"brief.{language}.{ending}"
    run(program, "brief", SAMPLE, "--language", language, "--out", paper)
    again = folder / f"again.{language}.{ending}"
    run(program, "brief", SAMPLE, "--language", language, "--out", again)
    check(f"{paper.name}: two runs give the same bytes", paper.read_bytes() == again.read_bytes())
    return paper


def headings(program, language):
    markdown = run(program, "brief", SAMPLE, "--language", language, "--format", "md")
    found = re.findall(r"^(#+) (.*)$", markdown, re.MULTILINE)
    return [(len(level), re.sub(r"\\(.)", r"\1", words)) for level, words in found]


def bare(words):
    """Words without the spaces at which a line may have been broken."""
    return re.sub(r"\s+", "", words)


def in_order(text, wanted):
    at = 0
    for words in wanted:
        at = text.find(bare(words), at)
        if at < 0:
            return False
        at += 1
    return True


def read_pdf(program, folder, language):
    paper = brief(program, folder, language, "pdf")
    about = run("pdfinfo", paper)
    check(f"{paper.name}: is tagged", re.search(r"^Tagged:\s+yes", about, re.MULTILINE) is not None)
    check(f"{paper.name}: has a title", re.search(r"^Title:\s+\S", about, re.MULTILINE) is not None)
    check(f"{paper.name}: is A4", "(A4)" in about)
    pages = int(re.search(r"^Pages:\s+(\d+)", about, re.MULTILINE).group(1))
    check(f"{paper.name}: has several pages ({pages})", pages > 2)
    fonts = run("pdffonts", paper).splitlines()[2:]
    embedded = [re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", font) for font in fonts]
    check(f"{paper.name}: each of its {len(fonts)} fonts is in it, cut down, with its letters",
          bool(fonts) and all(font and font.groups() == ("yes", "yes", "yes") for font in embedded))
    text = bare(run("pdftotext", "-enc", "UTF-8", paper, "-"))
    wanted = [words for level, words in headings(program, language) if level < 3]
    check(f"{paper.name}: the headings of the Markdown in their order", in_order(text, wanted))
    # Sentences of the sample, in the order of the meetings that they tell of.
    found = [words for words in ["计划", "北约", "俄方"] if words in text]
    check(f"{paper.name}: Chinese words are words: {'、'.join(found)}", len(found) == 3)
    check(f"{paper.name}: citations", re.search(r"\[1\].*\[2\]", text) is not None)
    check(f"{paper.name}: pages are numbered", f"{pages}/{pages}" in text)
    structure = run("pdfinfo", "-struct", paper)
    check(f"{paper.name}: headings, tables, lists and links are told as such",
          all(f"{kind}" in structure for kind in ["H1", "H2", "Table", "TH", "BlockQuote", "Link", "LBody", "Figure"]))
    return text


def read_docx(program, folder, language):
    paper = brief(program, folder, language, "docx")
    read = docx.Document(paper)
    levels = {"Title": 1, "Heading 1": 2, "Heading 2": 3}
    found = [(levels[p.style.name], p.text) for p in read.paragraphs if p.style.name in levels]
    check(f"{paper.name}: the headings of the Markdown", found == headings(program, language))
    check(f"{paper.name}: two tables, each row as wide as its head", len(read.tables) == 2 and all(
        len(row.cells) == len(table.columns) for table in read.tables for row in table.rows))
    cells = [cell.text for row in read.tables[0].rows[1:] for cell in row.cells[1:]]
    told = [cell for cell in cells if cell.strip()]
    check(f"{paper.name}: every position ({len(told)}) is cited",
          bool(told) and all(re.search(r"\[\d+\]$", cell) for cell in told))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = read.element
    anchors = {link.get(f"{w}anchor") for link in root.iter(f"{w}hyperlink")} - {None}
    places = {mark.get(f"{w}name") for mark in root.iter(f"{w}bookmarkStart")}
    check(f"{paper.name}: each of {len(anchors)} citations leads to a document",
          bool(anchors) and anchors <= places)
    languages = {lang.get(f"{w}eastAsia") for lang in root.iter(f"{w}lang")}
    check(f"{paper.name}: passages tell their language", {"zh-CN", "zh-TW"} <= languages)
    check(f"{paper.name}: title", bool(read.core_properties.title))
    check(f"{paper.name}: the timeline is in it", len(read.inline_shapes) == 1)
    foot = read.sections[0].footer._element
    check(f"{paper.name}: pages are numbered",
          any(f.get(f"{w}instr") == "PAGE" for f in foot.iter(f"{w}fldSimple")))


def main():
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        for language in ["en", "zh"]:
            read_pdf(program, Path(folder), language)
            read_docx(program, Path(folder), language)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
