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
            name="Form",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                ("ends_on", models.DateField(verbose_name="停用日期")),
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
        ),
        migrations.CreateModel(
            name="Call",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=32, verbose_name="类别")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(blank=True, verbose_name="正文")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("once", "一次"),
                            ("daily", "每天"),
                            ("workdays", "每个工作日"),
                            ("weekly", "每周"),
                            ("monthly", "每月"),
                        ],
                        max_length=8,
                        verbose_name="频次",
                    ),
                ),
                ("days", models.JSONField(default=list, verbose_name="哪几天")),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("layered", "逐级审核"),
                            ("straight", "直接上报"),
                            ("reviewed", "逐级审核，发起单位终审"),
                        ],
                        default="layered",
                        max_length=8,
                        verbose_name="上报方式",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="结束日期（不含）")),
                ("hours", models.JSONField(default=dict)),
                ("chasing", models.JSONField(default=list)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("issued", "进行中"),
                            ("ended", "已结束"),
                            ("revoked", "已撤销"),
                            ("superseded", "已被替代"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("issued_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="orgs.unit",
                        verbose_name="发起单位",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="cascade.call",
                    ),
                ),
                (
                    "form",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="cascade.form",
                        verbose_name="表单",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("status"), models.F("starts_on"), name="call_asking"),
                    models.Index(models.F("kind"), models.F("status"), name="call_kind"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="call_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", True), ("status", "draft")),
                            models.Q(models.Q(("status", "draft"), _negated=True), ("issued_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="call_issued_means_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "superseded"), ("superseded_by__isnull", False)),
                            models.Q(
                                models.Q(("status", "superseded"), _negated=True), ("superseded_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="call_superseded_means_by_which",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exemption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("lifted_from", models.DateField(null=True, verbose_name="恢复日期")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="恢复时间")),
                ("lift_reason", models.CharField(blank=True, max_length=200, verbose_name="恢复原因")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exemptions", to="cascade.call"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="exemption_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lift_reason", ""),
                                ("lifted_at__isnull", True),
                                ("lifted_by__isnull", True),
                                ("lifted_from__isnull", True),
                            ),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_by__isnull", False),
                                ("lifted_from__isnull", False),
                                models.Q(("lift_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exemption_lifted_means_when_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("from_date", models.DateField(verbose_name="启用日期")),
                ("spec", models.JSONField()),
                ("digest", models.CharField(editable=False, max_length=64)),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="cascade.form"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("form"), models.F("number"), name="formversion_number_once"),
                    models.UniqueConstraint(
                        models.F("form"), models.F("from_date"), name="formversion_one_start_a_day"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("key", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[("zero", "零报告"), ("some", "有情况")], max_length=4, verbose_name="类型"
                    ),
                ),
                ("values", models.JSONField(default=dict)),
                ("registers", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                ("at", models.DateTimeField(verbose_name="填报时间")),
                ("proxy", models.BooleanField(default=False, verbose_name="代填")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正原因")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "通过"), ("returned", "退回")], max_length=8, verbose_name="结论"
                    ),
                ),
                ("fields", models.JSONField(default=dict)),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="审核时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="审核人",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="cascade.reply"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verdict", "accepted"),
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("fields", {}), _negated=True),
                            _connector="OR",
                        ),
                        name="review_returned_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField(verbose_name="业务日期")),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rounds", to="cascade.call"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cascade.formversion",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("closed_at"), models.F("on"), name="round_open")],
                "constraints": [models.UniqueConstraint(models.F("call"), models.F("on"), name="round_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=96)),
                ("freeze_at", models.DateTimeField()),
                ("frozen_at", models.DateTimeField(null=True)),
                ("totals", models.JSONField(null=True)),
                ("coverage", models.JSONField(null=True)),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="cascade.round",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("freeze_at"), condition=models.Q(("frozen_at__isnull", True)), name="figure_to_freeze"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("round"), models.F("path"), name="figure_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("coverage__isnull", True), ("frozen_at__isnull", True), ("totals__isnull", True)),
                            models.Q(
                                ("coverage__isnull", False), ("frozen_at__isnull", False), ("totals__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="figure_frozen_means_counted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=16)),
                ("path", models.CharField(max_length=96)),
                ("above", models.CharField(blank=True, max_length=96)),
                ("opens_at", models.DateTimeField()),
                ("due_at", models.DateTimeField(verbose_name="截止时间")),
                ("freeze_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("missing", "未报"), ("zero", "零报告"), ("some", "有情况"), ("exempt", "免报")],
                        default="missing",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                (
                    "review",
                    models.CharField(
                        choices=[
                            ("none", "无须审核"),
                            ("waiting", "待审核"),
                            ("accepted", "已通过"),
                            ("returned", "已退回"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="审核",
                    ),
                ),
                ("late", models.BooleanField(default=False, verbose_name="迟报")),
                ("replied_at", models.DateTimeField(null=True, verbose_name="首次上报时间")),
                ("exempt_reason", models.CharField(blank=True, max_length=200, verbose_name="免报原因")),
                ("exempt_at", models.DateTimeField(null=True)),
                ("rests", models.BooleanField(db_default=False, default=False, verbose_name="休息")),
                ("made_at", models.DateTimeField()),
                ("chased", models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name="催办次数")),
                ("chased_at", models.DateTimeField(null=True, verbose_name="最近催办")),
                ("chase_steps", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "exemption",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="cascade.exemption",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.region",
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cascade.reply",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slots",
                        to="cascade.round",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("round"),
                        models.F("path"),
                        models.F("state"),
                        models.F("late"),
                        models.F("review"),
                        models.F("rests"),
                        name="slot_coverage",
                    ),
                    models.Index(models.F("unit"), models.F("round"), name="slot_unit"),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("round"), models.F("unit"), name="slot_once_a_round"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("replied_at__isnull", False), ("reply__isnull", False), ("state__in", ["zero", "some"])
                            ),
                            models.Q(
                                ("late", False),
                                ("replied_at__isnull", True),
                                ("reply__isnull", True),
                                ("review", "none"),
                                ("state", "missing"),
                            ),
                            ("state", "exempt"),
                            _connector="OR",
                        ),
                        name="slot_answered_means_a_reply",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("exempt_at__isnull", False),
                                ("state", "exempt"),
                                models.Q(("exempt_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "exempt"), _negated=True),
                                ("exempt_at__isnull", True),
                                ("exempt_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="slot_exempt_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exemption__isnull", True), ("state", "exempt"), _connector="OR"),
                        name="slot_of_an_exemption_is_exempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rests", False), ("state", "exempt"), _connector="OR"),
                        name="slot_rests_means_exempt",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("freeze_at__gte", models.F("due_at"))),
                        name="slot_freezes_when_due_or_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kinds", models.JSONField(verbose_name="单位类型")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="cascade.call"
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="范围",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(models.F("call"), models.F("root"), name="target_once_a_call")],
            },
        ),
        migrations.AddField(
            model_name="reply",
            name="slot",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="cascade.slot"
            ),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(models.F("slot"), models.F("number"), name="reply_version_once"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(models.F("slot"), models.F("key"), name="reply_key_once"),
        ),
    ]
