from wuli.base.figures import kept


def test_a_figure_is_counted_once_within_the_seconds_it_is_kept(settings):
    settings.FIGURES_KEPT = 60
    counts = iter([1, 2])
    assert [kept("tests.once", lambda: next(counts)), kept("tests.once", lambda: next(counts))] == [1, 1]
    assert kept("tests.other", lambda: next(counts)) == 2


def test_zero_seconds_count_each_time(settings):
    settings.FIGURES_KEPT = 0
    counts = iter([1, 2])
    assert [kept("tests.each", lambda: next(counts)), kept("tests.each", lambda: next(counts))] == [1, 2]
