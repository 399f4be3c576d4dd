"""Any bytes for every reader: records or one typed error, never anything else, and soon."""

import tempfile
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from models.check.context import Context
from models.check.grammar import parse
from models.check.text import read as read_text
from services import articles, importing_estimates, importing_holdings
from services import settings as settings_files
from services.archive.archive import Archive
from services.clock import Clock
from services.errors import InputError, SourceError
from services.importing import ImportWish, preview_files
from services.paths import archive_path, settings_path
from tests.services.sources.test_series_any_bytes import damaged
from tests.soak.desk import without_starter
from tests.soak.effort import Effort
from tests.soak.samples import ARTICLE, DAY, MAPPING, NOW, OWN_FILES, PROVIDERS, SETTINGS, Sample

LONGEST_S = 2.0
"""Processor time, so that a busy machine is no fault."""
PROVIDER_EXAMPLES, OWN_EXAMPLES, WORKBOOK_EXAMPLES = 1_600, 800, 150
"""For each reader; more than fifty thousand in all."""
_SHOWN = 300


def provider_bytes(effort: Effort) -> None:
    for name, sample in PROVIDERS.items():
        sample.read(sample.body)  # the sample itself is sound
        _search(effort, name, sample, PROVIDER_EXAMPLES)


def own_files(effort: Effort) -> None:
    """What a person gives: files to import with or without a word about them, settings, mappings, articles."""
    without_starter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        clock = Clock(NOW)
        with closing(Archive.open(archive_path(folder), clock)) as archive:

            def preview(body: bytes) -> None:
                file = folder / "mine.dat"
                file.write_bytes(body)
                wish = ImportWish(fund="IWM", as_of=DAY) if len(body) % 2 else ImportWish()
                (found,) = preview_files([file], wish, archive, clock)
                assert found.message and (found.is_failed or found.rows_new >= 0)

            for kind, (body, part) in OWN_FILES.items():
                _search(effort, kind, Sample(preview, body, part), OWN_EXAMPLES)
        for kind, sample in _small_files(folder).items():
            _search(effort, kind, sample, OWN_EXAMPLES)


def _small_files(folder: Path) -> dict[str, Sample]:
    def load_settings(body: bytes) -> None:
        path = settings_path(folder)
        path.write_bytes(body)
        held, notices = settings_files.load(folder)
        assert isinstance(held, settings_files.Settings)
        kept = [one.read_bytes() for one in folder.glob("settings.json*")]
        assert notices == () or body in kept, "a file that cannot be used was lost"
        for one in folder.glob("settings.json*"):
            one.unlink()

    def from_file(load: Callable[[Path], object]) -> Callable[[bytes], object]:
        def loading(body: bytes) -> object:
            (folder / "mapping.json").write_bytes(body)
            return load(folder / "mapping.json")

        return loading

    def check(body: bytes) -> None:
        article = read_text(articles.decoded(body, "article.txt"))
        for sentence in article.sentences:
            parse(sentence.text, Context(DAY))

    return {
        "settings": Sample(load_settings, SETTINGS),
        "columns of holdings": Sample(from_file(importing_holdings.load_columns), MAPPING),
        "columns of estimates": Sample(from_file(importing_estimates.load_mapping), MAPPING),
        "article": Sample(check, ARTICLE),
    }


def _search(effort: Effort, name: str, sample: Sample, examples: int) -> None:
    is_workbook = b"xl/workbook.xml" in sample.body
    examples = effort.count(min(examples, WORKBOOK_EXAMPLES) if is_workbook else examples, 1 if is_workbook else 3)

    @seed(effort.seed)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.data())
    def any_bytes(data: st.DataObject) -> None:
        effort.tried += 1
        body = sample.damaged_by(lambda whole: data.draw(damaged(whole) | st.binary(max_size=60)))
        started = time.thread_time()
        try:
            with suppress(SourceError, InputError):
                sample.read(body)
        except Exception as error:
            raise AssertionError(f"{name}: {error!r} for {body[:_SHOWN]!r}") from error
        took_s = time.thread_time() - started
        assert took_s < LONGEST_S, f"{name}: {took_s:.1f} s for {body[:_SHOWN]!r}"

    any_bytes()
