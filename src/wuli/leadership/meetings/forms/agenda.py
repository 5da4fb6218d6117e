"""The points of an agenda as rows that are added, moved and removed; nothing is kept until the whole is saved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wuli.kernel.cascade.models import Call
from wuli.kernel.metrics.rules.metrics import Metric

from ..models import Series
from ..rules.agenda import EVERY_CALL, MOST_POINTS, Point, fresh_key, lacking, moved, read

MOVES = {"up": -1, "down": 1}


class PointForm(forms.Form):
    """One point; where it stands is the order of the rows."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=12)
    title = forms.CharField(label=lazy("议题"), max_length=60)
    metrics = forms.MultipleChoiceField(label=lazy("材料里的指标"), required=False, widget=forms.CheckboxSelectMultiple)
    calls = forms.MultipleChoiceField(
        label=lazy("材料里的上报情况"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, metrics: Sequence[Metric], calls: Sequence[Call], point: Point | None = None,
                 **kwargs: Any) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        codes = [metric.code for metric in metrics]
        known = [(metric.code, f"{metric.group} · {metric.title}") for metric in metrics]
        named = [] if point is None else point.metrics
        absent = set(lacking(point, codes)) if point else set()
        patterns = [
            (one, _("%(code)s（暂无指标，有了自动显示）") % {"code": one} if one in absent
             else _("%(code)s（这一类的全部指标）") % {"code": one})
            for one in named if one not in codes
        ]  # fmt: skip
        self.fields["metrics"].choices = [*patterns, *known]  # type: ignore[attr-defined]
        asked = [(EVERY_CALL, _("当天问到的全部上报任务")), *((str(call.pk), call.title) for call in calls)]
        gone = [(one, _("已结束的任务 %(key)s") % {"key": one}) for one in (point.calls if point else ())
                if one not in dict(asked)]  # fmt: skip
        self.fields["calls"].choices = [*asked, *gone]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, int]:
        """How many are ticked, while they are folded away."""
        return {name: len(self[name].value() or ()) for name in ("metrics", "calls")}

    def said(self) -> Point:
        """What stands in the row, whether it could be saved or not."""
        key, title, metrics, calls = (self[name].value() for name in ("key", "title", "metrics", "calls"))
        return Point(key or "", title or "", tuple(metrics or ()), tuple(calls or ()))


class AgendaForm:
    """The rows of a series' agenda. `edition` is that of the series which the editor saw."""

    def __init__(self, series: Series, metrics: Sequence[Metric], calls: Sequence[Call], data: Any = None) -> None:
        self.kept = {point.key: point for point in read(series.agenda)}
        self.how: dict[str, Any] = {"metrics": metrics, "calls": calls}
        self.edition = series.edition if data is None else _number(data.get("edition", ""))
        self.is_changed = False
        self.rows = self._unbound(list(self.kept.values())) if data is None else self._bound(data)

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_POINTS

    def is_valid(self) -> bool:
        return all(row.is_valid() for row in self.rows)

    def points(self) -> list[Point]:
        return [replace(point, title=point.title.strip(), key=point.key or self._fresh()) for point in self._said()]

    def rearrange(self, do: str) -> None:
        """`up:2`, `down:0`, `remove:1`, `add`: what was typed stays; what is none of these changes nothing."""
        points = self._said()
        what, _colon, which = do.partition(":")
        number = _number(which)
        if what == "add" and not self.is_full:
            points.append(Point(self._fresh(), ""))
        elif what in MOVES and number is not None:
            points = moved(points, number, MOVES[what])
        elif what == "remove" and number is not None and number < len(points):
            del points[number]
        self.rows, self.is_changed = self._unbound(points), True

    def _said(self) -> list[Point]:
        return [row.said() for row in self.rows]

    def _fresh(self) -> str:
        """A key that no point has, and none has had until the agenda is saved."""
        return fresh_key([*self._said(), *self.kept.values()])

    def _unbound(self, points: Sequence[Point]) -> list[PointForm]:
        return [self._row(n, point.key, initial=point.as_dict()) for n, point in enumerate(points)]

    def _bound(self, data: Mapping[str, Any]) -> list[PointForm]:
        """As many as came, one more than there may be at most: then the rule says that they are too many."""
        there = [n for n in range(MOST_POINTS + 1) if f"point{n}-title" in data]
        return [self._row(n, data.get(f"point{n}-key", ""), data=data) for n in there]

    def _row(self, n: int, key: str, **how: Any) -> PointForm:
        return PointForm(prefix=f"point{n}", point=self.kept.get(key), **self.how, **how)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
