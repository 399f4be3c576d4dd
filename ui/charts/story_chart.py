"""From the record of the Story to its one-pane chart: the net, and the swings that are compared."""

from dataclasses import replace

from models import formats
from models.figures import Caption
from models.pages.story import StoryPage
from ui.charts.content import EMPTY, Hatching, Seam, StackContent, days_of
from ui.charts.positioning_chart import net_pane
from ui.charts.ticks import day_number


def story_content(page: StoryPage) -> StackContent:
    """The panes of the Story's chart, empty where no report is held."""
    if not len(page.series):
        return replace(EMPTY, title=story_title(page), description=page.reason_empty, reason_empty=page.reason_empty)
    return StackContent(
        title=story_title(page),
        description=page.headline.sentence if page.headline else "",
        days=days_of(page.series.date),
        panes=(replace(net_pane(page.series, page.as_reported, page.swings), title=""),),
        seams=tuple(
            Seam(day_number(s.date), s.before, s.after, f"from {formats.day(s.date)}" if "$" in s.after else "")
            for s in page.seams
        ),
        hatches=tuple(Hatching(day_number(h.start), day_number(h.end), h.reason) for h in page.hatches),
        marked=tuple(sorted({day_number(day) for mark in page.swings for day in (mark.start, mark.end)})),
    )


def story_title(page: StoryPage) -> str:
    return f"Net position of {page.group_title}, {page.market.title} futures"


def story_subtitle(page: StoryPage) -> str:
    if not len(page.series):
        return ""
    unit = page.series.unit
    return f"{unit[:1].upper()}{unit[1:]}, weekly to {formats.day(page.series.date[-1])}."


def story_caption(page: StoryPage) -> Caption:
    """What stands on the chart when it leaves the app."""
    sources = ", ".join(dict.fromkeys(source.url for source in page.sources))
    return Caption(story_title(page), (story_subtitle(page), f"Source: CFTC, {sources}" if sources else "Source: CFTC"))
