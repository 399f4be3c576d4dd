"""Evidence packs: a chart or a page with its rows, its words, its sources and the sums that prove them."""

from collections.abc import Callable, Sequence

from models.figures import Caption, Figures, summary
from models.records import Provenance
from models.tabular import csv_text
from services.exports import as_csv, as_pack
from ui.charts.export import png_bytes, render_image, svg_bytes
from ui.exhibits import Exhibit

SOURCES = "sources.csv"
Work = Callable[[], bytes]
Sources = Callable[[], Sequence[Provenance]]


def pack_of(exhibit: Exhibit, sources: Sources) -> Work:
    """Draws what has to be drawn now; the rest is made when the work is done, in the archive lane."""
    pictures = _pictures(exhibit, "")

    def make() -> bytes:
        return as_pack(pictures | _texts(exhibit, "") | _sources(sources()))

    return make


def pack_of_page(shown: Sequence[Exhibit], sources: Sources, pdf: bytes, head: str, status: Figures | None) -> Work:
    """A folder an exhibit, with the page as PDF and how old the data are."""
    folders = [f"{place:02d}-{one.name}/" for place, one in enumerate(shown, 1)]
    pictures = [_pictures(one, folder) for one, folder in zip(shown, folders, strict=True)]

    def make() -> bytes:
        files: dict[str, bytes] = {"page.pdf": pdf, "about.txt": f"{head}\n".encode()} | _sources(sources())
        for one, folder, drawn in zip(shown, folders, pictures, strict=True):
            files |= drawn | _texts(one, folder)
        if status is not None:
            files["data-status.csv"] = as_csv(status, Caption(status.title, ()))
        return as_pack(files)

    return make


def _pictures(exhibit: Exhibit, folder: str) -> dict[str, bytes]:
    chart = exhibit.chart
    if chart is None:
        return {}
    return {
        f"{folder}chart.png": png_bytes(render_image(chart, exhibit.caption)),
        f"{folder}chart.svg": svg_bytes(chart, exhibit.caption),
    }


def _texts(exhibit: Exhibit, folder: str) -> dict[str, bytes]:
    caption = exhibit.caption
    said = [caption.title, "", *caption.lines, "", summary(exhibit.figures)]
    said += ["", exhibit.about] if exhibit.about else []
    return {
        f"{folder}rows.csv": as_csv(exhibit.figures, caption),
        f"{folder}about.txt": ("\n".join(said) + "\n").encode(),
    }


def _sources(sources: Sequence[Provenance]) -> dict[str, bytes]:
    if not sources:
        return {}
    headers = ("source", "dataset", "url", "as_of", "retrieved_at", "sha256")
    rows = [
        (s.source, s.dataset, s.url, s.as_of.isoformat() if s.as_of else None, s.retrieved_at.isoformat(), s.sha256)
        for s in dict.fromkeys(sources)
    ]
    return {SOURCES: csv_text(headers, rows).encode()}
