import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

FINISHED = Q(("finished_at__isnull", False), ("status__in", ["done", "refused", "cancelled"]))
UNDER_WAY = Q(Q(("status__in", ["done", "refused", "cancelled"]), _negated=True), ("finished_at__isnull", True))


class Migration(migrations.Migration):
    """An import of a roster becomes an import of a file, which says what it is about."""

    dependencies = [("orgs", "0002_passwords")]

    operations = [
        migrations.RenameModel(old_name="RosterImport", new_name="FileImport"),
        migrations.RenameIndex(model_name="fileimport", old_name="rosterimport_stalled", new_name="fileimport_stalled"),
        migrations.RemoveConstraint(model_name="fileimport", name="rosterimport_finished_means_when"),
        migrations.AddConstraint(
            model_name="fileimport",
            constraint=models.CheckConstraint(condition=FINISHED | UNDER_WAY, name="fileimport_finished_means_when"),
        ),
        migrations.AlterField(
            model_name="fileimport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="file_imports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="fileimport",
            name="about",
            field=models.CharField(
                choices=[("roster", "花名册"), ("units", "单位")], default="roster", max_length=8, verbose_name="内容"
            ),
        ),
    ]
