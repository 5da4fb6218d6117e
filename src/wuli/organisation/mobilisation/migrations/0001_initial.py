import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[("theme_day", "主题党日"), ("lecture", "党课"), ("meeting", "党员大会")],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="主题")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="内容安排")),
                ("place", models.CharField(blank=True, max_length=80, verbose_name="地点")),
                ("starts_at", models.DateTimeField(verbose_name="开始时间")),
                ("ends_at", models.DateTimeField(verbose_name="结束时间")),
                ("on_date", models.DateField(editable=False, verbose_name="日期")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "草稿"),
                            ("published", "已发布"),
                            ("held", "已开展"),
                            ("not_held", "未开展"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("not_held_reason", models.CharField(blank=True, max_length=200, verbose_name="未开展的原因")),
                ("minutes", models.TextField(blank=True, max_length=8000, verbose_name="记录")),
                ("guests", models.PositiveIntegerField(default=0, verbose_name="列席群众")),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField(null=True)),
                ("corrected_at", models.DateTimeField(null=True)),
                ("correction", models.CharField(blank=True, max_length=200, verbose_name="更正原因")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="party_activities",
                        to="orgs.unit",
                        verbose_name="主办党组织",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "responsible",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="负责人",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("status"), models.F("sort"), models.F("on_date"), name="activity_month")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="activity_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "not_held"), models.Q(("not_held_reason", ""), _negated=True)),
                            models.Q(models.Q(("status", "not_held"), _negated=True), ("not_held_reason", "")),
                            _connector="OR",
                        ),
                        name="activity_not_held_means_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["draft", "published"]),
                            models.Q(("recorded_at__isnull", False), ("recorded_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_recorded_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrected_at__isnull", True), ("correction", "")),
                            models.Q(models.Q(("correction", ""), _negated=True), ("corrected_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="activity_corrected_means_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(
                        choices=[("present", "到会"), ("leave", "请假"), ("absent", "缺席")],
                        max_length=8,
                        verbose_name="到会情况",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=100, verbose_name="原因")),
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="mobilisation.activity",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="party_attendance",
                        to="orgs.person",
                        verbose_name="党员",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("activity"), models.F("person"), name="attendance_once_an_activity"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("presence", "leave"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="attendance_on_leave_means_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="标题")),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="说明")),
                ("from_date", models.DateField(verbose_name="开始")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="结束（不含）")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="提前结束的原因")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="campaigns",
                        to="orgs.unit",
                        verbose_name="发起党组织",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        db_index=False,
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
                        condition=models.Q(("until_date__gte", models.F("from_date"))), name="campaign_ends_no_sooner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="campaign_has_a_title"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Errand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="任务")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="要求")),
                ("due_on", models.DateField(null=True, verbose_name="期限")),
                (
                    "cadence",
                    models.CharField(
                        choices=[("none", "不定期"), ("daily", "每天"), ("weekly", "每周")],
                        default="none",
                        max_length=8,
                        verbose_name="跟进",
                    ),
                ),
                ("to_all", models.BooleanField(default=False, verbose_name="全体党员")),
                ("given_at", models.DateTimeField(verbose_name="交办时间")),
                ("key", models.CharField(editable=False, max_length=80, unique=True)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="errands",
                        to="orgs.unit",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="交办人",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="errand_has_a_title")
                ],
            },
        ),
        migrations.CreateModel(
            name="Host",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.PositiveIntegerField(default=1)),
                (
                    "activity",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hosts",
                        to="mobilisation.activity",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="party_hosts", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("activity"), models.F("body"), name="host_once_an_activity")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rhythm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "sort",
                    models.CharField(
                        choices=[("theme_day", "主题党日"), ("lecture", "党课"), ("meeting", "党员大会")],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(verbose_name="每月次数")),
                ("warn_day", models.PositiveSmallIntegerField(verbose_name="每月几日起提醒")),
                ("close_day", models.PositiveSmallIntegerField(verbose_name="次月几日后更正须写原因")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("sort"), models.F("from_date"), name="rhythm_one_start_a_sort"),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="rhythm_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("close_day__gte", 1), ("close_day__lte", 28), ("warn_day__gte", 1), ("warn_day__lte", 28)
                        ),
                        name="rhythm_days_lie_in_every_month",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vanguard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sort",
                    models.CharField(
                        choices=[("post", "党员先锋岗"), ("area", "党员责任区"), ("force", "党员突击队")],
                        max_length=8,
                        verbose_name="类型",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("location", models.CharField(blank=True, max_length=80, verbose_name="岗位或区域")),
                ("purpose", models.TextField(max_length=1000, verbose_name="任务")),
                (
                    "flag",
                    models.CharField(
                        choices=[("none", "未授旗"), ("given", "已授旗"), ("shown", "已挂牌亮旗")],
                        default="none",
                        max_length=8,
                        verbose_name="旗、牌",
                    ),
                ),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "待批准"),
                            ("approved", "已批准"),
                            ("returned", "已退回"),
                            ("dissolved", "已撤销"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision", models.CharField(blank=True, max_length=200, verbose_name="审批意见")),
                ("dissolved_at", models.DateTimeField(null=True)),
                ("closing_note", models.CharField(blank=True, max_length=1000, verbose_name="撤销说明")),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vanguards",
                        to="orgs.unit",
                        verbose_name="党组织",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "dissolved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vanguards_here",
                        to="orgs.unit",
                        verbose_name="所在单位",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("status"), models.F("until_date"), models.F("from_date"), name="vanguard_active"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))), name="vanguard_ends_no_sooner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("status", "proposed")
                            ),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="vanguard_decided_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="vanguard_decided_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dissolved_at__isnull", False),
                                ("dissolved_by__isnull", False),
                                ("status", "dissolved"),
                                models.Q(("closing_note", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "dissolved"), _negated=True),
                                ("closing_note", ""),
                                ("dissolved_at__isnull", True),
                                ("dissolved_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="vanguard_dissolved_means_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on_date", models.DateField(verbose_name="日期")),
                ("text", models.TextField(max_length=2000, verbose_name="成效")),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=80)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="填写人",
                    ),
                ),
                (
                    "vanguard",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="results",
                        to="mobilisation.vanguard",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("vanguard"), models.F("key"), name="result_once_by_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("key", ""), _negated=True)),
                        name="result_says_something",
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
                ("at", models.DateTimeField()),
                (
                    "activity",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="mobilisation.activity",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="mobilisation.result",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activity__isnull", False), ("result__isnull", True)),
                            models.Q(("activity__isnull", True), ("result__isnull", False)),
                            _connector="OR",
                        ),
                        name="attachment_belongs_to_one_thing",
                    ),
                    models.UniqueConstraint(
                        models.F("activity"), models.F("digest"), name="attachment_once_an_activity"
                    ),
                    models.UniqueConstraint(models.F("result"), models.F("digest"), name="attachment_once_a_result"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VanguardMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("leads", models.BooleanField(default=False, verbose_name="负责人")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="vanguards",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "vanguard",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="mobilisation.vanguard",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))),
                        name="vanguardmember_ends_no_sooner",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_date", datetime.date(9999, 12, 31))),
                        fields=("vanguard", "person"),
                        name="vanguardmember_serves_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("leads", True), ("until_date", datetime.date(9999, 12, 31))),
                        fields=("vanguard",),
                        name="vanguardmember_one_leads",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="第几稿")),
                ("items", models.JSONField(verbose_name="承诺事项")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="修改原因")),
                ("asks_again", models.BooleanField(default=False, verbose_name="请已签的党员重新签")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="修改人",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="mobilisation.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("campaign"), models.F("number"), name="wording_number_once_a_campaign"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("own_words", models.CharField(blank=True, max_length=200, verbose_name="我的话")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("own", "本人点签"),
                            ("paper", "书面签署，支部代录"),
                            ("spoken", "会上口头承诺，支部代录"),
                        ],
                        default="own",
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="撤回原因")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="录入人",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="mobilisation.campaign",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="orgs.person",
                        verbose_name="党员",
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="mobilisation.wording",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("campaign"),
                        models.F("person"),
                        models.F("until_date"),
                        models.F("from_date"),
                        name="commitment_campaign",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until_date", datetime.date(9999, 12, 31))),
                        fields=("campaign", "person"),
                        name="commitment_stands_once_a_campaign",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gte", models.F("from_date"))), name="commitment_ends_no_sooner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("by", models.F("person")), ("way", "own")),
                            models.Q(("way", "own"), _negated=True),
                            _connector="OR",
                        ),
                        name="commitment_signed_oneself_is_by_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_reason", ""),
                                ("until_date", datetime.date(9999, 12, 31)),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("until_date__lt", datetime.date(9999, 12, 31)),
                                models.Q(("ended_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_taken_back_means_when_and_why",
                    ),
                ],
            },
        ),
    ]
