import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cascade", "0001_initial"),
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Directive",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "urgency",
                    models.CharField(
                        choices=[("normal", "平急"), ("urgent", "加急"), ("extreme", "特急")],
                        default="normal",
                        max_length=8,
                        verbose_name="紧急程度",
                    ),
                ),
                (
                    "asks",
                    models.CharField(
                        choices=[("receipt", "签收"), ("action", "签收并落实")],
                        default="action",
                        max_length=8,
                        verbose_name="要求",
                    ),
                ),
                ("prefix", models.CharField(blank=True, max_length=20, verbose_name="机关代字")),
                ("due_on", models.DateField(verbose_name="截止日期")),
                ("due_clock", models.TimeField(verbose_name="截止时刻")),
                ("sign_hours", models.PositiveSmallIntegerField(verbose_name="签收时限（小时）")),
                ("sign_by", models.DateTimeField(null=True, verbose_name="签收截止")),
                ("soon_hours", models.PositiveSmallIntegerField(verbose_name="提前几小时变蓝")),
                ("red_hours", models.PositiveSmallIntegerField(verbose_name="超过几小时变红")),
                ("pass_on", models.BooleanField(default=False, verbose_name="须逐级分解")),
                ("level", models.PositiveSmallIntegerField(default=0)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="directive", to="cascade.call"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="directives.directive",
                        verbose_name="上级文件",
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="签发人",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 0), ("parent__isnull", True)),
                            models.Q(("level__gte", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="directive_level_counts_from_the_top",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("red_hours__gte", 1), ("sign_hours__gte", 1)),
                        name="directive_turns_red_after_yellow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="directive_stands_not_over_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=160, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=80, verbose_name="类型")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                (
                    "directive",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="directives.directive",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("directive"), models.F("digest"), name="attachment_once_a_directive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), models.Q(("name", ""), _negated=True)),
                        name="attachment_is_not_empty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("owed", models.CharField(choices=[("sign", "签收"), ("act", "办结")], max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "slot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="cascade.slot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("slot"), models.F("owed"), name="escalation_once_over_a_thing")
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="阅读时间")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="阅读人",
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="opening", to="cascade.slot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=96)),
                ("as_of", models.DateTimeField(verbose_name="截至")),
                ("rows", models.PositiveIntegerField(verbose_name="单位数")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="校验码")),
                ("totals", models.JSONField()),
                ("file", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(max_length=10)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="打印人",
                    ),
                ),
                (
                    "directive",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proofs", to="directives.directive"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="范围",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("digest", ""), _negated=True), name="proof_has_a_digest")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="签收时间")),
                ("proxy", models.BooleanField(default=False, verbose_name="代签")),
                ("late", models.BooleanField(default=False, verbose_name="迟签")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="签收人",
                    ),
                ),
                (
                    "slot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipt", to="cascade.slot"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("prefix", models.CharField(max_length=20, verbose_name="机关代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="已用到")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="发文单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("prefix"), models.F("year"), name="series_one_a_prefix_and_year")
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="进度（%）")),
                ("text", models.TextField(max_length=4000, verbose_name="落实情况")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("key", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="填报人",
                    ),
                ),
                (
                    "reply",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cascade.reply"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="cascade.slot",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("slot"), models.F("key"), name="step_once_by_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("percent__lt", 100), ("reply__isnull", True)),
                            models.Q(("percent", 100), ("reply__isnull", False)),
                            _connector="OR",
                        ),
                        name="step_is_whole_when_it_reports_done",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("key", ""), _negated=True)),
                        name="step_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("name", models.CharField(max_length=160, verbose_name="文件名")),
                ("media_type", models.CharField(max_length=80, verbose_name="类型")),
                ("size", models.PositiveBigIntegerField(verbose_name="大小")),
                (
                    "step",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="directives.step",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("step"), models.F("digest"), name="evidence_once_a_step"),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), models.Q(("name", ""), _negated=True)),
                        name="directive_evidence_is_not_empty",
                    ),
                ],
            },
        ),
    ]
