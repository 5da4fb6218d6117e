from django.db import models
from django.utils.translation import gettext_lazy as _

from .dated import Dated, DatedQuerySet, ends_after_it_begins
from .person import Person
from .unit import Unit


class Duty(models.TextChoices):
    """What someone answers for at a unit. What each may do stands in `rules.DUTIES`."""

    HEAD = "head", _("主要负责人")
    DEPUTY = "deputy", _("副职")
    GRID_KEEPER = "grid_keeper", _("网格员")
    DEPUTY_KEEPER = "deputy_keeper", _("副网格员")
    REPORTER = "reporter", _("填报人")
    REVIEWER = "reviewer", _("审核人")
    TRACKER = "tracker", _("跟踪人")
    ROSTER_KEEPER = "roster_keeper", _("花名册管理员")
    COMMANDER = "commander", _("指挥部值班")
    PARTY_SECRETARY = "party_secretary", _("党组织书记")
    PARTY_OFFICER = "party_officer", _("党务干部")
    PRIVACY_OFFICER = "privacy_officer", _("个人信息保护负责人")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDIT_ADMIN = "audit_admin", _("审计管理员")


class Posting(Dated):
    """Who holds which duty at which unit, since when. It reaches the unit and everything below it."""

    class Privacy:
        personal = {"person"}
        plain = {"id", "duty", "unit", "from_date", "until_date", "stands_in_for"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="postings", verbose_name=_("姓名"))
    duty = models.CharField(_("职责"), max_length=16, choices=Duty)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="postings", verbose_name=_("单位"))
    stands_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="stand_ins", verbose_name=_("代理")
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index("person", "until_date", name="posting_person"),
            models.Index("unit", "duty", "until_date", "from_date", name="posting_unit"),
            models.Index("duty", "until_date", name="posting_duty"),
        ]
        constraints = [ends_after_it_begins("posting_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.get_duty_display()

    def get_duty_display(self) -> str:  # type: ignore[no-redef]
        """What Django's own tells, which puts all duties together each time."""
        return str(Duty(self.duty).label)
