import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ApiReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("caller", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("answer", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("caller"), models.F("key"), name="apireceipt_one_a_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("code", models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name="代码")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="英文名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("country", "国家或地区"), ("province", "省级"), ("city", "地级"), ("county", "县级")],
                        max_length=8,
                        verbose_name="级别",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="orgs.region",
                        verbose_name="上级",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=32, unique=True, verbose_name="单位编码")),
                (
                    "line",
                    models.CharField(
                        choices=[("operations", "生产经营线"), ("party", "党组织线")],
                        max_length=10,
                        verbose_name="条线",
                    ),
                ),
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
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=240)),
                ("initials", models.CharField(blank=True, editable=False, max_length=80)),
                ("number", models.PositiveIntegerField(editable=False, unique=True)),
                ("path", models.CharField(editable=False, max_length=96, unique=True)),
                ("depth", models.PositiveSmallIntegerField(editable=False)),
                ("uscc", models.CharField(max_length=18, null=True, unique=True, verbose_name="统一社会信用代码")),
                ("zone", models.CharField(default="Asia/Shanghai", max_length=40, verbose_name="时区")),
                ("opened_on", models.DateField(verbose_name="设立日期")),
                ("closed_on", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="关闭日期")),
                ("listed", models.BooleanField(default=False, verbose_name="上市公司")),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="并入",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="orgs.unit",
                        verbose_name="上级单位",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.region",
                        verbose_name="所在地",
                    ),
                ),
                (
                    "serves",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="party_bodies",
                        to="orgs.unit",
                        verbose_name="对应行政单位",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("parent"), models.F("code"), name="unit_children"),
                    models.Index(models.F("kind"), models.F("path"), name="unit_kind_path"),
                    models.Index(models.F("serves"), name="unit_serves"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__gte", models.F("opened_on"))), name="unit_closes_after_it_opens"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("serves__isnull", True), ("line", "party"), _connector="OR"),
                        name="unit_serves_only_in_the_party_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            ("closed_on__lt", datetime.date(9999, 12, 31)),
                            _connector="OR",
                        ),
                        name="unit_merged_means_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("process_step", models.CharField(blank=True, max_length=40, verbose_name="工序")),
                ("name", models.CharField(max_length=40, verbose_name="岗位")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="orgs.unit",
                        verbose_name="班组",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("unit"), models.F("process_step"), models.F("name"), name="post_once_a_step"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=32, unique=True, verbose_name="工号")),
                ("name", models.CharField(max_length=60, verbose_name="姓名")),
                ("pinyin", models.CharField(blank=True, editable=False, max_length=180)),
                ("initials", models.CharField(blank=True, editable=False, max_length=60)),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="手机")),
                ("identity", models.BinaryField(null=True, verbose_name="身份证号（加密）")),
                ("identity_hash", models.CharField(blank=True, max_length=32, verbose_name="身份证号（比对值）")),
                ("path", models.CharField(editable=False, max_length=96)),
                ("outside_employer", models.CharField(blank=True, max_length=80, verbose_name="外协单位")),
                ("on_roll_from", models.DateField(verbose_name="在册日期")),
                ("on_roll_until", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="离册日期")),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="orgs.post",
                        verbose_name="岗位",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="orgs.unit",
                        verbose_name="党支部",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employees",
                        to="orgs.unit",
                        verbose_name="用工单位",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="orgs.unit",
                        verbose_name="所在班组",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("path"),
                        models.F("number"),
                        models.F("on_roll_until"),
                        models.F("on_roll_from"),
                        name="person_tree",
                    ),
                    models.Index(
                        models.F("unit"),
                        models.F("on_roll_until"),
                        models.F("on_roll_from"),
                        models.F("branch"),
                        models.F("employer"),
                        name="person_heads",
                    ),
                    models.Index(models.F("post"), models.F("path"), name="person_post"),
                    models.Index(models.F("name"), models.F("path"), name="person_name"),
                    models.Index(models.F("pinyin"), name="person_pinyin"),
                    models.Index(models.F("initials"), name="person_initials"),
                    models.Index(models.F("identity_hash"), name="person_identity"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("employer__isnull", False), ("outside_employer", "")),
                            models.Q(("employer__isnull", True), models.Q(("outside_employer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="person_has_one_employer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_roll_until__gt", models.F("on_roll_from"))),
                        name="person_leaves_after_joining",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=64, unique=True, verbose_name="登录名")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("must_change_password", models.BooleanField(default=False)),
                ("password_at", models.DateTimeField(null=True, verbose_name="密码设定时间")),
                ("created_at", models.DateTimeField(verbose_name="开通时间")),
                (
                    "person",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="account",
                        to="orgs.person",
                        verbose_name="对应人员",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FormerPassword",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128)),
                ("replaced_at", models.DateTimeField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_passwords",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInFailures",
            fields=[
                ("key", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("count", models.PositiveSmallIntegerField(default=0)),
                ("last_at", models.DateTimeField(db_index=True)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failures",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                (
                    "duty",
                    models.CharField(
                        choices=[
                            ("head", "主要负责人"),
                            ("deputy", "副职"),
                            ("grid_keeper", "网格员"),
                            ("deputy_keeper", "副网格员"),
                            ("reporter", "填报人"),
                            ("reviewer", "审核人"),
                            ("tracker", "跟踪人"),
                            ("roster_keeper", "花名册管理员"),
                            ("commander", "指挥部值班"),
                            ("party_secretary", "党组织书记"),
                            ("party_officer", "党务干部"),
                            ("privacy_officer", "个人信息保护负责人"),
                            ("system_admin", "系统管理员"),
                            ("security_admin", "安全管理员"),
                            ("audit_admin", "审计管理员"),
                        ],
                        max_length=16,
                        verbose_name="职责",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="orgs.person",
                        verbose_name="姓名",
                    ),
                ),
                (
                    "stands_in_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="orgs.posting",
                        verbose_name="代理",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="postings",
                        to="orgs.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(models.F("person"), models.F("until_date"), name="posting_person"),
                    models.Index(
                        models.F("unit"),
                        models.F("duty"),
                        models.F("until_date"),
                        models.F("from_date"),
                        name="posting_unit",
                    ),
                    models.Index(models.F("duty"), models.F("until_date"), name="posting_duty"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="posting_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlannedChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[("rename", "更名"), ("move", "划转"), ("merge", "合并"), ("close", "关闭")],
                        max_length=8,
                        verbose_name="变更",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80)),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "待生效"),
                            ("done", "已生效"),
                            ("refused", "未能生效"),
                            ("cancelled", "已取消"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("outcome", models.CharField(blank=True, max_length=400)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="planned_changes", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(models.F("status"), models.F("effective_on"), name="plannedchange_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("status", "planned")),
                            models.Q(models.Q(("status", "planned"), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="plannedchange_settled_means_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("name", models.CharField(max_length=80)),
                ("path", models.CharField(max_length=96)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="orgs.unit"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("path"),
                        models.F("from_date"),
                        models.F("until_date"),
                        models.F("unit"),
                        name="placement_tree",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(models.F("unit"), models.F("from_date"), name="placement_one_start_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="placement_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FileImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "about",
                    models.CharField(
                        choices=[("roster", "花名册"), ("units", "单位")],
                        default="roster",
                        max_length=8,
                        verbose_name="内容",
                    ),
                ),
                ("file_name", models.CharField(max_length=160, verbose_name="文件")),
                ("file_digest", models.CharField(max_length=64)),
                ("effective_on", models.DateField(verbose_name="生效日期")),
                ("is_whole_roster", models.BooleanField(default=False, verbose_name="文件是该范围的完整花名册")),
                ("good_rows_only", models.BooleanField(default=False, verbose_name="只导入没有问题的行")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "正在检查"),
                            ("checked", "待确认"),
                            ("applying", "正在写入"),
                            ("done", "已完成"),
                            ("refused", "不能读取"),
                            ("cancelled", "已取消"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("notes", models.JSONField(default=dict)),
                ("seen_event", models.BigIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("refusal", models.CharField(blank=True, max_length=400)),
                ("created_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file_imports",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(models.F("status"), models.F("touched_at"), name="fileimport_stalled")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("status__in", ["done", "refused", "cancelled"])),
                            models.Q(
                                models.Q(("status__in", ["done", "refused", "cancelled"]), _negated=True),
                                ("finished_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="fileimport_finished_means_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("works", models.BooleanField(verbose_name="上班")),
                ("reason", models.CharField(max_length=160, verbose_name="依据")),
                ("made_at", models.DateTimeField(verbose_name="登记时间")),
                ("lifted_on", models.DateField(null=True, verbose_name="撤销日期")),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                ("lift_reason", models.CharField(blank=True, max_length=200, verbose_name="撤销原因")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="撤销人",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.region",
                        verbose_name="地区",
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
            ],
            options={
                "indexes": [models.Index(models.F("until_date"), models.F("from_date"), name="calendarexception_days")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="calendarexception_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("region__isnull", True), ("unit__isnull", False)),
                            models.Q(("region__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="calendarexception_of_a_place_or_a_unit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lift_reason", ""), ("lifted_at__isnull", True), ("lifted_on__isnull", True)),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_on__isnull", False),
                                models.Q(("lift_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="calendarexception_lifted_means_when_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_date", models.DateField(verbose_name="自")),
                ("until_date", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="至（不含）")),
                ("outside_employer", models.CharField(blank=True, max_length=80)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="orgs.person",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.post",
                    ),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
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
                        models.F("unit"), models.F("from_date"), models.F("until_date"), name="assignment_unit_days"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("person"), models.F("from_date"), name="assignment_one_start_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until_date__gt", models.F("from_date"))),
                        name="assignment_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("reset_password", "重置密码"),
                            ("remove_second_factor", "解除双因素验证"),
                            ("switch_off", "停用账号"),
                        ],
                        max_length=24,
                        verbose_name="变更",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "待复核"), ("confirmed", "已通过"), ("declined", "已拒绝")],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="复核人",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("account", "verb"),
                        name="accountrequest_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True), ("status", "waiting")),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="accountrequest_settled_means_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by__isnull", True),
                            ("status", "declined"),
                            models.Q(("settled_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="accountrequest_settled_by_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiToken",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="用途")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("hint", models.CharField(editable=False, max_length=4)),
                ("perms", models.JSONField(default=list, verbose_name="权限")),
                ("created_at", models.DateTimeField()),
                ("expires_on", models.DateField(verbose_name="有效期至")),
                ("revoked_at", models.DateTimeField(null=True)),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="apitoken_has_digest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("hint", models.CharField(editable=False, max_length=4)),
                ("made_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("digest", ""), _negated=True), name="calendarfeed_has_digest"
                    )
                ],
            },
        ),
    ]
