"""Yahoo's charts: what is read, and what restated closes do to held ones."""

import json
from datetime import UTC, date, datetime

import pytest
from pytest_httpserver import HTTPServer

from models.calendars import sessions
from models.series import SYMBOLS
from services.errors import ErrorKind, SourceError
from services.sources.source import Wish
from services.sources.yahoo import OFFERED, YahooSource
from services.sources.yahoo_chart import Chart, parse_chart
from tests.services.sources.delivering import NOW, Desk, as_dict, kinds
from tests.services.sources.yahoo_server import NEW_YORK, Listed, Yahoo, answer

THU, FRI = date(2026, 9, 24), date(2026, 9, 25)
IWM, RUT, RTY = (SYMBOLS[name] for name in ("IWM", "RUT", "RTY"))


def parse(body: bytes, symbol: str = "IWM", now: datetime = NOW) -> Chart:
    return parse_chart(body, SYMBOLS[symbol], now)


def refusal(body: bytes, symbol: str = "IWM") -> ErrorKind:
    with pytest.raises(SourceError) as caught:
        parse(body, symbol)
    return caught.value.kind


def test_that_a_fund_has_closes_with_and_without_dividends() -> None:
    found = parse(answer("IWM", {THU: 240.5, FRI: 241.5}, adjusted={THU: 239.0, FRI: 241.5}))
    assert as_dict(found.price.observations) == {THU: 240.5, FRI: 241.5}
    assert found.total is not None and as_dict(found.total.observations) == {THU: 239.0, FRI: 241.5}
    assert found.total.observations.series == "yahoo:IWM:total"


def test_that_an_index_has_its_own_name_and_no_dividends() -> None:
    found = parse(answer("^RUT", {THU: 2400.0}), "RUT")
    assert found.price.observations.series == "yahoo:RUT:price" and found.total is None


def test_that_holes_stay_holes() -> None:
    found = parse(answer("IWM", {date(2026, 9, 23): 240.0, THU: None, FRI: 241.0}))
    assert list(as_dict(found.price.observations)) == [date(2026, 9, 23), FRI]


def test_that_the_bar_of_a_session_that_has_not_ended_is_left_out() -> None:
    body = answer("IWM", {THU: 240.0, FRI: 241.0})
    during = parse(body, now=datetime(2026, 9, 25, 19, 59, tzinfo=UTC))
    assert list(as_dict(during.price.observations)) == [THU] and during.price.waiting == 1
    assert list(as_dict(parse(body, now=datetime(2026, 9, 25, 20, 0, tzinfo=UTC)).price.observations)) == [THU, FRI]


def test_that_days_are_the_exchanges_in_winter_and_in_summer() -> None:
    midnight = [date(2026, 1, 15), date(2026, 7, 15)]
    stamps = [int(datetime(d.year, d.month, d.day, tzinfo=NEW_YORK).timestamp()) for d in midnight]
    body = json.loads(answer("RTY=F", dict.fromkeys(midnight, 2400.0)))
    body["chart"]["result"][0]["timestamp"] = stamps
    assert list(as_dict(parse(json.dumps(body).encode(), "RTY").price.observations)) == midnight


def test_that_an_unknown_zone_falls_back_on_the_offset() -> None:
    assert list(as_dict(parse(answer("IWM", {THU: 240.0}, zone="Nowhere/Land")).price.observations)) == [THU]


def test_that_bars_on_days_without_a_session_are_left_out_but_for_futures() -> None:
    labor_day = date(2026, 9, 7)
    assert refusal(answer("IWM", {labor_day: 240.0})) is ErrorKind.EMPTY
    assert list(as_dict(parse(answer("RTY=F", {labor_day: 2400.0}), "RTY").price.observations)) == [labor_day]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (answer("IWM", {THU: 240.0}, granularity="1mo"), ErrorKind.WRONG_DATE),
        (answer("SPY", {THU: 240.0}), ErrorKind.WRONG_DATE),
        (b'{"chart":{"result":null,"error":{"code":"Not Found","description":"x"}}}', ErrorKind.NOT_FOUND),
        (b'{"chart":{"result":[{}],"error":null}}', ErrorKind.CHANGED_FORMAT),
        (b'{"chart":{"result":[],"error":null}}', ErrorKind.CHANGED_FORMAT),
        (b"[]", ErrorKind.CHANGED_FORMAT),
        (b"{", ErrorKind.BAD_CONTENT),
        (answer("IWM", {}), ErrorKind.EMPTY),
        (answer("IWM", {THU: 240.0}).replace(b"240.0", b"NaN"), ErrorKind.BAD_CONTENT),
        (
            answer("IWM", {THU: 240.0}).replace(b'"volume"', b'"x"').replace(b"[240.0]", b"[240.0, 1.0]"),
            ErrorKind.CHANGED_FORMAT,
        ),
    ],
)
def test_that_other_answers_are_refused(body: bytes, kind: ErrorKind) -> None:
    assert refusal(body) is kind


