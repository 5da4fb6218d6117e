import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("metric", models.CharField(max_length=60, verbose_name="指标")),
                ("on", models.DateField(verbose_name="业务日期")),
                ("value", models.DecimalField(decimal_places=4, max_digits=20, null=True, verbose_name="数值")),
                (
                    "source",
                    models.CharField(
                        choices=[("nightly", "日终读数"), ("freeze", "定数读数")], max_length=8, verbose_name="来源"
                    ),
                ),
                ("taken_at", models.DateTimeField(verbose_name="读数时间")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("unit"), models.F("on"), name="reading_unit_days")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("metric"), models.F("on"), models.F("unit"), name="reading_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("metric", ""), _negated=True), name="reading_is_of_a_metric"
                    ),
                ],
            },
        ),
    ]
