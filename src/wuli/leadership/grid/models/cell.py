from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.orgs.models import Person, Unit
from wuli.kernel.orgs.models.dated import Dated, DatedQuerySet, ends_after_it_begins


class Cell(Dated):
    """A cell inside a team or workshop: those of its own people who work at one process step, or one post of it.

    An empty `post` means the whole step. Who is in it follows from people's posts and is stored nowhere.
    """

    class Privacy:
        plain = {"id", "unit", "process_step", "post", "from_date", "until_date", "reason"}

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="cells", db_index=False, verbose_name=_("单位"))
    process_step = models.CharField(_("工序"), max_length=40, blank=True)
    post = models.CharField(_("岗位"), max_length=40, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("unit", "process_step", "post", "until_date", "from_date", name="cell_unit")]
        constraints = [
            ends_after_it_begins("cell_ends_after_it_begins"),
            models.UniqueConstraint("unit", "process_step", "post", "from_date", name="cell_one_start_a_day"),
            models.CheckConstraint(name="cell_names_a_step_or_a_post", condition=~Q(process_step="", post="")),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return " · ".join(part for part in (self.process_step, self.post) if part)


class CellKeeper(Dated):
    """Who keeps a cell inside a team or workshop, as keeper or deputy. It gives no rights: those come from duties."""

    class Role(models.TextChoices):
        KEEPER = "keeper", _("网格员")
        DEPUTY = "deputy", _("副网格员")

    class Privacy:
        personal = {"person"}
        plain = {"id", "cell", "role", "from_date", "until_date", "reason"}

    cell = models.ForeignKey(Cell, models.CASCADE, related_name="keepers", db_index=False)
    role = models.CharField(_("职责"), max_length=8, choices=Role)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("姓名"))
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index("cell", "role", "until_date", "from_date", name="cellkeeper_cell")]
        constraints = [
            ends_after_it_begins("cellkeeper_ends_after_it_begins"),
            models.UniqueConstraint("cell", "role", "from_date", name="cellkeeper_one_start_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person_id}"