DAYS = sessions(date(2026, 1, 2), FRI)
LEVELS = {day: 200.0 + (i % 7) for i, day in enumerate(DAYS)}


def server(httpserver: HTTPServer, **listed: Listed) -> Yahoo:
    made = Yahoo({SYMBOLS[name].yahoo: of for name, of in listed.items()})
    made.serve(httpserver)
    return made


def test_that_only_the_newest_days_are_asked_for_again(desk: Desk, httpserver: HTTPServer) -> None:
    yahoo = server(httpserver, IWM=Listed({day: LEVELS[day] for day in DAYS[:-1]}))
    source = YahooSource()
    made = kinds(desk.deliver(source, now=datetime(2026, 9, 24, 23, tzinfo=UTC)))
    assert made.count("saved") == 1 and made.count("not_found") == len(OFFERED) - 1
    yahoo.listed["IWM"].closes[FRI] = LEVELS[FRI]
    yahoo.asked.clear()
    assert kinds(desk.deliver(source)).count("saved") == 1
    assert [datetime.fromtimestamp(start, UTC).date() for _, start in yahoo.asked] == [date(2026, 9, 14)]
    assert desk.values("yahoo:IWM:price") == LEVELS
    yahoo.asked.clear()
    assert "saved" not in kinds(desk.deliver(source))
    assert yahoo.asked == []


def test_that_a_dividend_has_the_whole_series_fetched_again(desk: Desk, httpserver: HTTPServer) -> None:
    of = Listed({day: LEVELS[day] for day in DAYS[:-1]})
    yahoo = server(httpserver, IWM=of)
    source = YahooSource()
    desk.deliver(source, now=datetime(2026, 9, 24, 23, tzinfo=UTC))
    of.closes[FRI] = LEVELS[FRI]
    of.dividends[FRI] = 1.5
    yahoo.asked.clear()
    desk.deliver(source)
    assert len(yahoo.asked) == 2
    assert desk.values("yahoo:IWM:price") == LEVELS
    assert desk.values("yahoo:IWM:total") == pytest.approx(of.bars()[1])


def test_that_a_split_restates_all_closes(desk: Desk, httpserver: HTTPServer) -> None:
    of = Listed({day: LEVELS[day] for day in DAYS[:-1]})
    server(httpserver, IWM=of)
    source = YahooSource()
    desk.deliver(source, now=datetime(2026, 9, 24, 23, tzinfo=UTC))
    of.closes[FRI] = LEVELS[FRI] / 4
    of.splits[FRI] = 4.0
    assert "saved" in kinds(desk.deliver(source))
    assert desk.values("yahoo:IWM:price") == pytest.approx(of.bars()[0])
    assert desk.values("yahoo:IWM:price")[DAYS[0]] == pytest.approx(LEVELS[DAYS[0]] / 4)


def test_that_closes_a_thousand_times_too_high_are_not_saved(desk: Desk, httpserver: HTTPServer) -> None:
    of = Listed({day: LEVELS[day] for day in DAYS[:-1]})
    server(httpserver, IWM=of)
    source = YahooSource()
    desk.deliver(source, now=datetime(2026, 9, 24, 23, tzinfo=UTC))
    of.closes = {day: 1000 * level for day, level in LEVELS.items()}
    assert "implausible" in kinds(desk.deliver(source))
    assert max(desk.values("yahoo:IWM:price").values()) < 300


def test_that_a_full_refresh_asks_for_everything_and_changes_nothing(desk: Desk, httpserver: HTTPServer) -> None:
    yahoo = server(httpserver, IWM=Listed(dict(LEVELS)))
    source = YahooSource()
    desk.deliver(source)
    made = kinds(desk.deliver(source, wish=Wish(full=True)))
    assert "saved" not in made and made.count("unchanged") == 1
    assert len(yahoo.asked) == 2


def test_that_a_host_that_asks_for_fewer_requests_is_left_alone(desk: Desk, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/query1.finance.yahoo.com/v8/finance/chart/^RUT").respond_with_data(
        "Edge: Too Many Requests", status=429
    )
    made = kinds(desk.deliver(YahooSource()))
    assert set(made) == {"rate_limited"} and len(made) == len(OFFERED)
    assert len(httpserver.log) <= 3
