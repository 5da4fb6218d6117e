"""The one exception a person is meant to read."""

from collections.abc import Mapping


class Refused(Exception):
    """A request that may not be done now, said in a sentence for whoever asked.

    `code` is the stable word for machines; `field` names the input at fault, if one is; `errors` has the sentence for
    each input, where more than one is.
    """

    errors: Mapping[str, str] = {}

    def __init__(self, sentence: object, *, code: str = "refused", field: str | None = None) -> None:
        super().__init__(sentence)
        self.code = code
        self.field = field

    def __str__(self) -> str:
        return str(self.args[0])


def refuse(reason: object | None, field: str | None = None) -> None:
    """Raises Refused with what a rule says against it; does nothing where the rule says nothing."""
    if reason:
        raise Refused(reason, field=field)
