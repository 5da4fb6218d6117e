from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("mobilisation", "0001_initial")]

    operations = [migrations.RenameField("vanguard", "place", "location")]
