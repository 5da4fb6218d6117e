import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("boundary", models.CharField(blank=True, max_length=200, verbose_name="网格范围")),
                ("hotline", models.CharField(blank=True, max_length=40, verbose_name="报告电话")),
                (
                    "unit",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("process_step", models.CharField(blank=True, max_length=40, verbose_name="工序")),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="岗位")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("unit"),
                        models.F("process_step"),
                        models.F("post"),
                        models.F("until_date"),
                        models.F("from_date"),
                        name="cell_unit",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))), name="cell_ends_after_it_begins"
                    ),
                    models.UniqueConstraint(
                        models.F("unit"),
                        models.F("process_step"),
                        models.F("post"),
                        models.F("from_date"),
                        name="cell_one_start_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("post", ""), ("process_step", ""), _negated=True),
                        name="cell_names_a_step_or_a_post",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CellKeeper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "role",
                    models.CharField(
                        choices=[("keeper", "网格员"), ("deputy", "副网格员")], max_length=8, verbose_name="职责"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "cell",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keepers",
                        to="grid.cell",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("cell"),
                        models.F("role"),
                        models.F("until_date"),
                        models.F("from_date"),
                        name="cellkeeper_cell",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="cellkeeper_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        models.F("cell"), models.F("role"), models.F("from_date"), name="cellkeeper_one_start_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=20, verbose_name="公示电话")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="orgs.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DutyText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("group", "集团"),
                            ("segment", "业务板块"),
                            ("enterprise", "企业"),
                            ("workshop", "车间"),
                            ("team", "班组"),
                            ("party_group", "党组"),
                            ("party_committee", "党委"),
                            ("general_branch", "党总支"),
                            ("party_branch", "党支部"),
                        ],
                        max_length=16,
                        verbose_name="类型",
                    ),
                ),
                ("text", models.TextField(max_length=1200, verbose_name="职责")),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("unit"), models.F("kind"), name="dutytext_once_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="Instructor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("name", models.CharField(blank=True, max_length=60, verbose_name="姓名")),
                ("organisation", models.CharField(blank=True, max_length=80, verbose_name="所在单位")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="工作电话")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instructors",
                        to="orgs.unit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("unit"), models.F("until_date"), models.F("from_date"), name="instructor_unit"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="instructor_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("person__isnull", False)),
                            models.Q(("person__isnull", True), models.Q(("name", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="instructor_is_of_the_group_or_named",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kinds", models.CharField(max_length=80, verbose_name="层级")),
                (
                    "size",
                    models.CharField(
                        choices=[("A4", "A4"), ("A3", "A3")], default="A4", max_length=2, verbose_name="纸张"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("making", "正在生成"), ("done", "已生成"), ("failed", "未能生成")],
                        default="making",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("boards", models.PositiveIntegerField(default=0, verbose_name="张数")),
                ("content", models.BinaryField(null=True)),
                ("refusal", models.CharField(blank=True, max_length=400)),
                ("asked_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content__isnull", False), ("status", "done")),
                            models.Q(("status", "done"), _negated=True),
                            _connector="OR",
                        ),
                        name="pack_done_means_content",
                    )
                ],
            },
        ),
    ]
