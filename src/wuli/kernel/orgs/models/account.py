from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .person import Person


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.select_related("person__unit").get(username=username)


class User(AbstractBaseUser):
    """An account. What it may do comes from the duties of its person, never from the account."""

    class Privacy:
        sensitive = {"password"}
        personal = {"username", "person", "last_login"}
        plain = {"id", "is_active", "must_change_password", "password_at", "created_at"}

    username = models.CharField(_("登录名"), max_length=64, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="account", verbose_name=_("对应人员"))
    is_active = models.BooleanField(_("启用"), default=True)
    must_change_password = models.BooleanField(default=False)
    password_at = models.DateTimeField(_("密码设定时间"), null=True)
    created_at = models.DateTimeField(_("开通时间"))

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.person.name if self.person else self.username


class FormerPassword(models.Model):
    """A password that an account had before, kept as its hash: it may not be chosen again soon."""

    class Privacy:
        sensitive = {"password"}
        personal = {"account"}
        plain = {"id", "replaced_at"}

    account = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account} {self.replaced_at:%Y-%m-%d}"


class SignInFailures(models.Model):
    """Failed log-ins under one name, whether or not there is such an account; the name itself is not kept."""

    class Privacy:
        personal = {"key", "account"}
        plain = {"count", "last_at", "locked_until"}

    key = models.CharField(max_length=32, primary_key=True)
    account = models.ForeignKey(User, models.CASCADE, null=True, related_name="failures")
    count = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)
    locked_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.count} {self.last_at:%Y-%m-%d %H:%M}"


class AccountRequest(models.Model):
    """A change to an administrator's account that waits for a second person (see `rules.accounts`)."""

    class Verb(models.TextChoices):
        RESET_PASSWORD = "reset_password", _("重置密码")
        REMOVE_SECOND_FACTOR = "remove_second_factor", _("解除双因素验证")
        SWITCH_OFF = "switch_off", _("停用账号")

    class Status(models.TextChoices):
        WAITING = "waiting", _("待复核")
        CONFIRMED = "confirmed", _("已通过")
        DECLINED = "declined", _("已拒绝")

    class Privacy:
        personal = {"account", "asked_by", "settled_by"}
        plain = {"id", "verb", "status", "reason", "asked_at", "settled_at"}

    account = models.ForeignKey(User, models.PROTECT, related_name="requests", verbose_name=_("账号"))
    verb = models.CharField(_("变更"), max_length=24, choices=Verb)
    status = models.CharField(_("状态"), max_length=10, choices=Status, default=Status.WAITING)
    reason = models.CharField(_("原因"), max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    asked_at = models.DateTimeField(_("申请时间"))
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("复核人"))
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="accountrequest_waits_once", fields=["account", "verb"], condition=Q(status="waiting")
            ),
            models.CheckConstraint(
                name="accountrequest_settled_means_who_and_when",
                condition=Q(status="waiting", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(status="waiting") & Q(settled_by__isnull=False, settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="accountrequest_settled_by_another",
                condition=Q(settled_by__isnull=True) | Q(status="declined") | ~Q(settled_by=models.F("asked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {self.account}"


class ApiToken(models.Model):
    """A key for programs. It may do those of its owner's things that `perms` names, while the owner may do them."""

    class Privacy:
        sensitive = {"digest"}
        personal = {"user"}
        plain = {"id", "name", "hint", "perms", "created_at", "expires_on", "revoked_at", "last_used_at"}

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    name = models.CharField(_("用途"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=4, editable=False)
    perms = models.JSONField(_("权限"), default=list)
    created_at = models.DateTimeField()
    expires_on = models.DateField(_("有效期至"))
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(name="apitoken_has_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    def is_live(self, on: date) -> bool:
        return self.revoked_at is None and on <= self.expires_on


class ApiReceipt(models.Model):
    """What a program was answered to a write, kept a day: the same request sent again gets the same answer."""

    class Privacy:
        personal = {"caller", "answer"}
        plain = {"id", "key", "digest", "status", "at"}

    caller = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint("caller", "key", name="apireceipt_one_a_key")]

    def __str__(self) -> str:
        return f"{self.caller} {self.key}"
