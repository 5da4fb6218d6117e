"""What the events of this app mean in words: every verb that an action records stands here."""

from django.utils.translation import gettext_lazy as _

from wuli.kernel.journal.rules.verbs import Group, Verb

from ..models import Channel, Wishes

CHANNEL = Group(
    "channel",
    _("通知渠道"),
    {
        "channel.added": Verb(_("添加渠道"), _("%(who)s添加了通知渠道%(what)s")),
        "channel.tested": Verb(_("试发"), _("%(who)s用通知渠道%(what)s试发了一条消息")),
        "channel.switched_on": Verb(_("启用渠道"), _("%(who)s启用了通知渠道%(what)s")),
        "channel.switched_off": Verb(_("停用渠道"), _("%(who)s停用了通知渠道%(what)s")),
    },
    model=Channel,
)
NOTICES = Group(
    "notices",
    _("通知"),
    {"notices.wished": Verb(_("修改通知设置"), _("%(who)s修改了自己的通知设置"))},
    model=Wishes,
)
GROUPS = (CHANNEL, NOTICES)
