"""An item as one line of a list: its colour, and in words what the colour means."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Item
from .clockwork import Colour, due_colour
from .kinds import Words, kind_of

TAGS = {Colour.BLUE: "ok", Colour.YELLOW: "late", Colour.RED: "miss", Colour.GREY: ""}


@dataclass(frozen=True)
class Slip:
    """`today` is the date where the item's unit is."""

    item: Item
    today: date

    @property
    def colour(self) -> Colour:
        return due_colour(self.item.due_on, self.today) if self.item.is_active else Colour.GREY

    @property
    def tag(self) -> str:
        return TAGS[self.colour]

    @property
    def kind(self) -> Words:
        return kind_of(self.item.kind).label

    @property
    def is_behind(self) -> bool:
        return self.item.is_behind(self.today)

    @property
    def due_words(self) -> str:
        """How far the date is, while it matters."""
        if self.item.due_on is None or self.colour == Colour.GREY:
            return ""
        left = (self.item.due_on - self.today).days
        if left < 0:
            return ngettext("逾期 %(n)d 天", "逾期 %(n)d 天", -left) % {"n": -left}
        return ngettext("还有 %(n)d 天", "还有 %(n)d 天", left) % {"n": left} if left else _("今天到期")

    @property
    def follow_up_words(self) -> str:
        """Whether a follow-up is owed; nothing when none is."""
        day = self.item.follow_up_on
        if day is None or day > self.today:
            return ""
        return _("今天应跟进") if day == self.today else _("自 %(day)s 缺跟进") % {"day": f"{day:%m-%d}"}

    @property
    def noun(self) -> str:
        """The address of the noun beside the item; empty without one."""
        page = kind_of(self.item.kind).page
        return page(self.item.subject_id) if page and self.item.subject_id else ""
