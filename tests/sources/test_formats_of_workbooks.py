"""Workbooks that aren't .xlsx: .xls, .ods, web pages and XML dressed as .xls; known by their content, not their name."""

from __future__ import annotations

import base64
import zipfile
import zlib
from datetime import date
from pathlib import Path

import pytest
from exported import PACK, jobs, lines, plan, read, rows, stored

from powermap.errors import SourceError
from powermap.sources import read_files

OLD = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izjNt2Q$X>Em8D4}50+8)G<mo{44^kUlBi~nen?jbbUgd`yKpw*g#2SM<pcq!C_m#P<k(1YF-go+*nL1^{pNmTHV"
        "c75}96O*dYfEFwJE&FEPn|a^N?wh~emkZ5{vv)g|unGfkV8!sjRb>-&d&)`xRBjkDTTb0{8#Xo+JZ=i4%ZW!#FB)VFWxSW5;Ewu~"
        "B=DZ@<H%w(qiex+#31(}CS)J_NebK`ix2JGs}`0CmYZ1K=9-UL?q$nmmi<(BQ5?lWXtZaKHHr@_U0mja<h{>6Z`ra7ZFnX}@wqF)"
        "tn0+STr!s0U<IA37jvM1j%d1;le!-_(FhzN^hF|lLqm&brC`tDs}TgglxOvmplx4Yy8zk0)!G|=V|P;!SKF^DDliS>6i<>O4eGFJ"
        "PUNVT$)>atPQXh#1s_zP$I=>&i$o@!jp<WPppY!2G%AQ^@_AD8Nj;$v)92Hdj*(lWluBv2;DJ~=n|A>FhsS7<AJp{VxTZ}=LwHOQ"
        "o2y8mW)*4T+2tiU0YB%Pd5#6>F-o^Sy^6%6p_6Qx=AFabU$)A}fr0bVgPeU_;$TVLLl1lGWO;#Ew{X6LWh>R8v^&~nWx_LD=OUMO"
        "Q#-pEuS46a^4lq2{CMy|XYoU52j%BSmd>=!zX{Evi}t$-@|V{PdPT3eeof+GsGJIGEqceY{ik)wtpu#T8`dW3$1(>4^gbj^O}-sb"
        "(G=@lnVN$%M@3UfQ!Qrk3ueL0POH9PW>-a%%rZo06{)Gzd;Ph>Tncm7aw*K^w!D=ZE`_-~70qF_I-s=Ro^+&j_y-zc!-fqTHf-3i"
        "VdGzb;M1mg!d9&_wmjiASpRjF>0Ysall-?BM~1EfeN+xZr!<GDy2j6DI7OLDtkI|Zzfj^3wVuNy;@pqPy2meleTnMlS+ir{&rP9v"
        "+h3`tpMSai@6Dg<8~"
    )
)
"""A workbook of Excel 97, written by xlwt 1.3."""
ROWS = [
    {"name": "石安", "company": "Müller Lamps", "title": "CEO", "since": date(2025, 1, 2)},
    {"name": "Ben Reed", "company": "Müller Lamps", "title": "CFO", "boss": "石安"},
]
CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="People">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
DAY = (
    '<table:table-cell office:value-type="date" office:date-value="{}"><text:p>{}</text:p></table:table-cell>'
)
TABLE = (("name", "company", "title", "boss", "since"), ("石安", "Müller Lamps", "CEO", "", "2025-01-02"), ("Ben Reed", "Müller Lamps", "CFO", "石安", ""))  # fmt: skip


