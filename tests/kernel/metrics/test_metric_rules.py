from datetime import date
from decimal import Decimal

import pytest

from wuli.base.errors import Refused
from wuli.kernel.cascade.rules.sources import Part
from wuli.kernel.metrics.rules import addresses, curves, metrics, numbers
from wuli.kernel.metrics.rules.metrics import Metric, Rolls
from wuli.kernel.orgs.models.posting import Duty
from wuli.kernel.orgs.rules.duties import Perm

from .conftest import metric

NEVER = {
    "title": "", "unit": "", "group": "", "meaning": "", "counting": "", "owner": Duty.HEAD, "perm": Perm.UNIT_VIEW,
}  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "ratio"), [(1, 4, 25), (0, 4, 0), (4, 0, None), (None, 4, None), (4, None, None), (0, 0, None)]
)
def test_a_ratio_needs_something_to_divide_by(part, whole, ratio):
    assert numbers.ratio(numbers.number(part), numbers.number(whole)) == ratio


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (None, 0, "—"), (0, 0, "0"), (1234567, 0, "1,234,567"), ("1234.565", 2, "1,234.57"), (-3, 0, "−3"),
        ("-0.04", 1, "0.0"),
    ],
)  # fmt: skip
def test_how_numbers_are_written(value, decimals, words):
    assert numbers.written(numbers.number(value), decimals) == words


@pytest.mark.parametrize(("value", "words"), [("99.98", "99.9"), ("100", "100.0"), ("66.666", "66.7"), (None, "—")])
def test_a_share_that_is_not_whole_never_reads_as_a_hundred(value, words):
    assert metric("cascade.coverage").words(numbers.number(value)) == words


@pytest.mark.parametrize(
    ("value", "before", "by", "percent", "negative"),
    [
        (110, 100, 10, 10, False), (90, 100, -10, -10, False), (5, 0, 5, None, False), (5, None, None, None, False),
        (None, 5, None, None, False), (5, -10, 15, 150, True), (-20, -10, -10, -100, True),
    ],
)  # fmt: skip
def test_changes(value, before, by, percent, negative):
    found = numbers.change(numbers.number(value), numbers.number(before))
    assert (found.by, found.percent, found.negative_base) == (by, percent, negative)


@pytest.mark.parametrize(
    ("code", "value", "before", "words"),
    [
        ("orgs.people", 103, 100, "+3（+3.0%）"), ("orgs.people", 3, 0, "+3（—）"), ("orgs.people", 3, None, ""),
        ("orgs.people", 97, 100, "−3（−3.0%）"), ("orgs.people", 5, 5, "0（0.0%）"),
        ("cascade.coverage", "92.5", "90.1", "+2.4 个百分点"), ("orgs.people", 1, -2, "+3（+150.0%，基数为负）"),
    ],
)  # fmt: skip
def test_changes_in_words(code, value, before, words):
    assert metric(code).change_words(numbers.change(numbers.number(value), numbers.number(before))) == words


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2020, 3, 1), date(2019, 3, 1)),
        (date(2020, 2, 29), date(2019, 2, 28)),
        (date(2021, 1, 1), date(2020, 1, 1)),
    ],
)
def test_the_same_day_of_the_year_before(day, before):
    assert numbers.year_before(day) == before


def test_an_unknown_metric_is_refused_with_a_sentence():
    with pytest.raises(Refused, match="没有编码为“orgs.martians”的指标"):
        metrics.metric_of("orgs.martians")


@pytest.mark.parametrize(
    ("told", "mistake"),
    [
        ({}, "counted from rows"),
        ({"rolls": Rolls.RATIO}, "divides two"),
        ({"rolls": Rolls.RATIO, "parts": ("orgs.people", "tests.unknown")}, "divides two"),
        ({"rolls": Rolls.DISTINCT, "rows": lambda part: part}, "counts a key"),
        ({"rolls": Rolls.LATEST, "rows": lambda part: part, "key": "unit"}, "needs a key"),
        ({"rows": lambda part: part, "decimals": 5}, "keep 4 decimals"),
    ],
)
def test_a_metric_that_could_not_be_counted_is_not_registered(told, mistake):
    with pytest.raises(ValueError, match=mistake):
        metrics.register(Metric(code="tests.never", **NEVER, **told))
    assert "tests.never" not in metrics.known()


def test_a_part_stands_in_an_address_and_is_read_again():
    part = Part("00010003", date(2020, 2, 3), ("000100030004", "0001000300050006"))
    said = addresses.without_of(part)
    assert said == "0004.00050006"
    assert addresses.paths_without(part.path, said) == part.without


@pytest.mark.parametrize("said", ["", "..", "004", "0004.%%%%", "../0001", "ABCD"])
def test_what_is_not_a_part_leaves_nothing_out(said):
    assert addresses.paths_without("0001", said) == ()


def test_a_curve_breaks_where_days_are_missing():
    curve = curves.curve_of([Decimal(n) if n is not None else None for n in (1, 2, None, 3, None, None, 2, 2)])
    assert (len(curve.lines), len(curve.dots), len(curve.gaps)) == (2, 1, 3)


@pytest.mark.parametrize("values", [[], [None, None], [Decimal(3)], [None, Decimal(3)]])
def test_one_number_is_no_curve(values):
    assert curves.curve_of(values) is None


def test_a_curve_of_the_same_number_lies_within_its_picture():
    for n in (0, 5, -5):
        (points,) = curves.curve_of([Decimal(n)] * 3).lines
        assert all(0 <= float(y) <= curves.HEIGHT for _x, y in (point.split(",") for point in points.split()))
