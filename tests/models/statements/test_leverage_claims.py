"""What is said of leverage, and what cannot be said."""

from datetime import date

from models.names import Verdict
from models.statements.leverage_claims import Debt, statement

DAY = date(2017, 6, 15)
SINCE = date(2009, 12, 31)


def test_that_a_level_near_its_highest_is_near_its_record_since_2009() -> None:
    assert statement(Debt("IWM", 4.0, 97.0, SINCE), None, DAY).verdict is Verdict.TRUE
    assert statement(Debt("IWM", 4.0, 94.0, SINCE), None, DAY).verdict is Verdict.FALSE


def test_that_a_short_history_gives_no_verdict_but_the_level() -> None:
    made = statement(Debt("IWM", 4.0, None, None), Debt("IVV", None, None, None), DAY)
    assert (made.verdict, made.reason) == (Verdict.UNKNOWN, "sample_too_short")
    assert made.sentence.startswith("Net debt of IWM's companies is 4.0 times EBITDA (15 Jun 2017)")
    assert made.sentence.endswith("too short to rank it.")


def test_that_without_earnings_there_is_no_multiple() -> None:
    made = statement(Debt("IWM", None, None, None), None, DAY)
    assert (made.verdict, made.reason, made.value) == (Verdict.UNKNOWN, "no_data", None)
    assert "not a number" in made.sentence


def test_that_it_names_its_definition_and_its_source() -> None:
    made = statement(Debt("IWM", 4.0, 97.0, SINCE), None, DAY, ("sec",))
    assert "outside finance and real estate" in made.definition and made.sources == ("sec",)
    assert made.id == "leverage-iwm-2017-06-15" and made.sample_start == SINCE