def ods(path: Path, content: str | None = None) -> Path:
    """Write an OpenDocument spreadsheet."""
    if content is None:
        told = "".join(
            "<table:table-row>"
            + "".join(DAY.format(c, c) if c[:2] == "20" else CELL.format(c) for c in row)
            + "</table:table-row>"
            for row in TABLE
        )
        content = CONTENT.format(rows=told)
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.mark.parametrize("name", ["list.xls", "list.xlsx", "list.csv", "list"])
def test_a_workbook_of_excel_97(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(OLD)
    assert rows(read(path)) == ROWS
    assert lines(stored(path)) == {("Ben Reed", "石安")}


@pytest.mark.parametrize("name", ["list.ods", "list.xls"])
def test_an_opendocument_spreadsheet(tmp_path: Path, name: str) -> None:
    assert rows(read(ods(tmp_path / name))) == ROWS


def html(cell: str = "td") -> str:
    """Return the table as a web page."""
    told = "".join(f"<tr>{''.join(f'<{cell}>{c}</{cell}>' for c in row)}</tr>" for row in TABLE)
    return f"<html><head><title>x</title><style>td {{}}</style></head><body><table border=1>{told}</table></body></html>"


PAGES = {
    "plain": html(),
    "headed": html().replace("<td>name</td>", "<th>name</th>", 1),
    "BOM and doctype": "\ufeff<!DOCTYPE html>" + html(),
    "unclosed": html().replace("</td>", "").replace("</tr>", ""),
    "entities and spaces": html().replace("Müller Lamps", "&#77;&uuml;ller&nbsp;Lamps<br>"),
    "a script": html().replace(
        "<body>", "<body><script>document.write('<table><tr><td>x</td></tr></table>')</script>"
    ),
    "XML of Excel 2003": (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="People"><Table>'
        + "".join(
            "<Row>"
            + "".join(
                f'<Cell ss:Index="{n}"><Data ss:Type="String">{c}</Data></Cell>'
                for n, c in enumerate(row, 1)
                if c
            )
            + "</Row>"
            for row in TABLE
        )
        + "</Table></Worksheet></Workbook>"
    ),
}


@pytest.mark.parametrize("name", ["report.xls", "report.xlsx", "report.html"])
@pytest.mark.parametrize("page", PAGES)
def test_a_web_page_dressed_as_a_workbook(tmp_path: Path, page: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(PAGES[page], encoding="utf-8")
    assert rows(read(path)) == ROWS


def test_cells_that_reach_over_rows(tmp_path: Path) -> None:
    path = tmp_path / "report.xls"
    path.write_text(
        "<table><tr><th>company</th><th>name</th></tr><tr><td rowspan=2>Müller Lamps</td><td>Ada</td></tr>"
        "<tr><td>Ben</td></tr><tr><td colspan=2>Side Ltd</td></tr></table>",
        encoding="utf-8",
    )
    made = read(path)
    assert [d.values for d in made.drafts] == [
        {"name": "Ada", "company": "Müller Lamps"},
        {"name": "Ben", "company": "Müller Lamps"},
    ]


HOSTILE = {
    "nothing after its head": lambda p: p.write_bytes(OLD[:512] + b"\0" * 9000),
    "cut": lambda p: p.write_bytes(OLD[:3000]),
    "entities": lambda p: ods(p, '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + CONTENT.format(rows="")),
    "a billion rows": lambda p: ods(
        p,
        CONTENT.format(
            rows='<table:table-row table:number-rows-repeated="1048576">'
            + CELL.format("x").replace(
                "<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"'
            )
            + "</table:table-row>"
        ),
    ),
    "a page of nothing": lambda p: p.write_text("<html><table><tr><td>Name</td></tr></table></html>"),
    "XML of something else": lambda p: p.write_text("<?xml version='1.0'?><a><b>c</b></a>"),
    "a zip file of nothing": lambda p: zipfile.ZipFile(p, "w").close(),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_no_workbook_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "list.xls"
    HOSTILE[kind](path)
    with pytest.raises(SourceError):
        read_files([path], PACK)


def test_a_bomb_of_csv_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../Contact.csv", b"Id,LastName\n" + b" " * 30_000_000)
    with pytest.raises(SourceError, match="refused"):
        read_files([tmp_path / "x.zip"], PACK)


def test_a_folder_of_everything(tmp_path: Path) -> None:
    """What isn't known is left out and said; a broken file stops only itself."""
    (tmp_path / "old.xls").write_bytes(OLD)
    (tmp_path / "broken.xls").write_bytes(OLD[:3000])
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "table.csv").write_text("colour,weight\nred,3\nblue,4\n", encoding="utf-8")
    (tmp_path / "card").write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Cleo Marsh\nORG:Side Ltd\nEND:VCARD\n", encoding="utf-8"
    )
    (tmp_path / ".DS_Store").write_bytes(b"\0\1")
    (tmp_path / "more").mkdir()
    reading = read(tmp_path)
    assert plan(reading).problems == ()
    assert jobs(stored(tmp_path)) == {
        ("石安", "Müller Lamps"),
        ("Ben Reed", "Müller Lamps"),
        ("Cleo Marsh", "Side Ltd"),
    }
    said = " / ".join(en for _, en in reading.notes)
    assert "letter.pdf is of no format that is read" in said
    assert "broken.xls was left out" in said
    assert "table.csv: no header row is known" in said
    assert ".DS_Store" not in said


def test_one_broken_file_alone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.xls").write_bytes(OLD[:3000])
    with pytest.raises(SourceError):
        read_files([tmp_path / "broken.xls"], PACK)
