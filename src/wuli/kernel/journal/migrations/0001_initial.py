from django.db import migrations, models

import wuli.kernel.journal.models.guards


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Chain",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("start_position", models.BigIntegerField(default=0, verbose_name="起点位置")),
                (
                    "start_digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                        verbose_name="起点摘要",
                    ),
                ),
                ("head_position", models.BigIntegerField(default=0, verbose_name="末端位置")),
                (
                    "head_digest",
                    models.CharField(
                        default="0000000000000000000000000000000000000000000000000000000000000000",
                        max_length=64,
                        verbose_name="末端摘要",
                    ),
                ),
                ("signature", models.CharField(blank=True, max_length=32, verbose_name="签名")),
                ("sealed_at", models.DateTimeField(null=True, verbose_name="最近封存")),
                ("trimmed_at", models.DateTimeField(null=True, verbose_name="最近清理")),
                ("check_asked_at", models.DateTimeField(null=True)),
                ("checked_at", models.DateTimeField(null=True, verbose_name="最近核验")),
                ("checked_position", models.BigIntegerField(default=0, verbose_name="核验至")),
                ("broken_position", models.BigIntegerField(null=True, verbose_name="断裂位置")),
                ("broken_reason", models.CharField(blank=True, max_length=12, verbose_name="断裂原因")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="chain_is_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(("start_position__lte", models.F("head_position"))),
                        name="chain_starts_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("verb", models.CharField(max_length=60, verbose_name="动作")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="操作人编号")),
                ("actor_name", models.CharField(blank=True, max_length=80, verbose_name="操作人")),
                ("origin", models.CharField(blank=True, max_length=80, verbose_name="来源")),
                ("subject_type", models.CharField(blank=True, max_length=60, verbose_name="对象类型")),
                ("subject_id", models.BigIntegerField(null=True, verbose_name="对象编号")),
                ("subject_name", models.CharField(blank=True, max_length=120, verbose_name="对象")),
                ("unit_id", models.BigIntegerField(null=True, verbose_name="单位编号")),
                ("changes", models.JSONField(default=dict, verbose_name="变化")),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="原因")),
                ("position", models.BigIntegerField(null=True, unique=True, verbose_name="链上位置")),
                ("digest", models.CharField(blank=True, max_length=64, verbose_name="链上摘要")),
            ],
            options={
                "indexes": [
                    models.Index(models.F("at"), models.F("id"), name="event_time"),
                    models.Index(models.F("actor_id"), models.F("at"), models.F("id"), name="event_actor"),
                    models.Index(models.F("verb"), models.F("at"), models.F("id"), name="event_verb"),
                    models.Index(models.F("origin"), models.F("at"), models.F("id"), name="event_origin"),
                    models.Index(
                        models.F("subject_type"),
                        models.F("subject_id"),
                        models.F("at"),
                        models.F("id"),
                        name="event_subject",
                    ),
                    models.Index(models.F("unit_id"), models.F("at"), models.F("id"), name="event_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("digest", ""), ("position__isnull", True)),
                            models.Q(("position__gte", 1), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="event_sealed_means_position_and_digest",
                    ),
                    wuli.kernel.journal.models.guards.Guard(
                        against="update",
                        name="event_never_says_anything_else",
                        of=(
                            "id",
                            "at",
                            "verb",
                            "actor_id",
                            "actor_name",
                            "origin",
                            "subject_type",
                            "subject_id",
                            "subject_name",
                            "unit_id",
                            "changes",
                            "reason",
                        ),
                        when="true",
                    ),
                    wuli.kernel.journal.models.guards.Guard(
                        against="update",
                        name="event_keeps_its_place_in_the_chain",
                        of=("position", "digest"),
                        when="old.position is not null",
                    ),
                    wuli.kernel.journal.models.guards.Guard(
                        against="delete",
                        name="event_is_kept_as_long_as_the_law_asks",
                        of=(),
                        when={
                            "postgresql": "old.at > now() - interval '184 days'",
                            "sqlite": "old.at > datetime('now', '-184 days')",
                        },
                    ),
                    wuli.kernel.journal.models.guards.Guard(
                        against="truncate", name="event_table_is_never_emptied", of=(), when="true"
                    ),
                ],
            },
        ),
    ]
