import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("ledger", "0001_initial"),
        ("orgs", "0001_initial"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("epidemic", "疫情防控例会"), ("dispatch", "生产运营调度会"), ("other", "其他会议")],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "cadence",
                    models.CharField(
                        choices=[
                            ("daily", "每天"),
                            ("workdays", "每个工作日"),
                            ("weekly", "每周固定几天"),
                            ("on_call", "按需召开"),
                        ],
                        max_length=10,
                        verbose_name="频次",
                    ),
                ),
                ("weekdays", models.JSONField(blank=True, default=list, verbose_name="星期")),
                ("starts_at", models.TimeField(verbose_name="开始时间")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="时长（分钟）")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="入会链接")),
                ("agenda", models.JSONField(default=list, verbose_name="议程")),
                (
                    "figures_of",
                    models.CharField(
                        choices=[("same", "会议当天"), ("before", "前一天")],
                        default="before",
                        max_length=8,
                        verbose_name="材料取数",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="首次日期")),
                ("ends_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="结束日期（不含）")),
                ("planned_to", models.DateField(editable=False, null=True)),
                ("edition", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField()),
                (
                    "chair",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="主持人",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_series",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("ends_on"), models.F("starts_on"), name="series_going")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="series_has_a_title"),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 5), ("minutes__lte", 720)), name="series_takes_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="series_ends_no_sooner_than_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", datetime.date(9999, 12, 31))),
                        fields=("unit", "title"),
                        name="series_once_by_title_at_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                ("stands_for", models.DateField(null=True)),
                ("on", models.DateField(verbose_name="日期")),
                ("starts_at", models.DateTimeField(verbose_name="开始")),
                ("ends_at", models.DateTimeField(verbose_name="结束")),
                ("venue", models.CharField(blank=True, max_length=120, verbose_name="地点")),
                ("link", models.CharField(blank=True, max_length=300, verbose_name="入会链接")),
                ("agenda", models.JSONField(default=list, verbose_name="议程")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "待开"),
                            ("opened", "会议中"),
                            ("handed_in", "纪要待确认"),
                            ("closed", "纪要已确认"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("touched", models.BooleanField(default=False)),
                ("invited_on", models.DateField(null=True)),
                ("opened_at", models.DateTimeField(null=True, verbose_name="开会时间")),
                ("handed_in_at", models.DateTimeField(null=True, verbose_name="纪要提交时间")),
                ("returned_reason", models.CharField(blank=True, max_length=200, verbose_name="退回原因")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="确认时间")),
                ("kept_by_chair", models.BooleanField(default=False, verbose_name="主持人自行记录")),
                ("cancelled_reason", models.CharField(blank=True, max_length=200, verbose_name="取消原因")),
                (
                    "chair",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="主持人",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="确认人",
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="纪要提交人",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                    ),
                ),
                (
                    "secretary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="meetings.series",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("series"), models.F("starts_at"), name="meeting_series"),
                    models.Index(models.F("status"), models.F("starts_at"), name="meeting_status"),
                    models.Index(models.F("on"), models.F("status"), name="meeting_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("series"), models.F("stands_for"), name="meeting_once_a_day_of_the_rhythm"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="meeting_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("opened_at__isnull", False),
                                ("opened_by__isnull", False),
                                ("status__in", ("opened", "handed_in", "closed")),
                            ),
                            models.Q(
                                models.Q(("status__in", ("opened", "handed_in", "closed")), _negated=True),
                                ("opened_at__isnull", True),
                                ("opened_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_opened_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("handed_in_at__isnull", False),
                                ("handed_in_by__isnull", False),
                                ("status__in", ["handed_in", "closed"]),
                            ),
                            models.Q(
                                models.Q(("status__in", ["handed_in", "closed"]), _negated=True),
                                ("handed_in_at__isnull", True),
                                ("handed_in_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_handed_in_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("status", "closed")),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                                ("kept_by_chair", False),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_closed_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by__isnull", True),
                            models.Q(("closed_by", models.F("handed_in_by")), _negated=True),
                            ("kept_by_chair", True),
                            _connector="OR",
                        ),
                        name="meeting_minutes_confirmed_by_another_or_by_a_chair_who_says_so",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "cancelled"), models.Q(("cancelled_reason", ""), _negated=True)),
                            models.Q(models.Q(("status", "cancelled"), _negated=True), ("cancelled_reason", "")),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_means_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pack",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="pack",
                        serialize=False,
                        to="meetings.meeting",
                    ),
                ),
                ("on", models.DateField(verbose_name="业务日期")),
                ("made_at", models.DateTimeField(verbose_name="取数时间")),
                ("contents", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(blank=True, max_length=16, verbose_name="职责")),
                ("kind", models.CharField(blank=True, max_length=16, verbose_name="下级类型")),
                ("leading_group", models.BooleanField(default=False, verbose_name="领导小组")),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="参会人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="meetings.series"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("duty", ""),
                                ("kind", ""),
                                ("leading_group", False),
                                ("person__isnull", False),
                                ("unit__isnull", True),
                            ),
                            models.Q(
                                ("leading_group", False),
                                ("person__isnull", True),
                                ("unit__isnull", False),
                                models.Q(("duty", ""), _negated=True),
                            ),
                            models.Q(
                                ("duty", ""),
                                ("kind", ""),
                                ("leading_group", True),
                                ("person__isnull", True),
                                ("unit__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="seat_is_for_a_person_or_a_duty_or_a_leading_group",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("series", "person"),
                        name="seat_once_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", True)),
                        fields=("series", "duty", "unit", "kind"),
                        name="seat_once_a_duty",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("point", models.CharField(blank=True, max_length=12)),
                ("text", models.CharField(max_length=400, verbose_name="决定")),
                ("due_on", models.DateField(verbose_name="期限")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="ledger.item"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="责任单位",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("due_on"), name="decision_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="decision_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duty", models.CharField(blank=True, max_length=16, verbose_name="职责")),
                ("by_hand", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("expected", "未签到"), ("present", "到会"), ("absent", "缺席")],
                        default="expected",
                        max_length=8,
                        verbose_name="到会",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=120, verbose_name="缺席原因")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meeting_attendances",
                        to="orgs.person",
                        verbose_name="参会人",
                    ),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="代会人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("meeting"), models.F("person"), name="attendance_once_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "absent"), models.Q(("reason", ""), _negated=True)),
                            models.Q(
                                models.Q(("state", "absent"), _negated=True),
                                ("reason", ""),
                                ("substitute__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_absent_means_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("substitute__isnull", True),
                            models.Q(("substitute", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="attendance_is_not_substituted_by_the_same_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Aside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("point", models.CharField(max_length=12)),
                ("text", models.TextField(max_length=8000, verbose_name="纪要")),
                ("hand", models.CharField(max_length=32)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asides",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("meeting"), models.F("settled_at"), name="aside_meeting")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("meeting", "point", "hand"),
                        name="aside_once_a_window",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=4000, verbose_name="更正内容")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="更正人",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addenda", to="meetings.meeting"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                        ),
                        name="addendum_says_what_and_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Minute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("point", models.CharField(max_length=12)),
                ("text", models.TextField(blank=True, max_length=8000, verbose_name="纪要")),
                ("step", models.PositiveIntegerField(default=1)),
                ("hand", models.CharField(max_length=32)),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="记录人",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="meetings.meeting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("meeting"), models.F("point"), name="minute_once_a_point")
                ],
            },
        ),
    ]
