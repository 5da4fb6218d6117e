from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wuli.kernel.ledger.models.followup import PICTURES
from wuli.kernel.orgs.models import Person

from .activity import Activity
from .vanguard import Result


class Attachment(models.Model):
    """A picture or paper of an activity or of a result; the file lies with all other evidence, under its digest."""

    class Privacy:
        personal = {"name", "by"}
        plain = {"id", "activity", "result", "digest", "media_type", "size", "at"}

    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="attachments")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="attachments")
    digest = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    name = models.CharField(_("文件名"), max_length=160)
    media_type = models.CharField(_("类型"), max_length=80)
    size = models.PositiveBigIntegerField(_("大小"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_to_one_thing",
                condition=Q(activity__isnull=False, result__isnull=True)
                | Q(activity__isnull=True, result__isnull=False),
            ),
            models.UniqueConstraint("activity", "digest", name="attachment_once_an_activity"),
            models.UniqueConstraint("result", "digest", name="attachment_once_a_result"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type in PICTURES
