"""What the banners say of downloads: the offer of the first start, and what went wrong, each once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from models.formats import day, short_day
from models.freshness import Held
from services.errors import SENTENCES, ErrorKind
from ui.survey import Survey
from ui.widgets.banner import BannerAction, Message
from ui.words import tr

if TYPE_CHECKING:
    from services.refresh import Outcome

DOWNLOAD_MB = 25
"""What the first download sends through the wire, roughly: some 350,000 rows of the CFTC at 50 bytes, and the rest."""

_NAMED = 3
_LONGEST_SENTENCE = 160
_UNREACHABLE = {SENTENCES[ErrorKind.OFFLINE]}

Run = Callable[[], None]


def offer(of: Held, titles: Sequence[str], download: Run, explain: Run) -> Message:
    """The first start: what is shown, and the one click that brings the rest."""
    what = "Built-in figures" if of.starter_until is not None else "Figures"
    lead = f"{what} up to {day(of.report)}." if of.report is not None else "No figures are held yet."
    sentence = f"Download the current data (about {DOWNLOAD_MB} MB from {named(titles)})?"
    actions = (BannerAction(tr("What will be fetched"), explain), BannerAction(tr("Download"), download, is_main=True))
    return Message(lead, sentence, actions, is_flagged=False, can_close=False)


def locked(retry: Run) -> Message:
    """Another process writes the archive, and is no window that could come to the front."""
    sentence = "Another instance is writing the archive; its figures are shown here and nothing can be added."
    return Message("", sentence, (BannerAction(tr("Try again"), retry),))


def safe_mode(forget: Run, *, was_asked: bool) -> Message:
    """A start that takes up nothing: after two that did not get to their first page, or as a person asked."""
    why = "" if was_asked else "The last two starts did not come through. "
    sentence = f"{why}The window has its first layout and downloads only what you ask for; your own layout is kept."
    return Message(tr("Safe mode."), sentence, (BannerAction(tr("Forget the old layout"), forget),))


def crashed(show: Run) -> Message:
    """The last run was ended by a crash."""
    sentence = "A report was kept on this machine; nothing was sent."
    return Message(tr("The app crashed the last time it ran."), sentence, (BannerAction(tr("Show report"), show),))


def is_offline(outcomes: "Sequence[Outcome]", found: Survey) -> bool:
    """Whether no provider could be reached at all."""
    return bool(outcomes) and all(
        outcome.status == "failed" and set(found.errors.get(outcome.source, ())) == _UNREACHABLE for outcome in outcomes
    )


def offline(found: Survey, retry: Run) -> Message:
    shown = found.held.report
    positions = f": positions of {short_day(shown)}" if shown is not None else ""
    sentence = f"Showing the last good data{positions}."
    return Message(tr("Offline."), sentence, (BannerAction(tr("Try again"), retry),), "".join(found.details.values()))


def failure(failed: "Sequence[Outcome]", titles: Mapping[str, str], found: Survey, retry: Run) -> Message:
    """One message for all sources that are not as they should be; what each said stands in the details."""
    called = [titles.get(outcome.source, outcome.source) for outcome in failed]
    lead = "Not refreshed." if all(outcome.status == "failed" for outcome in failed) else "Refreshed in part."
    said = "\n".join(f"{title}: {outcome.message}" for title, outcome in zip(called, failed, strict=True))
    logged = (found.details.get(outcome.source, "").strip() for outcome in failed)
    details = "\n\n".join(filter(None, (said, *logged)))
    again = (BannerAction(tr("Try again"), retry),)
    if len(failed) == 1 and len(failed[0].message) <= _LONGEST_SENTENCE:
        return Message(lead, f"{called[0]}: {failed[0].message}", again, details)
    return Message(lead, f"Something is missing from {named(called)}. The figures held stay.", again, details)


def named(titles: Sequence[str]) -> str:
    """`CFTC, Cboe, Yahoo and 7 more`."""
    if len(titles) > _NAMED + 1:
        return f"{', '.join(titles[:_NAMED])} and {len(titles) - _NAMED} more"
    return " and ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))
