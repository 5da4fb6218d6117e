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
            name="Wishes",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="notice_wishes",
                        serialize=False,
                        to="orgs.person",
                    ),
                ),
                ("quiet_from", models.TimeField(default=datetime.time(22, 0), verbose_name="免打扰自")),
                ("quiet_until", models.TimeField(default=datetime.time(7, 0), verbose_name="免打扰至")),
                ("muted", models.JSONField(blank=True, default=list, verbose_name="只在页面上看的种类")),
            ],
        ),
        migrations.CreateModel(
            name="Channel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="名称")),
                ("address", models.BinaryField(verbose_name="地址（加密）")),
                ("hint", models.CharField(max_length=80, verbose_name="地址")),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="种类")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("created_at", models.DateTimeField(verbose_name="添加时间")),
                ("tested_at", models.DateTimeField(null=True, verbose_name="试发时间")),
                ("test_outcome", models.CharField(blank=True, max_length=40, verbose_name="试发结果")),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="channels",
                        to="orgs.person",
                        verbose_name="收件人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="channels",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            _connector="OR",
                        ),
                        name="channel_is_a_units_or_a_persons",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("text", models.CharField(max_length=400, verbose_name="内容")),
                ("url", models.CharField(blank=True, max_length=300)),
                ("key", models.CharField(max_length=120)),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                ("routed_at", models.DateTimeField(null=True)),
                ("read_at", models.DateTimeField(null=True, verbose_name="已读时间")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="发送人",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="orgs.person",
                        verbose_name="收件人",
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
            ],
            options={
                "indexes": [
                    models.Index(models.F("person"), models.F("read_at"), models.F("url"), name="notice_unread"),
                    models.Index(models.F("person"), models.F("made_at"), name="notice_person"),
                    models.Index(models.F("by"), models.F("made_at"), name="notice_sender"),
                    models.Index(models.F("unit"), models.F("kind"), models.F("made_at"), name="notice_unit"),
                    models.Index(models.F("kind"), models.F("key"), name="notice_turn"),
                    models.Index(
                        models.F("made_at"), condition=models.Q(("routed_at__isnull", True)), name="notice_unrouted"
                    ),
                    models.Index(
                        models.F("read_at"), condition=models.Q(("read_at__isnull", False)), name="notice_read"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("person"), models.F("key"), name="notice_once_a_key"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="notice_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="种类")),
                ("batch", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "待发"),
                            ("sending", "发送中"),
                            ("sent", "已送达"),
                            ("failed", "未成功，将重试"),
                            ("given_up", "未能送达"),
                            ("spared", "不必外发"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="次数")),
                ("next_at", models.DateTimeField(null=True, verbose_name="下次发送")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("outcome", models.CharField(blank=True, max_length=40, verbose_name="结果")),
                (
                    "channel",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="notices.channel",
                    ),
                ),
                ("notices", models.ManyToManyField(related_name="deliveries", to="notices.notice")),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("next_at"),
                        condition=models.Q(("status__in", ("waiting", "sending", "failed"))),
                        name="delivery_due",
                    ),
                    models.Index(models.F("channel"), models.F("kind"), models.F("made_at"), name="delivery_channel"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("channel", "batch"),
                        name="delivery_gathers_in_one_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_at__isnull", False), ("status__in", ("waiting", "sending", "failed"))),
                            models.Q(
                                models.Q(("status__in", ("waiting", "sending", "failed")), _negated=True),
                                ("next_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_open_means_next",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("status", "sent")),
                            models.Q(models.Q(("status", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_means_when",
                    ),
                ],
            },
        ),
    ]
