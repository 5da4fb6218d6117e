from django.db import migrations, models


def said_when_it_began(apps, schema_editor):
    """Until now a response could only be widened, and what was said held at once."""
    apps.get_model("command", "Extent").objects.filter(said_at=None).update(said_at=models.F("since"))


class Migration(migrations.Migration):
    dependencies = [("command", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="extent", name="extent_once_a_response"),
        migrations.AddField(
            model_name="extent", name="inside", field=models.BooleanField(default=True, verbose_name="在范围内")
        ),
        migrations.AddField(
            model_name="extent", name="said_at", field=models.DateTimeField(null=True, verbose_name="下令时间")
        ),
        migrations.RunPython(said_when_it_began, migrations.RunPython.noop),
        migrations.AlterField(model_name="extent", name="said_at", field=models.DateTimeField(verbose_name="下令时间")),
        migrations.AlterField(model_name="extent", name="since", field=models.DateTimeField(verbose_name="自")),
        migrations.AddConstraint(
            model_name="extent",
            constraint=models.UniqueConstraint("response", "root", "said_at", name="extent_one_word_a_moment"),
        ),
        migrations.AddConstraint(
            model_name="extent",
            constraint=models.CheckConstraint(
                name="extent_taken_out_means_why", condition=models.Q(inside=True) | ~models.Q(reason="")
            ),
        ),
    ]
