import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cascade", "0001_initial"),
        ("orgs", "0001_initial"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("ends_on", models.DateField(verbose_name="停用日期")),
                ("spec", models.JSONField(default=dict)),
                ("step", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="最近修改",
                    ),
                ),
                (
                    "form",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft",
                        to="cascade.form",
                        verbose_name="表单",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="归口单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("code"), condition=models.Q(("form__isnull", True)), name="draft_code_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Layout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("authority", models.CharField(max_length=80, verbose_name="报给谁")),
                ("file", models.BinaryField()),
                ("file_name", models.CharField(max_length=120, verbose_name="模板文件")),
                ("sheet", models.CharField(max_length=31, verbose_name="工作表")),
                ("cells", models.JSONField(default=dict)),
                ("columns", models.JSONField(default=dict)),
                ("first_row", models.PositiveIntegerField(null=True, verbose_name="起始行")),
                ("with_total", models.BooleanField(default=False, verbose_name="末行合计")),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="最近修改",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layouts",
                        to="cascade.form",
                        verbose_name="表单",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="归口单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("owner"), models.F("name"), name="layout_name_once_an_owner")
                ],
            },
        ),
    ]
