import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("orgs", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="类别")),
                ("key", models.CharField(blank=True, editable=False, max_length=80)),
                ("title", models.CharField(max_length=120, verbose_name="事项")),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="要求")),
                ("path", models.CharField(editable=False, max_length=96)),
                ("opened_at", models.DateTimeField(verbose_name="交办时间")),
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
                ("counts_from", models.DateField(editable=False)),
                ("followed_to", models.DateField(null=True, verbose_name="最近跟进")),
                ("follow_up_on", models.DateField(null=True, verbose_name="下次跟进")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("closing", "待确认"),
                            ("closed", "已销号"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(null=True, verbose_name="申请销号时间")),
                ("closed_at", models.DateTimeField(null=True, verbose_name="销号时间")),
                ("withdrawn_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                ("subject_type", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.BigIntegerField(null=True)),
                ("behind_on", models.DateField(null=True)),
                ("stage", models.PositiveSmallIntegerField(default=0, verbose_name="升级")),
                ("stage_on", models.DateField(null=True, verbose_name="升级日期")),
                ("rises_on", models.DateField(null=True)),
                ("inherited", models.BooleanField(default=False, verbose_name="由系统移交")),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="申请销号人",
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
                    "opened_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="交办人",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="orgs.person",
                        verbose_name="责任人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("path"), models.F("status"), models.F("due_on"), name="item_tree"),
                    models.Index(models.F("owner"), models.F("status"), models.F("due_on"), name="item_owner"),
                    models.Index(models.F("status"), models.F("rises_on"), name="item_rises"),
                    models.Index(models.F("subject_type"), models.F("subject_id"), name="item_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("kind", ""), _negated=True)
                        ),
                        name="item_has_a_title_and_a_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key",),
                        name="item_opened_once_by_a_key",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id__isnull", True), ("subject_type", "")),
                            models.Q(models.Q(("subject_type", ""), _negated=True), ("subject_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_subject_has_both_halves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked_at__isnull", False),
                                ("asked_by__isnull", False),
                                ("status__in", ["closing", "closed"]),
                            ),
                            models.Q(
                                ("asked_at__isnull", True),
                                ("asked_by__isnull", True),
                                ("status__in", ["open", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="item_asked_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("status", "closed")),
                            models.Q(
                                models.Q(("status", "closed"), _negated=True),
                                ("closed_at__isnull", True),
                                ("closed_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="item_closed_means_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_by__isnull", True),
                            models.Q(
                                models.Q(("closed_by", models.F("owner")), _negated=True),
                                models.Q(("closed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="item_closed_by_a_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), models.Q(("withdrawn_reason", ""), _negated=True)),
                            models.Q(models.Q(("status", "withdrawn"), _negated=True), ("withdrawn_reason", "")),
                            _connector="OR",
                        ),
                        name="item_withdrawn_means_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("follow_up_on__isnull", False),
                                ("status", "open"),
                                models.Q(("cadence", "none"), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(("status", "open"), _negated=True), ("cadence", "none"), _connector="OR"
                                ),
                                ("follow_up_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="item_open_with_a_cadence_knows_its_next_follow_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", 0), ("stage_on__isnull", True)),
                            models.Q(("stage__gte", 1), ("stage_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="item_stage_means_since_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ("open", "closing")),
                            models.Q(("behind_on__isnull", True), ("rises_on__isnull", True), ("stage", 0)),
                            _connector="OR",
                        ),
                        name="item_rises_only_while_someone_has_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("behind_on__isnull", True), ("rises_on__isnull", True)),
                            models.Q(("behind_on__isnull", False), ("rises_on__gte", models.F("behind_on"))),
                            _connector="OR",
                        ),
                        name="item_rises_no_sooner_than_it_is_behind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="经办人",
                    ),
                ),
                (
                    "from_person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="移交人",
                    ),
                ),
                (
                    "to_person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="接办人",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handovers", to="ledger.item"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("from_person", models.F("to_person")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="handover_changes_the_owner_for_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("for_date", models.DateField(verbose_name="跟进日期")),
                ("text", models.TextField(max_length=4000, verbose_name="情况")),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("key", models.CharField(max_length=80)),
                ("asks_to_close", models.BooleanField(default=False, verbose_name="申请销号")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.person",
                        verbose_name="跟进人",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="ledger.item",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("item"), models.F("for_date"), name="followup_item_day")],
                "constraints": [
                    models.UniqueConstraint(models.F("item"), models.F("key"), name="followup_once_by_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), models.Q(("key", ""), _negated=True)),
                        name="followup_says_something",
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
                    "follow_up",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="ledger.followup",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("follow_up"), models.F("digest"), name="evidence_once_a_follow_up"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), models.Q(("name", ""), _negated=True)),
                        name="evidence_is_not_empty",
                    ),
                ],
            },
        ),
    ]
