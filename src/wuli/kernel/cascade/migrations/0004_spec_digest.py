import hashlib
import json

from django.db import migrations, models


def fill(apps, schema_editor):
    for version in apps.get_model("cascade", "FormVersion").objects.order_by("pk"):
        version.digest = hashlib.sha256(json.dumps(version.spec, sort_keys=True).encode()).hexdigest()
        version.save(update_fields=["digest"])


class Migration(migrations.Migration):
    dependencies = [("cascade", "0003_working_days")]

    operations = [
        migrations.AddField(
            model_name="formversion",
            name="digest",
            field=models.CharField(default="", editable=False, max_length=64),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
