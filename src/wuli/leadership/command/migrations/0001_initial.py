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
            name="DutyDesk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("phone", models.CharField(max_length=40, verbose_name="值班电话")),
                ("room", models.CharField(blank=True, max_length=80, verbose_name="值班地点")),
                ("opened_at", models.DateTimeField(verbose_name="开始值守")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="停止值守")),
                ("closed_reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("gap_told", models.CharField(blank=True, editable=False, max_length=20)),
                (
                    "opened_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duty_desks",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("unit",), name="dutydesk_one_open_a_unit"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_reason", "")),
                            models.Q(
                                ("closed_at__gte", models.F("opened_at")),
                                models.Q(("closed_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dutydesk_closed_means_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("epidemic", "公共卫生"),
                            ("accident", "事故灾难"),
                            ("disaster", "自然灾害"),
                            ("security", "社会安全"),
                            ("other", "其他"),
                        ],
                        max_length=10,
                        verbose_name="类型",
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="名称")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "一级响应"), (2, "二级响应"), (3, "三级响应"), (4, "四级响应")],
                        verbose_name="级别",
                    ),
                ),
                ("basis", models.TextField(max_length=1000, verbose_name="启动依据")),
                ("measures", models.TextField(max_length=2000, verbose_name="响应要求")),
                (
                    "status",
                    models.CharField(
                        choices=[("active", "响应中"), ("stood_down", "已终止")],
                        default="active",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("activated_at", models.DateTimeField(verbose_name="启动时间")),
                ("stood_down_at", models.DateTimeField(null=True, verbose_name="终止时间")),
                ("stood_down_reason", models.CharField(blank=True, max_length=200, verbose_name="终止原因")),
                ("conclusion", models.TextField(blank=True, max_length=4000, verbose_name="总结")),
                ("summary", models.JSONField(null=True)),
                (
                    "activated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="启动人",
                    ),
                ),
                (
                    "issuer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="orgs.unit",
                        verbose_name="启动单位",
                    ),
                ),
                (
                    "stood_down_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="终止人",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("status"), models.F("activated_at"), name="response_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "active")),
                        fields=("issuer", "title"),
                        name="response_of_a_title_active_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 4)), name="response_level_is_one_to_four"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "stood_down"),
                                ("stood_down_at__isnull", False),
                                ("summary__isnull", False),
                                models.Q(("stood_down_reason", ""), _negated=True),
                            ),
                            models.Q(
                                ("status", "active"),
                                ("stood_down_at__isnull", True),
                                ("stood_down_reason", ""),
                                ("summary__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="response_stood_down_means_when_why_and_with_a_summary",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="发生时间")),
                ("text", models.TextField(max_length=1000, verbose_name="情况")),
                ("written_at", models.DateTimeField()),
                ("key", models.CharField(blank=True, max_length=80)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
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
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="command.response"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("response"), models.F("at"), name="note_order")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="note_written_once_by_a_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LevelChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "一级响应"), (2, "二级响应"), (3, "三级响应"), (4, "四级响应")],
                        verbose_name="级别",
                    ),
                ),
                ("measures", models.TextField(max_length=2000, verbose_name="响应要求")),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="levels", to="command.response"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("response"), models.F("at"), name="levelchange_order")],
            },
        ),
        migrations.CreateModel(
            name="LeadingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("basis", models.CharField(blank=True, max_length=120, verbose_name="成立文件")),
                ("set_up_at", models.DateTimeField(verbose_name="成立时间")),
                (
                    "set_up_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leading_groups",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="groups",
                        to="command.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("response"), models.F("unit"), name="leadinggroup_once_a_unit")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("head", "主要负责人"),
                            ("secretary", "党组织书记"),
                            ("deputy", "副职"),
                            ("group", "领导小组成员"),
                            ("named", "关键岗位"),
                        ],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("post", models.CharField(blank=True, max_length=40, verbose_name="岗位")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("at_post", "在岗"),
                            ("remote", "远程办公"),
                            ("on_way", "返岗途中"),
                            ("away", "未返岗"),
                        ],
                        max_length=8,
                        verbose_name="到岗情况",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("expected_on", models.DateField(null=True, verbose_name="预计到岗")),
                ("said_at", models.DateTimeField(null=True, verbose_name="填报时间")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="expected_for",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="填报人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_people",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="key_people",
                        to="command.response",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("response"),
                        models.F("until_date"),
                        models.F("unit"),
                        models.F("status"),
                        name="keyperson_count",
                    ),
                    models.Index(models.F("unit"), models.F("until_date"), name="keyperson_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="keyperson_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until_date", datetime.date(9999, 12, 31))),
                        fields=("response", "person"),
                        name="keyperson_expected_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said_at__isnull", True), ("status", "")),
                            models.Q(models.Q(("status", ""), _negated=True), ("said_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="keyperson_stated_means_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "away"), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("expected_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="keyperson_away_means_why_and_until_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Extent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
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
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="extents", to="command.response"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("response"), models.F("root"), name="extent_once_a_response")
                ],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_at", models.DateTimeField(verbose_name="上岗")),
                ("until_at", models.DateTimeField(verbose_name="下岗")),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("told", models.CharField(blank=True, editable=False, max_length=8)),
                (
                    "desk",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shifts",
                        to="command.dutydesk",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("desk"), models.F("from_at"), models.F("until_at"), name="shift_desk"),
                    models.Index(models.F("until_at"), name="shift_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_at__gt", models.F("from_at"))), name="shift_ends_after_it_begins"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_at__isnull", True), ("cancelled_reason", "")),
                            models.Q(
                                ("cancelled_at__isnull", False), models.Q(("cancelled_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="shift_cancelled_means_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("happened", models.TextField(max_length=2000, verbose_name="值班情况")),
                ("unfinished", models.TextField(blank=True, max_length=2000, verbose_name="未办完的事")),
                ("attention", models.TextField(blank=True, max_length=2000, verbose_name="下一班注意")),
                ("written_at", models.DateTimeField(verbose_name="交班时间")),
                ("taken_at", models.DateTimeField(null=True, verbose_name="接班时间")),
                ("remark", models.CharField(blank=True, max_length=200, verbose_name="接班意见")),
                (
                    "taken_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="接班人",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="交班人",
                    ),
                ),
                (
                    "shift",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handover", to="command.shift"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("remark", ""), ("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="handover_taken_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_by__isnull", True),
                            models.Q(("taken_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_taken_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("at_post", "在岗"),
                            ("remote", "远程办公"),
                            ("on_way", "返岗途中"),
                            ("away", "未返岗"),
                        ],
                        max_length=8,
                        verbose_name="到岗情况",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                ("expected_on", models.DateField(null=True, verbose_name="预计到岗")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.person"
                    ),
                ),
                (
                    "key_person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="statements",
                        to="command.keyperson",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("key_person"), models.F("at"), name="statement_order")],
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "带班领导"), ("officer", "值班员")], max_length=8, verbose_name="角色"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="换班原因")),
                (
                    "instead_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="原值班人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="turns",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "shift",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="turns", to="command.shift"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("shift"), models.F("person"), name="turn_once_a_shift"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instead_of__isnull", True), ("reason", "")),
                            models.Q(("instead_of__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="turn_swapped_means_for_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, verbose_name="工作组")),
                ("duties", models.TextField(max_length=1000, verbose_name="职责")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_groups",
                        to="command.leadinggroup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("group"), models.F("name"), name="workinggroup_name_once_a_group")
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("leader", "组长"),
                            ("deputy", "副组长"),
                            ("office", "办公室主任"),
                            ("member", "成员"),
                        ],
                        max_length=8,
                        verbose_name="角色",
                    ),
                ),
                ("ended_reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "group",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="command.leadinggroup",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leading_places",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="command.workinggroup",
                        verbose_name="工作组",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("group"), models.F("until_date"), name="member_group"),
                    models.Index(models.F("person"), models.F("until_date"), name="member_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="member_ends_after_it_begins",
                    )
                ],
            },
        ),
    ]
