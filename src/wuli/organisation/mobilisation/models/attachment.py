from django.db import models
from django.db.models import Q

from wuli.kernel.ledger.models import KeptFile
from wuli.kernel.orgs.models import Person

from .activity import Activity
from .vanguard import Result


class Attachment(KeptFile):
    """A picture or paper of an activity or of a result; the file lies with all other evidence, under its digest."""

    class Privacy:
        personal = {"name", "by"}
        plain = {"id", "activity", "result", "digest", "media_type", "size", "at"}

    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="attachments")
    result = models.ForeignKey(Result, models.PROTECT, null=True, related_name="attachments")
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
